import type { Stats } from '../../preload/contract/stats.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import type { ViewState } from '../client/view-state.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Segments } from '../ui/choices.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { localZone } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { words } from '../words/words.ts';
import { Disk } from './disk.tsx';
import { DomainNumbers } from './domain-numbers.tsx';
import { Durations } from './durations.tsx';
import { dayBeside, dayWords } from './findings.ts';
import { Hosts } from './hosts.tsx';
import { Load } from './load.tsx';
import { PostsPerDay } from './posts-per-day.tsx';
import { ByAuthor, ByDomain, BySource } from './rankings.tsx';
import { ScheduleNumbers } from './schedule-numbers.tsx';
import { Reading, Scores } from './scores.tsx';
import { HEAVY_GAP_MS, SPANS, spanOf } from './spans.ts';
import { ValueReport } from './value-report.tsx';
import { WeekHeat } from './week-heat.tsx';
import './stats.css';

const { stats: say } = words;

const spanWords = (stats: Stats): string => {
  const first = stats.perDay[0];
  const last = stats.perDay.at(-1);
  const span = first && last ? say.fromTo(dayBeside(first.date, last.date), dayWords(last.date)) : '';
  return say.spanWords(span, stats.posts, stats.bySource.length, stats.opened);
};

/** Numbers over a span: what came, what was read, how the work went, what it takes; and, one page on, what each source is worth. */
export const StatsScreen = ({ view }: { view: ViewState }) =>
  view.path[1] === 'sources' ? <ValueReport view={view} /> : <Numbers view={view} />;

const Numbers = ({ view }: { view: ViewState }) => {
  const span = spanOf(view);
  const stats = useQuery(
    'stats.get',
    { days: Number(span), timeZone: localZone() },
    ['posts.changed', 'runs.changed'],
    HEAVY_GAP_MS,
  );
  return (
    <Screen
      title={say.title}
      sub={stats.data && spanWords(stats.data)}
      actions={
        <>
          <a className="link stats-worth" href="#/stats/sources">
            {say.worth}
          </a>
          <Segments
            label={say.span}
            value={span}
            options={SPANS}
            onChange={(days) => go(['stats'], days === '30' ? {} : { days }, 'replace')}
          />
        </>
      }
    >
      {stats.error && <ErrorNote error={stats.error} kept={say.onlyCounted} onRetry={stats.reload} />}
      {stats.isLoading && <LoadingBars rows={8} />}
      {stats.data && (isEmpty(stats.data) ? <NoStats /> : <AllStats stats={stats.data} />)}
    </Screen>
  );
};

const isEmpty = (stats: Stats): boolean => stats.posts === 0 && stats.runs.total === 0 && stats.fetches.total === 0;

const NoStats = () => (
  <EmptyState title={say.nothingYet} reason={say.nothingYetWhy}>
    <ButtonLink href="#/sources/add">{say.addSource}</ButtonLink>
  </EmptyState>
);

const AllStats = ({ stats }: { stats: Stats }) => (
  <div className="stats-grid">
    <div className="stats-wide">
      <PostsPerDay stats={stats} />
    </div>
    <div className="stats-slim">
      <WeekHeat stats={stats} />
    </div>
    <BySource stats={stats} />
    <div className="stats-stack">
      <Scores stats={stats} />
      <Reading stats={stats} />
    </div>
    <ByDomain stats={stats} />
    <ByAuthor stats={stats} />
    <div className="stats-stack">
      <Durations runs={stats.runs} />
      <DomainNumbers />
    </div>
    <Load stats={stats} />
    <ScheduleNumbers runs={stats.runs} />
    <Hosts />
    <Disk />
  </div>
);
