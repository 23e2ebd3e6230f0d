import ChevronLeft from 'lucide-react/dist/esm/icons/chevron-left.mjs';
import ChevronRight from 'lucide-react/dist/esm/icons/chevron-right.mjs';
import type { RunBrief, RunDetail } from '../../preload/contract/run.ts';
import { useProgress } from '../client/use-progress.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Segments } from '../ui/choices.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { dueInline, longDay } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { RUN_STATUS_WORDS } from '../ui/run-words.ts';
import { Screen } from '../ui/screen.tsx';
import { useCommands } from '../ui/use-commands.ts';
import { useNow } from '../ui/use-now.ts';
import { useSeconds } from '../ui/use-seconds.ts';
import { words } from '../words/words.ts';
import { useAnnouncedEnds } from './announce-ends.ts';
import { FetchJobs } from './fetch-jobs.tsx';
import { remainingWords } from './remaining.ts';
import { RunActions } from './run-actions.tsx';
import { RunAttempts } from './run-attempts.tsx';
import { RunFacts } from './run-facts.tsx';
import { RunJson } from './run-json.tsx';
import { RunLog } from './run-log.tsx';
import { PlanLines, PlanNote, UndoNote } from './run-plan.tsx';
import { bannerOf, isGoing } from './run-report.ts';
import { RunSteps } from './run-steps.tsx';
import { toSteps } from './run-steps-model.ts';
import { nextFormat, setTimeFormat, timeText, useTimeFormat, zoneOf } from './time-format.ts';
import { TimeSwitch } from './time-switch.tsx';
import { useRunDetail } from './use-run-detail.ts';
import './history.css';

const { run: say, running } = words.history;
const CRUMB = { label: words.history.title, href: '#/history' };
const VIEWS = [
  { value: 'timeline', label: say.timeline },
  { value: 'log', label: say.log },
  { value: 'json', label: say.json },
] as const;
type View = (typeof VIEWS)[number]['value'];

/** One run: what happened, what became of it, step by step and source by source. Follows the run while it goes. */
export const RunPage = ({ id, params }: { id: string; params: Record<string, string> }) => {
  const detail = useRunDetail(id);
  useAnnouncedEnds();
  if (detail.error?.code === 'NOT_FOUND') {
    return (
      <Screen title={say.title} crumb={CRUMB}>
        <EmptyState title={say.gone} reason={say.goneWhy}>
          <ButtonLink href="#/history">{say.back}</ButtonLink>
        </EmptyState>
      </Screen>
    );
  }
  if (!detail.data) {
    return (
      <Screen title={say.title} crumb={CRUMB}>
        {detail.error ? <ErrorNote error={detail.error} onRetry={detail.reload} /> : <LoadingBars rows={6} />}
      </Screen>
    );
  }
  return <LoadedRun detail={detail.data} params={params} />;
};

const LoadedRun = ({ detail, params }: { detail: RunDetail; params: Record<string, string> }) => {
  const { run } = detail;
  const format = useTimeFormat();
  const at = run.scheduledFor ?? run.queuedAt;
  const title = say.named(run.name, timeText(at, format === 'utc' ? 'utc' : 'local', 0));
  const view = VIEWS.find(({ value }) => value === params.view)?.value ?? 'timeline';
  useCommands([
    { id: 'run.previous', run: () => detail.previous && go(['history', 'run', detail.previous.id]), isOff: !detail.previous },
    { id: 'run.next', run: () => detail.next && go(['history', 'run', detail.next.id]), isOff: !detail.next },
    { id: 'times.switch', run: () => setTimeFormat(nextFormat(format)) },
  ]);
  return (
    <Screen title={title} crumb={CRUMB} sub={longDay(at, zoneOf(format))} actions={<RunActions detail={detail} />}>
      <RunAttempts detail={detail} />
      <RunBanner detail={detail} />
      <PlanNote run={run} />
      <UndoNote run={run} />
      {isGoing(run) && <Going detail={detail} />}
      <div className="run-bar">
        <Segments
          label={say.views}
          value={view}
          options={VIEWS}
          onChange={(next) => go(['history', 'run', run.id], { ...params, view: next === 'timeline' ? '' : next }, 'replace')}
        />
        <TimeSwitch />
        <span className="run-neighbours">
          <Neighbour run={detail.previous} label={say.previous} keys="[" />
          <Neighbour run={detail.next} label={say.next} keys="]" />
        </span>
      </div>
      <div className="run-grid">
        <div className="run-main">
          <RunView view={view} detail={detail} params={params} />
        </div>
        <RunFacts detail={detail} />
      </div>
    </Screen>
  );
};

