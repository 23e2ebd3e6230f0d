import { DEMO_FEEDS, type DemoFeed } from './world.ts';

/** One entry of a demo feed as all formats need it. */
export type DemoEntry = {
  id: string;
  title: string;
  link: string;
  published: Date;
  html: string;
  summary: string;
  audio?: string;
};

const esc = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char);

/** Three paragraphs, a quotation and a list, different for each post of a feed. */
const body = (feed: DemoFeed, index: number): string => {
  const at = (offset: number): string => esc(feed.paragraphs[(index + offset) % feed.paragraphs.length] ?? '');
  return `<p>${at(0)}</p><p>${at(1)}</p><blockquote><p>${at(2).split('. ')[0]}.</p></blockquote><p>${at(3)}</p>`;
};

/** A map after the second paragraph, a small one at the end, and what a newsletter puts there to count who reads. */
const withPictures = (html: string, base: string, index: number): string => {
  const map = `<figure><a href="${base}/maps/${index}"><img src="${base}/pictures/coast-${index}.png" width="960" height="540"
alt="Contour lines of a coast with two bays"></a><figcaption>Sheet ${index + 1}, before the printing.</figcaption></figure>`;
  const legend = `<p><img data-src="/pictures/legend-${index}.png" alt="The legend, shortened"></p>`;
  const [first, second, ...rest] = html.split('</p>');
  return [
    first,
    second,
    `${map}${rest.join('</p>')}${legend}<img src="${base}/open.gif?reader=1" width="1" height="1" alt="">`,
  ].join('</p>');
};

/** When a post of a feed was published: the newest minutes ago, the others spread over the month before `now`. */
export const publishedAt = (feed: DemoFeed, index: number, now: number): Date => {
  const place = DEMO_FEEDS.indexOf(feed);
  const share = index / Math.max(feed.titles.length, 1);
  const minutes = 12 + place * 17 + share ** 1.4 * 28 * 24 * 60;
  return new Date(Math.floor((now - minutes * 60_000) / 60_000) * 60_000);
};

/** The entries of a feed, newest first. `base` is where its site answers; `bornAt` is when the demo started. */
export const entriesOf = (feed: DemoFeed, base: string, bornAt: number): DemoEntry[] =>
  feed.titles.map((title, index) => {
    const slug = `${feed.key}-${feed.titles.length - index}`;
    const plain = body(feed, index);
    const html = feed.hasPictures ? withPictures(plain, base, index) : plain;
    return {
      id: `tag:${feed.key}.example,2026:${slug}`,
      title,
      link: `${base}/posts/${slug}`,
      published: publishedAt(feed, index, bornAt),
      html,
      summary: (feed.paragraphs[index % feed.paragraphs.length] ?? '').slice(0, 240),
      ...(feed.isPodcast ? { audio: `${base}/audio/${slug}.mp3` } : {}),
    };
  });

