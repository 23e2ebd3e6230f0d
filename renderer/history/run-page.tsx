import type { RunDetail } from '../../preload/contract/run.ts';
import { useAction } from '../client/use-action.ts';
import { useProgress } from '../client/use-progress.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { clock, dueInline, longDay } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { RUN_STATUS_WORDS } from '../ui/run-words.ts';
import { Screen } from '../ui/screen.tsx';
import { useToast } from '../ui/toast.tsx';
import { useNow } from '../ui/use-now.ts';
import { number } from '../words/counting.ts';
import { FetchJobs } from './fetch-jobs.tsx';
import { isDryRun } from './plan-words.ts';
import { RemoveRecord } from './remove-record.tsx';
import { RunFacts } from './run-facts.tsx';
import { RunJson } from './run-json.tsx';
import { RunLog } from './run-log.tsx';
import { PlanLines, PlanNote, UndoNote } from './run-plan.tsx';
import { bannerOf, isGoing, reportText } from './run-report.ts';
import { useCopy } from './use-copy.ts';
import './history.css';

const CRUMB = { label: 'History', href: '#/history' };

/** One run: what happened, what became of it, source by source. Follows the run while it goes. */
export const RunPage = ({ id, show }: { id: string; show: string | undefined }) => {
  const detail = useQuery('runs.get', { id }, ['runs.changed', 'runs.removed', 'fetch-jobs.changed']);
  if (detail.error?.code === 'NOT_FOUND') {
    return (
      <Screen title="Run" crumb={CRUMB}>
        <EmptyState
          title="This run is no longer kept"
          reason="Its record was removed, by you or by the clean-up. Posts are never removed with it."
        >
          <ButtonLink href="#/history">Back to the history</ButtonLink>
        </EmptyState>
      </Screen>
    );
  }
  if (!detail.data) {
    return (
      <Screen title="Run" crumb={CRUMB}>
        {detail.error ? <ErrorNote error={detail.error} onRetry={detail.reload} /> : <LoadingBars rows={6} />}
      </Screen>
    );
  }
  return <LoadedRun detail={detail.data} show={show} />;
};

const LoadedRun = ({ detail, show }: { detail: RunDetail; show: string | undefined }) => {
  const { run, fetchJobs } = detail;
  const at = run.scheduledFor ?? run.queuedAt;
  const title = `${run.name}, ${clock(at)}`;
  return (
    <Screen title={title} crumb={CRUMB} sub={longDay(at)} actions={<RunActions detail={detail} />}>
      <RunBanner detail={detail} />
      <PlanNote run={run} />
      <UndoNote run={run} />
      {isGoing(run) && <Going detail={detail} />}
      <div className="run-grid">
        <div className="run-main">
          <PlanLines run={run} />
          {fetchJobs.length > 0 && <FetchJobs runId={run.id} jobs={fetchJobs} show={show} />}
          {'log' in run && <RunLog lines={run.log} />}
          {'errorStack' in run && run.errorStack && (
            <details className="run-more">
              <summary>Where it was thrown</summary>
              <pre className="run-json">{run.errorStack}</pre>
            </details>
          )}
          <RunJson detail={detail} />
        </div>
        <RunFacts run={run} />
      </div>
    </Screen>
  );
};

const RunBanner = ({ detail }: { detail: RunDetail }) => {
  const now = useNow();
  const { run } = detail;
  const schedules = useQuery('schedules.list', {}, ['schedules.changed']).data;
  const next = schedules?.find(({ schedule }) => schedule.id === run.scheduleId)?.schedule.nextDueAt;
  const banner = bannerOf(detail, next ? `The next run is ${dueInline(next, now)}.` : '');
  if (banner) {
    return (
      <Note tone={banner.tone} title={banner.title}>
        {banner.text}
      </Note>
    );
  }
  if (run.status !== 'missed' && run.status !== 'skipped' && run.status !== 'deferred') return null;
  return (
    <Note tone="warn" title={`${RUN_STATUS_WORDS[run.status]}: this run never started.`}>
      {run.reason} Nothing is lost{next ? `; the next run is ${dueInline(next, now)}.` : '.'}
    </Note>
  );
};

const Going = ({ detail }: { detail: RunDetail }) => {
  const { run } = detail;
  const live = useProgress().get(run.id)?.progress;
  const shown = live ?? ('progress' in run ? run.progress : undefined);
  return (
    <div className="run-going" role="status">
      <ProgressBar done={shown?.done ?? 0} total={shown?.total ?? 0} label={`${run.name}, progress`} />
      <p className="sub">
        {shown && shown.total > 0
          ? `${number(shown.done)} of ${number(shown.total)}`
          : run.status === 'queued'
            ? 'Queued'
            : 'Just begun'}
        {shown?.label ? `, ${shown.label}` : ''}
      </p>
    </div>
  );
};

const RunActions = ({ detail }: { detail: RunDetail }) => {
  const { run, fetchJobs } = detail;
  const cancel = useAction('runs.cancel');
  const retry = useAction('runs.retryFailed');
  const again = useAction('runs.start');
  const copy = useCopy();
  const toast = useToast();
  const canRetry = !isGoing(run) && fetchJobs.some((job) => job.status === 'failed');
  const show = (answer: Awaited<ReturnType<typeof again.run>>) =>
    answer.ok ? go(['history', 'run', answer.result.run.id]) : toast({ text: answer.error.message });
  const stop = async () => {
    const answer = await cancel.run({ id: run.id });
    if (!answer.ok) toast({ text: answer.error.message });
  };
  if (isGoing(run)) {
    return (
      <Button onClick={stop} isPending={cancel.isPending}>
        Cancel
      </Button>
    );
  }
  // A dry run again is a dry run, not the thing itself.
  const dry = isDryRun(run) ? { options: optionsOf(run.options) } : {};
  const question = run.scheduleId
    ? { scheduleId: run.scheduleId, ...dry }
    : { jobKind: run.jobKind, options: optionsOf(run.options) };
  return (
    <>
      <Button look="quiet" onClick={() => void copy(reportText(detail), 'The report')}>
        Copy report
      </Button>
      <RemoveRecord run={run} fetchJobs={fetchJobs.length} />
      <Button onClick={async () => show(await again.run(question))} isPending={again.isPending}>
        Run again
      </Button>
      {canRetry && (
        <Button look="primary" onClick={async () => show(await retry.run({ id: run.id }))} isPending={retry.isPending}>
          Retry failed only
        </Button>
      )}
    </>
  );
};

const optionsOf = (options: unknown): Record<string, unknown> =>
  typeof options === 'object' && options !== null ? (options as Record<string, unknown>) : {};
