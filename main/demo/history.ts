import type { FeedSource, HackerNewsSource } from '../../preload/contract/source.ts';
import type { FeedParser } from '../feeds/parsed-feed.ts';
import { toPosts } from '../feeds/to-post.ts';
import { newId } from '../lib/ids.ts';
import { forEachLimited } from '../lib/limit.ts';
import type { PostDraft, Store } from '../store/repositories.ts';
import { seedArticles } from './articles.ts';
import { feedDocument, publishedAt } from './feed-documents.ts';
import { seedOlderPosts } from './older-posts.ts';
import { seedDomains } from './past-domains.ts';
import { nights, type Past, writeFetch, writeRun } from './past-records.ts';
import { CLOSELY, chance, DAY, DAYS, HOUR, instant, MINUTE, pastRuns } from './past-times.ts';
import { seedUpdate } from './past-update.ts';
import type { DemoServer } from './server.ts';
import { seedSharedStories } from './shared-stories.ts';
import { pastSamples, topPast } from './top-past.ts';
import { DEMO_FEEDS, type DemoFeed } from './world.ts';

/** Writes under way at once: enough to share a sync, few enough to stay small. */
const LANES = 64;

const feedSource = (feed: DemoFeed, index: number, base: string, now: number): FeedSource => ({
  kind: 'feed',
  id: `demo-${feed.key}`,
  title: feed.title,
  folder: feed.folder,
  paused: false,
  muted: false,
  starred: index === 0,
  addedAt: instant(now - DAYS * DAY),
  feedUrl: `${base}/feed`,
  siteUrl: `${base}/`,
  allowLocalNetwork: true,
  ...(feed.mood === 'slow' ? { timeoutSeconds: 20 } : {}),
});

/** The drafts of a feed with the time each was published, as the feed room makes them. */
const draftsOf = async (
  feed: DemoFeed,
  source: FeedSource,
  server: DemoServer,
  parser: FeedParser,
): Promise<{ at: number; draft: PostDraft }[]> => {
  const { text, type } = feedDocument(feed, server.baseOf(feed.key), server.bornAt);
  const parsed = await parser.parse({ bytes: Buffer.from(text), url: source.feedUrl, contentType: type });
  return toPosts(parsed, source, server.bornAt).drafts.map((draft, index) => ({
    at: draft.publishedAt ? Date.parse(draft.publishedAt) : publishedAt(feed, index, server.bornAt).getTime(),
    draft,
  }));
};

const fetchFeedsPast = (
  store: Store,
  sources: readonly { feed: DemoFeed; source: FeedSource; posts: { at: number; draft: PostDraft }[] }[],
  now: number,
): Past[] =>
  pastRuns(now, 30).map((at, run, starts) => {
    const write = async (): Promise<void> => {
      const id = newId(at);
      const since = starts[run - 1] ?? 0;
      let fresh = 0;
      let slowest = 0;
      await forEachLimited(sources, LANES, async ({ feed, source, posts }, index) => {
        const due =
          feed.mood === 'failing' ? [] : posts.filter((post) => post.at > since && post.at <= at).map((post) => post.draft);
        const added = due.length ? (await store.posts.save(source.id, due, { now: instant(at), runId: id })).added.length : 0;
        const tookMs = Math.round(feed.mood === 'slow' ? 6_000 + 9_000 * chance(at) : 120 + 900 * chance(at + index));
        await writeFetch(store, id, { source, at, tookMs, added, mood: feed.mood });
        fresh += added;
        slowest = Math.max(slowest, tookMs);
      });
      const counts = { sources: sources.length, new_posts: fresh, failed: 1 };
      await writeRun(
        store,
        {
          id,
          scheduleId: 'fetch_feeds',
          jobKind: 'fetch-feeds',
          name: 'Fetch feeds',
          at,
          tookMs: slowest + 200,
          counts,
          problem: 'Umbra Notes: The server answered 503.',
        },
        now,
      );
    };
    return { at, write };
  });

const oldStory = (number: number, at: number, now: number): PostDraft => {
  const score = Math.round(50 + 450 * chance(number) ** 3);
  const commentCount = Math.round(score * chance(number + 1));
  const words = ['A quieter', 'The honest', 'Notes on our', 'Building my', 'Against the', 'In praise of the'];
  const things = [
    'queue',
    'type checker',
    'timetable',
    'text editor',
    'weather station',
    'index',
    'bicycle',
    'spreadsheet',
    'terminal',
  ];
  const title = `${words[number % words.length]} ${things[(number * 7) % things.length]}, part ${1 + (number % 4)}`;
  const domain = `${things[(number * 7) % things.length]?.replaceAll(' ', '-')}.example`;
  return {
    fingerprint: `hn:${number}`,
    title,
    url: `https://${domain}/${number}`,
    domain,
    author: ['oda', 'reinholt', 'quill', 'msand'][number % 4] ?? 'oda',
    summary: '',
    publishedAt: instant(at - 40 * MINUTE),
    hn: {
      id: number,
      score,
      commentCount,
      type: 'story',
      isDead: false,
      samples: pastSamples(at, now, { score, commentCount }),
    },
  };
};

