import type { EditionItem } from '../../../preload/contract/digest.ts';

/*
 * What Tidings itself says in an edition. English only, written by hand and never by the region of the machine, so that
 * the same edition is the same bytes wherever and whenever it is laid out.
 */
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** `18,402`. */
const number = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
const count = (value: number, one: string): string => `${number(value)} ${value === 1 ? one : `${one}s`}`;

const localDay = (at: string, timeZone: string): { year: number; month: number; day: number } => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(new Date(at));
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return { year: read('year'), month: read('month'), day: read('day') };
};

/** `Thursday 15 October` in the zone of the edition. Throws RangeError for a zone that the runtime does not know. */
export const longDay = (at: string, timeZone: string): string => {
  const { year, month, day } = localDay(at, timeZone);
  return `${DAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]} ${day} ${MONTHS[month - 1]}`;
};

/** `288 points` and `141 comments`, as far as they are known; `comments` alone where there is only a place for them. */
export const countsOf = ({ score, commentCount, commentsUrl }: Pick<EditionItem, 'score' | 'commentCount' | 'commentsUrl'>) => ({
  points: score === undefined ? undefined : count(score, 'point'),
  comments: commentCount ? count(commentCount, 'comment') : commentsUrl && 'comments',
});

/** Every sentence of an edition that is not from a post. */
export const words = {
  numbered: (of: number, day: string) => `No. ${number(of)}, ${day}`,
  moreInSection: (more: number) => `and ${number(more)} more in this section`,
  moreInAll: (more: number) => `and ${count(more, 'more post')} that had no room`,
  nothingNew: 'Nothing new this time.',
  subject: (name: string, what: string) => `${name}: ${what}`,
  nothingSubject: 'nothing new',
  testMark: 'TEST',
  testNote: 'TEST. This edition was made to try things out. It does not count as sent.',
  untitled: 'Without a title',
  digest: 'Digest',
  why: 'Why:',
  comments: 'Comments:',
  footWhy: (name: string) =>
    `You get this because your address is on the list of ${name}. Tidings made it on the computer of whoever sends it; it counts no readers.`,
  footLeave: (address: string | undefined) =>
    address === undefined ? 'To leave the list, answer this mail and say so.' : `To leave the list, write to ${address}.`,
};
