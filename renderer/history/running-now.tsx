import type { Run } from '../../preload/contract/run.ts';
import type { ScheduleRow } from '../../preload/contract/schedule.ts';
import { useAction } from '../client/use-action.ts';
import { useProgress } from '../client/use-progress.ts';
import { Button } from '../ui/button.tsx';
import { clock, duration } from '../ui/format.ts';
import { Why } from '../ui/popover.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { ExactTime, RelativeTime } from '../ui/relative-time.tsx';
import { tookMs } from '../ui/run-words.ts';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { useToast } from '../ui/toast.tsx';
import { useSeconds } from '../ui/use-seconds.ts';
import { number } from '../words/counting.ts';

const STARTED: Record<Run['cause'], string> = {
  manual: 'started by you',
  schedule: 'by schedule',
  'catch-up': 'a catch-up',
  retry: 'a retry',
};

/** What runs now, with its progress; it can be stopped. */
export const RunningNow = ({ running }: { running: readonly Run[] }) => {
  const live = useProgress();
  const now = useSeconds(running.length > 0);
  return (
    <section aria-labelledby="history-running">
      <h2 className="history-head" id="history-running">
        Running now
      </h2>
      {running.length === 0 && <p className="history-idle">Nothing runs.</p>}
      {running.map((run) => (
        <RunningRun key={run.id} run={run} progress={live.get(run.id)?.progress} now={now} />
      ))}
    </section>
  );
};

const RunningRun = ({
  run,
  progress,
  now,
}: {
  run: Run;
  progress: { done: number; total: number; label?: string | undefined } | undefined;
  now: number;
}) => {
  const cancel = useAction('runs.cancel');
  const toast = useToast();
  const shown = progress ?? ('progress' in run ? run.progress : undefined);
  const took = tookMs(run, now);
  const stop = async () => {
    const answer = await cancel.run({ id: run.id });
    if (!answer.ok) toast({ text: answer.error.message });
  };
  return (
    <div className="history-run">
      <div className="history-run-line">
        <StatusGlyph status={run.status === 'queued' ? 'queued' : 'running'} />
        <a className="history-run-name" href={`#/history/run/${run.id}`}>
          {run.name}
        </a>
        <span className="dim">{run.status === 'queued' ? 'queued' : STARTED[run.cause]}</span>
        <span className="history-run-took mono">{took === undefined ? '' : duration(Math.floor(took / 1000) * 1000)}</span>
        <Button look="quiet" onClick={stop} isPending={cancel.isPending} aria-label={`Cancel ${run.name}`}>
          Cancel
        </Button>
      </div>
      <ProgressBar done={shown?.done ?? 0} total={shown?.total ?? 0} label={`${run.name}, progress`} />
      <p className="sub">
        {shown && shown.total > 0 ? `${number(shown.done)} of ${number(shown.total)}` : 'Just begun'}
        {shown?.label ? `, ${shown.label}` : ''}
      </p>
    </div>
  );
};

const MOST_NEXT = 4;
/** Whether a schedule will start by itself at its next time. */
const isAhead = ({ enabled, nextDueAt, pausedUntil }: ScheduleRow['schedule']): boolean =>
  enabled && nextDueAt !== undefined && !(pausedUntil !== undefined && pausedUntil > nextDueAt);

/** What starts next by itself, soonest first, each with its reason. `held` says why nothing does just now. */
export const NextUp = ({ schedules, held }: { schedules: readonly ScheduleRow[]; held: string | undefined }) => {
  const soon = schedules
    .filter(({ schedule }) => isAhead(schedule))
    .toSorted((a, b) => ((a.schedule.nextDueAt ?? '') < (b.schedule.nextDueAt ?? '') ? -1 : 1))
    .slice(0, MOST_NEXT);
  return (
    <section aria-labelledby="history-next">
      <h2 className="history-head" id="history-next">
        Next up
      </h2>
      {held && <p className="history-idle">{held}</p>}
      {!held && soon.length === 0 && <p className="history-idle">Nothing is due: all schedules are off or paused.</p>}
      <ul>
        {soon.map(({ schedule, why }) => (
          <li key={schedule.id} className="history-due">
            <span className="mono mid">
              <ExactTime at={schedule.nextDueAt ?? ''}>{clock(schedule.nextDueAt ?? '')}</ExactTime>
            </span>
            <a href={`#/schedules/${schedule.id}`} className="trunc">
              <b>{schedule.name}</b>
            </a>
            <Why label={`Why ${schedule.name} is due then`} answer={why}>
              <RelativeTime at={schedule.nextDueAt ?? ''} kind="due" />
            </Why>
          </li>
        ))}
      </ul>
    </section>
  );
};
