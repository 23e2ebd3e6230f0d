import type { PostQuery, PostRow } from '../../preload/contract/post.ts';
import type { Source } from '../../preload/contract/source.ts';
import { useFetch } from '../client/use-fetch.ts';
import { useToast } from '../ui/toast.tsx';
import { useCommands } from '../ui/use-commands.ts';
import { type PostPlace, showPlace, withoutPost } from './post-view.ts';
import { commentsUrl } from './reading.ts';
import type { PostActions } from './use-post-actions.ts';

/** What can be done on the posts screen as a whole. */
export type PostCommands = {
  fetchNow: () => void;
  toggleUnreadOnly: () => void;
  markAll: () => void;
  markOlder: () => void;
  markNewer: () => void;
};
type Opening = {
  step: (by: 1 | -1) => void;
  stepUnread: (by: 1 | -1) => void;
  close: () => void;
  openFirst: () => void;
};

const NEWS: ReadonlySet<string> = new Set(['hacker-news', 'last-hour']);
/** Whether a source is one of those whose posts a place shows. */
const isIn = (place: PostPlace, source: Source): boolean => {
  if (place.sourceId) return source.id === place.sourceId;
  if (place.folder) return place.folder.every((name, depth) => source.folder[depth] === name);
  return !NEWS.has(place.view) || source.kind === 'hacker-news';
};

/** The commands of the posts screen, and the keys for them. `row`: the open post. */
export const usePostCommands = (
  place: PostPlace,
  title: string,
  query: PostQuery,
  row: PostRow | undefined,
  actions: PostActions,
  opening: Opening,
): PostCommands => {
  const fetch = useFetch();
  const toast = useToast();
  const fetchNow = async () => {
    const isWhole = !place.sourceId && !place.folder && !NEWS.has(place.view);
    toast({ text: await fetch((source) => isIn(place, source), isWhole ? 'all sources' : title) });
  };
  /** Older stand below, but for a list that has the oldest first. */
  const markBeyond = (side: 'above' | 'below') => {
    const other = side === 'above' ? 'below' : 'above';
    if (row) actions.markAllRead(query, { [query.sort === 'oldest' ? other : side]: row.id });
  };
  const commands: PostCommands = {
    fetchNow: () => void fetchNow(),
    toggleUnreadOnly: () => showPlace({ ...withoutPost(place), unreadOnly: !place.unreadOnly }, 'replace'),
    markAll: () => actions.markAllRead(query),
    markNewer: () => markBeyond('above'),
    markOlder: () => markBeyond('below'),
  };
  const isOff = !row;
  const withRow = (act: (post: PostRow) => void) => () => {
    if (row) act(row);
  };
  useCommands([
    { id: 'posts.next', run: () => opening.step(1) },
    { id: 'posts.previous', run: () => opening.step(-1) },
    { id: 'posts.nextUnread', run: () => opening.stepUnread(1) },
    { id: 'posts.previousUnread', run: () => opening.stepUnread(-1) },
    { id: 'posts.open', run: opening.openFirst },
    { id: 'posts.close', run: opening.close },
    { id: 'post.page', isOff, run: withRow((post) => actions.openPage(post.url)) },
    { id: 'post.comments', isOff, run: withRow((post) => actions.openPage(commentsUrl(post) ?? '')) },
    { id: 'post.read', isOff, run: withRow((post) => actions.setRead(post, !post.isRead)) },
    { id: 'post.star', isOff, run: withRow((post) => actions.setStarred(post, !post.isStarred)) },
    { id: 'posts.unreadOnly', run: commands.toggleUnreadOnly },
    { id: 'posts.markAll', run: commands.markAll },
    { id: 'posts.markOlder', isOff, run: commands.markOlder },
    { id: 'posts.markNewer', isOff, run: commands.markNewer },
    { id: 'feeds.fetch', run: commands.fetchNow },
  ]);
  return commands;
};
