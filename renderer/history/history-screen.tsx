import { useMemo } from 'react';
import type { Run } from '../../preload/contract/run.ts';
import type { ScheduleRow } from '../../preload/contract/schedule.ts';
import type { AppStatus } from '../../preload/contract/status.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import type { ViewState } from '../client/view-state.ts';
import { viewHref } from '../client/view-state.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { clock, duration, localZone } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Screen } from '../ui/screen.tsx';
import { useNow } from '../ui/use-now.ts';
import { number } from '../words/counting.ts';
import { DayStripView } from './day-strip.tsx';
import { BACK_MS, toDayStrip } from './day-strip-model.ts';
import { FilterBar } from './filter-bar.tsx';
import { isNarrowed, readFilters, toRunQuery, writeFilters } from './filters.ts';
import { groupByDay } from './group-runs.ts';
import { RunNowMenu } from './run-now-menu.tsx';
import { RunPage } from './run-page.tsx';
import { DayOfRuns } from './run-rows.tsx';
import { NextUp, RunningNow } from './running-now.tsx';
import { todayParts, toTodayNumbers } from './today-words.ts';
import { useRuns } from './use-runs.ts';
import './history.css';

const PAGE = 100;
const HOUR_MS = 3_600_000;

/** Runs: now, next, and those gone by; below `run/ID` one of them. */
export const HistoryScreen = ({ view }: { view: ViewState }) => {
  const [, kind, id] = view.path;
  if (kind === 'run' && id) return <RunPage key={id} id={id} show={view.params.show} />;
  return <HistoryList params={view.params} />;
};

const HistoryList = ({ params }: { params: Record<string, string> }) => {
  const now = useNow();
  const since = new Date(Math.floor((now - BACK_MS) / HOUR_MS) * HOUR_MS).toISOString();
  const day = useQuery('runs.list', { since, limit: 500 }, ['runs.changed', 'runs.removed']).data?.rows;
  const schedules = useQuery('schedules.list', {}, ['schedules.changed', 'runs.changed']).data;
  const status = useQuery('app.status', {}, ['status.changed', 'runs.changed']).data;
  return (
    <Screen title="History" sub={day && <TodaySoFar runs={day} now={now} />} actions={<RunNowMenu schedules={schedules ?? []} />}>
      {status?.offlineSince && (
        <Note tone="warn" title="There is no connection.">
          Since <RelativeTime at={status.offlineSince} />. Nothing is lost: runs wait and start when it is back.
        </Note>
      )}
      {day && schedules && <DayStripView strip={toDayStrip(day, schedules, now)} />}
      <div className="history-now">
        <RunningNow running={status?.running ?? []} />
        <NextUp schedules={schedules ?? []} held={status && heldWords(status)} />
      </div>
      <RunList params={params} schedules={schedules ?? []} now={now} />
    </Screen>
  );
};

const heldWords = (status: AppStatus): string | undefined => {
  if (!status.schedulerRunning) return 'Nothing starts by itself: the scheduler is stopped.';
  if (!status.pausedUntil) return undefined;
  return status.pausedUntil.startsWith('9999')
    ? 'All schedules are paused until you resume.'
    : `All schedules are paused until ${clock(status.pausedUntil)}.`;
};

const TodaySoFar = ({ runs, now }: { runs: Run[]; now: number }) => {
  const numbers = toTodayNumbers(runs, new Date(now).setHours(0, 0, 0, 0));
  const { plain, failed, missed } = todayParts(numbers);
  return (
    <>
      Since midnight: {plain}
      {failed && (
        <>
          ,{' '}
          <a className="history-sum bad" href={viewHref(['history'], { status: 'failed', range: 'day' })}>
            {failed}
          </a>
        </>
      )}
      {missed && (
        <>
          ,{' '}
          <a className="history-sum" href={viewHref(['history'], { status: 'missed', range: 'day' })}>
            {missed}
          </a>
        </>
      )}
      . {numbers.usualMs !== undefined && <span className="dim">Usual run {duration(numbers.usualMs)}.</span>}
    </>
  );
};

const RunList = ({ params, schedules, now }: { params: Record<string, string>; schedules: ScheduleRow[]; now: number }) => {
  const filters = readFilters(params);
  const runs = useRuns(toRunQuery(filters, now, PAGE));
  const { since } = toRunQuery(filters, now, 1);
  const problems = useQuery('runs.list', { problemsOnly: true, ...(since ? { since } : {}), limit: 1 }, ['runs.changed']).data
    ?.total;
  const days = useMemo(() => groupByDay(runs.rows, localZone(), !isNarrowed(filters)), [runs.rows, filters]);
  const change = (part: Record<string, string>) => go(['history'], { ...writeFilters(filters), ...part }, 'replace');
  return (
    <>
      <FilterBar filters={filters} schedules={schedules} problems={problems} onChange={change} />
      {runs.error && (
        <ErrorNote error={runs.error} kept="The runs are kept; only the list could not be read." onRetry={runs.reload} />
      )}
      {runs.isLoading && <LoadingBars rows={6} />}
      {!runs.isLoading && !runs.error && runs.rows.length === 0 && (
        <NoRuns isNarrowed={isNarrowed(filters)} onAll={() => go(['history'], { range: 'all' }, 'replace')} />
      )}
      <div aria-busy={runs.isPrevious || undefined}>
        {days.map((day) => (
          <DayOfRuns key={day.day} day={day} now={now} />
        ))}
      </div>
      {runs.more && (
        <p className="history-more">
          <Button onClick={() => void runs.more?.()} isPending={runs.isPending}>
            Show older runs
          </Button>
          <span className="dim">
            {number(runs.rows.length)} of {number(runs.total)}
          </span>
        </p>
      )}
    </>
  );
};

const NoRuns = ({ isNarrowed, onAll }: { isNarrowed: boolean; onAll: () => void }) =>
  isNarrowed ? (
    <EmptyState title="No run matches" reason="There are none in this span with these filters.">
      <Button onClick={onAll}>Show all runs</Button>
    </EmptyState>
  ) : (
    <EmptyState
      title="No runs in this span"
      reason="Every time a schedule starts, or you start one, it is written down here: when it was due, what it brought, what failed."
    >
      <Button onClick={onAll}>Show all that is kept</Button>
    </EmptyState>
  );