const rss = (feed: DemoFeed, base: string, entries: readonly DemoEntry[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
<title>${esc(feed.title)}</title><link>${base}/</link><description>${esc(feed.about)}</description><language>${feed.language}</language>
${entries
  .map(
    (entry) => `<item><title>${esc(entry.title)}</title><link>${entry.link}</link><guid isPermaLink="false">${entry.id}</guid>
<pubDate>${entry.published.toUTCString()}</pubDate>${feed.author ? `<dc:creator>${esc(feed.author)}</dc:creator>` : ''}
<description>${esc(entry.summary)}</description><content:encoded><![CDATA[${entry.html}]]></content:encoded>
${entry.audio ? `<enclosure url="${entry.audio}" length="18400000" type="audio/mpeg"/><itunes:duration>43:10</itunes:duration>` : ''}</item>`,
  )
  .join('\n')}
</channel></rss>`;

const rss091 = (feed: DemoFeed, base: string, entries: readonly DemoEntry[]): string => `<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>${esc(feed.title)}</title><link>${base}/</link><description>${esc(feed.about)}</description>
<language>${feed.language}</language>
${entries
  .map(
    (entry) =>
      `<item><title>${esc(entry.title)}</title><link>${entry.link}</link><description>${esc(entry.summary)}</description></item>`,
  )
  .join('\n')}
</channel></rss>`;

const rdf = (feed: DemoFeed, base: string, entries: readonly DemoEntry[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="${base}/"><title>${esc(feed.title)}</title><link>${base}/</link><description>${esc(feed.about)}</description>
<items><rdf:Seq>${entries.map((entry) => `<rdf:li rdf:resource="${entry.link}"/>`).join('')}</rdf:Seq></items></channel>
${entries
  .map(
    (entry) => `<item rdf:about="${entry.link}"><title>${esc(entry.title)}</title><link>${entry.link}</link>
<dc:date>${entry.published.toISOString()}</dc:date><description>${esc(entry.html)}</description></item>`,
  )
  .join('\n')}
</rdf:RDF>`;

const atom = (feed: DemoFeed, base: string, entries: readonly DemoEntry[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language}" xml:base="${base}/"><id>tag:${feed.key}.example,2026:feed</id>
<title>${esc(feed.title)}</title><subtitle>${esc(feed.about)}</subtitle><link rel="self" href="feed"/><link href="${base}/"/>
<updated>${(entries[0]?.published ?? new Date(0)).toISOString()}</updated>${feed.author ? `<author><name>${esc(feed.author)}</name></author>` : ''}
${entries
  .map(
    (entry) => `<entry><id>${entry.id}</id><title>${esc(entry.title)}</title><link href="${entry.link.slice(base.length + 1)}"/>
<published>${entry.published.toISOString()}</published><updated>${entry.published.toISOString()}</updated>
<summary>${esc(entry.summary)}</summary><content type="html">${esc(entry.html)}</content></entry>`,
  )
  .join('\n')}
</feed>`;

const json = (feed: DemoFeed, base: string, entries: readonly DemoEntry[]): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    description: feed.about,
    home_page_url: `${base}/`,
    language: feed.language,
    authors: feed.author ? [{ name: feed.author }] : [],
    items: entries.map((entry) => ({
      id: entry.id,
      url: entry.link,
      title: entry.title,
      summary: entry.summary,
      content_html: entry.html,
      date_published: entry.published.toISOString(),
    })),
  });

const WRITERS = {
  rss: { write: rss, type: 'application/rss+xml; charset=utf-8' },
  'rss-091': { write: rss091, type: 'text/xml' },
  rdf: { write: rdf, type: 'application/rdf+xml; charset=utf-8' },
  atom: { write: atom, type: 'application/atom+xml; charset=utf-8' },
  json: { write: json, type: 'application/feed+json; charset=utf-8' },
} as const;

/** The document a feed publishes, and its media type. */
export const feedDocument = (feed: DemoFeed, base: string, bornAt: number): { type: string; text: string } => {
  const { write, type } = WRITERS[feed.format];
  return { type, text: write(feed, base, entriesOf(feed, base, bornAt)) };
};

/** The home page of a feed, which says where the feed is. */
export const sitePage = (
  feed: DemoFeed,
  base: string,
  bornAt: number,
): string => `<!doctype html><html lang="${feed.language}"><head>
<meta charset="utf-8"><title>${esc(feed.title)}</title>
<meta name="description" content="${esc(feed.about)}"><link rel="icon" href="/icon.svg">
<link rel="alternate" type="${WRITERS[feed.format].type.split(';')[0]}" title="${esc(feed.title)}" href="/feed"></head>
<body><h1>${esc(feed.title)}</h1><p>${esc(feed.about)}</p><ul>
${entriesOf(feed, base, bornAt)
  .map((entry) => `<li><a href="${entry.link}">${esc(entry.title)}</a></li>`)
  .join('\n')}</ul></body></html>`;
