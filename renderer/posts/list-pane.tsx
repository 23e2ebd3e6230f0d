import type { KeyboardEvent } from 'react';
import type { PostCounts, PostRow } from '../../preload/contract/post.ts';
import type { SourceRow } from '../../preload/contract/source.ts';
import { useQuery } from '../client/use-query.ts';
import type { ViewState } from '../client/view-state.ts';
import { longDay, unreadOf } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { count } from '../words/counting.ts';
import { ListHead } from './list-head.tsx';
import { EmptyList, ListNotes } from './list-states.tsx';
import { PostList } from './post-list.tsx';
import type { PostPlace } from './post-view.ts';
import type { PostCommands } from './use-post-commands.ts';
import type { PostList as Posts } from './use-posts.ts';

/** What stands under the title: how much is here. */
export const listMeta = (
  place: PostPlace,
  list: Pick<Posts, 'isLoading' | 'isPrevious' | 'total'>,
  counts: PostCounts | undefined,
  source: SourceRow | undefined,
): string => {
  if (list.isLoading || list.isPrevious) return ' ';
  const all = list.total === 0 ? 'No posts' : count(list.total, 'post');
  if (place.search.trim()) return all;
  if (place.unreadOnly || place.view === 'unread') return list.total === 0 ? 'All read' : count(list.total, 'unread post');
  if (place.view === 'today' && counts) return `${unreadOf(counts.today, counts.todayTotal)}, ${longDay(Date.now())}`;
  if (place.view === 'last-hour') return 'Hacker News of the last hour, highest score first';
  if (source) return unreadOf(source.unread, source.posts);
  return place.path[1] === 'all' && counts ? unreadOf(counts.unread, list.total) : all;
};

/** The list of a place with everything over it: head, bands, and what stands there when it is empty. */
export const ListPane = ({
  place,
  title,
  list,
  listKey,
  view,
  source,
  isCompact,
  commands,
  onOpen,
  onKey,
}: {
  place: PostPlace;
  title: string;
  list: Posts;
  listKey: string;
  view: ViewState;
  source: SourceRow | undefined;
  isCompact: boolean;
  commands: PostCommands;
  onOpen: (post: PostRow) => void;
  onKey: (event: KeyboardEvent) => void;
}) => {
  const counts = useQuery('posts.counts', {}, ['posts.changed', 'sources.changed']).data;
  const status = useQuery('app.status', {}, ['status.changed']).data;
  const hasSources = useQuery('sources.list', {}, ['sources.changed']).data?.length !== 0;
  const isEmpty = !list.isLoading && !list.isPrevious && !list.error && list.rows.length === 0;
  return (
    <section className="list" aria-label={title}>
      <ListHead
        title={title}
        meta={listMeta(place, list, counts, source)}
        view={view}
        isUnreadOnly={place.unreadOnly}
        onUnreadOnly={commands.toggleUnreadOnly}
        onMarkAll={commands.markAll}
        onFetch={commands.fetchNow}
      />
      <ListNotes status={status} source={source} />
      {list.error && <ErrorNote error={list.error} kept="What is here is kept." onRetry={list.reload} />}
      {list.isLoading && (
        <div className="list-pad">
          <LoadingBars rows={6} label="Loading posts" />
        </div>
      )}
      {isEmpty ? (
        <div className="list-pad">
          <EmptyList place={place} hasSources={hasSources} onFetch={commands.fetchNow} />
        </div>
      ) : (
        <PostList
          list={list}
          listKey={listKey}
          label={`Posts in ${title}`}
          search={place.search}
          isGrouped={!place.search.trim() && place.view !== 'last-hour'}
          isCompact={isCompact}
          openId={place.postId}
          onOpen={onOpen}
          onKey={onKey}
        />
      )}
    </section>
  );
};
