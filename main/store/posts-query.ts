import type { PostCounts, PostQuery } from '../../preload/contract/post.ts';
import { countOnce } from './fold-stories.ts';
import { BACKFILLED, DEAD, HACKER_NEWS, LIVE, MUTED, type PostTable, READ, STARRED } from './post-table.ts';
import type { ListContext } from './repositories.ts';
import { createSlicer } from './slices.ts';

export const HOUR_MS = 3_600_000;
/** How many posts the view of the last hour shows. */
export const LAST_HOUR_POSTS = 20;

type Test = (slot: number) => boolean;

/** Answers per source number once, instead of per post. */
const perSource = (table: PostTable, isRight: (sourceId: string) => boolean): ((sourceNumber: number) => boolean) => {
  const known: (boolean | undefined)[] = [];
  return (number) => {
    known[number] ??= isRight(table.sourceId(number));
    return known[number];
  };
};

const isWithin = (folder: readonly string[], path: readonly string[]): boolean => folder.every((name, at) => path[at] === name);

/** The first instant the query can show, in milliseconds. */
export const earliest = (query: PostQuery, context: ListContext): number => {
  const since = query.since ? Date.parse(query.since) : Number.NEGATIVE_INFINITY;
  if (query.view === 'today') return Math.max(since, context.startOfDay);
  if (query.view === 'last-hour') return Math.max(since, context.now - HOUR_MS);
  return since;
};

/** Whether a post's source belongs to the list, told once a source; undefined where every source does. */
const sourceTest = (
  table: PostTable,
  query: PostQuery,
  context: ListContext,
): ((sourceNumber: number) => boolean) | undefined => {
  const { view = 'all', sourceId, folder, searchId } = query;
  const isPicked = searchId ? !context.matching?.namesSource : view === 'today' || view === 'unread' || view === 'last-hour';
  const hidesMuted = !sourceId && isPicked;
  if (!sourceId && !folder && !hidesMuted) return undefined;
  return perSource(
    table,
    (id) =>
      (!sourceId || id === sourceId) &&
      (!folder || isWithin(folder, context.folderOf(id))) &&
      (!hidesMuted || !context.isMuted(id)),
  );
};

/** Posts with a label, or those one rule hides or told of; undefined when all may be in the list. */
const chosenSlots = (
  table: PostTable,
  { label, rule, view }: PostQuery,
  { only }: ListContext,
): ReadonlySet<number> | undefined => {
  if (only) return new Set(only.map(table.slotOf));
  if (label) return table.labelled(label);
  return rule && view === 'muted' ? table.mutedBy(rule) : undefined;
};

/** Whether a post belongs to the list. Dead posts never do, nor do muted ones but in their own view; posts to keep do, whatever their marks say by now. */
export const postTest = (table: PostTable, query: PostQuery, context: ListContext): Test => {
  const { view = 'all' } = query;
  const from = earliest(query, context);
  const isSource = sourceTest(table, query, context);
  const wanted = LIVE | (view === 'hacker-news' ? HACKER_NEWS : 0) | (view === 'muted' ? MUTED : 0);
  const hidden = view === 'muted' || context.matching?.showsMuted ? 0 : MUTED;
  const unwanted =
    (context.matching?.showsDead ? 0 : DEAD) | hidden | (view === 'today' || view === 'last-hour' ? BACKFILLED : 0);
  const wantedMarks = view === 'starred' ? STARRED : 0;
  const unwantedMarks = view === 'unread' || query.unreadOnly ? READ : 0;
  const kept = new Set((query.keep ?? []).map(table.slotOf));
  const has = context.matching?.has ?? (() => true);
  const chosen = chosenSlots(table, query, context);
  const marked = wantedMarks | unwantedMarks;
  const isAnyTime = from === Number.NEGATIVE_INFINITY;
  // Most lists ask for no more than this, and each of a hundred thousand posts at every key.
  if (!chosen && isAnyTime && !isSource && kept.size === 0) {
    const mask = wanted | unwanted | marked;
    const right = wanted | wantedMarks;
    return (slot) => (table.flags(slot) & mask) === right && has(slot);
  }
  return (slot) => {
    const flags = table.flags(slot);
    if (chosen && !chosen.has(slot)) return false;
    if ((flags & (wanted | unwanted)) !== wanted || (!isAnyTime && table.collectedMs(slot) < from)) return false;
    if (isSource && !isSource(table.sourceNumber(slot))) return false;
    if (!has(slot) && !kept.has(slot)) return false;
    return (flags & marked) === wantedMarks || kept.has(slot);
  };
};

