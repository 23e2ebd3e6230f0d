import { useState } from 'react';
import type { MessagesState, QuietHours } from '../../preload/contract/message.ts';
import type { Weekday } from '../../preload/contract/schedule.ts';
import { Switch } from '../ui/choices.tsx';
import { DayBoxes } from '../ui/day-boxes.tsx';
import { TextInput } from '../ui/field.tsx';
import { words } from '../words/words.ts';
import { SettingRow } from './setting-row.tsx';

const { notifications: say } = words;
const NIGHT: QuietHours = { from: '22:00', to: '07:00', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] };

/** Hours in which nothing is told, and what waits for their end. */
export const QuietSetting = ({
  quiet,
  state,
  onChange,
}: {
  quiet: QuietHours | null;
  state: MessagesState | undefined;
  onChange: (quiet: QuietHours | null) => void;
}) => (
  <>
    <SettingRow name={say.quiet} help={say.quietHelp}>
      {({ describedBy }) => (
        <Switch
          label={say.quiet}
          describedBy={describedBy}
          isOn={quiet !== null}
          onChange={(isOn) => onChange(isOn ? NIGHT : null)}
        />
      )}
    </SettingRow>
    {quiet && <QuietFields quiet={quiet} onChange={onChange} />}
    {state?.isQuiet && <Held state={state} />}
  </>
);

const QuietFields = ({ quiet, onChange }: { quiet: QuietHours; onChange: (quiet: QuietHours) => void }) => {
  const [noDay, setNoDay] = useState(false);
  const choose = (days: Weekday[]) => {
    setNoDay(days.length === 0);
    if (days.length > 0) onChange({ ...quiet, days });
  };
  const time = (key: 'from' | 'to', label: string) => (
    <TextInput
      type="time"
      aria-label={label}
      value={quiet[key]}
      // A time half typed is none yet.
      onChange={(event) => event.target.value && onChange({ ...quiet, [key]: event.target.value })}
    />
  );
  return (
    <div className="quiet">
      <span className="quiet-times">
        {time('from', say.quietFrom)} <span>{say.and}</span> {time('to', say.quietTo)}
      </span>
      <DayBoxes label={say.quietDays} days={quiet.days} error={noDay ? say.quietDaysWrong : undefined} onChange={choose} />
    </div>
  );
};

const Held = ({ state: { held } }: { state: MessagesState }) => (
  <div className="quiet-held" role="status">
    <p className="sub">{say.quietNow(held.length)}</p>
    <ul>
      {held.map(({ id, title, body }) => (
        <li key={id} dir="auto">
          {title}
          <span className="sub"> {body.split('\n', 1)[0]}</span>
        </li>
      ))}
    </ul>
  </div>
);
