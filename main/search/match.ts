import type { Piece } from './parse.ts';
import { BODY, byColumn, columnOf, HEAD, standTogether, type Test, testOf, wantedOf } from './tests.ts';
import { tokensOf } from './tokens.ts';
import type { SearchWorld } from './world.ts';

/** What a search means for the posts that are there now. */
export type Match = {
  has: (slot: number) => boolean;
  /** By slot, 0 for posts that are surely not found: what goes through all posts need not ask about those. */
  column?: Uint8Array;
  /** It was found through its full text: something asked for does not stand in its row. */
  isInBody: (slot: number) => boolean;
  /** Posts that are hidden elsewhere are asked for by name. */
  showsDead: boolean;
  showsMuted: boolean;
  /** It asks for sources by name. */
  namesSource: boolean;
};

/** So many full texts are read to look for a phrase, the newest. */
export const PHRASE_BODIES = 500;
const SLICE_MS = 6;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Where a post that holds the words holds them side by side. Of full texts only the newest are read. */
const createLook = (world: SearchWorld, piece: Piece): ((slot: number) => Promise<number>) => {
  const wanted = wantedOf(piece);
  const texts = (slot: number): string[] => (piece.field === 'title' ? [world.title(slot)] : world.headTexts(slot));
  let read = 0;
  const hold = (text: string): boolean => standTogether(tokensOf(text), wanted);
  return async (slot) => {
    if (piece.field !== 'body' && texts(slot).some(hold)) return HEAD;
    if (piece.field === 'title' || !world.bodies.has(slot) || read >= PHRASE_BODIES) return 0;
    read += 1;
    return hold(await world.bodyText(slot)) ? BODY : 0;
  };
};

/** Posts that hold the words, newest first, looked through for the words side by side. Leaves the thread free in between. */
const phraseColumn = async (world: SearchWorld, piece: Piece, holdsWords: Uint8Array): Promise<Uint8Array> => {
  if (wantedOf(piece).words.length < 2) return holdsWords;
  const look = createLook(world, piece);
  const found = new Uint8Array(holdsWords.length);
  let until = performance.now() + SLICE_MS;
  for (let slot = holdsWords.length - 1; slot >= 0; slot -= 1) {
    if (holdsWords[slot] === 0) continue;
    if (performance.now() > until) {
      await turn();
      until = performance.now() + SLICE_MS;
    }
    found[slot] = await look(slot);
  }
  return found;
};

type Way = { piece: Piece; test: Test; column?: Uint8Array };

const wayOf = async (world: SearchWorld, piece: Piece): Promise<Way> => {
  const words = columnOf(world, piece);
  if (!words) return { piece, test: testOf(world, piece) };
  const isPhrase = piece.field === 'phrase' || (piece.isQuoted && (piece.field === 'body' || piece.field === 'title'));
  const column = isPhrase ? await phraseColumn(world, piece, words) : words;
  return { piece, test: byColumn(column), column };
};

/** Pieces that say something, in groups of which each must be satisfied in one of its ways. */
const groupsOf = (pieces: readonly Piece[]): Piece[][] => {
  const groups: Piece[][] = [];
  for (const piece of pieces) {
    const saysNothing = piece.problem !== undefined || (piece.field === 'words' && wantedOf(piece).words.length === 0);
    const group = groups.at(-1);
    if (piece.isOr && group) group.push(...(saysNothing ? [] : [piece]));
    else groups.push(saysNothing ? [] : [piece]);
  }
  return groups.filter((group) => group.length > 0);
};

const asks = (pieces: readonly Piece[], value: string): boolean =>
  pieces.some((piece) => piece.field === 'is' && piece.value === value && !piece.isNot);

const isTrue = ({ piece, test }: Way, slot: number): boolean => test(slot) > 0 !== (piece.isNot === true);

/** The column of a group that nothing but its words can satisfy. It narrows the whole search, since every group must be satisfied. */
const narrowing = (groups: readonly Way[][]): Uint8Array | undefined =>
  groups.find(([way, ...others]) => others.length === 0 && way?.column && !way.piece.isNot)?.[0]?.column;

const testAll = (groups: readonly Way[][], column: Uint8Array | undefined): ((slot: number) => boolean) => {
  if (groups.length === 1 && column) return (slot) => (column[slot] ?? 0) > 0;
  return (slot) => {
    for (const ways of groups) if (!ways.some((way) => isTrue(way, slot))) return false;
    return true;
  };
};

/** Finds out what a search means. Undefined when nothing in it narrows anything; words without letters find nothing. */
export const match = async (world: SearchWorld, pieces: readonly Piece[]): Promise<Match | undefined> => {
  const groups = groupsOf(pieces);
  const isPlainNonsense = groups.length === 0 && pieces.some(({ field, problem }) => field === 'words' && !problem);
  if (groups.length === 0 && !isPlainNonsense) return undefined;
  const ways = await Promise.all(groups.map((group) => Promise.all(group.map((piece) => wayOf(world, piece)))));
  const column = narrowing(ways);
  const texts = ways.flat().filter(({ piece }) => !piece.isNot && ['words', 'phrase', 'body'].includes(piece.field));
  return {
    has: isPlainNonsense ? () => false : testAll(ways, column),
    ...(column ? { column } : {}),
    isInBody: (slot) => texts.some(({ test }) => test(slot) === BODY),
    showsDead: asks(pieces, 'dead'),
    showsMuted: asks(pieces, 'muted'),
    namesSource: pieces.some(({ field, isNot, problem }) => field === 'source' && !isNot && !problem),
  };
};

/** Posts that two searches find. */
export const bothMatch = (one: Match, other: Match): Match => ({
  ...(one.column ? { column: one.column } : {}),
  has: (slot) => one.has(slot) && other.has(slot),
  isInBody: (slot) => one.isInBody(slot) || other.isInBody(slot),
  showsDead: one.showsDead || other.showsDead,
  showsMuted: one.showsMuted || other.showsMuted,
  namesSource: one.namesSource || other.namesSource,
});
