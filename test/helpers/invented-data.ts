import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { JobInfo } from '../../preload/contract/job.ts';
import type { PostRow } from '../../preload/contract/post.ts';
import type { FetchJobRow, Run } from '../../preload/contract/run.ts';
import type { Schedule, ScheduleRow } from '../../preload/contract/schedule.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../preload/contract/settings.ts';
import type { FeedSource, HackerNewsSource, Source, SourceRow } from '../../preload/contract/source.ts';
import type { DiskStats, SourceValue, Stats, StorageInfo, Verdict } from '../../preload/contract/stats.ts';
import type { AppStatus } from '../../preload/contract/status.ts';

/*
 * A news desk that never was: sources, posts, runs and numbers for looking at screens and for testing them without a
 * core. The same for the same `now`.
 */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const iso = (at: number): string => new Date(at).toISOString();

/** Numbers from 0 to 1 that look random and are the same each time. */
export const dice = (seed = 7): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
};

type Sketch = { id: string; title: string; folder: string[]; host: string; health: string; muted?: boolean; paused?: boolean };
/* Health, oldest left: n new, o nothing new, = not modified, x failed. */
const SKETCHES: Sketch[] = [
  { id: 'saltmarsh', title: 'Saltmarsh Systems', folder: ['Systems'], host: 'saltmarsh.example', health: '===n==o===n=====on==' },
  { id: 'slowdb', title: 'Slow Databases', folder: ['Systems'], host: 'slowdb.example', health: '==o=====n====o====n=' },
  {
    id: 'quiet',
    title: 'Quiet Compiler',
    folder: ['Systems', 'Languages'],
    host: 'quietcompiler.example',
    health: '====o====n========nn',
  },
  {
    id: 'halyard',
    title: 'Halyard release notes',
    folder: ['Systems', 'Languages'],
    host: 'halyard.example',
    health: '============n======n',
  },
  { id: 'umbra', title: 'Umbra Type Foundry', folder: ['Systems'], host: 'umbra.example', health: '===n=========n===xxx' },
  {
    id: 'vessel',
    title: 'Vessel Point Gazette',
    folder: ['Weather and water'],
    host: 'vesselpoint.example',
    health: 'onnononnnonnonnnonnn',
  },
  {
    id: 'weather',
    title: 'The Long Weather',
    folder: ['Weather and water'],
    host: 'longweather.example',
    health: 'nnnnonnonnnnonnnnonn',
  },
  {
    id: 'tinroof',
    title: 'Tin Roof Radio',
    folder: ['Weather and water'],
    host: 'tinroof.example',
    health: '==n==x==x==n===xx==n',
  },
  { id: 'north', title: 'Северный берег', folder: ['Weather and water'], host: 'sever.example', health: 'o=n=o=n=o=n=o=n=o=n=' },
  {
    id: 'carto',
    title: 'Plain Cartography',
    folder: ['The city'],
    host: 'plaincartography.example',
    health: '===========n========',
  },
  { id: 'tokyo', title: '静かな地図の研究所', folder: ['The city'], host: 'chizu.example', health: '=====n=====n======o=' },
  { id: 'souk', title: 'دفتر المدينة', folder: ['The city'], host: 'madina.example', health: 'oo=oo=n=oo=oo=n=oo=n' },
  { id: 'bramble', title: 'Bramble Kitchen', folder: [], host: 'bramble.example', health: 'nn=n=xxxxxxxxxxxxxxx' },
  {
    id: 'noisy',
    title: 'A blog with a name that is much longer than any list has room for, on purpose',
    folder: [],
    host: 'noisy.example',
    health: 'nnnnnnnnnnnnnnnnnnnn',
    muted: true,
  },
  { id: 'rest', title: 'Resting Quarterly', folder: [], host: 'resting.example', health: '', paused: true },
];

const toSource = (sketch: Sketch, now: number): FeedSource => ({
  id: sketch.id,
  kind: 'feed',
  title: sketch.title,
  folder: sketch.folder,
  paused: sketch.paused ?? false,
  muted: sketch.muted ?? false,
  starred: false,
  addedAt: iso(now - 90 * DAY),
  feedUrl: `https://${sketch.host}/feed.xml`,
  siteUrl: `https://${sketch.host}/`,
});
const hackerNews = (now: number): HackerNewsSource => ({
  id: 'hn-top',
  kind: 'hacker-news',
  title: 'Hacker News, top',
  folder: [],
  paused: false,
  muted: false,
  starred: false,
  addedAt: iso(now - 90 * DAY),
  list: 'top',
  minScore: 50,
  limit: 100,
});

