import type { Progress, Run } from '../../preload/contract/run.ts';
import type { ScheduleRow } from '../../preload/contract/schedule.ts';
import { useAction } from '../client/use-action.ts';
import { useProgress } from '../client/use-progress.ts';
import { Button } from '../ui/button.tsx';
import { duration } from '../ui/format.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { countsWords, tookMs } from '../ui/run-words.ts';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { useToast } from '../ui/toast.tsx';
import { useSeconds } from '../ui/use-seconds.ts';
import { words } from '../words/words.ts';
import { remainingWords } from './remaining.ts';

const { running: say } = words.history;

/** What runs now, with its progress and how long it will take; it can be stopped. What waits its turn stands below. */
export const RunningNow = ({ running, schedules }: { running: readonly Run[]; schedules: readonly ScheduleRow[] }) => {
  const live = useProgress();
  const going = running.filter(({ status }) => status === 'running');
  const queued = running.filter(({ status }) => status === 'queued');
  const now = useSeconds(going.length > 0);
  return (
    <div>
      <section aria-labelledby="history-running">
        <h2 className="history-head" id="history-running">
          {say.head}
        </h2>
        {running.length === 0 && <p className="history-idle">{say.nothing}</p>}
        {going.map((run) => (
          <RunningRun
            key={run.id}
            run={run}
            live={live.get(run.id)}
            usualMs={schedules.find(({ schedule }) => schedule.id === run.scheduleId)?.usualMs}
            now={now}
          />
        ))}
      </section>
      {queued.length > 0 && <Queue runs={queued} />}
    </div>
  );
};

const useCancel = (): { stop: (id: string) => Promise<void>; isPending: boolean } => {
  const cancel = useAction('runs.cancel');
  const toast = useToast();
  const stop = async (id: string) => {
    const answer = await cancel.run({ id });
    if (!answer.ok) toast({ text: answer.error.message });
  };
  return { stop, isPending: cancel.isPending };
};

const progressWords = (shown: Progress | undefined): string => {
  const far = shown && shown.total > 0 ? say.of(shown.done, shown.total) : say.justBegun;
  return shown?.label ? `${far}, ${shown.label}` : far;
};

const RunningRun = ({
  run,
  live,
  usualMs,
  now,
}: {
  run: Run;
  live: { progress: Progress; counts: Record<string, number> } | undefined;
  usualMs: number | undefined;
  now: number;
}) => {
  const cancel = useCancel();
  const shown = live?.progress ?? ('progress' in run ? run.progress : undefined);
  const counts = live?.counts ?? ('counts' in run ? run.counts : {});
  const took = tookMs(run, now);
  const left = remainingWords(run, shown, usualMs, now);
  return (
    <div className="history-run">
      <div className="history-run-line">
        <StatusGlyph status="running" />
        <a className="history-run-name" href={`#/history/run/${run.id}`}>
          {run.name}
        </a>
        <span className="dim">{say.startedBy[run.cause]}</span>
        <span className="history-run-took mono">{took === undefined ? '' : duration(Math.floor(took / 1000) * 1000)}</span>
        <Button
          look="quiet"
          onClick={() => void cancel.stop(run.id)}
          isPending={cancel.isPending}
          aria-label={say.cancelRun(run.name)}
        >
          {say.cancel}
        </Button>
      </div>
      <ProgressBar done={shown?.done ?? 0} total={shown?.total ?? 0} label={say.progress(run.name)} />
      <p className="sub history-run-sub">
        <span>{progressWords(shown)}</span>
        <span className="history-run-more">
          {[Object.values(counts).some((value) => value > 0) ? countsWords(counts) : '', left].filter(Boolean).join('; ')}
        </span>
      </p>
    </div>
  );
};

/** Runs that wait until there is room; shown only when there are any. */
const Queue = ({ runs }: { runs: readonly Run[] }) => {
  const cancel = useCancel();
  return (
    <section aria-labelledby="history-queue" className="history-queue">
      <h2 className="history-head" id="history-queue">
        {say.queue}
      </h2>
      {runs.map((run) => (
        <div key={run.id} className="history-run-line">
          <StatusGlyph status="queued" />
          <a className="history-run-name" href={`#/history/run/${run.id}`}>
            {run.name}
          </a>
          <span className="dim">{say.queued}</span>
          <span className="history-run-took" />
          <Button look="quiet" onClick={() => void cancel.stop(run.id)} aria-label={say.cancelRun(run.name)}>
            {say.cancel}
          </Button>
        </div>
      ))}
      {runs.length > 1 && (
        <Button onClick={() => void Promise.all(runs.map(({ id }) => cancel.stop(id)))} isPending={cancel.isPending}>
          {say.emptyQueue}
        </Button>
      )}
    </section>
  );
};
