import type { DigestSection } from '../../preload/contract/digest.ts';
import type { Post } from '../../preload/contract/post.ts';
import type { Source } from '../../preload/contract/source.ts';

const DAY_MS = 86_400_000;
/** How long after it was published a post that came late, or had too few points, may still get in. */
export const LATE_DAYS = 7;
/** How old a post may be to get in because it was starred since the last edition. */
export const STARRED_DAYS = 90;

/** What an earlier edition left behind for the next one. */
export type LastEdition = {
  /** Up to when it looked, milliseconds. */
  toMs: number;
  /** Posts that were starred then. */
  starred?: ReadonlySet<string>;
  /** Posts that had too few points then. */
  below?: ReadonlySet<string>;
};

/** The time an edition is about, and the edition before it. Milliseconds. */
export type Span = { fromMs: number; toMs: number; last?: LastEdition | undefined };

/**
 * The span of an edition that looks back `days` days from `toMs`, and at least to the edition before. Editions that nobody got lend
 * it their beginning, `waitingMs`, for some days.
 */
export const spanOf = (toMs: number, days: number, last: LastEdition | undefined, waitingMs?: number): Span => ({
  fromMs: Math.min(
    toMs - days * DAY_MS,
    last?.toMs ?? Number.POSITIVE_INFINITY,
    Math.max(waitingMs ?? Number.POSITIVE_INFINITY, toMs - LATE_DAYS * DAY_MS),
  ),
  toMs,
  last,
});

/** How far back posts are read for these sections, milliseconds. */
export const horizonOf = ({ fromMs, toMs, last }: Span, sections: readonly DigestSection[]): number => {
  const wantsStars = last?.starred !== undefined && sections.some(({ from }) => from.kind === 'starred');
  return Math.min(fromMs, toMs - LATE_DAYS * DAY_MS, wantsStars ? toMs - STARRED_DAYS * DAY_MS : Number.POSITIVE_INFINITY);
};

/** When a post is of: what its feed says, unless that lies after we saw it. Milliseconds. */
export const timeOf = ({ publishedAt, collectedAt }: Post): number =>
  Date.parse(publishedAt && publishedAt < collectedAt ? publishedAt : collectedAt);

/** Of the last days by its own date, or come since the last edition and not much older. */
export const isRecent = (post: Post, { fromMs, toMs, last }: Span): boolean => {
  const collected = Date.parse(post.collectedAt);
  if (collected > toMs || post.isBackfilled) return false;
  const time = timeOf(post);
  if (time > fromMs) return true;
  return last !== undefined && collected > last.toMs && time > toMs - LATE_DAYS * DAY_MS;
};

/** Had too few points for the last edition, and is not much older than that. */
export const wasBelow = (post: Post, { toMs, last }: Span): boolean =>
  last?.below?.has(post.id) === true && timeOf(post) > toMs - LATE_DAYS * DAY_MS;

/** Starred since the last edition; for the first one, a recent post that is starred. */
export const isNewlyStarred = (post: Post, span: Span): boolean => {
  if (!post.isStarred) return false;
  return span.last?.starred === undefined ? isRecent(post, span) : !span.last.starred.has(post.id);
};

const startsWith = (folder: readonly string[], start: readonly string[]): boolean =>
  start.every((name, index) => folder[index]?.toLowerCase() === name.toLowerCase());

/** Whether posts of this kind belong into a section at all, points and time aside. */
export const belongs = ({ from }: DigestSection, post: Post, source: Source | undefined): boolean => {
  switch (from.kind) {
    case 'all':
    case 'starred':
      return true;
    case 'hacker-news':
      return post.hn !== undefined;
    case 'folder':
      return from.folder.length === 0 ? source?.folder.length === 0 : startsWith(source?.folder ?? [], from.folder);
    case 'sources':
      return from.ids.includes(post.sourceId);
  }
};

/** Its points as they stood at `toMs`, as far as its samples tell. Undefined without any. */
export const scoreAt = ({ hn }: Post, toMs: number): { score: number; commentCount: number } | undefined => {
  if (!hn) return undefined;
  const samples = hn.samples ?? [];
  // What was asked last is younger than the newest sample.
  if (Date.parse(samples.at(-1)?.at ?? '') > toMs) return samples.findLast(({ at }) => Date.parse(at) <= toMs) ?? samples[0];
  return hn;
};
