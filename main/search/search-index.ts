import type { Post } from '../../preload/contract/post.ts';
import { viewOf } from './id-view.ts';
import { createPostings, type Postings } from './postings.ts';
import { queryTokens, tokensOf } from './tokens.ts';

/** The title of a source, or the empty string; it is part of what is searched. */
export type TitleOf = (sourceId: string) => string;

/** What is searched of a post. */
export type Searchable = Pick<Post, 'id' | 'sourceId' | 'title' | 'summary' | 'author' | 'domain'>;

/** A full-text index over posts, in memory. Rebuilt at each start, without holding up the rest. */
export type SearchIndex = {
  /** Adds posts, in the background where they are many; a post with a known id replaces it. */
  add: (posts: readonly Searchable[], titleOf: TitleOf) => void;
  /** The same; costs next to nothing where the text is as before. */
  update: (posts: readonly Searchable[], titleOf: TitleOf) => void;
  remove: (ids: readonly string[]) => void;
  /** Ids of posts in which all the words occur; the last may be a beginning. Words without letters and digits find nothing. */
  search: (words: string) => ReadonlySet<string>;
  /** Fills the index from stored posts and replaces what it held; settles when all is in. Known ids are newer and stay. */
  build: (slices: AsyncIterable<readonly Searchable[]>, titleOf: TitleOf) => Promise<void>;
  /** Posts in the index. */
  readonly size: number;
};

/** The longest stretch of work at once, in milliseconds. */
const SLICE_MS = 8;

type Table = {
  postings: Postings;
  /** The id of each row; empty where the row was replaced or removed. */
  ids: string[];
  rows: Map<string, number>;
  /** A number made of each row's text, to see that nothing changed. */
  marks: number[];
  /** Scratch for `search`: how many words a row has matched, counted on from one search to the next. */
  seen: Uint32Array;
  searches: number;
};

const createTable = (): Table => ({
  postings: createPostings(),
  ids: [],
  rows: new Map(),
  marks: [],
  seen: new Uint32Array(1024),
  searches: 0,
});

const textOf = (post: Searchable, titleOf: TitleOf): string =>
  `${post.title}\n${post.summary}\n${post.author ?? ''}\n${post.domain}\n${titleOf(post.sourceId)}`;

/** FNV-1a, 31 bits so that it stays a small whole number. */
const markOf = (text: string): number => {
  let hash = 2_166_136_261;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619);
  return hash >>> 1;
};

/** A word of its own for each first letter: one letter begins so many words that asking each would take too long. */
const initialOf = (word: string): string => `\u0000${String.fromCodePoint(word.codePointAt(0) as number)}`;
const isOneLetter = (word: string): boolean => initialOf(word).length === word.length + 1;
const beginnings = ({ postings }: Table, start: string): number[] => {
  if (!isOneLetter(start)) return postings.beginningWith(start);
  const number = postings.find(initialOf(start));
  return number === undefined ? [] : [number];
};

const removeRow = (table: Table, id: string): void => {
  const row = table.rows.get(id);
  if (row === undefined) return;
  table.ids[row] = '';
  table.rows.delete(id);
};

const addRow = (table: Table, post: Searchable, titleOf: TitleOf): void => {
  const text = textOf(post, titleOf);
  const mark = markOf(text);
  const known = table.rows.get(post.id);
  if (known !== undefined && table.marks[known] === mark) return;
  removeRow(table, post.id);
  const row = table.ids.push(post.id) - 1;
  table.marks.push(mark);
  table.rows.set(post.id, row);
  for (const word of tokensOf(text)) {
    table.postings.add(word, row);
    table.postings.add(initialOf(word), row);
  }
};

/** Numbers not used by an earlier search, so that `seen` need not be cleared. */
const startCounting = (table: Table, steps: number): number => {
  if (table.searches + steps > 2 ** 31) {
    table.seen.fill(0);
    table.searches = 0;
  }
  const base = table.searches + 1;
  table.searches = base + steps;
  return base;
};

