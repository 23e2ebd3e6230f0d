import { spanOf } from '../../../main/digest/fitting.ts';
import type { Choice } from '../../../main/digest/select.ts';
import { type DigestOptionsInput, digestOptionsSchema } from '../../../preload/contract/digest.ts';
import type { Post } from '../../../preload/contract/post.ts';
import type { FeedSource, HackerNewsSource, Source } from '../../../preload/contract/source.ts';

export const NOW = Date.parse('2026-11-21T12:00:00.000Z');
export const HOUR = 3_600_000;
export const at = (hoursAgo: number): string => new Date(NOW - hoursAgo * HOUR).toISOString();

const common = { paused: false, muted: false, starred: false, addedAt: at(1000) };
export const feed = (id: string, fields: Partial<FeedSource> = {}): FeedSource => ({
  ...common,
  id,
  title: `The ${id}`,
  folder: [],
  kind: 'feed',
  feedUrl: `https://${id}.example/feed`,
  ...fields,
});
export const hackerNews = (id = 'hn'): HackerNewsSource => ({
  ...common,
  id,
  title: 'Hacker News',
  folder: [],
  kind: 'hacker-news',
  list: 'top',
  minScore: 50,
  limit: 100,
});

/** A post of a source, collected so many hours ago. */
export const post = (id: string, sourceId: string, hoursAgo: number, fields: Partial<Post> = {}): Post => ({
  id,
  sourceId,
  fingerprint: id,
  title: `Post ${id}`,
  url: `https://${id}.${sourceId}.example/page`,
  domain: `${id}.${sourceId}.example`,
  summary: `Words of ${id}`,
  hasBody: false,
  collectedAt: at(hoursAgo),
  isRead: false,
  isStarred: false,
  ...fields,
});
export const story = (id: string, score: number, hoursAgo = 2, fields: Partial<Post> = {}): Post =>
  post(id, 'hn', hoursAgo, {
    hn: { id: Number(id.replaceAll(/\D/g, '')) || 1, score, commentCount: 3, type: 'story', isDead: false },
    ...fields,
  });

type Given = Partial<Omit<Choice, 'options' | 'sources'>> & { sources?: Source[]; options?: DigestOptionsInput };

/** A choice at `NOW` with the defaults of a digest. */
export const choice = ({ options = {}, sources = [feed('a'), feed('b'), hackerNews()], ...given }: Given): Choice => {
  const parsed = digestOptionsSchema.parse(options);
  return {
    posts: [],
    sources: new Map(sources.map((source) => [source.id, source])),
    options: parsed,
    span: spanOf(NOW, parsed.daysBack, undefined),
    earlier: { ids: new Set(), links: new Set() },
    isMuted: () => false,
    ...given,
  };
};
