import type { PostQuery, PostSort, PostView } from '../../preload/contract/post.ts';
import { go } from '../client/use-view.ts';
import { type ViewState, viewHref } from '../client/view-state.ts';
import { words } from '../words/words.ts';
import { readSort, sortOf } from './list-order.ts';

/** Which list of posts the window shows, and what is open in it. */
export type PostPlace = {
  path: string[];
  view: PostView;
  sourceId?: string;
  /** A saved search. */
  searchId?: string;
  folder?: string[];
  label?: string;
  /** With the view `muted` what this rule hides, else what it last told of. */
  rule?: string;
  unreadOnly: boolean;
  /** Without it newest first. */
  sort?: PostSort;
  search: string;
  postId?: string;
};

const { views: say } = words.posts;
const TITLES: Record<PostView, string> = {
  today: say.today,
  all: say.all,
  unread: say.unread,
  starred: say.starred,
  'hacker-news': say['hacker-news'],
  'last-hour': say['last-hour'],
  muted: words.rules.post.mutedTitle,
};
const isView = (text: string | undefined): text is PostView => text !== undefined && Object.hasOwn(TITLES, text);

/** What the path narrows a list to, and how much of the path says so. */
const narrowed = (kind: string | undefined, rest: string[]): { path: string[]; place: Partial<PostPlace> } | undefined => {
  const [id] = rest;
  if (!id) return undefined;
  const kinds: Record<string, Partial<PostPlace>> = {
    source: { sourceId: id },
    folder: { folder: rest },
    label: { label: id },
    rule: { rule: id },
    muted: { view: 'muted', rule: id },
    saved: { searchId: id },
  };
  const place = kind && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  return place && { path: place.folder ?? [id], place };
};

/** Reads the place of the posts screen out of the address; what it does not know becomes Today. */
export const readPlace = ({ path, params }: ViewState): PostPlace => {
  const [, kind, ...rest] = path;
  const sort = readSort(params.sort) ?? sortOf(path);
  const common = {
    unreadOnly: params.unread === '1',
    ...(sort && sort !== 'newest' ? { sort } : {}),
    search: params.q ?? '',
    ...(params.post ? { postId: params.post } : {}),
  };
  const narrow = narrowed(kind, rest);
  if (narrow) return { path: ['posts', kind ?? '', ...narrow.path], view: 'all', ...narrow.place, ...common };
  const view = isView(kind) ? kind : 'today';
  return { path: ['posts', view], view, ...common };
};

/** The params of the address for a place. */
export const placeParams = (place: PostPlace): Record<string, string | undefined> => ({
  q: place.search || undefined,
  unread: place.unreadOnly ? '1' : undefined,
  sort: place.sort,
  post: place.postId,
});
/** The address of a place. */
export const placeHref = (place: PostPlace): string => viewHref(place.path, placeParams(place));

/** The question for a place, without pages. */
export const placeQuery = (place: PostPlace): PostQuery => ({
  view: place.view,
  ...(place.sourceId ? { sourceId: place.sourceId } : {}),
  ...(place.searchId ? { searchId: place.searchId } : {}),
  ...(place.folder ? { folder: place.folder } : {}),
  ...(place.label ? { label: place.label } : {}),
  ...(place.rule ? { rule: place.rule } : {}),
  ...(place.unreadOnly ? { unreadOnly: true } : {}),
  ...(place.sort ? { sort: place.sort } : {}),
  ...(place.search.trim() ? { search: place.search.trim().slice(0, 500) } : {}),
});

/** What the list is called; a source's title comes from outside. */
export const placeTitle = (place: PostPlace, sourceTitle?: string): string => {
  if (place.sourceId) return sourceTitle ?? say.source;
  if (place.searchId) return sourceTitle ?? words.search.saved.untitled;
  if (place.folder) return place.folder.at(-1) ?? say.folder;
  if (place.label) return place.label;
  if (place.rule && place.view !== 'muted') return words.rules.post.noticed;
  return TITLES[place.view];
};

/** Moves the window to a place. */
export const showPlace = (place: PostPlace, how: 'push' | 'replace'): void => go(place.path, placeParams(place), how);
/** The same list with nothing open in it. */
export const withoutPost = ({ postId: _, ...place }: PostPlace): PostPlace => place;