/** Marks the rows in which all these words occur with `base` plus their number; none when a word is unknown. */
const countWhole = (table: Table, words: readonly string[]): { isPossible: boolean; base: number } => {
  const { seen, postings } = table;
  const numbers = words.map((word) => postings.find(word));
  const isPossible = !numbers.includes(undefined);
  const base = startCounting(table, words.length + 1);
  if (!isPossible) return { isPossible, base };
  const rarestFirst = (numbers as number[]).sort((a, b) => postings.count(a) - postings.count(b));
  rarestFirst.forEach((number, step) => {
    const rows = postings.rows(number);
    for (let index = 0; index < postings.count(number); index += 1) {
      const row = rows[index] as number;
      if (step === 0 || seen[row] === base + step) seen[row] = base + step + 1;
    }
  });
  return { isPossible, base };
};

const searchTable = (table: Table, words: string): ReadonlySet<string> => {
  const { whole, beginning } = queryTokens(words);
  if (table.seen.length < table.ids.length) table.seen = new Uint32Array(table.ids.length * 2);
  const { isPossible, base } = countWhole(table, whole);
  if (beginning === undefined || !isPossible) return new Set();
  const { seen, ids, postings } = table;
  const [before, after] = [base + whole.length, base + whole.length + 1];
  const found: string[] = [];
  for (const number of beginnings(table, beginning)) {
    const rows = postings.rows(number);
    for (let index = 0, count = postings.count(number); index < count; index += 1) {
      const row = rows[index] as number;
      if (seen[row] === after || (whole.length > 0 && seen[row] !== before)) continue;
      seen[row] = after;
      if (ids[row] !== '') found.push(ids[row] as string);
    }
  }
  return viewOf(found);
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Change = { post: Searchable; titleOf: TitleOf } | { removedId: string };

/** An empty index. */
export const createSearchIndex = (): SearchIndex => {
  let table = createTable();
  let building: { table: Table; removed: Set<string> } | undefined;
  let waiting: Change[] = [];
  let isDraining = false;

  const apply = (change: Change): void => {
    if ('post' in change) {
      addRow(table, change.post, change.titleOf);
      if (building) addRow(building.table, change.post, change.titleOf);
      return;
    }
    removeRow(table, change.removedId);
    if (!building) return;
    removeRow(building.table, change.removedId);
    building.removed.add(change.removedId);
  };
  /** Works through what waits until the slice is used up. */
  const workOff = (): void => {
    const until = performance.now() + SLICE_MS;
    let done = 0;
    while (done < waiting.length && (done % 8 !== 0 || performance.now() < until)) {
      apply(waiting[done] as Change);
      done += 1;
    }
    waiting = done === waiting.length ? [] : waiting.slice(done);
  };
  const drain = async (): Promise<void> => {
    workOff();
    if (isDraining) return;
    isDraining = true;
    while (waiting.length > 0) {
      await turn();
      workOff();
    }
    isDraining = false;
  };
  const add = (posts: readonly Searchable[], titleOf: TitleOf): void => {
    for (const post of posts) waiting.push({ post, titleOf });
    void drain();
  };
  const addOld = (next: NonNullable<typeof building>, post: Searchable, titleOf: TitleOf): void => {
    if (!next.table.rows.has(post.id) && !next.removed.has(post.id)) addRow(next.table, post, titleOf);
  };
  const build = async (slices: AsyncIterable<readonly Searchable[]>, titleOf: TitleOf): Promise<void> => {
    const next = { table: createTable(), removed: new Set<string>() };
    building = next;
    let until = performance.now() + SLICE_MS;
    for await (const slice of slices) {
      for (const post of slice) {
        addOld(next, post, titleOf);
        if (performance.now() < until) continue;
        await turn();
        until = performance.now() + SLICE_MS;
      }
    }
    while (waiting.length > 0) await turn();
    if (building !== next) return;
    table = next.table;
    building = undefined;
  };
  return {
    add,
    update: add,
    remove: (ids) => {
      for (const removedId of ids) waiting.push({ removedId });
      void drain();
    },
    search: (words) => {
      workOff();
      return searchTable(table, words);
    },
    build,
    get size() {
      return table.rows.size;
    },
  };
};
