import { storyLink, storyTitle } from '../lib/story-key.ts';
import { createHashIndex, hashText } from './hash-index.ts';
import type { StoredPost } from './stored-post.ts';

const DAY_MS = 86_400_000;
/** Posts of the same title are about the same thing only for so long. */
const SAME_TITLE_MS = 3 * DAY_MS;
/** An address or a title that more posts have than this does not tell a story. */
const MOST_ALIKE = 12;
/** So many of one kind are looked up at all, so that a feed of ten thousand equal links costs nothing. */
const MOST_INDEXED = 24;
const NONE = 0;

/** Posts of different sources about the same page, kept together as they come and go. A post is in one story, or in none. */
export type Stories = {
  /** Takes in what is new in a slot, or what changed there. */
  put: (slot: number, post: StoredPost) => void;
  drop: (slot: number) => void;
  /** The number of the post's story; 0 while no other source has it. */
  of: (slot: number) => number;
  /** The posts of a story, newest collected first, one a source. */
  slots: (story: number) => readonly number[];
  all: () => Iterable<readonly number[]>;
};
type Facts = {
  row: (slot: number) => StoredPost;
  sourceNumber: (slot: number) => number;
  collectedMs: (slot: number) => number;
};
type Keys = { link: string; title: string };

const keysOf = (post: StoredPost): Keys => {
  const isDead = post.hn?.isDead === true;
  const own = post.canonicalUrl ? storyLink(post.canonicalUrl) : '';
  return {
    link: isDead ? '' : own || storyLink(post.url),
    title: isDead ? '' : storyTitle(post.title),
  };
};
const datedKeysOf = (post: StoredPost) => ({ ...keysOf(post), publishedMs: Date.parse(post.publishedAt ?? post.collectedAt) });
/** Never 0, which stands for no key. */
const hashOf = (key: string, seed: number): number => (key === '' ? NONE : hashText(key, seed) || 1);

/** A number per slot; 0 where none was set. */
const createColumn = () => {
  let values = new Uint32Array(1024);
  return {
    get: (slot: number): number => values[slot] ?? NONE,
    set: (slot: number, value: number): void => {
      if (slot >= values.length) {
        const larger = new Uint32Array(Math.max(slot + 1, values.length * 2));
        larger.set(values);
        values = larger;
      }
      values[slot] = value;
    },
  };
};

const NOBODY: readonly number[] = [];

/** One way of being alike: the hash of a key per slot, and the slots by hash. */
const createLikeness = (seed: number) => {
  const hashes = createColumn();
  const index = createHashIndex();
  const withHash = (hash: number): readonly number[] => {
    let found: number[] | undefined;
    if (hash === NONE) return NOBODY;
    index.find(hash, (slot) => {
      found ??= [];
      return found.push(slot) >= MOST_INDEXED;
    });
    return found ?? NOBODY;
  };
  return {
    hashOf: (key: string) => hashOf(key, seed),
    hashAt: hashes.get,
    /** Slots whose key has the hash of this slot's; itself among them. */
    alike: (slot: number) => withHash(hashes.get(slot)),
    /** Gives a slot another hash and answers who was, and who is now, alike. */
    set: (slot: number, hash: number): readonly number[] => {
      const before = hashes.get(slot);
      if (before === hash) return NOBODY;
      if (before !== NONE) index.remove(before, slot);
      const left = withHash(before);
      const joined = withHash(hash);
      const kept = joined.length < MOST_INDEXED ? hash : NONE;
      hashes.set(slot, kept);
      if (kept !== NONE) index.add(kept, slot);
      return left.length > 0 ? [...left, ...joined] : joined;
    },
  };
};

