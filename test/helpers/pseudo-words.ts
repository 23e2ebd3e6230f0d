/*
 * A language nobody speaks, made from English: every letter has an accent and every vowel stands twice, so that words are some
 * 40 % longer and none is left in plain letters. What still stands there in plain letters did not come from the catalogue.
 */
import type { Catalogue } from '../../renderer/words/catalogues.ts';
import { english } from '../../renderer/words/english/english.ts';

const LETTERS: Record<string, string> = {
  a: 'áà',
  b: 'ƀ',
  c: 'ç',
  d: 'đ',
  e: 'éè',
  f: 'ƒ',
  g: 'ğ',
  h: 'ĥ',
  i: 'íì',
  j: 'ĵ',
  k: 'ķ',
  l: 'ļ',
  m: 'ɱ',
  n: 'ñ',
  o: 'óò',
  p: 'þ',
  q: 'ʠ',
  r: 'ŕ',
  s: 'š',
  t: 'ţ',
  u: 'úù',
  v: 'ṽ',
  w: 'ŵ',
  x: 'ẋ',
  y: 'ý',
  z: 'ž',
  A: 'ÁÀ',
  B: 'Ɓ',
  C: 'Ç',
  D: 'Đ',
  E: 'ÉÈ',
  F: 'Ƒ',
  G: 'Ğ',
  H: 'Ĥ',
  I: 'ÍÌ',
  J: 'Ĵ',
  K: 'Ķ',
  L: 'Ļ',
  M: 'Ṁ',
  N: 'Ñ',
  O: 'ÓÒ',
  P: 'Þ',
  Q: 'Ɋ',
  R: 'Ŕ',
  S: 'Š',
  T: 'Ţ',
  U: 'ÚÙ',
  V: 'Ṽ',
  W: 'Ŵ',
  X: 'Ẋ',
  Y: 'Ý',
  Z: 'Ž',
};

/** A text in the language nobody speaks; a text that is in it already stays as it is. */
export const pseudo = (text: string): string => text.replaceAll(/[a-z]/gi, (letter) => LETTERS[letter] ?? letter);

/** The same of a whole part of a catalogue: strings, lists, entries, and what functions answer. */
export const pseudoOf = <Part>(part: Part): Part => {
  if (typeof part === 'string') return pseudo(part) as Part;
  if (typeof part === 'function')
    return ((...values: unknown[]) => pseudoOf((part as (...all: unknown[]) => unknown)(...values))) as Part;
  if (Array.isArray(part)) return part.map((one) => pseudoOf(one)) as Part;
  if (part === null || typeof part !== 'object' || '$$typeof' in part) return part;
  return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, pseudoOf(one)])) as Part;
};

/** Stands in for the list of catalogues when the page is built for the journey. Never shipped. */
export const CATALOGUES: readonly [Catalogue, ...Catalogue[]] = [{ tag: 'en-XA', words: pseudoOf(english) }];
