import { Fragment, type ReactNode } from 'react';

const escapeForPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A piece of a search: perhaps a minus, an operator, and a value that may be in quotes. */
const PIECE = /(-?)(?:(title|body|author|domain|source|folder|label|is|has|after|before):)?("[^"]*"?|[^\s"]\S*)?/giu;
const NUMBER = /^-?(?:score|comments)(?:>=|<=|[<>=:])\d*$/i;
const LETTERS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu;
const MARKED: readonly (string | undefined)[] = [undefined, 'title', 'body'];

type Marked = { word: string; isOpen: boolean };

/** The words of a piece; the last may be a beginning, where there are no quotes around it. */
const wordsOf = ([, not, field, value = '']: RegExpMatchArray): Marked[] => {
  if (not || !MARKED.includes(field?.toLowerCase()) || value === 'OR' || (!field && NUMBER.test(value))) return [];
  const all = value.match(LETTERS) ?? [];
  const isQuoted = value.startsWith('"') && value.length > 1 && value.endsWith('"');
  return all.map((word, at) => ({
    word,
    isOpen: at === all.length - 1 && !isQuoted && (field !== undefined || value.startsWith('"')),
  }));
};

/** What to look for in this very text. */
export type SearchPattern = (text: string) => RegExp;

const isPlain = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);
/** Letters and digits, and what may follow them in a word. To make a pattern of all the letters there are takes a millisecond, at each key. */
const PLAIN = { letter: '[a-z0-9]', rest: '[a-z0-9]*', flags: 'gi' };
const ANY = { letter: '[\\p{L}\\p{N}]', rest: '[\\p{L}\\p{N}\\p{M}]*', flags: 'giu' };

const toRegExp = (words: readonly Marked[], { letter, rest, flags }: typeof PLAIN): RegExp => {
  const each = words.map(({ word, isOpen }) => `${escapeForPattern(word)}${isOpen ? rest : `(?!${letter})`}`);
  return new RegExp(`(?<!${letter})(${[...new Set(each)].join('|')})`, flags);
};

/**
 * The words of a search as one pattern. As the search has it: all are whole words but the last, which may be a beginning
 * (then the whole word is marked), and what operators ask for stands nowhere in the text. Undefined when there are none.
 */
export const searchPattern = (search: string): SearchPattern | undefined => {
  const pieces = [...search.matchAll(PIECE)].filter(([all]) => all !== '');
  const marked = pieces.map((piece) => ({
    words: wordsOf(piece),
    isPlain: piece[2] === undefined && !piece[3]?.startsWith('"'),
  }));
  const last = marked.findLast(({ words, isPlain }) => isPlain && words.length > 0)?.words.at(-1);
  if (last) last.isOpen = true;
  const words = marked.flatMap((piece) => piece.words);
  if (words.length === 0) return undefined;
  const plain = words.every(({ word }) => isPlain(word)) ? toRegExp(words, PLAIN) : undefined;
  let any: RegExp | undefined;
  return (text) => {
    if (plain && isPlain(text)) return plain;
    any ??= toRegExp(words, ANY);
    return any;
  };
};

/** A text with what `pattern` finds marked. */
export const highlight = (text: string, pattern: SearchPattern | undefined): ReactNode => {
  if (!pattern) return text;
  const parts = text.split(pattern(text));
  if (parts.length === 1) return text;
  return parts.map((part, place) =>
    place % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
      <mark key={place}>{part}</mark>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
      <Fragment key={place}>{part}</Fragment>
    ),
  );
};

/** A piece of the summary around the first hit; empty when there is none. */
export const snippet = (summary: string, pattern: SearchPattern | undefined): string => {
  if (!pattern) return '';
  const at = summary.search(pattern(summary));
  if (at < 0) return '';
  const from = at < 30 ? 0 : summary.indexOf(' ', at - 30) + 1;
  return `${from > 0 ? '… ' : ''}${summary.slice(from, from + 120)}`;
};
