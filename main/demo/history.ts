import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { FeedSource, HackerNewsSource } from '../../preload/contract/source.ts';
import type { FeedParser } from '../feeds/parsed-feed.ts';
import { toPosts } from '../feeds/to-post.ts';
import { newId } from '../lib/ids.ts';
import { forEachLimited } from '../lib/limit.ts';
import type { PostDraft, Store } from '../store/repositories.ts';
import { feedDocument, publishedAt } from './feed-documents.ts';
import type { DemoServer } from './server.ts';
import { DEMO_FEEDS, type DemoFeed } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Every run of the last days is made up; before that one every two hours, so that the demo starts quickly. */
const CLOSELY = 3 * DAY;
/** How far back the demo remembers. */
const DAYS = 30;
/** Writes under way at once: enough to share a sync, few enough to stay small. */
const LANES = 64;

const instant = (ms: number): string => new Date(ms).toISOString();
/** 0 up to 1, always the same for the same number. */
const chance = (seed: number): number => {
  const x = Math.sin(seed * 12.9898) * 43_758.5453;
  return x - Math.floor(x);
};

/** The computer of the demo sleeps eight hours of each day, from thirteen to five hours before the hour it is now. */
const isAsleep = (at: number, now: number): boolean => {
  const ago = (now - at) % DAY;
  return ago > 5 * HOUR && ago < 13 * HOUR;
};

/** Start times of past runs, oldest first, none while asleep. */
const pastRuns = (now: number, everyMinutes: number): number[] => {
  const grid = everyMinutes * MINUTE;
  const first = Math.ceil((now - DAYS * DAY) / grid) * grid;
  const count = Math.floor((now - first) / grid) + 1;
  return Array.from({ length: count }, (_, index) => first + index * grid).filter(
    (at) => !isAsleep(at, now) && (now - at < CLOSELY || at % (2 * HOUR) === 0),
  );
};

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

type PastFetch = { source: FeedSource | HackerNewsSource; at: number; tookMs: number; added: number; mood: DemoFeed['mood'] };

const writeFetch = async (
  store: Store,
  runId: string,
  { source, at, tookMs, added, mood }: PastFetch,
): Promise<FetchJob | null> => {
  const id = newId(at);
  await store.fetchJobs.queue({ id, runId, sourceId: source.id, queuedAt: instant(at) });
  await store.fetchJobs.markOngoing(id, instant(at + 20));
  const endedAt = instant(at + 20 + tookMs);
  if (mood === 'failing' || (mood === 'slow' && chance(at + 3) < 0.2)) {
    const slow = mood === 'slow';
    return store.fetchJobs.fail(id, {
      endedAt,
      errorCode: slow ? 'TOTAL_TIMEOUT' : 'HTTP_5XX',
      errorMessage: slow ? 'The whole answer took longer than 20 seconds.' : 'The server answered 503.',
      ...(slow ? {} : { httpStatus: 503 }),
    });
  }
  const outcome = added > 0 ? 'new-posts' : chance(at + source.id.length) < 0.7 ? 'not-modified' : 'nothing-new';
  return store.fetchJobs.complete(id, {
    endedAt,
    outcome,
    postsCount: added,
    httpStatus: outcome === 'not-modified' ? 304 : 200,
    bytes: outcome === 'not-modified' ? 180 : 24_000,
  });
};

const writeRun = async (
  store: Store,
  facts: {
    id: string;
    scheduleId: string;
    jobKind: string;
    name: string;
    at: number;
    tookMs: number;
    counts: Record<string, number>;
    problem?: string;
  },
): Promise<void> => {
  const { id, scheduleId, jobKind, name, at, tookMs, counts, problem } = facts;
  const base = {
    id,
    scheduleId,
    jobKind,
    name,
    cause: 'schedule',
    scheduledFor: instant(at),
    queuedAt: instant(at),
    options: {},
  } as const;
  const worked = { startedAt: instant(at + 10), counts };
  const ended = {
    endedAt: instant(at + 10 + tookMs),
    log: [
      {
        at: instant(at + 10 + tookMs),
        level: problem ? ('warn' as const) : ('info' as const),
        message: problem ?? 'All sources were asked.',
      },
    ],
  };
  await store.runs.put({ ...base, status: 'queued' });
  await store.runs.put({ ...base, ...worked, counts: {}, status: 'running' });
  const last: Run =
    chance(at) < 0.02
      ? {
          ...base,
          ...worked,
          ...ended,
          status: 'failed',
          errorCode: 'RUN_TIMEOUT',
          errorMessage: 'The run took longer than 10 minutes and was stopped. What it had stored is kept and nothing is lost.',
        }
      : { ...base, ...worked, ...ended, status: 'completed' };
  await store.runs.put(last);
};

/** Something that happened in the past; events are written in the order of time, as they would have been. */
type Past = { at: number; write: () => Promise<void> };

/** One row for each night: what would have run while the computer slept. */
const nights = (
  store: Store,
  now: number,
  schedule: { id: string; jobKind: string; name: string; everyMinutes: number },
): Past[] =>
  Array.from({ length: DAYS }, (_, day) => {
    const from = new Date(Math.ceil((now - day * DAY - 13 * HOUR) / HOUR) * HOUR);
    const to = from.getTime() + 8 * HOUR;
    const write = async (): Promise<void> => {
      await store.runs.put({
        id: newId(to),
        scheduleId: schedule.id,
        jobKind: schedule.jobKind,
        name: schedule.name,
        cause: 'schedule',
        scheduledFor: from.toISOString(),
        queuedAt: instant(to),
        status: 'missed',
        endedAt: instant(to),
        reason: 'asleep',
        from: from.toISOString(),
        to: instant(to),
        missedCount: Math.floor((8 * 60) / schedule.everyMinutes),
      });
    };
    return { at: to - 1, write };
  }).filter(({ at }) => at < now);

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
      await writeRun(store, {
        id,
        scheduleId: 'fetch_feeds',
        jobKind: 'fetch-feeds',
        name: 'Fetch feeds',
        at,
        tookMs: slowest + 200,
        counts,
        problem: 'Umbra Notes: The server answered 503.',
      });
    };
    return { at, write };
  });

const oldStory = (number: number, at: number): PostDraft => {
  const score = Math.round(50 + 450 * chance(number) ** 3);
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
    hn: { id: number, score, commentCount: Math.round(score * chance(number + 1)), type: 'story', isDead: false },
  };
};

const hackerNewsPast = (store: Store, source: HackerNewsSource, now: number): Past[] => {
  let number = 46_000_000;
  return pastRuns(now, 60).map((at) => {
    const write = async (): Promise<void> => {
      const id = newId(at);
      const drafts = Array.from({ length: Math.floor(chance(at) * (now - at < CLOSELY ? 2.4 : 4)) }, () =>
        oldStory(++number, at),
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
      await writeRun(store, {
        id,
        scheduleId: 'hourly_posts_collection',
        jobKind: 'collect-hacker-news',
        name: 'Collect Hacker News',
        at,
        tookMs,
        counts,
      });
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
  await readMost(store, now);
  await store.settings.update({ hackerNewsApi: server.hackerNewsApi, welcomed: true });
};
