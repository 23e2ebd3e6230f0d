import { Switch } from '../ui/choices.tsx';
import { TextInput } from '../ui/field.tsx';
import { DayBoxes } from './day-boxes.tsx';
import type { WindowForm } from './editor-draft.ts';

/** Only at some hours of some days: times outside are not due at all. */
export const WindowFields = ({
  window,
  error,
  onChange,
}: {
  window: WindowForm;
  error: string | undefined;
  onChange: (part: Partial<WindowForm>) => void;
}) => (
  <>
    <div className="field">
      <span className="field-label">Only between</span>
      <span className="editor-line">
        <Switch label="Only between two times" isOn={window.isOn} onChange={(isOn) => onChange({ isOn })} />
        {window.isOn ? (
          <>
            <TextInput
              type="time"
              aria-label="From"
              value={window.from}
              aria-invalid={error ? true : undefined}
              onChange={(event) => onChange({ from: event.target.value })}
            />
            <span>and</span>
            <TextInput
              type="time"
              aria-label="To"
              value={window.to}
              aria-invalid={error ? true : undefined}
              onChange={(event) => onChange({ to: event.target.value })}
            />
          </>
        ) : (
          <span className="dim">At any hour of any day</span>
        )}
      </span>
    </div>
    {window.isOn && <DayBoxes label="On days" days={window.days} error={error} onChange={(days) => onChange({ days })} />}
  </>
);
