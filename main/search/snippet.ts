import type { Piece } from './parse.ts';
import { wantedOf } from './tests.ts';
import { tokensOf } from './tokens.ts';

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Characters before the word that was found, and in all. */
const BEFORE = 40;
const LENGTH = 160;

type Wish = { word: string; isOpen: boolean };

const wishesOf = (pieces: readonly Piece[]): Wish[] =>
  pieces
    .filter(({ field, isNot, problem }) => !isNot && !problem && ['words', 'phrase', 'body'].includes(field))
    .flatMap((piece) => {
      const { words, isOpen } = wantedOf(piece);
      return words.map((word, at) => ({ word, isOpen: isOpen && at === words.length - 1 }));
    });

/** A piece of a text around the first word that was asked for; undefined when none of them is in it. */
export const snippetOf = (text: string, pieces: readonly Piece[]): string | undefined => {
  const wishes = wishesOf(pieces);
  if (wishes.length === 0) return undefined;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const tokens = tokensOf(word);
    const isFound = wishes.some((wish) =>
      tokens.some((token) => (wish.isOpen ? token.startsWith(wish.word) : token === wish.word)),
    );
    if (!isFound) continue;
    const from = index < BEFORE ? 0 : text.indexOf(' ', index - BEFORE) + 1;
    const start = from > index ? index : from;
    const end = start + LENGTH;
    return `${start > 0 ? '… ' : ''}${text.slice(start, end)}${end < text.length ? ' …' : ''}`;
  }
  return undefined;
};
