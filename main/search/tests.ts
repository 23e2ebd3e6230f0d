import type { HasValue, IsValue } from '../../preload/contract/saved-search.ts';
import type { Piece } from './parse.ts';
import type { TextTable } from './text-table.ts';
import { queryTokens, tokensOf } from './tokens.ts';
import type { Names, SearchWorld } from './world.ts';

/** Where a piece was found in a post: 0 nowhere, `HEAD` in what its row says, `BODY` in the full text only. */
export type Test = (slot: number) => number;
export const HEAD = 1;
export const BODY = 2;

/** The words a piece asks for; the last may be a beginning where `isOpen`. */
export type Wanted = { words: string[]; isOpen: boolean };

/** The words of a piece, in order. */
export const wantedOf = ({ value, isOpen }: Pick<Piece, 'value' | 'isOpen'>): Wanted => {
  const { inOrder } = queryTokens(value);
  return { words: inOrder, isOpen: isOpen === true };
};

/** Whether these words stand side by side among the others. */
export const standTogether = (among: readonly string[], { words, isOpen }: Wanted): boolean => {
  const last = words.length - 1;
  const isAt = (at: number): boolean =>
    words.every((word, step) => {
      const other = among[at + step];
      return isOpen && step === last ? other?.startsWith(word) === true : other === word;
    });
  return among.some((word, at) => (last > 0 ? word === words[0] : true) && isAt(at));
};

const markIn = (table: TextTable, word: string, isOpen: boolean, marks: Uint8Array, bit: number): void => {
  if (isOpen) table.markBeginning(word, marks, bit);
  else table.markWord(word, marks, bit);
};

/** The words of sources' titles belong to each of their posts. */
const markSources = ({ sources, slots }: SearchWorld, word: string, isOpen: boolean, marks: Uint8Array): void => {
  const hits = new Uint8Array(sources.count());
  let isAny = false;
  for (let number = 0; number < hits.length; number += 1) {
    const isHit = titleWords(sources.title(number)).some((each) => (isOpen ? each.startsWith(word) : each === word));
    if (isHit) hits[number] = HEAD;
    isAny ||= isHit;
  }
  if (!isAny) return;
  for (let slot = 0; slot < slots; slot += 1) marks[slot] = (marks[slot] as number) | (hits[sources.of(slot)] as number);
};
const knownTitles = new Map<string, string[]>();
const titleWords = (title: string): string[] => {
  const known = knownTitles.get(title);
  if (known) return known;
  if (knownTitles.size > 20_000) knownTitles.clear();
  const words = tokensOf(title);
  knownTitles.set(title, words);
  return words;
};

/** All words must occur; where one does in the full text only, that is where it was found. */
const all = (marks: readonly Uint8Array[]): Test => {
  const [only] = marks;
  const found = (bits: number): number => (bits & HEAD ? HEAD : bits);
  if (marks.length === 1 && only) return (slot) => found(only[slot] as number);
  return (slot) => {
    let where = HEAD;
    for (const each of marks) {
      const bits = each[slot] as number;
      if (bits === 0) return 0;
      if ((bits & HEAD) === 0) where = BODY;
    }
    return where;
  };
};

/** Words anywhere: title, summary, author, domain, title of the source, full text. */
export const wordsTest = (world: SearchWorld, wanted: Wanted): Test =>
  all(
    wanted.words.map((word, at) => {
      const isOpen = wanted.isOpen && at === wanted.words.length - 1;
      const marks = new Uint8Array(world.slots);
      markIn(world.heads, word, isOpen, marks, HEAD);
      markIn(world.bodies, word, isOpen, marks, BODY);
      markSources(world, word, isOpen, marks);
      return marks;
    }),
  );

/** Words in one kind of text. */
export const tableTest = (table: TextTable, slots: number, wanted: Wanted, bit: number): Test =>
  all(
    wanted.words.map((word, at) => {
      const marks = new Uint8Array(slots);
      markIn(table, word, wanted.isOpen && at === wanted.words.length - 1, marks, bit);
      return marks;
    }),
  );

const byNumber =
  (numberOf: (slot: number) => number, hits: Uint8Array): Test =>
  (slot) =>
    hits[numberOf(slot)] as number;

