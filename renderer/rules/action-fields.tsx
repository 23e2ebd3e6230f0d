import type { ReactNode } from 'react';
import { CheckBox } from '../ui/choices.tsx';
import { FieldError, Select, TextInput } from '../ui/field.tsx';
import { dateTime } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import type { Draft, MuteFor, Wrong } from './rule-draft.ts';

const { builder: say } = words.rules;

const Choice = ({
  isOn,
  label,
  help,
  onChange,
  children,
}: {
  isOn: boolean;
  label: string;
  help?: string;
  onChange: (isOn: boolean) => void;
  children?: ReactNode;
}) => (
  <div className="builder-action">
    {/* biome-ignore lint/a11y/noLabelWithoutControl: the tick box is in it */}
    <label className="builder-choice">
      <CheckBox isOn={isOn} onChange={onChange} />
      <span>{label}</span>
    </label>
    {children}
    {help && <p className="field-help">{help}</p>}
  </div>
);

const muteChoices = (keptUntil: string | undefined, now: number): { value: MuteFor; label: string }[] => [
  ...(keptUntil ? [{ value: 'kept' as const, label: say.kept(dateTime(keptUntil, now)) }] : []),
  { value: 'always', label: say.always },
  { value: 'day', label: say.day },
  { value: 'week', label: say.week },
  { value: 'month', label: say.month },
  { value: 'date', label: say.date },
];

const MuteTime = ({ draft, wrong, onChange }: Props) => {
  const now = useNow();
  const error = wrong?.field === 'actions.mute' ? wrong.message : undefined;
  return (
    <span className="builder-mute">
      <Select
        aria-label={say.muteFor}
        value={draft.muteFor}
        options={muteChoices(draft.keptUntil, now)}
        onChange={(muteFor) => onChange({ muteFor })}
      />
      {draft.muteFor === 'date' && (
        <input
          type="date"
          className="input"
          aria-label={say.until}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? 'mute-error' : undefined}
          value={draft.date}
          onChange={(event) => onChange({ date: event.target.value })}
        />
      )}
      {error && <FieldError id="mute-error">{error}</FieldError>}
    </span>
  );
};

type Props = { draft: Draft; wrong: Wrong | undefined; onChange: (part: Partial<Draft>) => void };

/** What is done with posts that fit. */
export const ActionFields = ({ draft, wrong, onChange }: Props) => {
  const error = wrong?.field.startsWith('actions') && wrong.field !== 'actions.mute' ? wrong.message : undefined;
  return (
    <fieldset className="builder-part" aria-describedby={error ? 'actions-error' : undefined}>
      <legend className="editor-head">{say.whatThen}</legend>
      {error && <FieldError id="actions-error">{error}</FieldError>}
      <Choice isOn={draft.mutes} label={say.mute} help={say.muteHelp} onChange={(mutes) => onChange({ mutes })}>
        {draft.mutes && <MuteTime draft={draft} wrong={wrong} onChange={onChange} />}
      </Choice>
      <Choice isOn={draft.markRead} label={say.markRead} onChange={(markRead) => onChange({ markRead })} />
      <Choice isOn={draft.star} label={say.star} onChange={(star) => onChange({ star })} />
      <Choice isOn={draft.highlight} label={say.highlight} onChange={(highlight) => onChange({ highlight })} />
      <div className="builder-action builder-labels">
        <span className="mid">{say.labels}</span>
        <TextInput
          aria-label={say.labelsField}
          title={say.labelsHelp}
          value={draft.labels}
          maxLength={400}
          placeholder={say.labelsHelp}
          onChange={(event) => onChange({ labels: event.target.value })}
        />
      </div>
      <Choice isOn={draft.notify} label={say.notify} help={say.notifyHelp} onChange={(notify) => onChange({ notify })} />
      <Choice isOn={draft.stop} label={say.stop} onChange={(stop) => onChange({ stop })} />
    </fieldset>
  );
};
