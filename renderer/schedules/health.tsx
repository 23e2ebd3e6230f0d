import type { AppStatus } from '../../preload/contract/status.ts';
import { useAction } from '../client/use-action.ts';
import { Button } from '../ui/button.tsx';
import { Switch } from '../ui/choices.tsx';
import { clock, dateTime, dueInline, timeTooltip } from '../ui/format.ts';
import { Note } from '../ui/note.tsx';
import { ExactTime } from '../ui/relative-time.tsx';
import { Status } from '../ui/status-glyph.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';

const { health: say } = words.schedules;

/** Whether anything starts by itself: Running or, in red, Stopped; and what is next. */
export const Health = ({ status }: { status: AppStatus }) => {
  const now = useNow();
  if (!status.schedulerRunning) return <Stopped />;
  return (
    <div className="health" role="status">
      <span>
        <span className="dim">{say.scheduler}</span> <Status status="completed">{say.running}</Status>
        <MasterSwitch />
      </span>
      {status.pausedUntil && <Status status="waiting">{pausedWords(status.pausedUntil)}</Status>}
      {status.offlineSince && (
        <Status status="warning">
          {say.noConnectionSince} <ExactTime at={status.offlineSince}>{clock(status.offlineSince)}</ExactTime>
          {say.runsWaitNothingIsLost}
        </Status>
      )}
      {status.next && (
        <span>
          <span className="dim">{say.next}</span> {status.next.name}{' '}
          <time dateTime={status.next.dueAt} title={timeTooltip(status.next.dueAt)}>
            {dueInline(status.next.dueAt, now)}
          </time>
        </span>
      )}
      {status.last && (
        <span className="hide-narrow">
          <span className="dim">{say.last}</span>{' '}
          <a className="link" href={`#/history/run/${status.last.runId}`}>
            {status.last.name}
          </a>
          {status.last.words ? `, ${status.last.words}` : ''}
        </span>
      )}
    </div>
  );
};

/** `Paused until 08:00`, or until it is resumed by hand. */
export const pausedWords = (until: string): string =>
  until.startsWith('9999') ? say.pausedUntilYouResume : say.pausedUntil(untilWords(until, Date.now()));

const DAY_MS = 86_400_000;
const untilWords = (until: string, now: number): string =>
  Date.parse(until) - now < DAY_MS ? clock(until) : dateTime(until, now);

/** Everything that starts by itself, on or off. */
const MasterSwitch = () => {
  const update = useAction('settings.update');
  return (
    <>
      <Switch label={say.schedulerOn} isOn onChange={(isOn) => void update.run({ patch: { schedulerEnabled: isOn } })} />
      {update.error && <span className="bad">{update.error.message}</span>}
    </>
  );
};

const Stopped = () => {
  const update = useAction('settings.update');
  return (
    <div className="health-stopped">
      <Note tone="fail" title={say.schedulerStopped}>
        {say.nothingStartsByItself}{' '}
        <Button onClick={() => void update.run({ patch: { schedulerEnabled: true } })} isPending={update.isPending}>
          {say.startTheScheduler}
        </Button>
        {update.error && <p className="bad">{update.error.message}</p>}
      </Note>
    </div>
  );
};