const Neighbour = ({ run, label, keys }: { run: RunBrief | undefined; label: string; keys: string }) => {
  const icon =
    keys === '[' ? (
      <ChevronLeft aria-hidden="true" width={16} height={16} strokeWidth={1.5} />
    ) : (
      <ChevronRight aria-hidden="true" width={16} height={16} strokeWidth={1.5} />
    );
  if (!run) return <span className="button button-quiet button-icon run-neighbour-none">{icon}</span>;
  return (
    <a
      className="button button-quiet button-icon"
      href={`#/history/run/${run.id}`}
      aria-label={label}
      aria-keyshortcuts={keys}
      title={`${label} (${keys})`}
    >
      {icon}
    </a>
  );
};

const RunView = ({ view, detail, params }: { view: View; detail: RunDetail; params: Record<string, string> }) => {
  const { run, fetchJobs } = detail;
  if (view === 'json') return <RunJson detail={detail} />;
  if (view === 'log') return <RunLog lines={'log' in run ? run.log : []} isGoing={isGoing(run)} />;
  return (
    <>
      <Steps detail={detail} />
      <PlanLines run={run} />
      {fetchJobs.length > 0 && <FetchJobs runId={run.id} jobs={fetchJobs} params={params} />}
      {'errorStack' in run && run.errorStack && (
        <details className="run-more">
          <summary>{say.thrown}</summary>
          <pre className="run-json">{run.errorStack}</pre>
        </details>
      )}
    </>
  );
};

const Steps = ({ detail: { run } }: { detail: RunDetail }) => {
  const going = isGoing(run);
  const now = useSeconds(going);
  const live = useProgress().get(run.id);
  const shown = going && live?.steps && run.status === 'running' ? { ...run, steps: live.steps } : run;
  return <RunSteps steps={toSteps(shown, now)} />;
};

const RunBanner = ({ detail }: { detail: RunDetail }) => {
  const now = useNow();
  const { run } = detail;
  const schedules = useQuery('schedules.list', {}, ['schedules.changed']).data;
  const next = schedules?.find(({ schedule }) => schedule.id === run.scheduleId)?.schedule.nextDueAt;
  const banner = bannerOf(detail, next ? say.nextRun(dueInline(next, now)) : '');
  if (banner) {
    return (
      <Note tone={banner.tone} title={banner.title}>
        {banner.text}
      </Note>
    );
  }
  if (run.status !== 'missed' && run.status !== 'skipped' && run.status !== 'deferred') return null;
  return (
    <Note tone="warn" title={say.neverStarted(RUN_STATUS_WORDS[run.status])}>
      {say.nothingLost(run.reason, next ? dueInline(next, now) : '')}
    </Note>
  );
};

/** Half of the runs before took less than this. */
const usualOf = ({ recent }: RunDetail): number | undefined => {
  const took = recent.flatMap(({ status, tookMs }) => (status === 'completed' && tookMs !== undefined ? [tookMs] : []));
  return took.toSorted((a, b) => a - b)[Math.floor((took.length - 1) / 2)];
};

const Going = ({ detail }: { detail: RunDetail }) => {
  const { run } = detail;
  const now = useSeconds(true);
  const live = useProgress().get(run.id)?.progress;
  const shown = live ?? ('progress' in run ? run.progress : undefined);
  const far =
    shown && shown.total > 0 ? running.of(shown.done, shown.total) : run.status === 'queued' ? say.queued : running.justBegun;
  return (
    <div className="run-going" role="status">
      <ProgressBar done={shown?.done ?? 0} total={shown?.total ?? 0} label={say.progress(run.name)} />
      <p className="sub">
        {[shown?.label ? `${far}, ${shown.label}` : far, remainingWords(run, shown, usualOf(detail), now)]
          .filter(Boolean)
          .join('; ')}
      </p>
    </div>
  );
};
