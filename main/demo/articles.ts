import type { Store } from '../store/repositories.ts';
import { entriesOf } from './feed-documents.ts';
import { DEMO_FEEDS, type DemoFeed } from './world.ts';

const esc = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char);

/** Feeds whose articles were taken from their pages in the demo's past. */
const EXTRACTED = ['slow-databases', 'vessel-point'];

const articleHtml = ({ paragraphs }: DemoFeed): string => paragraphs.map((text) => `<p>${esc(text)}</p>`).join('');

/** The page of one post: its article, with what stands around it on a site. Undefined when there is no such post. */
export const articlePage = (feed: DemoFeed, path: string, base: string, bornAt: number): string | undefined => {
  const entry = entriesOf(feed, base, bornAt).find(({ link }) => link === `${base}${path}`);
  if (!entry) return undefined;
  return `<!doctype html><html lang="${feed.language}"><head><meta charset="utf-8">
<title>${esc(entry.title)} | ${esc(feed.title)}</title><meta property="og:title" content="${esc(entry.title)}">
${feed.author ? `<meta name="author" content="${esc(feed.author)}">` : ''}
<link rel="canonical" href="${entry.link}"><link rel="icon" href="/icon.svg"></head>
<body><nav><a href="/">${esc(feed.title)}</a> <a href="/">All posts</a></nav>
<article><h1>${esc(entry.title)}</h1>${articleHtml(feed)}</article>
<footer><p>${esc(feed.about)}</p></footer></body></html>`;
};

/** Some posts show their whole article, as a crawl of the night before would have left them. */
export const seedArticles = async (store: Store): Promise<void> => {
  for (const feed of DEMO_FEEDS.filter(({ key }) => EXTRACTED.includes(key))) {
    const page = await store.posts.list(
      { sourceId: `demo-${feed.key}`, limit: 6 },
      { now: 0, startOfDay: 0, isMuted: () => false, folderOf: () => [] },
    );
    for (const post of page.rows.slice(2, 5)) await store.posts.putArticle(post.id, articleHtml(feed));
  }
};
