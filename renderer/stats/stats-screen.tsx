import type { Stats, StorageInfo } from '../../preload/contract/stats.ts';
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
import { count, number } from '../words/counting.ts';
import { DomainNumbers } from './domain-numbers.tsx';
import { dayWords } from './findings.ts';
import { Hosts } from './hosts.tsx';
import { ByDomain, BySource, PostsPerDay, PostsPerHour, Scores } from './posts-charts.tsx';
import { Disk, Durations, Load, ScheduleNumbers } from './work-charts.tsx';
import './stats.css';

const SPANS = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '365', label: 'A year' },
] as const;
type Span = (typeof SPANS)[number]['value'];

const spanWords = (stats: Stats): string => {
  const first = stats.perDay[0];
  const last = stats.perDay.at(-1);
  const span = first && last ? `${dayWords(first.date)} to ${dayWords(last.date)}: ` : '';
  return `${span}${count(stats.posts, 'post')} from ${count(stats.bySource.length, 'source')}, ${number(stats.opened)} opened`;
};

/** Numbers over a span: what came, what was read, how the work went, what it takes. */
export const StatsScreen = ({ view }: { view: ViewState }) => {
  const span: Span = SPANS.find(({ value }) => value === view.params.days)?.value ?? '30';
  const stats = useQuery('stats.get', { days: Number(span), timeZone: localZone() }, ['posts.changed', 'runs.changed']);
  const storage = useQuery('stats.storage', {}, ['posts.changed', 'runs.changed']);
  return (
    <Screen
      title="Stats"
      sub={stats.data && spanWords(stats.data)}
      actions={
        <Segments
          label="Span"
          value={span}
          options={SPANS}
          onChange={(days) => go(['stats'], days === '30' ? {} : { days }, 'replace')}
        />
      }
    >
      {stats.error && (
        <ErrorNote error={stats.error} kept="The numbers are only counted, nothing is lost." onRetry={stats.reload} />
      )}
      {stats.isLoading && <LoadingBars rows={8} />}
      {stats.data && (isEmpty(stats.data) ? <NoStats /> : <AllStats stats={stats.data} storage={storage.data} />)}
    </Screen>
  );
};

const isEmpty = (stats: Stats): boolean => stats.posts === 0 && stats.runs.total === 0 && stats.fetches.total === 0;

const NoStats = () => (
  <EmptyState title="Nothing to count yet" reason="Numbers appear with the first posts. Add a source, and they begin.">
    <ButtonLink href="#/sources/add">Add a source</ButtonLink>
  </EmptyState>
);

const AllStats = ({ stats, storage }: { stats: Stats; storage: StorageInfo | undefined }) => (
  <div className="stats-grid">
    <div className="stats-wide">
      <PostsPerDay stats={stats} />
    </div>
    <div className="stats-slim">
      <PostsPerHour stats={stats} />
    </div>
    <BySource stats={stats} />
    <div className="stats-stack">
      <Durations runs={stats.runs} />
      <Scores stats={stats} />
    </div>
    <ByDomain stats={stats} />
    <ScheduleNumbers runs={stats.runs} />
    <Load stats={stats} />
    <DomainNumbers />
    <Hosts />
    {storage && <Disk storage={storage} />}
  </div>
);