const jobOf = (sourceId: string, letter: string, at: number, runId: string): FetchJob => {
  const common = { id: `job-${sourceId}-${at}`, runId, sourceId, queuedAt: iso(at), startedAt: iso(at + 120) };
  if (letter === 'x') {
    const gone = sourceId === 'bramble';
    return {
      ...common,
      status: 'failed',
      endedAt: iso(at + 1900),
      postsCount: 0,
      httpStatus: gone ? 410 : 503,
      errorCode: gone ? 'HTTP_GONE' : 'HTTP_5XX',
      errorMessage: gone ? 'The feed is gone (410).' : 'The server answered 503.',
    };
  }
  const outcome = letter === 'n' ? 'new-posts' : letter === 'o' ? 'nothing-new' : 'not-modified';
  const postsCount = letter === 'n' ? 2 : 0;
  return {
    ...common,
    status: 'completed',
    endedAt: iso(at + 640),
    outcome,
    postsCount,
    itemsCount: 20,
    bytes: 41_200,
    httpStatus: 200,
  };
};

const TITLES = [
  'The harbour that kept its own tide tables for a century',
  'What the planner promised, and what the disk did',
  'Release 6.2: quieter retries, and a log you can read aloud',
  'A parser in four hundred lines that I am no longer ashamed of',
  'Why our night trains run to the second and our clocks do not',
  'Storm names for the season, and the people who choose them',
  'Maps with less ink',
  'Notes on a compiler that says what it is doing, why it is doing it, and how long it thinks that doing it will take on a machine like yours',
  'The file format that outlived three companies',
  'Predicting tides with brass: the machine in the cellar',
  'Sandbanks that move, charts that do not',
  'Against the dashboard',
];
const FOREIGN: Record<string, string[]> = {
  north: ['Маяк, который тридцать лет вёл один смотритель', 'Лёд сошёл на две недели раньше'],
  tokyo: ['静かな地図：等高線のない山をどう描くか', '駅前の看板から消えていく文字について'],
  souk: ['خريطة جديدة للأسواق القديمة', 'كيف يعود الماء إلى المدينة: ملاحظات من شتاء طويل'],
};
const STORIES = [
  'Show HN: I taught a 1987 plotter to draw today’s weather map',
  'The smallest database that could possibly be correct',
  'Ask HN: What did you stop automating?',
  'SQLite on a lighthouse',
  'A keyboard made of driftwood',
];

const titleFor = (source: Source, place: number): string => {
  const list = source.kind === 'hacker-news' ? STORIES : (FOREIGN[source.id] ?? TITLES);
  const title = list[place % list.length] ?? '';
  return place < list.length * 3 ? title : `${title} (${place})`;
};

const HN_HOSTS = ['plotter.example', 'coppervault.example', 'lighthouse.example'];
const hostOf = (source: Source, place: number): string =>
  source.kind === 'feed' ? new URL(source.feedUrl).host : (HN_HOSTS[place % HN_HOSTS.length] ?? '');
const episode = (host: string, place: number) => ({
  enclosures: [{ url: `https://${host}/episode-${place}.mp3`, type: 'audio/mpeg', length: 41_300_000 }],
});
const story = (place: number, roll: () => number): NonNullable<PostRow['hn']> => ({
  id: 41_000_000 + place,
  score: 50 + Math.floor(roll() * 500),
  commentCount: Math.floor(roll() * 200),
  type: 'story',
  isDead: false,
});
const inventPost = (source: Source, place: number, at: number, step: number, roll: () => number): PostRow => {
  const host = hostOf(source, place);
  const isNews = source.kind === 'hacker-news';
  return {
    id: `p${place}`,
    sourceId: source.id,
    sourceTitle: source.title,
    fingerprint: `https://${host}/${place}`,
    title: titleFor(source, place),
    url: `https://${host}/${place}`,
    domain: host,
    ...(roll() > 0.4 ? { author: 'Ines Harrow' } : {}),
    summary:
      'For ninety-one years the harbour office measured the water by hand, twice a day, in pencil. The ledgers of the tide fill a cellar.',
    hasBody: true,
    publishedAt: iso(at - Math.floor(roll() * 50) * MINUTE),
    collectedAt: iso(at),
    runId: `${isNews ? 'hn' : 'ff'}-${at}`,
    isRead: roll() < (step < 6 ? 0.3 : 0.8),
    isStarred: roll() > 0.93,
    ...(place % 17 === 0 ? episode(host, place) : {}),
    ...(isNews ? { hn: story(place, roll) } : {}),
  };
};

