import type { FollowedAuthor, GapMap } from '../../preload/contract/gap-map.ts';
import type { ScheduleRow } from '../../preload/contract/schedule.ts';
import { useQuery } from '../client/use-query.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { SectionHead } from '../ui/table.tsx';
import { AuthorRow, SeriesRow } from './gap-row.tsx';
import { missingOf } from './gap-words.ts';
import { Legend } from './part-strip.tsx';
import './gaps.css';
import { words } from '../words/words.ts';

const { gaps: say } = words;

const summary = (maps: readonly GapMap[], authors: readonly FollowedAuthor[]): string => {
  const series = maps.filter(({ kind }) => kind === 'series').length;
  const missing = maps.reduce((sum, map) => sum + missingOf(map), 0);
  return [say.summarySeries(series), say.summaryAuthors(authors.length), missing > 0 ? say.summaryMissing(missing) : '']
    .filter(Boolean)
    .join(', ');
};

const useTitles = (): ((sourceId: string | undefined) => string) => {
  const sources = useQuery('sources.list', {}, ['sources.changed']).data;
  return (sourceId) => sources?.find(({ source }) => source.id === sourceId)?.source.title ?? '';
};

/** Says that a schedule is off, and where it is turned on. */
const OffNote = ({ rows, jobKind }: { rows: readonly ScheduleRow[] | undefined; jobKind: string }) => {
  const mine = rows?.filter(({ schedule }) => schedule.jobKind === jobKind) ?? [];
  const first = mine[0]?.schedule;
  if (!rows || mine.some(({ schedule }) => schedule.enabled)) return null;
  return (
    <>
      {' '}
      {say.isOff}{' '}
      <a className="link" href={first ? `#/schedules/${encodeURIComponent(first.id)}` : '#/schedules'}>
        {first?.name ?? say.schedules}
      </a>
    </>
  );
};

const placeOf = ({ on }: FollowedAuthor, titleOf: (sourceId: string | undefined) => string): string =>
  on.kind === 'source' ? titleOf(on.sourceId) : say.hackerNews;

const Filled = ({ maps, authors }: { maps: readonly GapMap[]; authors: readonly FollowedAuthor[] }) => {
  const titleOf = useTitles();
  const schedules = useQuery('schedules.list', {}, ['schedules.changed']).data;
  const series = maps.filter(({ kind }) => kind === 'series');
  return (
    <>
      <Legend />
      <section aria-labelledby="gaps-series">
        <SectionHead
          id="gaps-series"
          note={
            <>
              {say.seriesNote}
              <OffNote rows={schedules} jobKind="complete-series" />
            </>
          }
        >
          {say.series}
        </SectionHead>
        {series.length > 0 ? (
          <ul className="gap-list">
            {series.map((map) => (
              <SeriesRow key={map.id} map={map} sourceTitle={titleOf(map.sourceId)} />
            ))}
          </ul>
        ) : (
          <p className="gap-none">{say.noSeries}</p>
        )}
      </section>
      <section aria-labelledby="gaps-authors">
        <SectionHead
          id="gaps-authors"
          note={
            <>
              {say.authorsNote}
              <OffNote rows={schedules} jobKind="complete-authors" />
            </>
          }
        >
          {say.authors}
        </SectionHead>
        {authors.length > 0 ? (
          <ul className="gap-list">
            {authors.map((author) => (
              <AuthorRow
                key={author.id}
                author={author}
                map={maps.find(({ id }) => id === author.id)}
                place={placeOf(author, titleOf)}
              />
            ))}
          </ul>
        ) : (
          <p className="gap-none">{say.noAuthors}</p>
        )}
      </section>
    </>
  );
};

/** Series and followed authors: what is kept, what was found later, what is missing. */
export const GapsScreen = () => {
  const maps = useQuery('gaps.list', {}, ['gaps.changed', 'sources.changed']);
  const authors = useQuery('authors.list', {}, ['gaps.changed', 'sources.changed']);
  const error = maps.error ?? authors.error;
  const shown = maps.data && authors.data ? { maps: maps.data, authors: authors.data } : undefined;
  const isEmpty = shown?.maps.length === 0 && shown.authors.length === 0;
  return (
    <Screen
      title={say.title}
      crumb={{ label: say.sources, href: '#/sources' }}
      sub={shown && !isEmpty && summary(shown.maps, shown.authors)}
    >
      {error && (
        <ErrorNote
          error={error}
          kept={say.kept}
          onRetry={() => {
            maps.reload();
            authors.reload();
          }}
        />
      )}
      {!shown && !error && <LoadingBars rows={6} />}
      {isEmpty && (
        <EmptyState title={say.none} reason={say.noneWhy}>
          <ButtonLink href="#/schedules/complete_series">{say.completeSeries}</ButtonLink>
          <ButtonLink look="quiet" href="#/schedules/complete_authors">
            {say.completeAuthors}
          </ButtonLink>
        </EmptyState>
      )}
      {shown && !isEmpty && <Filled {...shown} />}
    </Screen>
  );
};
