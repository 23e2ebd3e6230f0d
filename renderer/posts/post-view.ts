import type { PostQuery, PostView } from '../../preload/contract/post.ts';
import { go } from '../client/use-view.ts';
import { type ViewState, viewHref } from '../client/view-state.ts';
import { words } from '../words/words.ts';

/** Which list of posts the window shows, and what is open in it. */
export type PostPlace = {
  path: string[];
  view: PostView;
  sourceId?: string;
  folder?: string[];
  label?: string;
  /** With the view `muted` what this rule hides, else what it last told of. */
  rule?: string;
  unreadOnly: boolean;
  search: string;
  postId?: string;
};

const TITLES: Record<PostView, string> = {
  today: 'Today',
  all: 'All posts',
  unread: 'Unread',
  starred: 'Starred',
  'hacker-news': 'Hacker News',
  'last-hour': 'Last hour, top 20',
  muted: words.rules.post.mutedTitle,
};
const isView = (text: string | undefined): text is PostView => text !== undefined && Object.hasOwn(TITLES, text);

/** Reads the place of the posts screen out of the address; what it does not know becomes Today. */
export const readPlace = ({ path, params }: ViewState): PostPlace => {
  const [, kind, ...rest] = path;
  const common = {
    unreadOnly: params.unread === '1',
    search: params.q ?? '',
    ...(params.post ? { postId: params.post } : {}),
  };
  if (kind === 'source' && rest[0]) return { path: ['posts', 'source', rest[0]], view: 'all', sourceId: rest[0], ...common };
  if (kind === 'folder' && rest.length > 0) return { path: ['posts', 'folder', ...rest], view: 'all', folder: rest, ...common };
  if (kind === 'label' && rest[0]) return { path: ['posts', 'label', rest[0]], view: 'all', label: rest[0], ...common };
  if (kind === 'rule' && rest[0]) return { path: ['posts', 'rule', rest[0]], view: 'all', rule: rest[0], ...common };
  if (kind === 'muted' && rest[0]) return { path: ['posts', 'muted', rest[0]], view: 'muted', rule: rest[0], ...common };
  const view = isView(kind) ? kind : 'today';
  return { path: ['posts', view], view, ...common };
};

/** The params of the address for a place. */
export const placeParams = (place: PostPlace): Record<string, string | undefined> => ({
  q: place.search || undefined,
  unread: place.unreadOnly ? '1' : undefined,
  post: place.postId,
});
/** The address of a place. */
export const placeHref = (place: PostPlace): string => viewHref(place.path, placeParams(place));

/** The question for a place, without pages. */
export const placeQuery = (place: PostPlace): PostQuery => ({
  view: place.view,
  ...(place.sourceId ? { sourceId: place.sourceId } : {}),
  ...(place.folder ? { folder: place.folder } : {}),
  ...(place.label ? { label: place.label } : {}),
  ...(place.rule ? { rule: place.rule } : {}),
  ...(place.unreadOnly ? { unreadOnly: true } : {}),
  ...(place.search.trim() ? { search: place.search.trim().slice(0, 200) } : {}),
});

/** What the list is called; a source's title comes from outside. */
export const placeTitle = (place: PostPlace, sourceTitle?: string): string => {
  if (place.sourceId) return sourceTitle ?? 'Source';
  if (place.folder) return place.folder.at(-1) ?? 'Folder';
  if (place.label) return place.label;
  if (place.rule && place.view !== 'muted') return words.rules.post.noticed;
  return TITLES[place.view];
};

/** Moves the window to a place. */
export const showPlace = (place: PostPlace, how: 'push' | 'replace'): void => go(place.path, placeParams(place), how);
/** The same list with nothing open in it. */
export const withoutPost = ({ postId: _, ...place }: PostPlace): PostPlace => place;
