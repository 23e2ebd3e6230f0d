import { useId } from 'react';
import { Segments } from '../ui/choices.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import { words } from '../words/words.ts';
import type { Draft } from './editor-draft.ts';

const { missedFields: say } = words.schedules;

const MISSED = [
  { value: 'run-once', label: say.onceTheLatest },
  { value: 'skip', label: say.notAtAll },
  { value: 'ask', label: say.askMe },
] as const;
const MEANING: Record<Draft['missed'], string> = {
  'run-once': say.onceHelp,
  skip: say.notAtAllHelp,
  ask: say.askMeHelp,
};
const OPEN: Record<Draft['missed'], string> = { 'run-once': say.any, skip: '2', ask: '720' };
const LATE: Record<Draft['missed'], string> = {
  'run-once': say.lateThenMissed,
  skip: say.lateThenMissed,
  ask: say.lateThenAsked,
};

type Props = {
  draft: Draft;
  wrong: { field: string; message: string } | undefined;
  onChange: (part: Partial<Draft>) => void;
};
type NumberField = 'graceMinutes' | 'retries' | 'retryMinutes' | 'timeoutMinutes' | 'jitterSeconds';

const NumberLine = ({
  label,
  field,
  unit,
  help,
  placeholder,
  draft,
  wrong,
  onChange,
}: Props & { label: string; field: NumberField; unit: string; help?: string; placeholder?: string }) => (
  <Field label={label} help={help} error={wrong?.field === field ? wrong.message : undefined}>
    {(ids) => (
      <span className="editor-line">
        <TextInput
          {...ids}
          inputMode="numeric"
          placeholder={placeholder}
          value={draft[field]}
          onChange={(event) => onChange({ [field]: event.target.value })}
        />
        <span className="mid">{unit}</span>
      </span>
    )}
  </Field>
);

/** What becomes of times that passed while the computer slept or Tidings was off. */
export const MissedFields = (props: Props) => {
  const { draft, onChange } = props;
  return (
    <>
      <div className="field">
        <span className="field-label">{say.makeUp}</span>
        <Segments
          label={say.makeUpMissedRuns}
          value={draft.missed}
          options={MISSED}
          onChange={(missed) => onChange({ missed })}
        />
        <div className="field-help">{MEANING[draft.missed]}</div>
      </div>
      <NumberLine {...props} label={say.atMost} field="graceMinutes" unit={LATE[draft.missed]} placeholder={OPEN[draft.missed]} />
    </>
  );
};

const MORE: readonly string[] = ['retries', 'retryMinutes', 'timeoutMinutes', 'jitterSeconds'];

/** What is rarely changed; it opens by itself where something in it is wrong. */
export const MoreFields = (props: Props) => {
  const id = useId();
  const isWrong = props.wrong !== undefined && MORE.includes(props.wrong.field);
  return (
    <details className="editor-more" open={isWrong || undefined}>
      <summary id={id}>{say.more}</summary>
      <div className="editor-group">
        <NumberLine {...props} label={say.retries} field="retries" unit={say.timesAfterAFailedRun} help={say.retriesHelp} />
        <NumberLine {...props} label={say.firstAfter} field="retryMinutes" unit={say.eachFurtherTwiceAsLong} />
        <NumberLine {...props} label={say.longestRun} field="timeoutMinutes" unit={say.minutes} help={say.longestRunHelp} />
        <NumberLine {...props} label={say.jitter} field="jitterSeconds" unit={say.secondsAtMost} help={say.jitterHelp} />
      </div>
    </details>
  );
};
