import { MOST_PARTS, mayHoldPartWord, OF_WORDS, PART_WORDS, partNumber, SPELT_WORDS } from './part-words.ts';

/** Where a title or an address says it stands in a series. */
export type PartMark = {
  /** Words that all parts share, in small letters: *tides for beginners*. Never empty. */
  stem: string;
  /** The same as a person would write it. */
  name: string;
  number: number;
  /** How many parts there are, when it says so. */
  total?: number;
  /** The mark alone is enough. A weak one (`#3`, `II`) counts only beside another of its series. */
  isStrong: boolean;
};

const longestFirst = (words: readonly string[]): string => [...words].sort((a, b) => b.length - a.length).join('|');
const PART = longestFirst(PART_WORDS);
const OF = longestFirst(OF_WORDS);
const SPELT = longestFirst(SPELT_WORDS);
const ROMAN = '[IVX]{1,5}';
/** Behind a number that stands for itself: not a version (`2.1`), a range (`1-3`), a date (`2/2024`) or a half word (`2nd`). */
const END = String.raw`(?![\p{L}\p{N}]|[.,:/–—-]\p{N}|\s?%)`;
/** A Roman numeral or a spelt number needs an end of its own: *Part I liked* is none. */
const STOP = String.raw`(?=\s*(?:$|[:;,.!?)\]|–—-]|\s(?:${OF})\s))`;

/** *Parts 1 and 2* is more than one part. */
const NO_MORE = String.raw`(?!\s*(?:and|und|et|y|e|en|och|&|\+)\s*\d)`;
const MARKED = new RegExp(
  String.raw`(?<![\p{L}\p{N}-])(?<word>${PART})\.?\s*#?(?:(?<digits>\d{1,2})(?:${END}|(?=/\d{1,2}(?!\p{N})))|(?<roman>${ROMAN})${STOP}|(?<spelt>${SPELT})${STOP})` +
    String.raw`${NO_MORE}(?:\s*(?:/|(?:${OF})\s)\s*(?<total>\d{1,2}|${SPELT})${END})?`,
  'iu',
);
/** What follows a mark that stands for itself. */
const REST = /^\s*(?:$|[:;,.!?)\]）|–—-])/u;
/** In Spanish *del 3* is a day; in Swedish *del 2 av 3* is a part. */
const NEEDS_TOTAL = /^del$/iu;

/** 第2回, 第三部分, その2, 제2부: written without blanks. */
const EAST_ASIAN =
  /第\s*(?<digits>\d{1,2}|[一二三四五六七八九十]{1,2})\s*(?:回|部分|部|篇|章|話)|その\s*(?<other>\d{1,2})|제?\s*(?<korean>\d{1,2})\s*부(?!\p{L})/u;
const FRACTION = /[([]\s*(?<digits>\d{1,2})\s*\/\s*(?<total>\d{1,2})\s*[)\]]/u;
const HASH = /(?<=\s|^)#(?<digits>\d{1,2})(?![\p{L}\p{N}]|[.,:/–—-]\p{N})/u;
const LAST_ROMAN = /(?<=\p{L}\s)(?<roman>[IVX]{1,5})$/u;

/** Words of titles that go on for ever: what is numbered there is no part of anything. */
const ENDLESS =
  /\b(?:newsletter|issue|episode|podcast|weekly|week|weeknotes?|digest|links?|round-?up|release[ds]?|version|changelog|monthly|daily|news|update|ausgabe|num[ée]ro|bulletin|vol(?:ume)?)\b/iu;

const KANJI = '一二三四五六七八九十';
const eastAsianNumber = (text: string): number | undefined => {
  if (/^\d+$/.test(text)) return partNumber(text);
  const at = KANJI.indexOf(text.at(-1) ?? '') + 1;
  const value = text.length === 2 && text[0] === '十' ? 10 + at : text.length === 1 ? at : 0;
  return value >= 1 && value <= MOST_PARTS ? value : undefined;
};

