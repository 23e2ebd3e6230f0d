import { fold, isAscii } from '../lib/fold.ts';

const LETTER = /[\p{L}\p{N}]/u;
/** Writing without spaces between words: a part of a run is a word. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;

const isLetter = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  if (Number.isNaN(code)) return false;
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
  const character = text.charAt(at);
  return LETTER.test(character) && !UNSPACED.test(character);
};

/** Words to look for: folded, one space between them. A `*` at the end stands for any ending. */
export type Wanted = {
  text: string;
  isOpen: boolean;
  /** A word that must be among those of a text; empty when none can be named. */
  first: string;
};
export const wantedOf = (value: string): Wanted => {
  const isOpen = /[^\s*]\*$/.test(value);
  const text = fold(isOpen ? value.slice(0, -1) : value)
    .replace(/\s+/g, ' ')
    .trim();
  const first = /^[a-z0-9]+/.exec(text)?.[0] ?? '';
  return { text, isOpen, first: isOpen && first === text ? '' : first };
};

/** The words of a folded text, to know quickly that one is not there; undefined where that cannot be told by letters alone. */
export const wordsOf = (folded: string): ReadonlySet<string> | undefined =>
  isAscii(folded) ? new Set(folded.match(/[a-z0-9]+/g)) : undefined;

/** Where the words stand as whole words in a folded text, from an index on; -1 where they do not. */
export const findWords = (folded: string, { text, isOpen }: Wanted, from = 0): number => {
  const beginsAsWord = isLetter(text, 0);
  const endsAsWord = !isOpen && isLetter(text, text.length - 1);
  for (let at = folded.indexOf(text, from); at >= 0; at = folded.indexOf(text, at + 1)) {
    if (beginsAsWord && isLetter(folded, at - 1)) continue;
    if (endsAsWord && isLetter(folded, at + text.length)) continue;
    return at;
  }
  return -1;
};
