import type { FoundBy, GapMap, GapPart } from '../../preload/contract/gap-map.ts';
import { count, number } from '../words/counting.ts';

/** What each way of finding is called. */
export const FOUND_BY_WORDS: Record<FoundBy, string> = {
  feed: 'in the feed itself',
  archive: 'in the feed’s archive',
  paging: 'on older pages of the feed',
  sitemap: 'in the site’s sitemap',
  'author-page': 'on the author’s page',
  links: 'through links between the parts',
  'hacker-news': 'among submissions on Hacker News',
};

const isMissing = ({ state }: GapPart): boolean => state === 'missing';

/** How many parts are missing. */
export const missingOf = ({ parts }: GapMap): number => parts.filter(isMissing).length;

/** *1 of 4 is missing*, *All 4 parts*, *12 posts*. */
export const standWords = (map: GapMap): string => {
  const missing = missingOf(map);
  const all = map.parts.length;
  if (missing > 0) return `${number(missing)} of ${number(all)} ${missing === 1 ? 'is' : 'are'} missing`;
  if (map.kind === 'author') return count(all, 'post');
  return map.total ? `All ${number(all)} parts` : `${count(all, 'part')} so far`;
};

/** *3 found later: 2 in the feed’s archive, 1 through links between the parts*; empty when nothing was. */
export const foundWords = ({ parts }: GapMap): string => {
  const found = parts.filter(({ state }) => state === 'backfilled');
  if (found.length === 0) return '';
  const ways = new Map<FoundBy, number>();
  for (const { foundBy } of found) if (foundBy) ways.set(foundBy, (ways.get(foundBy) ?? 0) + 1);
  const list = [...ways].map(([way, amount]) =>
    ways.size > 1 ? `${number(amount)} ${FOUND_BY_WORDS[way]}` : FOUND_BY_WORDS[way],
  );
  return `${number(found.length)} found later${list.length > 0 ? `: ${list.join(', ')}` : ''}`;
};

const STATE_WORDS: Record<GapPart['state'], string> = { kept: 'from the feed', backfilled: 'found later', missing: 'missing' };

/** What one part is, for its tooltip and for screen readers: *Part 2, found later in the site’s sitemap: Tides*. */
export const partWords = ({ number: place, state, foundBy, title }: GapPart): string => {
  const name = place ? `Part ${place}` : 'Post';
  const how = state === 'backfilled' && foundBy ? `${STATE_WORDS[state]} ${FOUND_BY_WORDS[foundBy]}` : STATE_WORDS[state];
  return `${name}, ${how}${title ? `: ${title}` : ''}`;
};

/** An author's posts by year, oldest first; those without a date, and the missing ones, come last under no year. */
export const byYear = (parts: readonly GapPart[]): { year: string; parts: GapPart[] }[] => {
  const groups = Map.groupBy(parts, ({ publishedAt }) => publishedAt?.slice(0, 4) ?? '');
  return [...groups]
    .map(([year, inYear]) => ({ year, parts: inYear }))
    .sort((a, b) => (a.year || '9999').localeCompare(b.year || '9999'));
};