/** Small letters and blanks only: two ways of writing one title are one stem. */
export const toStem = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+#]+/gu, ' ')
    .trim();

const trimMarks = (text: string): string => text.replace(/^[\s:;,.|–—()（）[\]-]+|[\s:;,.|–—()（）[\]-]+$/gu, '').trim();

const BARE = new Set<string>(PART_WORDS);
const isName = (text: string): boolean => toStem(text).length >= 2 && !BARE.has(toStem(text));

/** What is before the mark; else what is behind it, or behind its first colon. */
const nameAround = (title: string, at: number, length: number): { name: string; isBefore: boolean } | undefined => {
  const before = trimMarks(title.slice(0, at));
  if (isName(before)) return { name: before, isBefore: true };
  const after = trimMarks(title.slice(at + length));
  return isName(after) ? { name: after, isBefore: false } : undefined;
};

const toMark = (
  title: string,
  match: RegExpExecArray,
  number: number | undefined,
  total: number | undefined,
  isStrong: (isBefore: boolean) => boolean,
): PartMark | undefined => {
  if (number === undefined || (total !== undefined && (total < number || total < 2 || total > MOST_PARTS))) return undefined;
  const around = nameAround(title, match.index, match[0].length);
  if (!around) return undefined;
  return {
    stem: toStem(around.name),
    name: around.name,
    number,
    ...(total === undefined ? {} : { total }),
    isStrong: isStrong(around.isBefore),
  };
};

/** Fractions above this may as well be a date. */
const SURE_TOTAL = 9;

const readMarked = (title: string): PartMark | undefined => {
  const match = mayHoldPartWord(title) ? MARKED.exec(title) : null;
  if (!match?.groups) return undefined;
  const { word = '', digits, roman, spelt, total } = match.groups;
  const all = total === undefined ? undefined : partNumber(total);
  if (all === undefined && NEEDS_TOTAL.test(word)) return undefined;
  const isAlone = REST.test(title.slice(match.index + match[0].length));
  // "Part 2: The trees": what follows may be of this part alone, so that such a mark needs company.
  return toMark(
    title,
    match,
    partNumber(digits ?? roman ?? spelt ?? ''),
    all,
    (isBefore) => all !== undefined || (isBefore && isAlone),
  );
};

const readEastAsian = (title: string): PartMark | undefined => {
  const match = ['第', 'その', '부'].some((sign) => title.includes(sign)) ? EAST_ASIAN.exec(title) : null;
  const { digits, other, korean } = match?.groups ?? {};
  return match
    ? toMark(title, match, eastAsianNumber(digits ?? other ?? korean ?? ''), undefined, (isBefore) => isBefore)
    : undefined;
};

const readFraction = (title: string): PartMark | undefined => {
  const match = title.includes('/') ? FRACTION.exec(title) : null;
  if (!match || ENDLESS.test(title)) return undefined;
  const total = Number(match.groups?.total);
  return toMark(title, match, partNumber(match.groups?.digits ?? ''), total, () => total <= SURE_TOTAL);
};

const readWeak = (title: string): PartMark | undefined => {
  const match = title.includes('#') ? HASH.exec(title) : LAST_ROMAN.exec(title);
  if (!match || ENDLESS.test(title)) return undefined;
  const number = partNumber(match.groups?.digits ?? match.groups?.roman ?? '');
  return toMark(match.input, match, number, undefined, () => false);
};

/**
 * Where a title says it stands in a series: *Part 2 of 4*, *(2/4)*, *Teil 3*, *第2回*; weakly *#3* and *II*.
 * Versions, years, ranges (*Parts 1-3*) and numbers of things without an end (issues, episodes, weeks) are no parts.
 */
export const readPart = (raw: string): PartMark | undefined => {
  const title = raw.slice(0, 500).trim();
  return readMarked(title) ?? readEastAsian(title) ?? readFraction(title) ?? readWeak(title);
};
