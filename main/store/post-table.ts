import { fold } from '../lib/fold.ts';
import { createArena } from './arena.ts';
import { createHashIndex, hashText } from './hash-index.ts';
import { type Mutes, noMutes } from './mutes.ts';
import { isPackedId, packPost, unpackPost } from './pack.ts';
import { createPostTraits, type PostTraits } from './post-traits.ts';
import type { RowTable } from './rows.ts';
import type { StoredPost } from './stored-post.ts';
import { createStories, type Stories } from './stories.ts';

export const LIVE = 1;
export const READ = 2;
export const STARRED = 4;
export const HACKER_NEWS = 8;
/** Flagged, killed or deleted on Hacker News: kept, not shown. */
export const DEAD = 16;
export const HAS_BODY = 32;
/** Found later: never among what is new today. */
export const BACKFILLED = 64;
/** A rule hides it at this moment. */
export const MUTED = 128;

const flagsOf = (post: StoredPost, mutes: Mutes): number =>
  LIVE |
  (post.mutedBy?.some(mutes.isMuting) ? MUTED : 0) |
  (post.isRead ? READ : 0) |
  (post.isStarred ? STARRED : 0) |
  (post.hn ? HACKER_NEWS : 0) |
  (post.hn?.isDead ? DEAD : 0) |
  (post.body ? HAS_BODY : 0) |
  (post.isBackfilled ? BACKFILLED : 0);

/** What is counted per source. Dead posts are not; muted ones only by themselves. */
export type SourceCount = { posts: number; unread: number; muted: number };
/** The posts with one label. */
export type Labelled = { name: string; slots: ReadonlySet<number> };

/** All posts in memory: rows packed as bytes, and beside them in columns what lists and indexes ask for. A slot is a row number. */
export type PostTable = {
  slotOf: (id: string) => number;
  row: (slot: number) => StoredPost;
  flags: (slot: number) => number;
  collectedMs: (slot: number) => number;
  /** Number of the post's source; sources are numbered as they come. */
  sourceNumber: (slot: number) => number;
  sourceId: (sourceNumber: number) => string;
  sourceCount: () => number;
  score: (slot: number) => number;
  /** What searches ask for. */
  traits: Omit<PostTraits, 'describe'>;
  byFingerprint: (sourceId: string, fingerprint: string) => number;
  /** The first post with this second key that is accepted, or -1. */
  bySecondKey: (sourceId: string, secondKey: string, accepts: (post: StoredPost) => boolean) => number;
  byHackerNewsId: (hnId: number) => number;
  hackerNewsCount: () => number;
  countOf: (sourceId: string) => SourceCount;
  /** Bytes of a source's rows and bodies. */
  bytesOf: (sourceId: string) => number;
  /** Which posts of several sources are one story. */
  stories: Pick<Stories, 'of' | 'slots' | 'all'>;
  /** How many posts link to each domain; dead ones are not counted. */
  domainCounts: () => ReadonlyMap<string, number>;
  /** Labels in use, as they were written first. */
  labels: () => readonly Labelled[];
  labelled: (label: string) => ReadonlySet<number>;
  /** Posts a rule muted, whether it hides them at this moment or not. */
  mutedBy: (ruleId: string) => ReadonlySet<number>;
  size: () => number;
  /** How many slots were given out, gone ones included. */
  slots: () => number;
  bodyCount: () => number;
  /** Months that have posts, newest first. */
  months: () => string[];
  /** Slots of a month by time of collection, newest last; some may be gone (not LIVE). */
  order: (month: string) => readonly number[];
  /** The rows of one month, for its collection. */
  month: (month: string) => RowTable<StoredPost>;
};

type Month = { slots: number[]; size: number; isSorted: boolean; lastMs: number };

const NONE: ReadonlySet<number> = new Set();

/** Slots by a word that several posts share. */
const createSharers = () => {
  const groups = new Map<string, { name: string; slots: Set<number> }>();
  const note = (name: string, key: string, slot: number, sign: 1 | -1): void => {
    const group = groups.get(key) ?? { name, slots: new Set() };
    if (sign === 1) groups.set(key, group);
    if (sign === 1) group.slots.add(slot);
    else if (group.slots.delete(slot) && group.slots.size === 0) groups.delete(key);
  };
  return {
    note,
    all: (): Labelled[] => [...groups.values()],
    of: (key: string): ReadonlySet<number> => groups.get(key)?.slots ?? NONE,
  };
};

