import type { FoundBy, GapMap, GapPart } from '../../preload/contract/gap-map.ts';
import { words } from '../words/words.ts';

const { gaps: say } = words;

/** What each way of finding is called. */
export const FOUND_BY_WORDS: Record<FoundBy, string> = say.foundBy;

const isMissing = ({ state }: GapPart): boolean => state === 'missing';

/** How many parts are missing. */
export const missingOf = ({ parts }: GapMap): number => parts.filter(isMissing).length;

/** *1 of 4 is missing*, *All 4 parts*, *12 posts*. */
export const standWords = (map: GapMap): string => {
  const missing = missingOf(map);
  const all = map.parts.length;
  if (missing > 0) return say.missingOf(missing, all);
  if (map.kind === 'author') return say.posts(all);
  return map.total ? say.allParts(all) : say.partsSoFar(all);
};

/** *3 found later: 2 in the feed’s archive, 1 through links between the parts*; empty when nothing was. */
export const foundWords = ({ parts }: GapMap): string => {
  const found = parts.filter(({ state }) => state === 'backfilled');
  if (found.length === 0) return '';
  const ways = new Map<FoundBy, number>();
  for (const { foundBy } of found) if (foundBy) ways.set(foundBy, (ways.get(foundBy) ?? 0) + 1);
  const list = [...ways].map(([way, amount]) =>
    ways.size > 1 ? say.amountIn(amount, FOUND_BY_WORDS[way]) : FOUND_BY_WORDS[way],
  );
  return say.foundLater(found.length, list.join(', '));
};

const STATE_WORDS: Record<GapPart['state'], string> = say.states;

/** What one part is, for its tooltip and for screen readers: *Part 2, found later in the site’s sitemap: Tides*. */
export const partWords = ({ number: place, state, foundBy, title }: GapPart): string => {
  const name = place ? say.part(place) : say.post;
  const how = state === 'backfilled' && foundBy ? say.howFound(STATE_WORDS[state], FOUND_BY_WORDS[foundBy]) : STATE_WORDS[state];
  return say.partIs(name, how, title ?? '');
};

/** An author's posts by year, oldest first; those without a date, and the missing ones, come last under no year. */
export const byYear = (parts: readonly GapPart[]): { year: string; parts: GapPart[] }[] => {
  const groups = Map.groupBy(parts, ({ publishedAt }) => publishedAt?.slice(0, 4) ?? '');
  return [...groups]
    .map(([year, inYear]) => ({ year, parts: inYear }))
    .sort((a, b) => (a.year || '9999').localeCompare(b.year || '9999'));
};
