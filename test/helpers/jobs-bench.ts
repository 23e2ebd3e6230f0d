import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractArticle } from '../../main/feeds/extract.ts';
import { toFeedPosts } from '../../main/feeds/feed-posts.ts';
import { readHomePage } from '../../main/feeds/home-page.ts';
import { readPageHead } from '../../main/feeds/page-head.ts';
import { parseFeed } from '../../main/feeds/parse.ts';
import { createHackerNews } from '../../main/hacker-news/client.ts';
import { createJobs } from '../../main/jobs/index.ts';
import type { JobDefinition, StepResult } from '../../main/jobs/job.ts';
import type { JobServices } from '../../main/jobs/services.ts';
import type { Clock } from '../../main/lib/clock.ts';
import { createEventBus } from '../../main/lib/events.ts';
import { newId } from '../../main/lib/ids.ts';
import { type LogLevel, silentLog } from '../../main/lib/log.ts';
import type { Download, Downloader, DownloadRequest } from '../../main/net/download-types.ts';
import type { Store } from '../../main/store/repositories.ts';
import { openStore } from '../../main/store/store.ts';
import type { Announcement } from '../../preload/contract/contract.ts';
import { AppError, toAppError } from '../../preload/contract/errors.ts';
import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { Post } from '../../preload/contract/post.ts';
import type { PlanLine, RunCause } from '../../preload/contract/run.ts';
import type { FeedSource, HackerNewsSource } from '../../preload/contract/source.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';

/** What a page of the pretended web answers; an AppError is thrown. */
export type Page = (request: DownloadRequest) => Promise<Download | AppError> | Download | AppError;

/** What a run of a job came to. */
export type JobRun = {
  runId: string;
  counts: Record<string, number>;
  lines: { level: LogLevel; message: string }[];
  plan: PlanLine[];
  /** Its parts, with what they came to. */
  steps: ({ name: string } & StepResult)[];
  progress: [number, number][];
  error?: AppError;
  fetchJobs: FetchJob[];
};

/** Who starts a run and for which due instant; by hand and for none when nothing is said. */
export type RunExtra = { cause?: RunCause; signal?: AbortSignal; scheduleId?: string; scheduledFor?: string };

/** The jobs over a real store in a folder of its own, a clock that is moved, and a web that is pretended. */
export type JobsBench = {
  /** Moves nothing where the bench has a real clock. */
  clock: FakeClock;
  store: Store;
  services: JobServices;
  jobs: ReadonlyMap<string, JobDefinition>;
  heard: Announcement[];
  /** Requests in the order they were made. */
  asked: DownloadRequest[];
  /** Pages by address. What is not there answers 404. */
  web: Map<string, Page>;
  addFeed: (id: string, fields?: Partial<FeedSource>) => Promise<FeedSource>;
  addHackerNews: (id: string, fields?: Partial<HackerNewsSource>) => Promise<HackerNewsSource>;
  run: (kind: string, options?: object, extra?: RunExtra) => Promise<JobRun>;
  posts: () => Promise<Post[]>;
  close: () => Promise<void>;
};

/** A body as the downloader gives it. */
export const body = (text: string, fields: Partial<Extract<Download, { kind: 'body' }>> = {}): Download => ({
  kind: 'body',
  bytes: new TextEncoder().encode(text),
  contentType: 'application/xml',
  finalUrl: 'https://example.org/feed',
  redirects: [],
  status: 200,
  validators: {},
  wireBytes: text.length,
  ms: 1,
  ...fields,
});

/** *Not modified*. */
export const notModified = (fields: Partial<Download> = {}): Download =>
  ({
    kind: 'not-modified',
    finalUrl: 'https://example.org/feed',
    redirects: [],
    status: 304,
    validators: {},
    wireBytes: 0,
    ms: 1,
    ...fields,
  }) as Download;

/** One item of an RSS feed, as text. */
export const rssItem = (id: string, fields: { title?: string; link?: string; date?: string; text?: string } = {}): string =>
  `<item><guid isPermaLink="false">${id}</guid><title>${fields.title ?? `Post ${id}`}</title>` +
  `<link>${fields.link ?? `https://example.org/${id}`}</link><description>${fields.text ?? `Words of ${id}`}</description>` +
  `${fields.date ? `<pubDate>${fields.date}</pubDate>` : ''}</item>`;

/** An RSS feed with these items. */
export const rss = (items: string[], title = 'The feed'): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title><link>https://example.org/</link>` +
  `<description>d</description>${items.join('')}</channel></rss>`;

