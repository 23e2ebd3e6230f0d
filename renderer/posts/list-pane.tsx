import { type KeyboardEvent, useState } from 'react';
import type { PostCounts, PostRow } from '../../preload/contract/post.ts';
import type { SourceRow } from '../../preload/contract/source.ts';
import { useQuery } from '../client/use-query.ts';
import type { ViewState } from '../client/view-state.ts';
import { longDay, unreadOf } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { words } from '../words/words.ts';
import { ListHead, type ListOrder } from './list-head.tsx';
import { headsNow, type ListHeads, rememberHeads, rememberSort } from './list-order.ts';
import { EmptyList, ListNotes } from './list-states.tsx';
import { PostList } from './post-list.tsx';
import { type PostPlace, showPlace, withoutPost } from './post-view.ts';
import { SearchBand } from './search-band.tsx';
import type { PostCommands } from './use-post-commands.ts';
import type { PostList as Posts } from './use-posts.ts';
import { useShown } from './use-shown.ts';

const { list: say, meta: sayMeta } = words.posts;

/** What the sidebar says of a folder: the unread posts of its sources, but for muted ones. */
const unreadInFolder = (folder: readonly string[], sources: readonly SourceRow[], { bySource }: PostCounts): number => {
  const inside = sources.filter(({ source }) => !source.muted && folder.every((name, depth) => source.folder[depth] === name));
  return inside.reduce((sum, { source }) => sum + (bySource[source.id] ?? 0), 0);
};

type Known = { counts: PostCounts | undefined; source: SourceRow | undefined; sources?: readonly SourceRow[] | undefined };

/** How much is unread of how much; undefined where nobody counts that. */
const unreadWords = (place: PostPlace, total: number, { counts, source, sources }: Known): string | undefined => {
  if (place.view === 'today' && counts) return `${unreadOf(counts.today, counts.todayTotal)}, ${longDay(Date.now())}`;
  if (source) return unreadOf(source.unread, source.posts);
  if (place.folder) return sources && counts && unreadOf(Math.min(total, unreadInFolder(place.folder, sources, counts)), total);
  if (place.view === 'hacker-news' && counts) return unreadOf(counts.hackerNews, total);
  return place.path[1] === 'all' && counts ? unreadOf(counts.unread, total) : undefined;
};

/** How much is here, before it is said how that is sorted. */
const amountOf = (place: PostPlace, total: number, known: Known): string => {
  const all = total === 0 ? sayMeta.none : sayMeta.posts(total);
  if (place.search.trim()) return all;
  if (place.unreadOnly || place.view === 'unread') return total === 0 ? sayMeta.allRead : sayMeta.unread(total);
  return unreadWords(place, total, known) ?? all;
};

/** What stands under the title: how much is here, and in which order. */
export const listMeta = (place: PostPlace, list: Pick<Posts, 'isLoading' | 'isPrevious' | 'total'>, known: Known): string => {
  const { source } = known;
  if (list.isLoading || list.isPrevious) return ' ';
  if (place.view === 'last-hour' && !place.search.trim()) return sayMeta.lastHour;
  const amount = amountOf(place, list.total, known);
  const sorted =
    place.sort === 'oldest' ? sayMeta.oldestFirst(amount) : place.sort === 'score' ? sayMeta.scoreFirst(amount) : amount;
  return source?.source.muted ? sayMeta.muted(sorted) : sorted;
};

const isNews = ({ view }: PostPlace, source: SourceRow | undefined): boolean =>
  view === 'hacker-news' || source?.source.kind === 'hacker-news';

/** How the list of a place is sorted and parted; undefined where the order is its own. */
const useOrder = (place: PostPlace, source: SourceRow | undefined): { order: ListOrder | undefined; heads: ListHeads } => {
  const [heads, setHeads] = useState(headsNow);
  const sort = place.sort ?? 'newest';
  if (place.view === 'last-hour') return { order: undefined, heads: 'none' };
  const order: ListOrder = {
    sort,
    heads,
    hasScores: isNews(place, source) || sort === 'score',
    onSort: (next) => {
      rememberSort(place.path, next);
      const { sort: _sort, ...rest } = withoutPost(place);
      showPlace(next === 'newest' ? rest : { ...rest, sort: next }, 'replace');
    },
    onHeads: (next) => {
      rememberHeads(next);
      setHeads(next);
    },
  };
  return { order, heads: place.search.trim() || sort === 'score' ? 'none' : heads };
};

/** The list of a place with everything over it: head, bands, and what stands there when it is empty. */
export const ListPane = ({
  place,
  title,
  marked,
  list,
  listKey,
  view,
  source,
  isGone,
  isCompact,
  commands,
  onOpen,
  onKey,
}: {
  place: PostPlace;
  title: string;
  /** What a search marks in the rows, that of the list and that of the field. */
  marked: string;
  list: Posts;
  listKey: string;
  view: ViewState;
  source: SourceRow | undefined;
  /** The list is of a source that was removed. */
  isGone: boolean;
  isCompact: boolean;
  commands: PostCommands;
  onOpen: (post: PostRow) => void;
  onKey: (event: KeyboardEvent) => void;
}) => {
  const counts = useQuery('posts.counts', {}, ['posts.changed', 'sources.changed']).data;
  const status = useQuery('app.status', {}, ['status.changed']).data;
  const sources = useQuery('sources.list', {}, ['sources.changed']).data;
  const { order, heads } = useOrder(place, source);
  const shownHeads = useShown(heads, list.isPrevious);
  const isAnswered = useShown(place.search.trim() !== '', list.isPrevious);
  const isEmpty = !list.isLoading && !list.isPrevious && !list.error && list.rows.length === 0;
  return (
    <section className="list" aria-label={title}>
      <ListHead
        title={title}
        meta={list.isForetaste ? ' ' : listMeta(place, list, { counts, source, sources })}
        view={view}
        order={order}
        isUnreadOnly={place.unreadOnly}
        isOpen={place.postId !== undefined}
        commands={commands}
      />
      <SearchBand view={view} isAnswered={isAnswered} />
      <ListNotes status={status} source={source} />
      {list.error && !isGone && <ErrorNote error={list.error} kept={say.kept} onRetry={list.reload} />}
      {list.isLoading && (
        <div className="list-pad">
          <LoadingBars rows={6} label={say.loading} />
        </div>
      )}
      {isEmpty ? (
        <div className="list-pad">
          <EmptyList place={place} facts={{ sources, status, isGone, unread: counts?.unread ?? 0 }} onFetch={commands.fetchNow} />
        </div>
      ) : (
        <PostList
          list={list}
          listKey={listKey}
          label={say.label(title)}
          search={marked}
          heads={shownHeads}
          isCompact={isCompact}
          openId={place.postId}
          onOpen={onOpen}
          onKey={onKey}
        />
      )}
    </section>
  );
};
