import type { FollowedAuthor, FoundBy, GapMap, GapPart } from '../../../preload/contract/gap-map.ts';
import type { Post } from '../../../preload/contract/post.ts';
import { type Series, seriesId } from '../../feeds/series.ts';

/** The most parts a map holds. */
const MOST_PARTS = 500;

/** How posts were found, by their id. */
export type Finds = ReadonlyMap<string, FoundBy>;
/** What a map needs beside the posts themselves. */
export type MapFacts = { now: string; tried: readonly string[]; finds: Finds; before: GapMap | undefined };

const foundBefore = (map: GapMap | undefined): Map<string, FoundBy> =>
  new Map(map?.parts.flatMap(({ postId, foundBy }) => (postId && foundBy ? [[postId, foundBy] as const] : [])));

const toPart = (post: Post, finds: Finds, earlier: Finds): GapPart => {
  const foundBy = finds.get(post.id) ?? earlier.get(post.id);
  return {
    state: post.isBackfilled ? 'backfilled' : 'kept',
    title: post.title.slice(0, 500),
    ...(post.url ? { url: post.url } : {}),
    postId: post.id,
    ...(foundBy ? { foundBy } : {}),
    ...(post.publishedAt ? { publishedAt: post.publishedAt } : {}),
  };
};

/** A series as the screen shows it: 1 to the last known part, present or missing. */
export const seriesMap = (sourceId: string, series: Series<Post>, facts: MapFacts): GapMap => {
  const earlier = foundBefore(facts.before);
  const parts = Array.from({ length: series.total }, (_, at): GapPart => {
    const post = series.parts.get(at + 1);
    return { number: at + 1, ...(post ? toPart(post, facts.finds, earlier) : { state: 'missing' }) };
  });
  return {
    id: seriesId(sourceId, series.stem),
    kind: 'series',
    sourceId,
    title: series.name.slice(0, 500),
    parts,
    ...(series.isTotalKnown ? { total: series.total } : {}),
    checkedAt: facts.now,
    tried: facts.tried.length > 0 ? [...facts.tried] : [...(facts.before?.tried ?? [])],
  };
};

const timeOf = ({ publishedAt = '' }: GapPart): string => publishedAt;

/** What is known of an author's posts, oldest first; `missing` are addresses that were seen and could not be read. */
export const authorMap = (
  author: FollowedAuthor,
  posts: readonly Post[],
  missing: readonly { url: string; title: string }[],
  facts: MapFacts,
): GapMap => {
  const earlier = foundBefore(facts.before);
  const here = posts.map((post) => toPart(post, facts.finds, earlier)).sort((a, b) => timeOf(a).localeCompare(timeOf(b)));
  const gone = missing.map(
    ({ url, title }): GapPart => ({ state: 'missing', url, ...(title ? { title: title.slice(0, 500) } : {}) }),
  );
  return {
    id: author.id,
    kind: 'author',
    ...(author.on.kind === 'source' ? { sourceId: author.on.sourceId } : {}),
    title: author.name,
    parts: [...gone.slice(0, MOST_PARTS), ...here].slice(-MOST_PARTS),
    checkedAt: facts.now,
    tried: [...facts.tried],
  };
};