export const createPostTable = (mutes: Mutes = noMutes): PostTable => {
  const arena = createArena();
  // Columns are plain typed arrays in this scope: lists look through all of them, and that must cost next to nothing.
  let capacity = 1024;
  let chunk = new Uint32Array(capacity);
  let start = new Uint32Array(capacity);
  let bytes = new Uint32Array(capacity);
  let flags = new Uint8Array(capacity);
  let collected = new Float64Array(capacity);
  let source = new Uint32Array(capacity);
  let score = new Int32Array(capacity);
  const makeRoom = (): void => {
    capacity *= 2;
    const larger = <Column extends { set: (from: Column) => void }>(column: Column, next: Column): Column => {
      next.set(column);
      return next;
    };
    chunk = larger(chunk, new Uint32Array(capacity));
    start = larger(start, new Uint32Array(capacity));
    bytes = larger(bytes, new Uint32Array(capacity));
    flags = larger(flags, new Uint8Array(capacity));
    collected = larger(collected, new Float64Array(capacity));
    source = larger(source, new Uint32Array(capacity));
    score = larger(score, new Int32Array(capacity));
  };
  const ids = createHashIndex();
  const traits = createPostTraits();
  const fingerprints = createHashIndex();
  const secondKeys = createHashIndex();
  const hackerNews = new Map<number, number>();
  const sourceIds: string[] = [];
  const sourceNumbers = new Map<string, number>();
  const sizes: number[] = [];
  const counts: SourceCount[] = [];
  const domains = new Map<string, number>();
  const labels = createSharers();
  const muters = createSharers();
  const months = new Map<string, Month>();
  let slots = 0;
  let size = 0;
  let bodyCount = 0;

  const place = (slot: number) => ({ chunk: chunk[slot] as number, start: start[slot] as number, length: bytes[slot] as number });
  const packed = (slot: number): Buffer => arena.read(place(slot));
  const row = (slot: number): StoredPost => unpackPost(packed(slot));
  const numberOf = (sourceId: string): number => {
    const known = sourceNumbers.get(sourceId);
    if (known !== undefined) return known;
    sourceNumbers.set(sourceId, sourceIds.length);
    counts.push({ posts: 0, unread: 0, muted: 0 });
    return sourceIds.push(sourceId) - 1;
  };
  const stories = createStories({
    row,
    sourceNumber: (slot) => source[slot] as number,
    collectedMs: (slot) => collected[slot] as number,
  });
  const slotOf = (id: string): number => ids.find(hashText(id), (slot) => isPackedId(packed(slot), id));

  const keep = (slot: number, post: string): void => {
    const where = arena.add(post);
    chunk[slot] = where.chunk;
    start[slot] = where.start;
    bytes[slot] = where.length;
  };
  const release = (slot: number): void => {
    const sparse = arena.free(place(slot));
    bytes[slot] = 0;
    if (sparse === undefined) return;
    for (let other = 0; other < slots; other++) {
      if ((chunk[other] as number) === sparse && (bytes[other] as number) > 0) keep(other, packed(other).toString('utf8'));
    }
    arena.drop(sparse);
  };

  /** Counts and indexes that hang on the content; `sign` -1 takes them back. */
  const count = (slot: number, sign: 1 | -1): void => {
    const mine = counts[source[slot] as number];
    const has = flags[slot] as number;
    if (has & HAS_BODY) bodyCount += sign;
    if (!mine || has & DEAD) return;
    if (has & MUTED) {
      mine.muted += sign;
      return;
    }
    mine.posts += sign;
    if (!(has & READ)) mine.unread += sign;
  };
  const countDomain = (slot: number, domain: string, by: 1 | -1): void => {
    if (domain === '' || (flags[slot] as number) & DEAD) return;
    const left = (domains.get(domain) ?? 0) + by;
    if (left > 0) domains.set(domain, left);
    else domains.delete(domain);
  };
  const share = (slot: number, post: StoredPost, sign: 1 | -1): void => {
    for (const label of post.labels ?? []) labels.note(label, fold(label), slot, sign);
    for (const ruleId of post.mutedBy ?? []) muters.note(ruleId, ruleId, slot, sign);
  };
  const weigh = (slot: number, post: StoredPost, sign: 1 | -1): void => {
    const number = source[slot] as number;
    sizes[number] = (sizes[number] ?? 0) + sign * ((bytes[slot] as number) + (post.body?.[2] ?? 0));
  };
  const index = (slot: number, post: StoredPost): void => {
    weigh(slot, post, 1);
    fingerprints.add(hashText(post.fingerprint, source[slot] as number), slot);
    if (post.secondKey) secondKeys.add(hashText(post.secondKey, source[slot] as number), slot);
    if (post.hn) hackerNews.set(post.hn.id, slot);
    count(slot, 1);
    countDomain(slot, post.domain, 1);
    share(slot, post, 1);
  };
  const unindex = (slot: number, post: StoredPost): void => {
    weigh(slot, post, -1);
    fingerprints.remove(hashText(post.fingerprint, source[slot] as number), slot);
    if (post.secondKey) secondKeys.remove(hashText(post.secondKey, source[slot] as number), slot);
    if (post.hn && hackerNews.get(post.hn.id) === slot) hackerNews.delete(post.hn.id);
    count(slot, -1);
    countDomain(slot, post.domain, -1);
    share(slot, post, -1);
  };
  const describe = (slot: number, post: StoredPost): void => {
    flags[slot] = flagsOf(post, mutes);
    source[slot] = numberOf(post.sourceId);
    score[slot] = post.hn?.score ?? 0;
    traits.describe(slot, post);
  };

  const append = (month: Month, post: StoredPost): void => {
    const slot = slots++;
    if (slot >= capacity) makeRoom();
    keep(slot, packPost(post));
    describe(slot, post);
    const ms = Date.parse(post.collectedAt);
    collected[slot] = ms;
    ids.add(hashText(post.id), slot);
    index(slot, post);
    stories.put(slot, post);
    if (ms < month.lastMs) month.isSorted = false;
    month.lastMs = Math.max(month.lastMs, ms);
    month.slots.push(slot);
    month.size++;
    size++;
  };
  const replace = (slot: number, post: StoredPost): void => {
    unindex(slot, row(slot));
    release(slot);
    keep(slot, packPost(post));
    describe(slot, post);
    index(slot, post);
    stories.put(slot, post);
  };
  const remove = (month: Month, slot: number): void => {
    const post = row(slot);
    stories.drop(slot);
    unindex(slot, post);
    ids.remove(hashText(post.id), slot);
    flags[slot] = 0;
    release(slot);
    month.size--;
    size--;
    if (month.slots.length > 2 * month.size + 1000) month.slots = month.slots.filter((other) => (flags[other] as number) & LIVE);
  };

  mutes.onChange((ruleIds) => {
    for (const slot of new Set(ruleIds.flatMap((ruleId) => [...muters.of(ruleId)]))) {
      count(slot, -1);
      flags[slot] = flagsOf(row(slot), mutes);
      count(slot, 1);
    }
  });

  const monthOf = (name: string): Month => {
    const month = months.get(name) ?? { slots: [], size: 0, isSorted: true, lastMs: 0 };
    months.set(name, month);
    return month;
  };
  const orderOf = (month: Month): readonly number[] => {
    if (!month.isSorted) month.slots.sort((a, b) => (collected[a] as number) - (collected[b] as number) || a - b);
    month.isSorted = true;
    return month.slots;
  };

  const viewOf = (name: string): RowTable<StoredPost> => {
    const month = monthOf(name);
    const live = (): number[] => orderOf(month).filter((slot) => (flags[slot] as number) & LIVE);
    const find = (id: string): number => {
      const slot = slotOf(id);
      return slot >= 0 && new Date(collected[slot] as number).toISOString().startsWith(name) ? slot : -1;
    };
    const set = (post: StoredPost): void => {
      const slot = slotOf(post.id);
      if (slot < 0) append(month, post);
      else replace(slot, post);
    };
    return {
      get: (id) => {
        const slot = find(id);
        return slot < 0 ? undefined : row(slot);
      },
      set,
      delete: (id) => {
        const slot = find(id);
        if (slot >= 0) remove(month, slot);
      },
      keys: () => live().map((slot) => row(slot).id),
      values: () => live().map(row),
      size: () => month.size,
      texts: () => {
        const frozen = live();
        return {
          count: frozen.length,
          at: (at) => {
            const slot = frozen[at] ?? 0;
            return (flags[slot] as number) & LIVE ? JSON.stringify(row(slot)) : undefined;
          },
        };
      },
    };
  };

  return {
    slotOf,
    row,
    flags: (slot) => flags[slot] as number,
    collectedMs: (slot) => collected[slot] as number,
    sourceNumber: (slot) => source[slot] as number,
    sourceId: (number) => sourceIds[number] ?? '',
    sourceCount: () => sourceIds.length,
    score: (slot) => score[slot] as number,
    traits,
    byFingerprint: (sourceId, fingerprint) => {
      const number = sourceNumbers.get(sourceId);
      if (number === undefined) return -1;
      return fingerprints.find(
        hashText(fingerprint, number),
        (slot) => (source[slot] as number) === number && row(slot).fingerprint === fingerprint,
      );
    },
    bySecondKey: (sourceId, secondKey, accepts) => {
      const number = sourceNumbers.get(sourceId);
      if (number === undefined) return -1;
      return secondKeys.find(hashText(secondKey, number), (slot) => {
        if ((source[slot] as number) !== number) return false;
        const post = row(slot);
        return post.secondKey === secondKey && accepts(post);
      });
    },
    byHackerNewsId: (hnId) => hackerNews.get(hnId) ?? -1,
    hackerNewsCount: () => hackerNews.size,
    bytesOf: (sourceId) => sizes[sourceNumbers.get(sourceId) ?? -1] ?? 0,
    countOf: (sourceId) => counts[sourceNumbers.get(sourceId) ?? -1] ?? { posts: 0, unread: 0, muted: 0 },
    stories,
    domainCounts: () => domains,
    labels: labels.all,
    labelled: (label) => labels.of(fold(label)),
    mutedBy: muters.of,
    size: () => size,
    slots: () => slots,
    bodyCount: () => bodyCount,
    months: () => [...months.keys()].sort().reverse(),
    order: (name) => orderOf(monthOf(name)),
    month: viewOf,
  };
};