const hitsOf = (count: number, isHit: (number: number) => boolean): Uint8Array => {
  const hits = new Uint8Array(count);
  for (let number = 0; number < count; number += 1) if (isHit(number)) hits[number] = HEAD;
  return hits;
};

/** Whether a name is meant: in quotes its words stand side by side, else each occurs and the last may be a beginning. */
export const isMeant = (name: string, piece: Piece): boolean => {
  const wanted = wantedOf(piece);
  const words = tokensOf(name);
  if (piece.isQuoted) return standTogether(words, wanted);
  return wanted.words.every((word, at) =>
    words.some((each) => (wanted.isOpen && at === wanted.words.length - 1 ? each.startsWith(word) : each === word)),
  );
};

const authorTest = (world: SearchWorld, piece: Piece): Test => {
  const { authors, authorWords } = world;
  const wanted = wantedOf(piece);
  const test = tableTest(authorWords, authors.count(), wanted, HEAD);
  const isHit = (number: number): boolean =>
    test(number) > 0 && (!piece.isQuoted || standTogether(tokensOf(authors.text(number)), wanted));
  return byNumber(authors.of, hitsOf(authors.count(), isHit));
};

const nameTest = ({ of, count, text }: Names, isHit: (text: string) => boolean): Test =>
  byNumber(
    of,
    hitsOf(count(), (number) => number > 0 && isHit(text(number))),
  );

const domainTest = (world: SearchWorld, { value, isOpen }: Piece): Test => {
  const wanted = `.${value.toLowerCase().replace(/^(www)?\./, '')}`;
  return nameTest(world.domains, (domain) => (isOpen ? `.${domain}`.includes(wanted) : `.${domain}`.endsWith(wanted)));
};

const sourceTest = ({ sources }: SearchWorld, piece: Piece): Test =>
  byNumber(
    sources.of,
    hitsOf(sources.count(), (number) => sources.id(number) === piece.value || isMeant(sources.title(number), piece)),
  );

const folderTest = ({ sources }: SearchWorld, piece: Piece): Test =>
  byNumber(
    sources.of,
    hitsOf(sources.count(), (number) => sources.folder(number).some((name) => isMeant(name, piece))),
  );

const labelTest = (world: SearchWorld, piece: Piece): Test => {
  const meant = world.labels().filter(({ name }) => isMeant(name, piece));
  return (slot) => (meant.some(({ slots }) => slots.has(slot)) ? HEAD : 0);
};

const COMPARE: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '=': (one, other) => one === other,
};

/** Only stories have a score and comments: a post without them is neither above nor below. */
const numberTest = (world: SearchWorld, { field, op = '=', value }: Piece): Test => {
  const wanted = Number(value);
  const compare = COMPARE[op] as (one: number, other: number) => boolean;
  const numberOf = field === 'score' ? world.score : world.comments;
  return (slot) => {
    const number = numberOf(slot);
    return number >= 0 && compare(number, wanted) ? HEAD : 0;
  };
};

const flagTest =
  (isRight: (slot: number) => boolean): Test =>
  (slot) =>
    isRight(slot) ? HEAD : 0;

/** The test of a piece that is no phrase. */
export const testOf = (world: SearchWorld, piece: Piece): Test => {
  const { collectedMs } = world;
  const at = piece.atMs ?? 0;
  switch (piece.field) {
    case 'words':
    case 'phrase':
      return wordsTest(world, wantedOf(piece));
    case 'title':
      return tableTest(world.titles, world.slots, wantedOf(piece), HEAD);
    case 'body':
      return tableTest(world.bodies, world.slots, wantedOf(piece), BODY);
    case 'author':
      return authorTest(world, piece);
    case 'domain':
      return domainTest(world, piece);
    case 'source':
      return sourceTest(world, piece);
    case 'folder':
      return folderTest(world, piece);
    case 'label':
      return labelTest(world, piece);
    case 'is':
      return flagTest(world.is(piece.value as IsValue));
    case 'has':
      return flagTest(world.has(piece.value as HasValue));
    case 'after':
      return flagTest((slot) => collectedMs(slot) >= at);
    case 'before':
      return flagTest((slot) => collectedMs(slot) < at);
    case 'score':
    case 'comments':
      return numberTest(world, piece);
  }
};
