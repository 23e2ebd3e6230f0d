import { useId } from 'react';
import { Segments } from '../ui/choices.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import type { Draft } from './editor-draft.ts';

const MISSED = [
  { value: 'run-once', label: 'Once, the latest' },
  { value: 'skip', label: 'Not at all' },
  { value: 'ask', label: 'Ask me' },
] as const;
const MEANING: Record<Draft['missed'], string> = {
  'run-once': 'After sleep one run stands for all that were missed.',
  skip: 'What was missed while asleep or off is written down, not made up.',
  ask: 'One run stands for all while it is not too late; then you are asked.',
};
const OPEN: Record<Draft['missed'], string> = { 'run-once': 'any', skip: '2', ask: '720' };
const LATE: Record<Draft['missed'], string> = {
  'run-once': 'min late, then the run is missed',
  skip: 'min late, then the run is missed',
  ask: 'min late, then you are asked',
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
        <span className="field-label">Make up</span>
        <Segments label="Make up missed runs" value={draft.missed} options={MISSED} onChange={(missed) => onChange({ missed })} />
        <div className="field-help">{MEANING[draft.missed]}</div>
      </div>
      <NumberLine {...props} label="At most" field="graceMinutes" unit={LATE[draft.missed]} placeholder={OPEN[draft.missed]} />
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
      <summary id={id}>More: retries, longest run, jitter</summary>
      <div className="editor-group">
        <NumberLine {...props} label="Retries" field="retries" unit="times after a failed run" help="0 to 10; one at a time." />
        <NumberLine {...props} label="First after" field="retryMinutes" unit="min, each further one twice as long" />
        <NumberLine
          {...props}
          label="Longest run"
          field="timeoutMinutes"
          unit="min"
          help="Then it is stopped, and what it collected is kept."
        />
        <NumberLine
          {...props}
          label="Jitter"
          field="jitterSeconds"
          unit="s at most"
          help="Starts a little later each time, so that not all of the world asks at once."
        />
      </div>
    </details>
  );
};
