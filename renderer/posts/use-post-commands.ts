import type { PostQuery, PostRow } from '../../preload/contract/post.ts';
import type { Source } from '../../preload/contract/source.ts';
import { useFetch } from '../client/use-fetch.ts';
import { useToast } from '../ui/toast.tsx';
import { useCommands } from '../ui/use-commands.ts';
import { words } from '../words/words.ts';
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
  /** The rows over the open one, and those under it. */
  markAbove: () => void;
  markBelow: () => void;
};
type Opening = {
  step: (by: 1 | -1) => void;
  stepUnread: (by: 1 | -1) => void;
  close: () => void;
  openFirst: () => void;
};

const { screen: say } = words.posts;
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
    toast({ text: await fetch((source) => isIn(place, source), isWhole ? say.allSources : title) });
  };
  const markAbove = () => row && actions.markAllRead(query, { above: row.id });
  const markBelow = () => row && actions.markAllRead(query, { below: row.id });
  // Older stand below, but for a list that has the oldest first.
  const isOldestFirst = query.sort === 'oldest';
  const commands: PostCommands = {
    fetchNow: () => void fetchNow(),
    toggleUnreadOnly: () => showPlace({ ...withoutPost(place), unreadOnly: !place.unreadOnly }, 'replace'),
    markAll: () => actions.markAllRead(query),
    markAbove,
    markBelow,
    markNewer: isOldestFirst ? markBelow : markAbove,
    markOlder: isOldestFirst ? markAbove : markBelow,
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
