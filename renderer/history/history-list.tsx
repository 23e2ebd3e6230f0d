import Grid3x3 from 'lucide-react/icons/grid-3x3';
import { useMemo } from 'react';
import type { ScheduleRow } from '../../preload/contract/schedule.ts';
import type { AppStatus } from '../../preload/contract/status.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { clock } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Screen } from '../ui/screen.tsx';
import { useCommands } from '../ui/use-commands.ts';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { useAnnouncedEnds } from './announce-ends.ts';
import { DayStripView } from './day-strip.tsx';
import { BACK_MS, toDayStrip } from './day-strip-model.ts';
import { ExportMenu } from './export-menu.tsx';
import { FilterBar, hasFilters } from './filter-bar.tsx';
import { isNarrowed, toRunFilter, toRunQuery } from './filters.ts';
import { groupByDay } from './group-runs.ts';
import { NextUp } from './next-up.tsx';
import { RunNowMenu } from './run-now-menu.tsx';
import { DayOfRuns } from './run-rows.tsx';
import { RunningNow } from './running-now.tsx';
import { nextFormat, setTimeFormat, useTimeFormat, zoneOf } from './time-format.ts';
import { TimeSwitch } from './time-switch.tsx';
import { TodaySoFar } from './today.tsx';
import { useFilters } from './use-filters.ts';
import { useRuns } from './use-runs.ts';

const say = words.history;
const PAGE = 100;
const HOUR_MS = 3_600_000;

/** What runs, what is next, and the runs gone by. */
export const HistoryList = ({ params }: { params: Record<string, string> }) => {
  const now = useNow();
  const since = new Date(Math.floor((now - BACK_MS) / HOUR_MS) * HOUR_MS).toISOString();
  const midnight = new Date(new Date(now).setHours(0, 0, 0, 0)).toISOString();
  const day = useQuery('runs.list', { since, limit: 500 }, ['runs.changed', 'runs.removed']).data?.rows;
  const today = useQuery('runs.summary', { since: midnight }, ['runs.changed', 'runs.removed']).data;
  const schedules = useQuery('schedules.list', {}, ['schedules.changed', 'runs.changed']).data;
  const status = useQuery('app.status', {}, ['status.changed', 'runs.changed']).data;
  useAnnouncedEnds();
  return (
    <Screen
      title={say.title}
      sub={today && <TodaySoFar summary={today} />}
      actions={
        <>
          <ButtonLink href="#/history/grid" look="quiet" icon={<Grid3x3 aria-hidden="true" strokeWidth={1.5} />}>
            {say.sourcesByRun}
          </ButtonLink>
          <RunNowMenu schedules={schedules ?? []} />
        </>
      }
    >
      {status?.offlineSince && (
        <Note tone="warn" title={say.offlineTitle}>
          {say.offlineSince} <RelativeTime at={status.offlineSince} />
          {say.offlineKept}
        </Note>
      )}
      {day && schedules && <DayStripView strip={toDayStrip(day, schedules, now)} />}
      <div className="history-now">
        <RunningNow running={status?.running ?? []} schedules={schedules ?? []} />
        <NextUp schedules={schedules ?? []} held={status && heldWords(status)} now={now} />
      </div>
      <RunList params={params} schedules={schedules ?? []} now={now} />
    </Screen>
  );
};

const heldWords = (status: AppStatus): string | undefined => {
  if (!status.schedulerRunning) return say.schedulerStopped;
  if (!status.pausedUntil) return undefined;
  return status.pausedUntil.startsWith('9999') ? say.allPaused : say.allPausedUntil(clock(status.pausedUntil));
};

const RunList = ({ params, schedules, now }: { params: Record<string, string>; schedules: ScheduleRow[]; now: number }) => {
  const { filters, change, clear } = useFilters(params);
  const format = useTimeFormat();
  const runs = useRuns(toRunQuery(filters, now, PAGE));
  const { since, until } = toRunFilter(filters, now);
  const span = { ...(since ? { since } : {}), ...(until ? { until } : {}) };
  const summary = useQuery('runs.summary', span, ['runs.changed', 'runs.removed']).data;
  const jobs = useQuery('jobs.list', {}).data;
  const zone = zoneOf(format);
  const days = useMemo(() => groupByDay(runs.rows, zone, !isNarrowed(filters)), [runs.rows, filters, zone]);
  const today = new Date(now).setHours(0, 0, 0, 0);
  useCommands([
    { id: 'history.problems', run: () => change({ problems: filters.problemsOnly ? '' : '1' }) },
    { id: 'history.clear', run: clear, isOff: !hasFilters(filters) },
    { id: 'times.switch', run: () => setTimeFormat(nextFormat(format)) },
  ]);
  const isEmpty = !runs.isLoading && !runs.error && runs.rows.length === 0;
  return (
    <>
      <FilterBar filters={filters} schedules={schedules} jobs={jobs ?? []} summary={summary} onChange={change} onClear={clear} />
      <div className="history-found">
        <span role="status">{runs.isLoading ? '' : runs.total === 0 ? say.list.foundNone : say.list.found(runs.total)}</span>
        <span className="history-found-actions">
          <TimeSwitch />
          <ExportMenu filter={toRunFilter(filters, now)} />
        </span>
      </div>
      {runs.error && <ErrorNote error={runs.error} kept={say.list.kept} onRetry={runs.reload} />}
      {runs.isLoading && <LoadingBars rows={6} />}
      {isEmpty && <NoRuns isNarrowed={isNarrowed(filters)} onAll={() => go(['history'], { range: 'all' }, 'replace')} />}
      <div aria-busy={runs.isPrevious || undefined} className={`history-days history-days-${format}`}>
        {days.map((day) => (
          <DayOfRuns key={day.day} day={day} today={today} zone={zone} />
        ))}
      </div>
      {runs.more && (
        <p className="history-more">
          <Button onClick={() => void runs.more?.()} isPending={runs.isPending}>
            {say.list.older}
          </Button>
          <span className="dim">{say.list.showing(runs.rows.length, runs.total)}</span>
        </p>
      )}
      <KeptFor />
    </>
  );
};

/** How long records stay, and where that is changed. */
const KeptFor = () => {
  const days = useQuery('settings.get', {}, ['settings.changed']).data?.keepRunsDays;
  if (days === undefined) return null;
  return (
    <p className="sub history-kept">
      {say.list.keptFor(days)}{' '}
      <a className="link" href="#/settings">
        {say.list.changeThat}
      </a>
    </p>
  );
};

const NoRuns = ({ isNarrowed, onAll }: { isNarrowed: boolean; onAll: () => void }) => (
  <EmptyState title={isNarrowed ? say.list.noMatch : say.list.none} reason={isNarrowed ? say.list.noMatchWhy : say.list.noneWhy}>
    <Button onClick={onAll}>{isNarrowed ? say.list.showAll : say.list.showKept}</Button>
  </EmptyState>
);
