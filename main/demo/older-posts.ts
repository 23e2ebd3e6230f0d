import type { FollowedAuthor, GapMap, GapPart } from '../../preload/contract/gap-map.ts';
import type { Post } from '../../preload/contract/post.ts';
import { seriesId } from '../feeds/series.ts';
import { linkKeyOf } from '../lib/link-key.ts';
import type { PostDraft, Store } from '../store/repositories.ts';
import { DAY, instant } from './past-times.ts';

/*
 * What one site of the demo holds and its feed no longer does: the earlier parts of a series, one of them lost, and an author's older notes.
 */

/** The feed whose older posts these are. */
export const OLDER_KEY = 'plain-cartography';
const AUTHOR = 'Odile Marsh';
const SERIES = 'Drawing a coast';
const TOLD = 'A note from before the feed began. The map it speaks of hangs in the stairs, where the light is kind to it.';

type Older = { path: string; title: string; daysAgo: number; foundBy: 'sitemap' | 'author-page' };
/** Part 2 stands nowhere any more. */
const PARTS: Older[] = [1, 3].map((number) => ({
  path: `/posts/drawing-a-coast-part-${number}`,
  title: `${SERIES}, Part ${number} of 4`,
  daysAgo: 120 - number * 20,
  foundBy: 'sitemap',
}));
const NOTES: Older[] = [
  'The last sheet of the old survey',
  'Ink that runs uphill',
  'A compass rose with eleven points',
  'Why the lake has two shores',
  'Folding, unfolding',
  'The grid nobody asked for',
  'Seven greens for one forest',
  'What the tracing paper kept',
].map((title, at) => ({ path: `/posts/older-${at + 1}`, title, daysAgo: 700 - at * 70, foundBy: 'author-page' }));
const ALL = [...PARTS, ...NOTES];
/** Named on the author's page; its own page is gone. */
const LOST: Older = { path: '/posts/older-9', title: 'The map we gave back', daysAgo: 800, foundBy: 'author-page' };

const pageOf = ({ title, daysAgo }: Older, bornAt: number): string => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>${title}</title><meta name="author" content="${AUTHOR}"><meta name="description" content="${TOLD}">
<meta property="article:published_time" content="${instant(bornAt - daysAgo * DAY)}"></head><body><h1>${title}</h1><p>${TOLD}</p>
<p>By <a rel="author" href="/author/odile-marsh/">${AUTHOR}</a></p></body></html>`;

/** The site's older pages, its sitemap and its author's page; undefined for a path that is none of them. */
export const olderPage = (path: string, base: string, bornAt: number): { type: string; text: string } | undefined => {
  const html = 'text/html; charset=utf-8';
  if (path === '/sitemap.xml') {
    const urls = PARTS.map((part) => `<url><loc>${base}${part.path}</loc></url>`).join('');
    return { type: 'application/xml', text: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls}</urlset>` };
  }
  if (path === '/author/odile-marsh/') {
    const links = [...ALL, LOST].map((note) => `<li><a href="${note.path}">${note.title}</a></li>`).join('');
    return { type: html, text: `<!doctype html><title>${AUTHOR}</title><h1>${AUTHOR}</h1><ul>${links}</ul>` };
  }
  const note = ALL.find((each) => each.path === path);
  return note && { type: html, text: pageOf(note, bornAt) };
};

/** Pages that a visitor of the site finds gone. */
export const isLostPage = (path: string): boolean => path === LOST.path || path === '/posts/drawing-a-coast-part-2';

const draftOf = (note: Older, base: string, now: number): PostDraft => {
  const url = `${base}${note.path}`;
  return {
    fingerprint: `id:${url}`,
    secondKey: linkKeyOf(url),
    title: note.title,
    url,
    domain: URL.parse(url)?.hostname ?? '',
    author: AUTHOR,
    summary: TOLD,
    publishedAt: instant(now - note.daysAgo * DAY),
    isBackfilled: true,
  };
};

const partOf = (post: Post): GapPart => {
  const foundBy = ALL.find(({ title }) => title === post.title)?.foundBy;
  return {
    state: post.isBackfilled ? 'backfilled' : 'kept',
    title: post.title,
    url: post.url,
    postId: post.id,
    ...(foundBy ? { foundBy } : {}),
    ...(post.publishedAt ? { publishedAt: post.publishedAt } : {}),
  };
};

/** The older posts as they were found some days ago, with the maps that were made of them. */
export const seedOlderPosts = async (
  store: Store,
  server: { bornAt: number; baseOf: (key: string) => string },
): Promise<void> => {
  const now = server.bornAt;
  const sourceId = `demo-${OLDER_KEY}`;
  const checkedAt = instant(now - 5 * DAY);
  const base = server.baseOf(OLDER_KEY);
  const drafts = ALL.map((note) => draftOf(note, base, now));
  await store.posts.save(sourceId, drafts, { now: checkedAt, addsOnly: true });
  const mine: Post[] = [];
  for await (const posts of store.posts.slices()) mine.push(...posts.filter((post) => post.sourceId === sourceId));
  const parts = [1, 2, 3, 4].map((number): GapPart => {
    const post = mine.find(({ title }) => title === `${SERIES}, Part ${number} of 4`);
    return { number, ...(post ? partOf(post) : { state: 'missing' }) };
  });
  const series: GapMap = {
    id: seriesId(sourceId, 'drawing a coast'),
    kind: 'series',
    sourceId,
    title: SERIES,
    parts,
    total: 4,
    checkedAt,
    tried: ['feed archive: none', 'sitemap: 2 addresses, 2 likely, 2 found', 'links on 3 pages: 0 found'],
  };
  const odile: FollowedAuthor = { id: 'demo-odile', name: AUTHOR, addedAt: checkedAt, on: { kind: 'source', sourceId } };
  const oda: FollowedAuthor = { id: 'demo-oda', name: 'oda', addedAt: instant(now - DAY), on: { kind: 'hacker-news' } };
  const here = mine.map(partOf).sort((a, b) => (a.publishedAt ?? '').localeCompare(b.publishedAt ?? ''));
  const author: GapMap = {
    id: odile.id,
    kind: 'author',
    sourceId,
    title: AUTHOR,
    parts: [{ state: 'missing', url: `${base}${LOST.path}`, title: LOST.title }, ...here],
    checkedAt,
    tried: ['feed archive: none', `author page: ${ALL.length + 1} posts named, ${NOTES.length} found`],
  };
  await store.authors.put(odile);
  await store.authors.put(oda);
  await store.gapMaps.put([series, author]);
};