const common = (id: string, now: number) => ({
  id,
  title: id,
  folder: [],
  paused: false,
  muted: false,
  starred: false,
  addedAt: new Date(now).toISOString(),
});

export type BenchParts = {
  /** A real clock and a real network in place of the pretended ones. */
  real?: {
    clock: Clock;
    downloader: Pick<Downloader, 'download' | 'post'>;
    parser: JobServices['parser'];
    hackerNewsApi?: string;
  };
};

/** A bench at `instant`. Close it after the test. */
export const createJobsBench = async (instant = '2026-11-21T12:00:00.000Z', { real }: BenchParts = {}): Promise<JobsBench> => {
  const dir = await mkdtemp(join(tmpdir(), 'tidings-jobs-'));
  const fakeClock = createFakeClock(instant);
  const clock = real?.clock ?? fakeClock;
  const store = await openStore({ dir, log: silentLog, clock });
  const events = createEventBus(silentLog);
  const heard: Announcement[] = [];
  events.onEvent((announcement) => heard.push(announcement));
  const asked: DownloadRequest[] = [];
  const web = new Map<string, Page>();
  const download = async (request: DownloadRequest): Promise<Download> => {
    asked.push(request);
    request.signal?.throwIfAborted();
    request.onStart?.();
    const answer = await web.get(request.url)?.(request);
    if (answer instanceof Error) throw answer;
    if (!answer)
      throw Object.assign(toAppError(new Error()), {
        code: 'HTTP_4XX',
        message: 'The server answered 404.',
        details: { status: 404 },
      });
    return answer;
  };
  /* Nobody takes messages in the pretended web. */
  const post = async (): Promise<never> => {
    throw new AppError('CONN_REFUSED', 'The server refused the connection.', { wasSent: false });
  };
  const downloader = real?.downloader ?? { download, post };
  const services: JobServices = {
    store,
    downloader,
    parser: real?.parser ?? {
      parsePosts: async (input, to) => toFeedPosts(await parseFeed(input), to),
      readPage: async (input) => readHomePage(input),
      readHead: async (input) => readPageHead(input),
      extract: async (input) => extractArticle(input),
    },
    hackerNews: createHackerNews({ download: downloader.download, baseUrl: () => real?.hackerNewsApi ?? 'http://hn.test/v0' }),
    clock,
    log: silentLog,
    events,
    secrets: { get: async () => undefined },
    random: () => 0.5,
  };
  const jobs = new Map(createJobs(services).map((job) => [job.kind, job]));

  const run: JobsBench['run'] = async (kind, options = {}, extra = {}) => {
    const { cause = 'manual', signal = new AbortController().signal, ...due } = extra;
    const job = jobs.get(kind);
    if (!job) throw new Error(`There is no job ${kind}`);
    const runId = newId(clock.now());
    const told: JobRun = { runId, counts: {}, lines: [], plan: [], steps: [], progress: [], fetchJobs: [] };
    try {
      await job.run({
        runId,
        cause,
        ...due,
        options: job.optionsSchema.parse(options),
        signal,
        now: clock.now,
        progress: (done, total) => told.progress.push([done, total]),
        step: (name) => told.steps.push({ name }),
        result: (part) => void Object.assign(told.steps.at(-1) ?? {}, part),
        count: (name, by = 1) => {
          told.counts[name] = (told.counts[name] ?? 0) + by;
        },
        plan: (line) => told.plan.push(line),
        log: (level, message) => told.lines.push({ level, message }),
      });
    } catch (thrown) {
      told.error = toAppError(thrown);
    }
    return { ...told, fetchJobs: store.fetchJobs.forRun(runId) };
  };

  return {
    clock: fakeClock,
    store,
    jobs,
    services,
    heard,
    asked,
    web,
    addFeed: async (id, fields = {}) => {
      const source: FeedSource = { ...common(id, clock.now()), kind: 'feed', feedUrl: `https://${id}.example/feed`, ...fields };
      await store.sources.put([source]);
      return source;
    },
    addHackerNews: async (id, fields = {}) => {
      const source: HackerNewsSource = {
        ...common(id, clock.now()),
        kind: 'hacker-news',
        list: 'top',
        minScore: 50,
        limit: 100,
        ...fields,
      };
      await store.sources.put([source]);
      return source;
    },
    run,
    posts: async () => {
      const { rows } = await store.posts.list(
        { limit: 500 },
        { now: clock.now(), startOfDay: 0, isMuted: () => false, folderOf: () => [] },
      );
      return rows;
    },
    close: async () => {
      await store.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
};
