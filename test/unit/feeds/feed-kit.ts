import { parseFeed } from '../../../main/feeds/parse.ts';
import type { FeedInput, ParsedFeed } from '../../../main/feeds/parsed-feed.ts';
import { AppError } from '../../../preload/contract/errors.ts';

export const FEED_URL = 'https://feeds.example.org/blog/feed.xml';

/** Parses a text or bytes as if they came from FEED_URL. */
export const read = (source: string | Uint8Array, input: Partial<FeedInput> = {}): Promise<ParsedFeed> =>
  parseFeed({ bytes: typeof source === 'string' ? new TextEncoder().encode(source) : source, url: FEED_URL, ...input });

/** The code a promise was rejected with, `OK` when it was not. */
export const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'OK',
    (error: unknown) => {
      if (error instanceof AppError) return error.code;
      throw error;
    },
  );

/** The warnings of a feed as codes, `OK` when there are none. */
export const warningsOf = (feed: { warnings: { code: string }[] }): string[] =>
  feed.warnings.length > 0 ? feed.warnings.map((warning) => warning.code) : ['OK'];

/** An RSS 2.0 document around these items. */
export const rss = (items: string, head = '<title>T</title><link>https://example.org/</link>'): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>${head}${items}</channel></rss>`;

/** One plain item. */
export const item = (n: number, extra = ''): string =>
  `<item><title>Item ${n}</title><link>https://example.org/${n}</link><guid>id-${n}</guid>${extra}</item>`;

/** How much processor time a piece of work takes, in milliseconds: a busy machine does not change it. */
export const msOf = async (work: () => Promise<unknown>): Promise<number> => {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
};

/** Every text in a value, however deep. */
export const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
};
