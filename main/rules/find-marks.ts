import type { Found, TextField } from '../../preload/contract/rule.ts';
import { fold } from '../lib/fold.ts';
import type { Ask } from './conditions.ts';
import { findWords } from './words.ts';

const MOST = 20;

/** A folded text, and where each of its characters stood. */
const foldWithPlaces = (text: string): { folded: string; places: number[] } => {
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const isSpace = /\s/.test(character);
    const piece = isSpace ? (folded.endsWith(' ') || folded === '' ? '' : ' ') : fold(character);
    for (let step = 0; step < piece.length; step += 1) places.push(at);
    folded += piece;
    at += character.length;
  }
  places.push(text.length);
  return { folded, places };
};

const wordMarks = (text: string, wanted: NonNullable<NonNullable<Ask['marks']>['wanted']>): Found[] => {
  if (wanted.text === '') return [];
  const { folded, places } = foldWithPlaces(text);
  const found: Found[] = [];
  for (let at = findWords(folded, wanted); at >= 0 && found.length < MOST; at = findWords(folded, wanted, at + 1)) {
    found.push([places[at] as number, places[at + wanted.text.length] as number]);
  }
  return found;
};

const patternMarks = (text: string, pattern: NonNullable<NonNullable<Ask['marks']>['pattern']>): Found[] => {
  const found: Found[] = [];
  let from = 0;
  while (from <= text.length && found.length < MOST) {
    const next = pattern.first(text, from);
    if (!next) break;
    if (next[1] > next[0]) found.push(next);
    from = Math.max(next[1], next[0] + 1);
  }
  return found;
};

const merged = (all: readonly Found[]): Found[] => {
  const sorted = [...all].sort((one, other) => one[0] - other[0]);
  const result: Found[] = [];
  for (const [from, to] of sorted) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
};

/** Where the words of these conditions stand in a text of one field. */
export const findMarks = (asks: readonly Ask[], field: Exclude<TextField, 'text'>, text: string): Found[] => {
  const isWithin = ['title', 'summary', 'body'].includes(field);
  return merged(
    asks.flatMap(({ marks }) => {
      if (!marks || (marks.field !== field && !(marks.field === 'text' && isWithin))) return [];
      if (marks.pattern) return patternMarks(text, marks.pattern);
      return marks.wanted ? wordMarks(text, marks.wanted) : [];
    }),
  );
};
