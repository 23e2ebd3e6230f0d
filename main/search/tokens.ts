import { fold, isAscii } from '../lib/fold.ts';

/** Writing without spaces between words: looked up by pairs of characters. */
const PAIRED = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー`;
const WORD = new RegExp(String.raw`[${PAIRED}]+|[[\p{L}\p{N}]--[${PAIRED}]]+`, 'gv');
const IS_PAIRED = new RegExp(`^[${PAIRED}]`, 'v');
const ASCII_WORD = /[0-9a-z]+/g;
/** Longer words are cut, in posts and in questions alike. */
const MAX_LENGTH = 40;

/** Every pair of neighbours, and the last character alone, so that each character begins something. */
const pairs = (run: string): string[] => {
  const characters = [...run];
  return characters.map((character, index) => character + (characters[index + 1] ?? ''));
};

const cut = (word: string): string => (word.length > MAX_LENGTH ? word.slice(0, MAX_LENGTH) : word);
/** The same for many, most of which are short: a new list is made only where one is not. */
const cutAll = (words: string[]): string[] => (words.some((word) => word.length > MAX_LENGTH) ? words.map(cut) : words);

/** The words of a text as they are looked up, in order, repetitions included. */
export const tokensOf = (text: string): string[] => {
  if (isAscii(text)) return cutAll(text.toLowerCase().match(ASCII_WORD) ?? []);
  const words = fold(text).match(WORD) ?? [];
  return words.flatMap((word) => (IS_PAIRED.test(word) ? pairs(word) : cut(word)));
};

/**
 * The words somebody looks for, in order, and each once but the last.
 * Of a run looked up by pairs, the last character alone is left out: the pair before it says more.
 */
export const queryTokens = (text: string): { inOrder: string[]; whole: string[]; beginning: string | undefined } => {
  const words = (isAscii(text) ? text.toLowerCase() : fold(text)).match(WORD) ?? [];
  const inOrder = words.flatMap((word) => {
    if (!IS_PAIRED.test(word)) return [cut(word)];
    const all = pairs(word);
    return all.length > 1 ? all.slice(0, -1) : all;
  });
  return { inOrder, whole: [...new Set(inOrder.slice(0, -1))], beginning: inOrder.at(-1) };
};
