/** Turns the reading order of what follows, so that `exe.fdp` can look like `pdf.exe`. */
const BIDI = /\p{Bidi_Control}/gu;
const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;
/** What XML cannot hold, and the mark of byte order. */
const NEVER = /[\p{Cs}\p{Noncharacter_Code_Point}\ufeff]/gu;
/** More marks on one letter than any writing needs climb over the lines above. */
const HEAP_OF_MARKS = /(\p{M}{8})\p{M}+/gu;

/** Text of a post as one line of plain text: no control characters, no bidi controls, no heaps of marks, single spaces. */
export const toPlain = (text: string): string =>
  text.replace(CONTROL, ' ').replace(BIDI, '').replace(NEVER, '').replace(HEAP_OF_MARKS, '$1').replace(/\s+/g, ' ').trim();

/** At most `most` characters (code points), ended at a word where one ends near enough, with `…` where something is gone. */
export const shorten = (text: string, most: number): string => {
  const points = [...text];
  if (points.length <= most) return text;
  const cut = points.slice(0, most - 1).join('');
  const space = cut.lastIndexOf(' ');
  const whole = space > cut.length * 0.6 ? cut.slice(0, space) : cut;
  return `${whole.replace(/[\s,.;:–—-]+$/u, '')}…`;
};
