import type { Weekday } from '../../preload/contract/schedule.ts';
import { words } from '../words/words.ts';
import { Switch } from './choices.tsx';
import { DayBoxes } from './day-boxes.tsx';
import { TextInput } from './field.tsx';

const { windowFields: say } = words.schedules;

/** The active window as typed; its times are kept while it is off. */
export type WindowForm = { isOn: boolean; days: Weekday[]; from: string; to: string };

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
      <span className="field-label">{say.onlyBetween}</span>
      <span className="editor-line">
        <Switch label={say.onlyBetweenTwoTimes} isOn={window.isOn} onChange={(isOn) => onChange({ isOn })} />
        {window.isOn ? (
          <>
            <TextInput
              type="time"
              aria-label={say.from}
              value={window.from}
              aria-invalid={error ? true : undefined}
              onChange={(event) => onChange({ from: event.target.value })}
            />
            <span>{say.and}</span>
            <TextInput
              type="time"
              aria-label={say.to}
              value={window.to}
              aria-invalid={error ? true : undefined}
              onChange={(event) => onChange({ to: event.target.value })}
            />
          </>
        ) : (
          <span className="dim">{say.atAnyHourOfAnyDay}</span>
        )}
      </span>
    </div>
    {window.isOn && <DayBoxes label={say.onDays} days={window.days} error={error} onChange={(days) => onChange({ days })} />}
  </>
);