/** So many slots are looked at before others get the thread. */
const SLOTS_AT_ONCE = 8192;

/** How many posts a query means; a story that several sources have counts once where the list shows it once. */
export const countMatching = async (table: PostTable, query: PostQuery, context: ListContext): Promise<number> => {
  const test = postTest(table, query, context);
  const once = countOnce(table, context);
  const pause = createSlicer();
  const end = table.slots();
  let found = 0;
  for (let slot = 0; slot < end; slot++) {
    if (test(slot)) found += once(slot, 1);
    if (slot % SLOTS_AT_ONCE === 0) await pause();
  }
  return found;
};

/** Calls back with every slot, newest collected first. */
export const eachNewest = (table: PostTable, use: (slot: number) => void): void => {
  for (const month of table.months()) {
    const slots = table.order(month);
    for (let at = slots.length - 1; at >= 0; at--) use(slots[at] as number);
  }
};

/** Slots of living posts of Hacker News collected at or after `fromMs`, newest first. */
export const hackerNewsSince = (table: PostTable, fromMs: number): number[] => {
  const found: number[] = [];
  for (const month of table.months()) {
    const slots = table.order(month);
    for (let at = slots.length - 1; at >= 0; at--) {
      const slot = slots[at] as number;
      if (table.collectedMs(slot) < fromMs) return found;
      if ((table.flags(slot) & (LIVE | DEAD | HACKER_NEWS)) === (LIVE | HACKER_NEWS)) found.push(slot);
    }
  }
  return found;
};

/** Puts slots, newest first, into the order of the list. */
export const sortSlots = (table: PostTable, slots: Uint32Array, { view, sort }: PostQuery): void => {
  if (view === 'last-hour' || sort === 'score') slots.sort((a, b) => table.score(b) - table.score(a));
  else if (sort === 'oldest') slots.reverse();
};

/** The labels in use with their numbers, by name; those whose posts are all hidden are left out. */
const countLabels = (table: PostTable): NonNullable<PostCounts['labels']> =>
  table
    .labels()
    .map(({ name, slots }) => {
      const shown = [...slots].filter((slot) => (table.flags(slot) & (LIVE | DEAD | MUTED)) === LIVE);
      return { name, total: shown.length, unread: shown.filter((slot) => (table.flags(slot) & READ) === 0).length };
    })
    .filter(({ total }) => total > 0)
    .sort((one, other) => one.name.localeCompare(other.name));

/** The sidebar's numbers. A story that several sources have counts once, but in each of its sources. */
export const countPosts = (table: PostTable, context: ListContext): PostCounts => {
  const counts: PostCounts = { today: 0, todayTotal: 0, all: 0, unread: 0, starred: 0, hackerNews: 0, lastHour: 0, bySource: {} };
  const isMuted = perSource(table, context.isMuted);
  let muted = 0;
  const once = countOnce(table, context);
  eachNewest(table, (slot) => {
    const flags = table.flags(slot);
    if ((flags & (LIVE | DEAD | MUTED)) === (LIVE | MUTED)) muted++;
    if ((flags & (LIVE | DEAD | MUTED)) !== LIVE || isMuted(table.sourceNumber(slot))) return;
    const at = flags & BACKFILLED ? Number.NEGATIVE_INFINITY : table.collectedMs(slot);
    const add = (is: boolean, purpose: number): number => Number(is) && once(slot, purpose);
    const isUnread = (flags & READ) === 0;
    const isToday = at >= context.startOfDay;
    counts.all += add(true, 1);
    counts.unread += add(isUnread, 2);
    counts.starred += add((flags & STARRED) !== 0, 4);
    counts.hackerNews += add(isUnread && (flags & HACKER_NEWS) !== 0, 8);
    counts.lastHour += add(at >= context.now - HOUR_MS, 16);
    counts.todayTotal += add(isToday, 32);
    counts.today += add(isToday && isUnread, 64);
  });
  for (let number = 0; number < table.sourceCount(); number++) {
    const id = table.sourceId(number);
    const { unread } = table.countOf(id);
    if (unread > 0) counts.bySource[id] = unread;
  }
  return { ...counts, labels: countLabels(table), muted };
};
