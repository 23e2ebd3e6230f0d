import { cleanText, cut, oneLine } from './text.ts';

/** Signs that turn the direction of what follows, and signs nobody sees; they can make a title read as something else. */
const INVISIBLE =
  /\u00ad|\u034f|\u061c|\u115f|\u1160|\u17b4|\u17b5|\u180e|\u200b|\u200e|\u200f|[\u202a-\u202e]|[\u2060-\u206f]|\ufeff|[\ufff9-\ufffb]|\u{e0001}/gu;
/** Without any of these there is nothing of either kind. */
const BEYOND_ASCII = /[^\x00-\x7f]/;
/** More marks on one letter than any language needs. */
const MARKS = /(\p{M}{8})\p{M}+/gu;

/** Text that is clean and on one line already, without direction signs and with at most 8 marks in a row. */
export const displayClean = (text: string): string =>
  BEYOND_ASCII.test(text) ? oneLine(text.replace(INVISIBLE, '').replace(MARKS, '$1')) : text;

/** Plain text fit to stand in a list, a tooltip or a log: one line, no direction signs, at most 8 marks in a row, at most `max` characters. */
export const displayText = (text: string, max: number): string => {
  const clean = cleanText(text.slice(0, max * 20));
  // First what nobody sees, then the white space: some signs are both.
  return cut(BEYOND_ASCII.test(clean) ? displayClean(clean) : oneLine(clean), max);
};
