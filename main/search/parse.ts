import {
  HAS_VALUES,
  IS_VALUES,
  MAX_SEARCH,
  type SearchField,
  type SearchPart,
  type SearchProblem,
} from '../../preload/contract/saved-search.ts';
import { readMoment } from './moments.ts';
import { tokensOf } from './tokens.ts';

/** One piece of a search. Pieces narrow each other; one with `isOr` is another way to satisfy the one before. */
export type Piece = Omit<SearchPart, 'at'> & {
  /** Milliseconds, of a date. */
  atMs?: number;
  /** It was written in quotes: every word is whole, and they stand side by side. */
  isQuoted?: true;
  /** Its last word may be a beginning: the last of the words, and every value without quotes around it. */
  isOpen?: true;
};

const FIELDS: readonly SearchField[] = [
  ...(['title', 'body', 'author', 'domain', 'source', 'folder', 'label'] as const),
  ...(['is', 'has', 'after', 'before'] as const),
];
/** Every operator with a colon; `score` and `comments` are followed by a comparison. */
export const OPERATORS: readonly string[] = [...FIELDS.map((field) => `${field}:`), 'score>', 'comments>'];

const SPACE = /\s/u;
const NAME = /^(-?)([a-z]+):/i;
const COMPARED = /^(-?)(score|comments)(>=|<=|>|<|=|:)(\S*)$/i;
const NUMBER = /^\d{1,9}$/;

type Raw = { text: string; from: number; to: number; isClosed: boolean };

/** A quote counts at the beginning of a piece or behind a colon. */
const opensQuote = (before: string): boolean => before === '' || before === '-' || NAME.exec(before)?.[0] === before;

/** Where the piece that begins at `from` ends: at white space that is not within quotes, or behind the closing quote. */
const endOf = (text: string, from: number): { to: number; isClosed: boolean } => {
  let isQuoted = false;
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at] as string;
    if (letter === '"' && isQuoted) return { to: at + 1, isClosed: true };
    if (letter === '"' && opensQuote(text.slice(from, at))) isQuoted = true;
    else if (!isQuoted && SPACE.test(letter)) return { to: at, isClosed: true };
  }
  return { to: text.length, isClosed: !isQuoted };
};

const cutUp = (text: string): Raw[] => {
  const found: Raw[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (SPACE.test(text[at] as string)) continue;
    const { to, isClosed } = endOf(text, at);
    found.push({ text: text.slice(at, to), from: at, to, isClosed });
    at = to - 1;
  }
  return found;
};

const unquoted = ({ text, isClosed }: Raw, start: number): { value: string; isQuoted: boolean } => {
  const rest = text.slice(start);
  if (!rest.startsWith('"')) return { value: rest, isQuoted: false };
  return { value: isClosed ? rest.slice(1, -1) : rest.slice(1), isQuoted: true };
};

const problemOf = (field: SearchField, value: string, now: number): { problem?: SearchProblem; atMs?: number } => {
  if (value.trim() === '') return { problem: 'unfinished' };
  if (field === 'after' || field === 'before') {
    const atMs = readMoment(value, now);
    return atMs === undefined ? { problem: 'date' } : { atMs };
  }
  const allowed: readonly string[] | undefined = field === 'is' ? IS_VALUES : field === 'has' ? HAS_VALUES : undefined;
  if (allowed) return allowed.includes(value.toLowerCase()) ? {} : { problem: 'value' };
  return tokensOf(value).length === 0 ? { problem: 'unfinished' } : {};
};

const compared = (raw: Raw): Piece | undefined => {
  const [, not, name = '', sign = '', value = ''] = COMPARED.exec(raw.text) ?? [];
  if (not === undefined || (value !== '' && !NUMBER.test(value))) return undefined;
  return {
    field: name.toLowerCase() as SearchField,
    value,
    op: (sign === ':' ? '=' : sign) as NonNullable<Piece['op']>,
    ...(not ? { isNot: true } : {}),
    ...(value === '' ? { problem: 'unfinished' } : {}),
    from: raw.from,
    to: raw.to,
  };
};

const operator = (raw: Raw, now: number): Piece | undefined => {
  const [all = '', not = '', name = ''] = NAME.exec(raw.text) ?? [];
  const field = FIELDS.find((each) => each === name.toLowerCase());
  if (!field) return undefined;
  const { value, isQuoted } = unquoted(raw, all.length);
  const isFixed = field === 'is' || field === 'has' || field === 'after' || field === 'before';
  return {
    field,
    value: isFixed ? value.toLowerCase() : value,
    ...(not ? { isNot: true } : {}),
    ...(isQuoted && !isFixed ? { isQuoted: true } : {}),
    ...problemOf(field, value, now),
    from: raw.from,
    to: raw.to,
  };
};

const plain = (raw: Raw): Piece => {
  const isNot = raw.text.length > 1 && raw.text.startsWith('-') && /^-["\p{L}\p{N}]/u.test(raw.text);
  const { value, isQuoted } = unquoted(raw, isNot ? 1 : 0);
  const isEmpty = isQuoted ? tokensOf(value).length === 0 : raw.text === '-';
  return {
    field: isQuoted ? 'phrase' : 'words',
    value,
    ...(isNot ? { isNot: true } : {}),
    ...(isQuoted ? { isQuoted: true } : {}),
    ...(isEmpty ? { problem: 'unfinished' } : {}),
    from: raw.from,
    to: raw.to,
  };
};

/**
 * Reads what stands in the search field. Never throws: what is no operator is text, what is half typed is passed over and says
 * so. `now` in milliseconds, for `7d` and `today`.
 */
export const parseSearch = (text: string, now: number): Piece[] => {
  const raws = cutUp(text.slice(0, MAX_SEARCH));
  const pieces: Piece[] = [];
  let isOr = false;
  for (const raw of raws) {
    if (raw.text === 'OR' && pieces.length > 0) {
      isOr = true;
      continue;
    }
    const piece = compared(raw) ?? operator(raw, now) ?? plain(raw);
    // While a quote is open, its last word is still being typed.
    const isOpen = !piece.isNot && piece.field !== 'words' && (!piece.isQuoted || !raw.isClosed);
    pieces.push({ ...piece, ...(isOr ? { isOr: true } : {}), ...(isOpen ? { isOpen: true } : {}) });
    isOr = false;
  }
  const last = pieces.findLastIndex(({ field, isNot }) => field === 'words' && !isNot);
  return pieces.map((piece, at) => (at === last ? { ...piece, isOpen: true } : piece));
};

/** What the screen is told of a piece. */
export const toPart = ({ atMs, isQuoted: _isQuoted, isOpen: _isOpen, ...piece }: Piece): SearchPart => ({
  ...piece,
  ...(atMs === undefined ? {} : { at: new Date(atMs).toISOString() }),
});
