import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import type { PostCounts, PostRow } from '../../preload/contract/post.ts';
import type { SourceRow } from '../../preload/contract/source.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import type { ViewState } from '../client/view-state.ts';
import { count, longDay, unreadOf } from '../ui/format.ts';
import { useKeys } from '../ui/keys.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useTitle } from '../ui/screen.tsx';
import { SplitPanes } from '../ui/split-panes.tsx';
import { useToast } from '../ui/toast.tsx';
import { ListHead } from './list-head.tsx';
import { EmptyList, ListNotes } from './list-states.tsx';
import { PostList } from './post-list.tsx';
import { type PostPlace, placeParams, placeQuery, placeTitle, readPlace } from './post-view.ts';
import { Reader, ReaderEmpty } from './reader.tsx';
import { commentsUrl } from './reading.ts';
import { focusSearch } from './search-field.tsx';
import { type PostActions, usePostActions } from './use-post-actions.ts';
import { type PostList as Posts, usePosts } from './use-posts.ts';
import '../ui/screen.css';
import './posts.css';

/** What stands under the title: how much is here. */
const metaOf = (place: PostPlace, list: Posts, counts: PostCounts | undefined, source: SourceRow | undefined): string => {
  if (list.isLoading || list.isPrevious) return ' ';
  if (place.search.trim()) return list.total === 0 ? 'No posts' : count(list.total, 'post');
  if (place.view === 'today' && !place.unreadOnly && counts)
    return `${unreadOf(counts.today, counts.todayTotal)}, ${longDay(Date.now())}`;
  if (source && !place.unreadOnly) return unreadOf(source.unread, source.posts);
  if (place.view === 'unread' || place.unreadOnly) return list.total === 0 ? 'All read' : `${count(list.total, 'unread post')}`;
  if (place.view === 'last-hour') return 'Hacker News of the last hour, highest score first';
  if (place.path[1] === 'all' && counts) return unreadOf(counts.unread, list.total);
  return list.total === 0 ? 'No posts' : count(list.total, 'post');
};

const show = (place: PostPlace, how: 'push' | 'replace') => go(place.path, placeParams(place), how);
const withoutPost = ({ postId: _, ...place }: PostPlace): PostPlace => place;

/** Opens posts one after the other, marking each as read the first time. */
const useOpening = (place: PostPlace, list: Posts, actions: PostActions) => {
  const latest = useRef({ place, list, actions });
  latest.current = { place, list, actions };
  const open = useCallback((post: PostRow) => {
    const { place: here, actions: act } = latest.current;
    show({ ...here, postId: post.id }, here.postId ? 'replace' : 'push');
    if (!post.isRead) act.setRead(post, true);
  }, []);
  const step = useCallback(
    (by: 1 | -1) => {
      const { place: here, list: present } = latest.current;
      const at = present.rows.findIndex((row) => row.id === here.postId);
      const next = present.rows[at < 0 ? 0 : at + by];
      if (next) open(next);
    },
    [open],
  );
  const close = useCallback(() => {
    const { place: here } = latest.current;
    if (here.postId) show(withoutPost(here), 'replace');
    document.querySelector<HTMLElement>('.post-list')?.focus();
  }, []);
  return { open, step, close };
};