const hackerNewsPast = (store: Store, source: HackerNewsSource, now: number): Past[] => {
  let number = 46_000_000;
  return pastRuns(now, 60).map((at) => {
    const write = async (): Promise<void> => {
      const id = newId(at);
      const drafts = Array.from({ length: Math.floor(chance(at) * (now - at < CLOSELY ? 2.4 : 4)) }, () =>
        oldStory(++number, at, now),
      );
      const { added } = await store.posts.save(source.id, drafts, { now: instant(at), runId: id });
      const tookMs = Math.round(700 + 2_500 * chance(at + 1));
      await writeFetch(store, id, { source, at, tookMs, added: added.length, mood: 'well' });
      const counts = {
        posts_fetched: 100,
        posts_saved: added.length,
        posts_cached: number - 46_000_000,
        duplicates_skipped: 30,
        below_threshold: 70 - added.length,
        unusable: 0,
        errors: 0,
      };
      await writeRun(
        store,
        {
          id,
          scheduleId: 'hourly_posts_collection',
          jobKind: 'collect-hacker-news',
          name: 'Collect Hacker News',
          at,
          tookMs,
          counts,
        },
        now,
      );
    };
    return { at, write };
  });
};

/** Most old posts were read, some were starred. */
const readMost = async (store: Store, now: number): Promise<void> => {
  const read: string[] = [];
  const starred: string[] = [];
  for await (const slice of store.posts.slices()) {
    for (const [index, post] of slice.entries()) {
      const age = now - Date.parse(post.collectedAt);
      if (age > 20 * HOUR && chance(index + age) < 0.9) read.push(post.id);
      if (chance(index * 3 + 1) < 0.04) starred.push(post.id);
    }
  }
  await store.posts.mark(read, { isRead: true });
  await store.posts.mark(starred, { isStarred: true });
};

const HOUR_MS = 3_600_000;

/** What a month of fetches would have taught about when a source posts. */
const rememberRhythm = async (store: Store, source: FeedSource, times: readonly number[], now: number): Promise<void> => {
  const past = times.filter((at) => at <= now && at > now - 28 * 24 * HOUR_MS).map((at) => Math.floor(at / HOUR_MS));
  const hours = [...Map.groupBy(past, (hour) => hour)].map(([hour, posts]): [number, number] => [hour, posts.length]);
  const rhythm = { hours: hours.sort(([left], [right]) => left - right).slice(-168) };
  if (hours.length > 0) await store.fetchMemory.put({ sourceId: source.id, url: source.feedUrl, failures: 0, rhythm });
};

/** Fills an opened store that holds the defaults with the demo's sources and a month of runs, fetch jobs and posts. */
export const seedHistory = async (store: Store, server: DemoServer, parser: FeedParser): Promise<void> => {
  const now = server.bornAt;
  const made = DEMO_FEEDS.map((feed, index) => ({ feed, source: feedSource(feed, index, server.baseOf(feed.key), now) }));
  await store.sources.put(made.map(({ source }) => source));
  const sources = await Promise.all(
    made.map(async ({ feed, source }) => ({ feed, source, posts: await draftsOf(feed, source, server, parser) })),
  );
  const hackerNews = store.sources.all().filter((source) => source.kind === 'hacker-news');
  const past = [
    ...topPast(store, now),
    ...fetchFeedsPast(store, sources, now),
    ...hackerNews.flatMap((source) => hackerNewsPast(store, source, now)),
    ...nights(store, now, { id: 'fetch_feeds', jobKind: 'fetch-feeds', name: 'Fetch feeds', everyMinutes: 30 }),
    ...nights(store, now, {
      id: 'hourly_posts_collection',
      jobKind: 'collect-hacker-news',
      name: 'Collect Hacker News',
      everyMinutes: 60,
    }),
  ];
  for (const { write } of past.toSorted((a, b) => a.at - b.at)) await write();
  for (const { feed, source, posts } of sources) {
    const times = posts.map(({ at }) => at);
    if (feed.mood !== 'failing') await rememberRhythm(store, source, times, now);
  }
  await seedDomains(store, server);
  await seedOlderPosts(store, server);
  await seedSharedStories(store, server);
  await readMost(store, now);
  await seedUpdate(store, sources, now);
  await seedArticles(store);
  await store.settings.update({ hackerNewsApi: server.hackerNewsApi, welcomed: true });
};
