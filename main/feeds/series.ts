import { createHash } from 'node:crypto';
import { type PartMark, readPart, toStem } from './part-of-series.ts';
import { MOST_PARTS, mayHoldPartWord, PART_WORDS, partNumber } from './part-words.ts';

/** What is known of a post when series are looked for. */
export type SeriesPost = { title: string; url: string };

/** Posts that are parts of one thing. */
export type Series<Post extends SeriesPost> = {
  /** The shared words, in small letters; one series of a source has one. */
  stem: string;
  name: string;
  /** How many parts there are: as a title says, else the highest number that is known. */
  total: number;
  /** A title says how many there are. */
  isTotalKnown: boolean;
  parts: ReadonlyMap<number, Post>;
};

const PART = new Set<string>(PART_WORDS);

/** The last words of an address's path, without a file ending: `/2024/tides-part-4.html` gives `tides`, `part`, `4`. */
export const slugWords = (url: string): string[] => {
  const segments = (URL.parse(url)?.pathname ?? '').split('/').filter(Boolean);
  const last = segments.at(-1)?.replace(/\.\w{2,5}$/, '') ?? '';
  // "/tides/part-4": the name stands a step higher.
  const isBare = /^(?:\p{L}{2,8}[-_])?\d{1,2}$/u.test(last) && segments.length > 1;
  const text = isBare ? `${segments.at(-2)}-${last}` : last;
  return decode(text)
    .toLowerCase()
    .split(/[-_\s.+~]+/)
    .filter(Boolean);
};
const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const toSlugMark = (words: readonly string[], at: number, number: number): PartMark | undefined => {
  const name = words.slice(0, at - 1).join(' ');
  if (name.length < 2) return undefined;
  const total = words[at + 1] === 'of' ? partNumber(words[at + 2] ?? '') : undefined;
  return { stem: toStem(name), name, number, ...(total && total >= number ? { total } : {}), isStrong: true };
};

/** Where an address says it stands in a series: `/tides-part-4/`, `/gezeiten/teil-3`. */
export const readSlugPart = (url: string): PartMark | undefined => {
  if (!mayHoldPartWord(url) && !url.includes('%')) return undefined;
  const words = slugWords(url);
  for (let at = words.length - 1; at > 0; at--) {
    const number = PART.has(words[at - 1] ?? '') ? partNumber(words[at] ?? '') : undefined;
    if (number !== undefined) return toSlugMark(words, at, number);
  }
  return undefined;
};

/** What a title says, else what its address says; undefined for a post that is part of nothing. */
export const partOf = ({ title, url }: SeriesPost): PartMark | undefined => readPart(title) ?? readSlugPart(url);

/** A weak series is believed up to this number more than it has parts. */
const GAP_FOR_WEAK = 3;

const isBelieved = (marks: readonly PartMark[]): boolean => {
  if (marks.some(({ isStrong }) => isStrong)) return true;
  const numbers = new Set(marks.map(({ number }) => number));
  return numbers.size >= 2 && Math.max(...numbers) <= numbers.size + GAP_FOR_WEAK;
};

/**
 * The series among posts of one source. A strong mark makes a series by itself (*Part 4 of 4*); weak ones only together, and only
 * while their numbers begin low. Where two posts claim one number the first in the list is it.
 */
export const findSeries = <Post extends SeriesPost>(posts: readonly Post[]): Series<Post>[] => {
  const groups = new Map<string, { mark: PartMark; post: Post }[]>();
  for (const post of posts) {
    const mark = partOf(post);
    if (mark) groups.set(mark.stem, [...(groups.get(mark.stem) ?? []), { mark, post }]);
  }
  return [...groups].flatMap(([stem, rows]): Series<Post>[] => {
    const marks = rows.map(({ mark }) => mark);
    const totals = marks.flatMap(({ total }) => total ?? []);
    const highest = Math.max(...marks.map(({ number }) => number));
    const total = Math.max(highest, ...totals);
    if (!isBelieved(marks) || total < 2 || total > MOST_PARTS) return [];
    const parts = new Map<number, Post>();
    for (const { mark, post } of rows) if (!parts.has(mark.number)) parts.set(mark.number, post);
    return [{ stem, name: rows[0]?.mark.name ?? stem, total, isTotalKnown: totals.length > 0, parts }];
  });
};

/** The id of a series' map: the same at each look. */
export const seriesId = (sourceId: string, stem: string): string =>
  `series-${createHash('sha256').update(`${sourceId}\n${stem}`).digest('base64url').slice(0, 22)}`;

/** The numbers that are not there. */
export const missingOf = ({ total, parts }: Pick<Series<SeriesPost>, 'total' | 'parts'>): number[] =>
  Array.from({ length: total }, (_, at) => at + 1).filter((number) => !parts.has(number));

/** The words of an address with the part's number left open, at each place where it stands. */
const openSlugs = (url: string, number: number): string[] => {
  const words = slugWords(url);
  return words.length < 2
    ? []
    : words.flatMap((word, at) => (partNumber(word) === number ? words.toSpliced(at, 1, '{}').join('-') : []));
};

/** Tells which part of a series an address is, by its own words or because it is written like a part that is known. */
export const partNumbers = ({
  stem,
  parts,
}: Pick<Series<SeriesPost>, 'stem' | 'parts'>): ((url: string) => number | undefined) => {
  const templates = new Set([...parts].flatMap(([number, post]) => openSlugs(post.url, number)));
  return (url) => {
    const mark = readSlugPart(url);
    if (mark?.stem === stem) return mark.number;
    const numbers = slugWords(url).flatMap((word) => partNumber(word) ?? []);
    return numbers.toReversed().find((number) => openSlugs(url, number).some((open) => templates.has(open)));
  };
};
