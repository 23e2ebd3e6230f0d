import { go as fuzzy } from 'fuzzysort';
import { words } from '../../words/words.ts';
import type { Entry, EntryKind } from './entry.ts';

const { palette: say } = words;

/** An entry as it was found; `marks` are the places of the letters that matched in its words. */
export type Found = { entry: Entry; marks: ReadonlySet<number> };
export type FoundGroup = { kind: EntryKind | 'used'; name: string; found: Found[] };

const MOST_USED = 5;
const MOST_IN_GROUP = 8;
const MOST = 60;
/** Below this, letters that merely occur somewhere would be found. */
const LEAST_SCORE = 0.35;
/** How much what one does weighs more than what one reads; posts have long titles, in which anything is found. */
const WEIGHTS: Partial<Record<EntryKind, number>> = { here: 1.15, command: 1.1, place: 1.1, post: 0.8 };
const USED_WEIGHT = 1.2;
const NO_MARKS: ReadonlySet<number> = new Set();

const plain = (entry: Entry): Found => ({ entry, marks: NO_MARKS });

/** Entries of one kind together, in the order of the first of each kind. */
const grouped = (found: readonly Found[], most: number): FoundGroup[] => {
  const groups = new Map<EntryKind, FoundGroup>();
  for (const each of found) {
    const { kind } = each.entry;
    const group = groups.get(kind) ?? { kind, name: say.kinds[kind], found: [] };
    groups.set(kind, group);
    if (group.found.length < most) group.found.push(each);
  }
  return [...groups.values()];
};

/** What stands there before anything is typed: what was used last, then what can be done. */
const beforeTyping = (entries: readonly Entry[], used: readonly string[]): FoundGroup[] => {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const last = used.flatMap((id) => byId.get(id) ?? []).slice(0, MOST_USED);
  const rest = entries.filter((entry) => !entry.isDeep && !last.includes(entry)).map(plain);
  const groups = grouped(rest, Number.POSITIVE_INFINITY);
  return last.length === 0 ? groups : [{ kind: 'used', name: say.kinds.used, found: last.map(plain) }, ...groups];
};

/**
 * The entries a few letters mean, best first, by kind. Letters may be left out and words may come in any order; what was
 * used lately (`used`, newest first) comes before its like.
 */
export const findEntries = (entries: readonly Entry[], text: string, used: readonly string[]): FoundGroup[] => {
  const wanted = text.trim();
  if (wanted === '') return beforeTyping(entries, used);
  const results = fuzzy(wanted, entries, {
    keys: [(entry) => entry.words, (entry) => (entry.kind === 'post' ? '' : (entry.more ?? ''))],
    limit: MOST,
    threshold: LEAST_SCORE,
    scoreFn: ({ score, obj }) => score * (WEIGHTS[obj.kind] ?? 1) * (used.includes(obj.id) ? USED_WEIGHT : 1),
  });
  return grouped(
    results.map((result) => ({ entry: result.obj, marks: new Set(result[0]?.indexes ?? []) })),
    MOST_IN_GROUP,
  );
};

/** Adds posts that the search of the core found to those found by their letters, each once, after everything else. */
export const addPosts = (groups: readonly FoundGroup[], posts: readonly Entry[]): FoundGroup[] => {
  const there = groups.find((group) => group.kind === 'post');
  const known = new Set(there?.found.map(({ entry }) => entry.id));
  const more = posts.filter((post) => !known.has(post.id)).map(plain);
  if (more.length === 0) return [...groups];
  if (!there) return [...groups, { kind: 'post', name: say.kinds.post, found: more }];
  const all = { ...there, found: [...there.found, ...more].slice(0, MOST_IN_GROUP) };
  return groups.map((group) => (group === there ? all : group));
};
