import Play from 'lucide-react/dist/esm/icons/play.mjs';
import Pencil from 'lucide-react/icons/pencil';
import type { ScheduleRow } from '../../preload/contract/schedule.ts';
import { IconButton } from '../ui/button.tsx';
import { Why } from '../ui/popover.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { words } from '../words/words.ts';
import { useRunSchedule } from './use-run-schedule.ts';
import { When } from './when.tsx';

const say = words.history.next;
const MOST_NEXT = 4;
const DAY_MS = 86_400_000;

/** Whether a schedule will start by itself at its next time. */
const isAhead = ({ enabled, nextDueAt, pausedUntil }: ScheduleRow['schedule']): boolean =>
  enabled && nextDueAt !== undefined && !(pausedUntil !== undefined && pausedUntil > nextDueAt);

const soonest = (schedules: readonly ScheduleRow[]): ScheduleRow[] =>
  schedules
    .filter(({ schedule }) => isAhead(schedule))
    .toSorted((a, b) => ((a.schedule.nextDueAt ?? '') < (b.schedule.nextDueAt ?? '') ? -1 : 1));

/** What starts by itself within a day, soonest first, each with its reason; at least the next one. `held` says why nothing does just now. */
export const NextUp = ({
  schedules,
  held,
  now,
}: {
  schedules: readonly ScheduleRow[];
  held: string | undefined;
  now: number;
}) => {
  const ahead = soonest(schedules);
  const until = new Date(now + DAY_MS).toISOString();
  const soon = ahead.filter(({ schedule }, place) => place === 0 || (schedule.nextDueAt ?? '') <= until);
  const shown = soon.slice(0, MOST_NEXT);
  return (
    <section aria-labelledby="history-next">
      <h2 className="history-head" id="history-next">
        {say.head}
      </h2>
      {held && <p className="history-idle">{held}</p>}
      {!held && soon.length === 0 && <p className="history-idle">{say.none}</p>}
      <ul>
        {shown.map((row) => (
          <NextRow key={row.schedule.id} row={row} />
        ))}
      </ul>
      {soon.length > shown.length && (
        <a className="history-idle link" href="#/schedules">
          {say.more(soon.length - shown.length)}
        </a>
      )}
    </section>
  );
};

const NextRow = ({ row: { schedule, why } }: { row: ScheduleRow }) => {
  const run = useRunSchedule();
  const at = schedule.nextDueAt ?? '';
  const href = `#/schedules/${schedule.id}`;
  return (
    <li className="history-due">
      <span className="mono mid history-due-at">
        <When at={at} />
      </span>
      <a href={`#/history?schedule=${schedule.id}`} className="trunc">
        <b>{schedule.name}</b>
      </a>
      <Why label={say.why(schedule.name)} answer={why}>
        <RelativeTime at={at} kind="due" />
      </Why>
      <span className="history-due-actions">
        <IconButton
          label={say.runNow(schedule.name)}
          icon={<Play aria-hidden="true" strokeWidth={1.5} />}
          onClick={() => void run(schedule.id)}
        />
        <a
          className="button button-quiet button-icon"
          href={href}
          aria-label={say.edit(schedule.name)}
          title={say.edit(schedule.name)}
        >
          <Pencil aria-hidden="true" strokeWidth={1.5} />
        </a>
      </span>
    </li>
  );
};
