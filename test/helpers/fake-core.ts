import { simulate } from '../../main/scheduler/simulate.ts';
import type { Announcement, Methods, Params, Result } from '../../preload/contract/contract.ts';
import type { PostCounts, PostQuery, PostRow } from '../../preload/contract/post.ts';
import type { Source } from '../../preload/contract/source.ts';
import { INVENTED_BODY, INVENTED_JOBS, type InventedData, inventFetchJobs } from './invented-data.ts';

type Answers = { [Name in keyof Methods]?: (params: Params<Name>) => Result<Name> };
/** A core that has only a memory: answers as the real one would, for the page alone. */
export type FakeCore = {
  answer: (
    method: string,
    params: unknown,
  ) => { ok: true; result: unknown } | { ok: false; error: { code: string; message: string } };
  data: InventedData;
  /** Replaces an answer, for states that are hard to reach. */
  answers: Answers;
  onAnnounce: (listener: (announcement: Announcement) => void) => void;
  announce: (announcement: Announcement) => void;
};

const startOfDay = (now: number): number => new Date(now).setHours(0, 0, 0, 0);
const HOUR = 3_600_000;
type Check = (post: PostRow, source: Source | undefined) => boolean;
const viewChecks = (now: number): Partial<Record<string, Check>> => {
  const midnight = startOfDay(now);
  return {
    today: (post, source) => Date.parse(post.collectedAt) >= midnight && !source?.muted,
    starred: (post) => post.isStarred,
    unread: (post, source) => !post.isRead && !source?.muted,
    'hacker-news': (post) => post.hn !== undefined,
    'last-hour': (post) => post.hn !== undefined && Date.parse(post.collectedAt) >= now - HOUR,
  };
};
const checksFor = (data: InventedData, query: PostQuery): Check[] => {
  const checks: Check[] = [];
  const view = viewChecks(data.now)[query.view ?? 'all'];
  if (view) checks.push(view);
  if (query.sourceId) checks.push((post) => post.sourceId === query.sourceId);
  if (query.folder) checks.push((_, source) => query.folder?.every((name, place) => source?.folder[place] === name) ?? true);
  if (query.unreadOnly) checks.push((post) => !post.isRead);
  const words = (query.search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length > 0)
    checks.push((post) => {
      const text = `${post.title} ${post.summary} ${post.author ?? ''} ${post.domain} ${post.sourceTitle}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  return checks;
};
const select = (data: InventedData, query: PostQuery): PostRow[] => {
  const kept = new Set(query.keep ?? []);
  const checks = checksFor(data, query);
  const sources = new Map(data.sources.map((row) => [row.source.id, row.source]));
  const found = data.posts.filter(
    (post) => kept.has(post.id) || checks.every((check) => check(post, sources.get(post.sourceId))),
  );
  return query.view === 'last-hour' ? found.sort((a, b) => (b.hn?.score ?? 0) - (a.hn?.score ?? 0)).slice(0, 20) : found;
};
const page = <Row>(rows: readonly Row[], params: { cursor?: string | undefined; limit?: number | undefined }, usual: number) => {
  const from = Number(params.cursor ?? 0);
  const to = from + (params.limit ?? usual);
  return { rows: rows.slice(from, to), total: rows.length, ...(to < rows.length ? { next: String(to) } : {}) };
};
const countPosts = (data: InventedData): PostCounts => {
  const of = (query: PostQuery) => select(data, query).length;
  return {
    today: of({ view: 'today', unreadOnly: true }),
    todayTotal: of({ view: 'today' }),
    all: data.posts.length,
    unread: of({ view: 'unread' }),
    starred: of({ view: 'starred' }),
    hackerNews: of({ view: 'hacker-news', unreadOnly: true }),
    lastHour: of({ view: 'last-hour' }),
    bySource: {},
  };
};
const found = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Error('There is nothing with this id.');
  return value;
};

const postAnswers = (data: InventedData, announce: FakeCore['announce']): Answers => {
  const mark = (posts: readonly PostRow[], change: Partial<PostRow>): string[] => {
    const changed = posts.filter((post) => Object.entries(change).some(([name, value]) => post[name as keyof PostRow] !== value));
    for (const post of changed) Object.assign(post, change);
    announce({ name: 'posts.changed', data: { added: 0 } });
    return changed.map((post) => post.id);
  };
  return {
    'posts.list': (query) => page(select(data, query), query, 100),
    'posts.get': ({ id }) => {
      const post = found(data.posts.find((each) => each.id === id));
      return { ...post, html: post.hn ? '' : INVENTED_BODY, blockedImages: post.hn ? 0 : 2 };
    },
    'posts.counts': () => countPosts(data),
    'posts.mark': ({ ids, ...change }) => ({
      changed: mark(
        data.posts.filter((post) => ids.includes(post.id)),
        change,
      ),
    }),
    'posts.markAllRead': ({ query, before }) => {
      const rows = select(data, query).filter((post) => !post.isRead && (!before || post.collectedAt < before));
      return { changed: mark(rows, { isRead: true }) };
    },
  };
};

const deskAnswers = (data: InventedData, announce: FakeCore['announce']): Answers => ({
  'sources.list': () => data.sources,
  'sources.get': ({ id }) => found(data.sources.find((row) => row.source.id === id)),
  'sources.removal': ({ id }) => ({ posts: data.posts.filter((post) => post.sourceId === id).length, starred: 2, fetchJobs: 20 }),
  'sources.fetch': () => ({ run: found(data.runs[0]), alreadyRunning: false }),
  'sources.fetchJobs': ({ id }) => [...(data.sources.find((row) => row.source.id === id)?.recent ?? [])].reverse(),
  'sources.previewHackerNews': ({ limit }) => ({
    scores: Array.from({ length: limit }, (_, place) => Math.max(1, 620 - place * 6)),
  }),
  'sources.discover': ({ url }) => ({
    url,
    ms: 640,
    feeds: [
      {
        feedUrl: 'https://marrow.example/feed.xml',
        siteUrl: 'https://marrow.example/',
        title: 'Marrow and Stone',
        description: 'Notes from a restoration workshop',
        format: 'atom',
        posts: [{ title: 'A wall that leans on purpose', publishedAt: new Date(data.now - 86_400_000).toISOString() }],
        postCount: 20,
        perWeek: 2.4,
        hasFullText: true,
        bytes: 61_000,
        validators: ['etag'],
      },
    ],
  }),
  'sources.hosts': () => [
    {
      host: 'longweather.example',
      sources: 2,
      requests: 1440,
      notModified: 1321,
      failed: 3,
      tooMany: 0,
      bytes: 4_100_000,
      savedBytes: 41_000_000,
      pausesAsked: 0,
      pausesKept: 0,
      score: 98,
      faults: [{ kind: 'too-often', times: 14, points: 2 }],
      nextAt: new Date(data.now + 1_200_000).toISOString(),
      why: 'Every 30 minutes.',
      reasons: [{ kind: 'interval', text: 'Every 30 minutes.', until: new Date(data.now + 1_200_000).toISOString() }],
    },
    {
      host: 'plainmaps.example',
      sources: 1,
      requests: 90,
      notModified: 12,
      failed: 0,
      tooMany: 7,
      bytes: 9_800_000,
      savedBytes: 1_300_000,
      pausesAsked: 7,
      pausesKept: 6,
      score: 81,
      faults: [{ kind: 'pause-broken', times: 1, points: 19 }],
      why: 'Paused.',
      reasons: [{ kind: 'paused', text: 'Paused.' }],
    },
  ],
  'sources.suggestions': () => [
    { title: 'The Long Weather', feedUrl: 'https://longweather.example/rss', about: 'forecasts and their history' },
    { title: 'Plain Maps', feedUrl: 'https://plainmaps.example/rss', about: 'maps with less ink' },
    { title: 'Northlight Observatory', feedUrl: 'https://northlight.example/rss', about: 'the sky this month' },
  ],
  'sources.exportOpml': () => ({ fileName: 'tidings.opml', text: '<opml/>' }),
  'schedules.list': () => data.schedules,
  'schedules.preview': () => ({
    words: 'Every hour at :00',
    next: [1, 2, 3, 4, 5].map((hour) => new Date(data.now + hour * 3_600_000).toISOString()),
  }),
  'schedules.simulate': (wanted) => simulate(wanted, { now: data.now, systemTimeZone: 'Europe/Vienna' }),
  'schedules.why': () => ({
    checks: [
      { ok: true, text: 'The scheduler runs' },
      { ok: false, text: 'This schedule is paused' },
    ],
  }),
  'runs.list': (query) =>
    page(
      data.runs.filter(
        (run) =>
          (!query.status || query.status.includes(run.status)) && (!query.scheduleId || run.scheduleId === query.scheduleId),
      ),
      query,
      50,
    ),
  'runs.get': ({ id }) => {
    const run = found(data.runs.find((each) => each.id === id));
    const { id: runId, name, status, cause, queuedAt } = run;
    const brief = { id: runId, name, status, cause, queuedAt };
    return { run, fetchJobs: inventFetchJobs(data.sources, run), attempts: [brief], recent: [brief] };
  },
  'runs.summary': () => ({ total: data.runs.length, byStatus: {}, missedTimes: 0, problems: 0 }),
  'runs.start': () => ({ run: found(data.runs[0]), alreadyRunning: false }),
  'runs.cancel': () => ({ cancelled: true }),
  'jobs.list': () => INVENTED_JOBS,
  'gaps.list': () => [],
  'authors.list': () => [],
  'stats.get': () => data.stats,
  'stats.storage': () => data.storage,
  'stats.disk': () => data.disk,
  'stats.sources': () => data.values,
  'sources.hostProof': ({ host, format }) => ({ fileName: `tidings-${host}.${format}`, text: `About ${host}` }),
  'settings.get': () => data.settings,
  'settings.update': ({ patch }) => {
    Object.assign(data.settings, patch);
    announce({ name: 'settings.changed', data: { settings: data.settings } });
    return data.settings;
  },
  'desktop.get': () => ({ startAtLogin: true }),
  'desktop.setStartAtLogin': ({ on }) => ({ startAtLogin: on }),
  'app.status': () => data.status,
});

/** A fake core over invented data. */
export const createFakeCore = (data: InventedData): FakeCore => {
  const listeners: ((announcement: Announcement) => void)[] = [];
  const announce = (announcement: Announcement) => {
    for (const listener of listeners) listener(announcement);
  };
  const answers: Answers = { ...postAnswers(data, announce), ...deskAnswers(data, announce) };
  return {
    data,
    answers,
    announce,
    onAnnounce: (listener) => listeners.push(listener),
    answer: (method, params) => {
      const answer = answers[method as keyof Methods] as ((params: unknown) => unknown) | undefined;
      if (!answer) return { ok: false, error: { code: 'USAGE', message: `The fake core has no answer to ${method}.` } };
      try {
        return { ok: true, result: answer(params) };
      } catch (thrown) {
        const { code = 'NOT_FOUND', message } = thrown as Error & { code?: string };
        return { ok: false, error: { code, message } };
      }
    },
  };
};