/** Posts, newest first: every half hour a run of Fetch feeds brings some, every hour one of Collect Hacker News. */
export const inventPosts = (sources: readonly Source[], now: number, amount: number): PostRow[] => {
  const roll = dice(11);
  const feeds = sources.filter((source) => source.kind === 'feed' && !source.paused && source.id !== 'bramble');
  const stories = sources.filter((source) => source.kind === 'hacker-news');
  if (feeds.length === 0 || stories.length === 0) return [];
  const posts: PostRow[] = [];
  const newest = Math.floor((now - 18 * MINUTE) / (30 * MINUTE)) * 30 * MINUTE;
  for (let step = 0; posts.length < amount; step += 2) {
    const from = step % 4 === 2 ? stories : feeds;
    const size = step % 4 === 2 ? 7 : 3 + Math.floor(roll() * 9);
    for (let each = 0; each < size && posts.length < amount; each += 1) {
      const source = from[Math.floor(roll() * from.length)];
      if (source) posts.push(inventPost(source, posts.length, newest - step * 15 * MINUTE, step, roll));
    }
  }
  return posts;
};

/** The text of an invented post, as the core would give it: sanitised. */
export const INVENTED_BODY = `<p>For ninety-one years the harbour office at Vessel Point measured the water by hand, twice a day, in pencil. The readings fill forty-four ledgers bound in sailcloth, and until last winter <a href="https://vesselpoint.example/ledgers">nobody had asked</a> whether they were any good.</p>
<p>They are very good. A team at the hydrographic school has now typed in all 66,000 of them, and the pencil differs from the modern gauge by less than the width of a hand. Where it differs by more, the gauge was usually wrong.</p>
<blockquote><p>“We were told to write down what the water did,” says the last of the keepers, “not what the book said it would do.”</p></blockquote>
<p>The rule sounds simple, and it is the reason the ledgers are worth reading. Most harbours of the period copied the printed tables when the weather was bad. Vessel Point left a gap and wrote the reason beside it: <em>fog; boat not out; keeper ill</em>. There are 212 such gaps, each with its cause.</p>
<h2>What a gap is worth</h2>
<p>A gap with a reason turns out to be a kind of measurement. From the gaps alone one can read <code>wind &gt; 9</code>, the influenza of 1918, and two strikes:</p>
<pre><code>1918-11-02  --  keeper ill
1918-11-03  --  keeper ill
1926-05-04  --  boat not out (strike)</code></pre>
<ul><li>44 ledgers, 66,000 readings</li><li>212 gaps, each with its cause</li><li>one keeper at a time</li></ul>
<table><thead><tr><th>Year</th><th>Readings</th><th>Gaps</th></tr></thead><tbody><tr><td>1918</td><td>701</td><td>29</td></tr><tr><td>1926</td><td>728</td><td>2</td></tr></tbody></table>
<p>The ledgers go on show in March.</p>`;

const failedLog = (at: number): { at: string; level: 'info' | 'warn' | 'error'; message: string }[] => [
  { at: iso(at), level: 'info', message: 'Run started, 41 sources due' },
  { at: iso(at + 4000), level: 'warn', message: 'Tin Roof Radio: the server answered 503' },
  { at: iso(at + 600_000), level: 'error', message: 'The run took longer than 10 minutes and was stopped' },
];

const FEEDS_RUN = { jobKind: 'fetch-feeds', name: 'Fetch feeds', scheduleId: 'fetch-feeds', cause: 'schedule' as const };
const NEWS_RUN = { ...FEEDS_RUN, jobKind: 'collect-hacker-news', name: 'Collect Hacker News', scheduleId: 'collect-hacker-news' };
/* The computer slept from the 39th to the 21st half hour back; the 20th is the row of the gap, the 23rd its catch-up. */
const wasAsleep = (place: number): boolean => place > 20 && place < 40 && place !== 23;