export const createStories = (facts: Facts): Stories => {
  const links = createLikeness(0x51ab);
  const titles = createLikeness(0x717e);
  const storyOf = createColumn();
  const stories = new Map<number, readonly number[]>();
  let last = 0;

  /** Reads keys from rows, each row once. */
  const createReader = () => {
    const known = new Map<number, Keys & { publishedMs: number }>();
    return (slot: number): Keys & { publishedMs: number } => {
      const keys = known.get(slot) ?? datedKeysOf(facts.row(slot));
      known.set(slot, keys);
      return keys;
    };
  };
  type Reader = ReturnType<typeof createReader>;

  const sameLink = (slot: number, read: Reader): number[] => {
    const near = links.alike(slot);
    if (near.length < 2) return [];
    const { link } = read(slot);
    const same = near.filter((other) => read(other).link === link);
    return same.length > MOST_ALIKE ? [] : same;
  };
  /** A title that one source uses twice is the name of a series (*Links of the week*), not of a story. */
  const sameTitle = (slot: number, read: Reader): number[] => {
    const near = titles.alike(slot);
    if (near.length < 2) return [];
    const { title, publishedMs } = read(slot);
    const same = near.filter((other) => read(other).title === title);
    if (same.length > MOST_ALIKE || new Set(same.map(facts.sourceNumber)).size < same.length) return [];
    return same.filter(
      (other) =>
        Math.abs(facts.collectedMs(other) - facts.collectedMs(slot)) <= SAME_TITLE_MS &&
        Math.abs(read(other).publishedMs - publishedMs) <= SAME_TITLE_MS,
    );
  };
  /** Posts of other sources about the same thing. */
  const near = (slot: number, read: Reader): number[] =>
    [...sameLink(slot, read), ...sameTitle(slot, read)].filter((other) => facts.sourceNumber(other) !== facts.sourceNumber(slot));
  /** All that hang together with a slot, over any number of steps. */
  const together = (slot: number, read: Reader): number[] => {
    const found = new Set([slot]);
    for (const one of found) for (const other of near(one, read)) found.add(other);
    return [...found];
  };
  /** The newest post of each source, newest first. */
  const newestOfEach = (slots: readonly number[]): number[] => {
    const sources = new Set<number>();
    return [...slots]
      .sort((a, b) => facts.collectedMs(b) - facts.collectedMs(a) || b - a)
      .filter((slot) => sources.size < sources.add(facts.sourceNumber(slot)).size);
  };
  const dissolve = (story: number): readonly number[] => {
    const members = stories.get(story) ?? [];
    for (const slot of members) storyOf.set(slot, NONE);
    stories.delete(story);
    return members;
  };
  const form = (members: readonly number[]): void => {
    if (members.length < 2) return;
    last += 1;
    stories.set(last, members);
    for (const slot of members) storyOf.set(slot, last);
  };
  /** Finds anew which of these slots, and those in one story with them, hang together. */
  const regroup = (slots: Iterable<number>, read: Reader): void => {
    const open = new Set(slots);
    // What comes into a set while it is gone through is met, what is taken out is not met again.
    for (const slot of open) {
      const all = together(slot, read);
      for (const member of all.flatMap((one) => dissolve(storyOf.get(one)))) open.add(member);
      form(newestOfEach(all));
      for (const one of all) open.delete(one);
    }
  };
  const change = (slot: number, link: number, title: number): void => {
    const [ofLink, ofTitle] = [links.set(slot, link), titles.set(slot, title)];
    if (ofLink.length > 0 || ofTitle.length > 0) regroup([slot, ...ofLink, ...ofTitle], createReader());
  };

  return {
    put: (slot, post) => {
      const keys = keysOf(post);
      const link = links.hashOf(keys.link);
      const title = titles.hashOf(keys.title);
      if (link !== links.hashAt(slot) || title !== titles.hashAt(slot)) change(slot, link, title);
    },
    drop: (slot) => {
      if (links.hashAt(slot) !== NONE || titles.hashAt(slot) !== NONE) change(slot, NONE, NONE);
    },
    of: storyOf.get,
    slots: (story) => stories.get(story) ?? [],
    all: () => stories.values(),
  };
};