/** The list of posts and the reader beside it. */
export const PostsScreen = ({ view }: { view: ViewState }) => {
  const place = useMemo(() => readPlace(view), [view]);
  const query = useMemo(() => placeQuery(place), [place]);
  const list = usePosts(query);
  const actions = usePostActions(list.touch);
  const opening = useOpening(place, list, actions);
  const counts = useQuery('posts.counts', {}, ['posts.changed', 'sources.changed']).data;
  const status = useQuery('app.status', {}, ['status.changed']).data;
  const settings = useQuery('settings.get', {}, ['settings.changed']).data;
  const source = useQuery('sources.get', place.sourceId ? { id: place.sourceId } : null, ['sources.changed', 'posts.changed']);
  const hasSources = useQuery('sources.list', {}, ['sources.changed']).data?.length !== 0;
  const update = useAction('settings.update');
  const start = useAction('runs.start');
  const fetchOne = useAction('sources.fetch');
  const toast = useToast();

  const here = place.sourceId && source.data?.source.id === place.sourceId ? source.data : undefined;
  const title = placeTitle(place, here?.source.title ?? list.rows.find((row) => row.sourceId === place.sourceId)?.sourceTitle);
  useTitle(place.search.trim() ? `${place.search.trim()} in ${title}` : title);
  const at = list.rows.findIndex((row) => row.id === place.postId);
  const row = list.rows[at];

  const fetchNow = async () => {
    const answer = place.sourceId ? await fetchOne.run({ ids: [place.sourceId] }) : await start.run({ jobKind: 'fetch-feeds' });
    if (!answer.ok) toast({ text: answer.error.message });
    else
      toast({ text: answer.result.alreadyRunning ? 'Already fetching' : `Fetching ${place.sourceId ? title : 'all sources'}` });
  };
  const unreadOnly = () => show({ ...withoutPost(place), unreadOnly: !place.unreadOnly }, 'replace');
  const markAll = () => actions.markAllRead(query);
  const markOlder = () => row && actions.markAllRead(query, row.collectedAt);
  const openComments = () => {
    const url = row && commentsUrl(row);
    if (url) actions.openPage(url);
  };
  const toReader = () => document.querySelector<HTMLElement>('.reader-scroll')?.focus();
  const openFirst = () => (place.postId ? toReader() : opening.step(1));

  useKeys({
    j: () => opening.step(1),
    k: () => opening.step(-1),
    o: openFirst,
    v: () => row && actions.openPage(row.url),
    c: openComments,
    m: () => row && actions.setRead(row, !row.isRead),
    s: () => row && actions.setStarred(row, !row.isStarred),
    u: unreadOnly,
    r: () => void fetchNow(),
    A: markAll,
    O: () => void markOlder(),
    Escape: opening.close,
  });
  const listKey = (event: KeyboardEvent) => {
    const moves: Record<string, () => void> = {
      ArrowDown: () => opening.step(1),
      ArrowUp: () => opening.step(-1),
      Enter: openFirst,
    };
    const move = moves[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    move();
  };
  useEffect(() => {
    if (view.params.find) focusSearch();
  }, [view]);

  const isEmpty = !list.isLoading && !list.isPrevious && !list.error && list.rows.length === 0;
  return (
    <SplitPanes
      label="Width of the list"
      usual={innerWidth >= 1680 ? 460 : innerWidth >= 1040 ? 384 : 318}
      width={settings?.panes.posts}
      onWidth={(width) => void update.run({ patch: { panes: { ...settings?.panes, posts: width } } })}
      shows={place.postId ? 'second' : 'first'}
      first={
        <section className="list" aria-label={title}>
          <ListHead
            title={title}
            meta={metaOf(place, list, counts, here)}
            view={view}
            isUnreadOnly={place.unreadOnly}
            onUnreadOnly={unreadOnly}
            onMarkAll={markAll}
            onFetch={() => void fetchNow()}
          />
          <ListNotes status={status} source={here} />
          {list.error && <ErrorNote error={list.error} kept="What is shown is kept." onRetry={list.reload} />}
          {list.isLoading && (
            <div className="list-pad">
              <LoadingBars rows={6} label="Loading posts" />
            </div>
          )}
          {isEmpty ? (
            <div className="list-pad">
              <EmptyList place={place} hasSources={hasSources} onFetch={() => void fetchNow()} />
            </div>
          ) : (
            <PostList
              list={list}
              listKey={JSON.stringify(query)}
              label={`Posts in ${title}`}
              search={place.search}
              isGrouped={!place.search.trim() && place.view !== 'last-hour'}
              isCompact={settings?.density === 'compact'}
              openId={place.postId}
              onOpen={opening.open}
              onKey={listKey}
            />
          )}
        </section>
      }
      second={
        <main className="reading">
          {place.postId ? (
            <Reader
              id={place.postId}
              row={row}
              search={place.search}
              actions={actions}
              moves={{ onBack: opening.close, onStep: opening.step, onMarkOlder: () => void markOlder() }}
              place={at + 1}
              total={list.total}
            />
          ) : (
            <ReaderEmpty total={list.total} />
          )}
        </main>
      }
    />
  );
};