const endedRun = (place: number, at: number): Run => {
  const isNews = place % 2 === 0;
  const common = {
    ...(isNews ? NEWS_RUN : FEEDS_RUN),
    id: `${isNews ? 'hn' : 'ff'}-${at}`,
    scheduledFor: iso(at),
    queuedAt: iso(at),
  };
  const worked = {
    startedAt: iso(at + 300),
    counts: { posts_fetched: 100, posts_saved: 7, duplicates_skipped: 60, below_threshold: 33, errors: 0 },
    log: [{ at: iso(at), level: 'info' as const, message: 'Run started' }],
  };
  const timeout = {
    errorCode: 'RUN_TIMEOUT' as const,
    errorMessage:
      'The run took longer than 10 minutes and was stopped. 29 of 41 sources finished; their 5 posts are kept and nothing is lost.',
  };
  const gap = { endedAt: iso(at + 9 * HOUR), reason: 'asleep', from: iso(at), to: iso(at + 9 * HOUR), missedCount: 18 };
  const late = at + 36 * MINUTE;
  const special: Record<number, Run> = {
    5: { ...common, ...worked, status: 'failed', endedAt: iso(at + 600_000), log: failedLog(at), ...timeout },
    8: { ...common, ...worked, status: 'cancelled', endedAt: iso(at + 8000), cause: 'manual' },
    11: { ...common, ...worked, status: 'abandoned', endedAt: iso(at + 8000) },
    14: { ...common, status: 'skipped', endedAt: iso(at), reason: 'The run before was still going' },
    17: { ...common, status: 'deferred', endedAt: iso(at + 2 * HOUR), reason: 'on battery' },
    20: { ...common, status: 'missed', ...gap },
    23: { ...common, ...worked, cause: 'catch-up', status: 'completed', startedAt: iso(late), endedAt: iso(late + 6200) },
  };
  return special[place] ?? { ...common, ...worked, status: 'completed', endedAt: iso(at + 3400 + (place % 7) * 900) };
};

/** Runs of every status, newest first. */
export const inventRuns = (now: number): Run[] => {
  const base = FEEDS_RUN;
  const slot = Math.floor(now / (30 * MINUTE)) * 30 * MINUTE;
  const runs: Run[] = [
    {
      ...base,
      id: 'run-running',
      status: 'running',
      scheduledFor: iso(now - 20_000),
      queuedAt: iso(now - 20_000),
      startedAt: iso(now - 19_000),
      counts: { posts_saved: 5 },
      progress: { done: 26, total: 41, label: 'Tin Roof Radio' },
    },
    {
      ...base,
      id: 'run-queued',
      status: 'queued',
      jobKind: 'collect-hacker-news',
      name: 'Collect Hacker News',
      scheduleId: 'collect-hacker-news',
      queuedAt: iso(now - 2000),
      cause: 'manual',
    },
  ];
  const places = Array.from({ length: 219 }, (_, place) => place + 1).filter((place) => !wasAsleep(place));
  return [...runs, ...places.map((place) => endedRun(place, slot - place * 30 * MINUTE))];
};

/** The fetch jobs of one run: a few of every kind. */
export const inventFetchJobs = (rows: readonly SourceRow[], run: Run): FetchJobRow[] =>
  rows
    .filter((row) => !row.source.paused && (run.jobKind === 'fetch-feeds') === (row.source.kind === 'feed'))
    .map((row, place): FetchJobRow => {
      const at = Date.parse(run.queuedAt) + place * 350;
      const sourceTitle = row.source.title;
      if (run.status === 'running' && place > 9) {
        const common = {
          id: `job-q${place}`,
          runId: run.id,
          sourceId: row.source.id,
          queuedAt: iso(at),
          sourceTitle,
          postsCount: 0 as const,
        };
        return place === 10 ? { ...common, status: 'ongoing', startedAt: iso(at) } : { ...common, status: 'queued' };
      }
      const letter = place % 6 === 4 ? 'x' : place % 3 === 0 ? 'n' : place % 3 === 1 ? 'o' : '=';
      return { ...jobOf(row.source.id, letter, at, run.id), sourceTitle };
    });

