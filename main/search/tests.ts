import type { HasValue, IsValue, SearchField } from '../../preload/contract/saved-search.ts';
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

/** All words must occur; where one does in the full text only, that is where it was found. Posts by slot: 0 nowhere, `HEAD` or `BODY`. */
const all = (slots: number, marks: readonly Uint8Array[]): Uint8Array => {
  const [found, ...others] = marks;
  if (!found) return new Uint8Array(slots).fill(HEAD);
  // One plain loop over plain columns: a hundred thousand posts are gone through at every key.
  for (let slot = 0; slot < found.length; slot += 1) {
    const bits = found[slot] as number;
    if (bits & HEAD) found[slot] = HEAD;
  }
  for (const other of others) {
    for (let slot = 0; slot < found.length; slot += 1) {
      const bits = other[slot] as number;
      if (bits === 0) found[slot] = 0;
      else if (found[slot] && (bits & HEAD) === 0) found[slot] = BODY;
    }
  }
  return found;
};

/** Where words stand, anywhere: title, summary, author, domain, title of the source, full text. By slot. */
const wordsColumn = (world: SearchWorld, wanted: Wanted): Uint8Array =>
  all(
    world.slots,
    wanted.words.map((word, at) => {
      const isOpen = wanted.isOpen && at === wanted.words.length - 1;
      const marks = new Uint8Array(world.slots);
      markIn(world.heads, word, isOpen, marks, HEAD);
      markIn(world.bodies, word, isOpen, marks, BODY);
      markSources(world, word, isOpen, marks);
      return marks;
    }),
  );

/** Where words stand in one kind of text, by slot. */
const tableColumn = (table: TextTable, slots: number, wanted: Wanted, bit: number): Uint8Array =>
  all(
    slots,
    wanted.words.map((word, at) => {
      const marks = new Uint8Array(slots);
      markIn(table, word, wanted.isOpen && at === wanted.words.length - 1, marks, bit);
      return marks;
    }),
  );

/** What asks for words in a text. */
type TextField = Extract<SearchField, 'words' | 'phrase' | 'title' | 'body'>;
const isTextField = (field: SearchField): field is TextField => ['words', 'phrase', 'title', 'body'].includes(field);

/** What a piece that asks for words finds, by slot: 0, `HEAD` or `BODY`. Undefined where it asks for something else. */
export const columnOf = (world: SearchWorld, piece: Piece): Uint8Array | undefined =>
  isTextField(piece.field) ? textColumn(world, piece, piece.field) : undefined;
const textColumn = (world: SearchWorld, piece: Piece, field: TextField): Uint8Array => {
  const wanted = wantedOf(piece);
  if (field === 'title') return tableColumn(world.titles, world.slots, wanted, HEAD);
  if (field === 'body') return tableColumn(world.bodies, world.slots, wanted, BODY);
  return wordsColumn(world, wanted);
};
/** A post that came since has no place in the column yet. */
export const byColumn =
  (column: Uint8Array): Test =>
  (slot) =>
    column[slot] ?? 0;

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
  const column = tableColumn(authorWords, authors.count(), wanted, HEAD);
  const isHit = (number: number): boolean =>
    (column[number] ?? 0) > 0 && (!piece.isQuoted || standTogether(tokensOf(authors.text(number)), wanted));
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
    case 'title':
    case 'body':
      return byColumn(textColumn(world, piece, piece.field));
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
