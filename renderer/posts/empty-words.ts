import type { SourceRow } from '../../preload/contract/source.ts';
import type { AppStatus } from '../../preload/contract/status.ts';
import { dueInline } from '../ui/format.ts';
import { words } from '../words/words.ts';
import type { PostPlace } from './post-view.ts';

const { empty: say } = words.posts;

/** What decides why a list is empty. `sources` and `status` are undefined until they are known. */
export type EmptyFacts = {
  sources: readonly SourceRow[] | undefined;
  status: AppStatus | undefined;
  /** The list is of one source, and that is gone. */
  isGone: boolean;
  /** Unread posts anywhere. */
  unread: number;
};
type Action =
  | 'searchAll'
  | 'clearSearch'
  | 'addSource'
  | 'addHackerNews'
  | 'showAll'
  | 'showEverything'
  | 'showUnread'
  | 'toSource'
  | 'fetch';
type Said = { title: string; reason: string; actions: Action[] };

const isInside = (folder: readonly string[], path: readonly string[]): boolean =>
  folder.every((name, depth) => path[depth] === name);

/** A source that is gone, a folder without sources, a source that is paused: what the place itself says. */
const placeWords = ({ sourceId, folder, label, rule, view }: PostPlace, { sources = [] }: EmptyFacts): Said | undefined => {
  if (sourceId) {
    const isPaused = sources.find(({ source }) => source.id === sourceId)?.source.paused;
    return isPaused ? { ...say.paused, actions: ['toSource'] } : { ...say.source, actions: ['fetch'] };
  }
  if (folder) {
    const isThere = sources.length === 0 || sources.some(({ source }) => isInside(folder, source.folder));
    return isThere ? { ...say.folder, actions: ['fetch'] } : { ...say.goneFolder, actions: ['showEverything'] };
  }
  if (label) return { ...say.label, actions: [] };
  return rule && view !== 'muted' ? { ...say.rule, actions: [] } : undefined;
};

/** Lists that fill by themselves say when. */
const FILLS: ReadonlySet<string> = new Set(['today', 'all', 'unread', 'hacker-news']);
const withNext = (said: Said, view: string, status: AppStatus | undefined, now: number): Said => {
  if (!FILLS.has(view) || !status?.next || status.pausedUntil) return said;
  const { name, dueAt } = status.next;
  return { ...said, reason: say.next(said.reason, name, dueInline(dueAt, now)) };
};

const searchWords = ({ path, unreadOnly }: PostPlace, search: string): Said => {
  const isNarrow = path[1] !== 'all' || unreadOnly;
  const { title, narrow, wide } = say.search;
  return { title: title(search), reason: isNarrow ? narrow : wide, actions: [isNarrow ? 'searchAll' : 'clearSearch'] };
};

/** What a view of all sources says. */
const viewWords = ({ view }: PostPlace, { sources, status, unread }: EmptyFacts, now: number): Said => {
  const isNews = view === 'hacker-news' || view === 'last-hour';
  if (isNews && sources && !sources.some(({ source }) => source.kind === 'hacker-news'))
    return { ...say.noHackerNews, actions: ['addHackerNews'] };
  if (view === 'starred' || view === 'muted') return { ...say[view], actions: [] };
  const actions: Action[] = view === 'today' && unread > 0 ? ['showUnread', 'fetch'] : ['fetch'];
  return withNext({ ...say[view], actions }, view, status, now);
};

/** Why a list has no posts, and what can be done about it. `now` in milliseconds. */
export const emptyWords = (place: PostPlace, facts: EmptyFacts, now: number): Said => {
  const search = place.search.trim();
  if (search) return searchWords(place, search);
  if (facts.sources?.length === 0) return { ...say.noSources, actions: ['addSource'] };
  if (facts.isGone) return { ...say.goneSource, actions: ['showEverything'] };
  if (place.unreadOnly) return { ...say.unreadOnly, actions: ['showAll'] };
  return placeWords(place, facts) ?? viewWords(place, facts, now);
};