const schedule = (now: number, part: Partial<Schedule> & Pick<Schedule, 'id' | 'name' | 'jobKind' | 'trigger'>): Schedule => ({
  options: {},
  timeZone: 'Europe/Vienna',
  enabled: true,
  nextDueAt: iso(now + 12 * MINUTE),
  missed: 'run-once',
  retries: 2,
  retryMinutes: 1,
  jitterSeconds: 0,
  timeoutMinutes: 10,
  isBuiltIn: true,
  totals: { runs: 1388, completed: 1384, failed: 4 },
  ...part,
});

/** The schedules, with all their rows show. */
export const inventSchedules = (now: number, runs: readonly Run[]): ScheduleRow[] => {
  const row = (made: Schedule, jobTitle: string, words: string, stepMs: number): ScheduleRow => {
    const own = runs
      .filter((run) => run.scheduleId === made.id && run.status !== 'queued' && run.status !== 'skipped')
      .slice(0, 30)
      .reverse();
    const last = own.at(-1);
    const first = made.nextDueAt ? Date.parse(made.nextDueAt) : 0;
    return {
      schedule: made,
      jobTitle,
      words,
      next: first ? [0, 1, 2, 3, 4].map((place) => iso(first + place * stepMs)) : [],
      why: made.pausedUntil
        ? 'Paused until you resume'
        : made.enabled
          ? 'Counted from the last due time, 30 minutes later'
          : 'Switched off',
      recent: own,
      ...(last ? { last, successRate: 0.97, usualMs: 6200 } : {}),
    };
  };
  return [
    row(
      schedule(now, {
        id: 'fetch-feeds',
        name: 'Fetch feeds',
        jobKind: 'fetch-feeds',
        trigger: { type: 'interval', minutes: 30 },
      }),
      'Fetch feeds',
      'Every 30 minutes',
      30 * MINUTE,
    ),
    row(
      schedule(now, {
        id: 'collect-hacker-news',
        name: 'Collect Hacker News',
        jobKind: 'collect-hacker-news',
        trigger: { type: 'cron', expression: '0 * * * *' },
        timeZone: 'UTC',
        nextDueAt: iso(now + 42 * MINUTE),
      }),
      'Collect Hacker News',
      'Every hour at :00',
      HOUR,
    ),
    row(
      schedule(now, {
        id: 'morning',
        name: 'Morning sweep',
        jobKind: 'fetch-feeds',
        trigger: { type: 'weekly', days: ['mon', 'tue', 'wed', 'thu', 'fri'], time: '06:30' },
        isBuiltIn: false,
        nextDueAt: iso(now + 19 * HOUR),
        totals: { runs: 0, completed: 0, failed: 0 },
      }),
      'Fetch feeds',
      'Monday to Friday at 06:30',
      DAY,
    ),
    row(
      schedule(now, {
        id: 'paused',
        name: 'Weekly archive look',
        jobKind: 'fetch-feeds',
        trigger: { type: 'monthly', day: 1, time: '04:00' },
        isBuiltIn: false,
        pausedUntil: '9999-12-31T23:59:59.999Z',
        nextDueAt: iso(now + 9 * DAY),
        totals: { runs: 3, completed: 2, failed: 1 },
      }),
      'Fetch feeds',
      'On the 1st of each month at 04:00',
      30 * DAY,
    ),
  ];
};

export const INVENTED_JOBS: JobInfo[] = [
  {
    kind: 'fetch-feeds',
    title: 'Fetch feeds',
    description: 'Looks at every feed that is due and keeps what is new.',
    optionsSchema: {
      type: 'object',
      properties: { limit: { type: 'integer', minimum: 1, maximum: 500, title: 'At most so many sources' } },
      additionalProperties: false,
    },
    suggestedTrigger: { type: 'interval', minutes: 30 },
    goesOut: true,
  },
  {
    kind: 'collect-hacker-news',
    title: 'Collect Hacker News',
    description: 'Reads the lists of Hacker News and keeps the stories above the threshold.',
    optionsSchema: {
      type: 'object',
      properties: { limit: { type: 'integer', minimum: 1, maximum: 500 }, minScore: { type: 'integer', minimum: 0 } },
      additionalProperties: false,
    },
    suggestedTrigger: { type: 'cron', expression: '0 * * * *' },
    goesOut: true,
  },
];

const inventStats = (now: number, rows: readonly SourceRow[]): Stats => {
  const roll = dice(3);
  const day = (back: number) => iso(now - back * DAY).slice(0, 10);
  const perDay = Array.from({ length: 30 }, (_, place) => {
    const posts = place === 17 ? 31 : 60 + Math.floor(roll() * 80);
    return { date: day(29 - place), posts, read: Math.floor(posts * roll() * 0.4) };
  });
  const bySource = rows.map((row, place) => ({
    sourceId: row.source.id,
    title: row.source.title,
    posts: Math.floor(812 / (place + 1)),
    read: Math.floor((812 / (place + 1)) * roll() * 0.6),
    starred: place % 3,
  }));
  const runDays = perDay.map(({ date }, place) => ({
    date,
    p50Ms: 5000 + roll() * 4000,
    p95Ms: place === 17 ? 58_000 : 9000 + roll() * 9000,
    failed: place === 17 || place === 29 ? 1 : 0,
    runs: 46,
  }));
  return {
    days: 30,
    timeZone: 'Europe/Vienna',
    from: iso(now - 30 * DAY),
    to: iso(now),
    posts: perDay.reduce((sum, each) => sum + each.posts, 0),
    opened: 318,
    starred: 12,
    perDay,
    perWeekHour: Array.from({ length: 7 }, (_, weekday) =>
      Array.from({ length: 24 }, (_none, hour) => Math.max(0, Math.round(12 - Math.abs(hour - 9) - weekday * 0.6))),
    ),
    perHour: [20, 15, 10, 10, 14, 30, 68, 150, 135, 115, 125, 105, 88, 100, 120, 126, 115, 95, 82, 72, 62, 52, 41, 24],
    bySource,
    byDomain: [
      { domain: 'longweather.example', posts: 248, read: 40 },
      { domain: 'vesselpoint.example', posts: 133, read: 61 },
    ],
    byAuthor: [
      { author: 'Odile Marsh', posts: 44, read: 20 },
      { author: 'oda', posts: 31, read: 2 },
    ],
    scoreThreshold: 50,
    scores: [0, 10, 20, 50, 100, 200, 500].map((from, place, all) => ({
      from,
      ...(all[place + 1] ? { to: (all[place + 1] ?? 0) - 1 } : {}),
      posts: [0, 0, 4, 320, 290, 160, 38][place] ?? 0,
    })),
    runs: {
      total: 1388,
      completed: 1380,
      failed: 4,
      missed: 4,
      bySchedule: [
        {
          scheduleId: 'fetch-feeds',
          name: 'Fetch feeds',
          runs: 1388,
          failed: 4,
          p50Ms: 6200,
          p95Ms: 14_000,
          latenessMs: 300,
          lateness: {
            p50Ms: 300,
            p95Ms: 4000,
            worstMs: 32_400_000,
            worstAt: iso(now - 5 * DAY),
            late: 9,
            reasons: [
              { reason: 'asleep', runs: 7 },
              { reason: 'off', runs: 2 },
            ],
          },
          perDay: runDays,
        },
        {
          scheduleId: 'collect-hacker-news',
          name: 'Collect Hacker News',
          runs: 700,
          failed: 0,
          p50Ms: 2100,
          p95Ms: 4000,
          latenessMs: 250,
          perDay: runDays.map((each) => ({ ...each, failed: 0, p50Ms: 2100, p95Ms: 3900 })),
        },
      ],
    },
    fetches: { total: 18_402, failed: 61, notModified: 14_002, bytes: 212_000_000 },
    load: {
      plannedPerHour: 82,
      donePerHour: 79,
      perHour: Array.from({ length: 24 }, (_, place) => ({ at: iso(now - (24 - place) * 3_600_000), requests: 60 + place })),
    },
  };
};

const inventValues = (now: number, rows: readonly SourceRow[]): SourceValue[] => {
  const verdicts: Verdict[] = ['dead', 'idle', 'noisy', 'quiet', 'fine', 'valuable'];
  return rows.map((row, place) => ({
    source: row.source,
    verdict: verdicts[Math.min(verdicts.length - 1, place)] ?? 'fine',
    reason: place === 2 ? 'You opened 12 of 812 posts: much comes, little is opened.' : 'As its rows tell.',
    received: 812 - place * 10,
    opened: 12 + place,
    starred: place,
    unread: row.unread,
    perWeekNow: 4.5,
    perWeekUsual: 5,
    lastPostAt: iso(now - place * DAY),
    ...(row.source.kind === 'hacker-news' ? { higherScore: 120 } : {}),
  }));
};

const DISK: DiskStats = {
  dataDir: '/home/ines/.local/share/tidings',
  bytes: 212_400_000,
  collections: [
    { name: 'bodies', files: 9, bytes: 148_000_000, rows: 41_000 },
    { name: 'posts', files: 4, bytes: 31_000_000, rows: 51_200 },
    { name: 'runs', files: 2, bytes: 11_000_000, rows: 1388 },
  ],
  growth: { postsPerDay: 93.7, bytesPerDay: 1_250_000 },
  largest: [{ sourceId: 'source-1', title: 'Hacker News, top', posts: 8120, bytes: 41_000_000 }],
};

const STORAGE: StorageInfo = {
  dataDir: '/home/ines/.local/share/tidings',
  bytes: 212_400_000,
  files: [
    { name: 'bodies-2026-11.json', bytes: 148_000_000 },
    { name: 'posts-2026-11.json', bytes: 31_000_000 },
    { name: 'fetch-jobs.json', bytes: 22_000_000 },
    { name: 'runs.json', bytes: 11_400_000 },
  ],
  counts: { posts: 18_402, sources: 16, runs: 1388, fetchJobs: 18_402, bodies: 17_900, hackerNewsIndex: 4100 },
};

const sourceRows = (sources: readonly Source[], posts: readonly PostRow[], now: number): SourceRow[] =>
  sources.map((source) => {
    const own = posts.filter((post) => post.sourceId === source.id);
    const health = SKETCHES.find((sketch) => sketch.id === source.id)?.health ?? 'nnnnnnnnnnnnnnnnnnnn';
    const slot = now - 18 * MINUTE;
    const recent = [...health].map((letter, place) =>
      jobOf(source.id, letter, slot - (health.length - 1 - place) * 30 * MINUTE, `ff-${place}`),
    );
    const good = recent.filter((job) => job.status === 'completed').at(-1);
    const failures = health.length - health.replace(/x+$/, '').length;
    const next = iso(now + 12 * MINUTE);
    return {
      source,
      unread: own.filter((post) => !post.isRead).length,
      posts: own.length,
      recent,
      ...(good?.status === 'completed' ? { lastGoodAt: good.endedAt } : {}),
      failures,
      ...(source.paused ? {} : { nextTryAt: failures > 0 ? iso(now + 3 * HOUR) : next }),
      why: source.paused
        ? [{ kind: 'paused', text: 'You paused this source' }]
        : [
            ...(failures > 0
              ? [{ kind: 'failures' as const, text: `${failures} failures in a row`, until: iso(now + 3 * HOUR) }]
              : []),
            { kind: 'interval', text: 'Base interval, every 30 min', until: next },
          ],
    };
  });

/** Everything the fake core starts from. */
export type InventedData = {
  now: number;
  sources: SourceRow[];
  posts: PostRow[];
  runs: Run[];
  schedules: ScheduleRow[];
  stats: Stats;
  storage: StorageInfo;
  disk: DiskStats;
  values: SourceValue[];
  settings: Settings;
  status: AppStatus;
};

/** A whole news desk at `now`, with so many posts. */
export const inventData = (now: number, postAmount = 600): InventedData => {
  const sources: Source[] = [hackerNews(now), ...SKETCHES.map((sketch) => toSource(sketch, now))];
  const posts = inventPosts(sources, now, postAmount);
  const rows = sourceRows(sources, posts, now);
  const runs = inventRuns(now);
  return {
    now,
    sources: rows,
    posts,
    runs,
    schedules: inventSchedules(now, runs),
    stats: inventStats(now, rows),
    storage: STORAGE,
    disk: DISK,
    values: inventValues(now, rows),
    settings: { ...DEFAULT_SETTINGS, welcomed: true },
    status: {
      version: '0.1.0',
      host: 'desktop',
      dataDir: STORAGE.dataDir,
      timeZone: 'Europe/Vienna',
      now: iso(now),
      state: 'idle',
      schedulerRunning: true,
      running: [],
      next: { scheduleId: 'fetch-feeds', name: 'Fetch feeds', dueAt: iso(now + 12 * MINUTE + 5000) },
      last: { runId: 'run-1', name: 'Collect Hacker News', words: '7 new' },
      unread: 128,
      failingSources: 2,
      notices: [],
      can: { startAtLogin: true, revealFile: true },
    },
  };
};
