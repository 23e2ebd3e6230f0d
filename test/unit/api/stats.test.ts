import { describe, expect, test } from 'vitest';
import { createLocalTime, dateOf } from '../../../main/api/local-time.ts';
import { median, percentile } from '../../../main/api/numbers.ts';
import { createPostTally } from '../../../main/api/stats-posts.ts';
import { createFetchTally, loadStats, runStats, toFacts } from '../../../main/api/stats-runs.ts';
import { runInWords } from '../../../main/api/views.ts';
import type { FetchJob } from '../../../preload/contract/fetch-job.ts';
import type { Post } from '../../../preload/contract/post.ts';
import type { Run } from '../../../preload/contract/run.ts';

const post = (collectedAt: string, own: Partial<Post> = {}): Post => ({
  id: collectedAt.replace(/\W/g, ''),
  sourceId: 's',
  fingerprint: 'f',
  title: 't',
  url: 'https://a.example/',
  domain: 'a.example',
  summary: '',
  hasBody: false,
  collectedAt,
  isRead: false,
  isStarred: false,
  ...own,
});
const run = (queuedAt: string, seconds: number, own: Partial<Run> = {}): Run =>
  ({
    id: queuedAt.replace(/\W/g, ''),
    jobKind: 'fetch-feeds',
    name: 'Fetch feeds',
    cause: 'schedule',
    queuedAt,
    startedAt: queuedAt,
    endedAt: new Date(Date.parse(queuedAt) + seconds * 1000).toISOString(),
    status: 'completed',
    counts: {},
    log: [],
    ...own,
  }) as Run;
describe('the numbers for the screen', () => {
  test('local days and hours follow the zone, also on the day its clock changes', () => {
    const vienna = createLocalTime('Europe/Vienna');
    const day = vienna.day(Date.parse('2026-03-29T10:00:00Z'));
    expect(dateOf(day)).toBe('2026-03-29');
    expect(new Date(vienna.startOfDay(day)).toISOString()).toBe('2026-03-28T23:00:00.000Z');
    expect(new Date(vienna.startOfDay(day + 1)).toISOString()).toBe('2026-03-29T22:00:00.000Z');
    expect(vienna.hour(Date.parse('2026-03-29T00:30:00Z'))).toBe(1);
    expect(vienna.hour(Date.parse('2026-03-29T01:30:00Z'))).toBe(3);
    expect(() => createLocalTime('Mars/Olympus')).toThrow('not a time zone');
  });

  test('posts are counted by day, hour, source, site and score; days without posts are there too', () => {
    const local = createLocalTime('UTC');
    const today = local.day(Date.parse('2026-11-21T00:00:00Z'));
    const tally = createPostTally(local, today - 2, today);
    const hn = { id: 1, score: 50, commentCount: 0, type: 'story', isDead: false } as const;
    tally.add(post('2026-11-21T08:00:00.000Z', { isRead: true, hn }));
    tally.add(post('2026-11-21T23:59:59.999Z', { sourceId: 'other', author: 'Ann' }));
    tally.add(post('2026-11-19T00:00:00.000Z', { hn: { ...hn, score: 700 } }));
    tally.add(post('2026-11-18T23:59:59.999Z'));
    const numbers = tally.result((id) => `Title of ${id}`);
    expect(numbers).toMatchObject({ posts: 3, opened: 1 });
    expect(numbers.perDay).toEqual([
      { date: '2026-11-19', posts: 1, read: 0 },
      { date: '2026-11-20', posts: 0, read: 0 },
      { date: '2026-11-21', posts: 2, read: 1 },
    ]);
    expect([numbers.perHour[0], numbers.perHour[8], numbers.perHour[23]]).toEqual([1, 1, 1]);
    expect(numbers.bySource[0]).toEqual({ sourceId: 's', title: 'Title of s', posts: 2, read: 1, starred: 0 });
    expect(numbers.byDomain).toEqual([{ domain: 'a.example', posts: 3, read: 1 }]);
    expect(numbers.byAuthor).toEqual([{ author: 'Ann', posts: 1, read: 0 }]);
    // The 19th is a Thursday, the 21st a Saturday.
    expect([numbers.perWeekHour[3]?.[0], numbers.perWeekHour[5]?.[8], numbers.perWeekHour[5]?.[23]]).toEqual([1, 1, 1]);
    expect(numbers.scores.filter(({ posts }) => posts > 0)).toEqual([
      { from: 50, to: 99, posts: 1 },
      { from: 500, posts: 1 },
    ]);
  });

  test('runs are counted by schedule with how long they took and how late they were', () => {
    const local = createLocalTime('UTC');
    const numbers = runStats(
      [
        run('2026-11-21T10:00:42.000Z', 4, { scheduleId: 'a', scheduledFor: '2026-11-21T10:00:00.000Z' }),
        run('2026-11-21T09:00:00.000Z', 2, { scheduleId: 'a', scheduledFor: '2026-11-21T09:00:00.000Z' }),
        run('2026-11-20T09:00:00.000Z', 60, {
          scheduleId: 'a',
          status: 'failed',
          errorCode: 'INTERNAL',
          errorMessage: 'x',
        } as Partial<Run>),
        { ...run('2026-11-20T08:00:00.000Z', 0), status: 'missed', missedCount: 9, reason: 'asleep' } as Run,
        run('2026-11-20T07:00:00.000Z', 1),
      ].map((each) => toFacts(each, local)),
    );
    expect(numbers).toMatchObject({ total: 4, completed: 3, failed: 1, missed: 9 });
    expect(numbers.bySchedule[0]).toMatchObject({ scheduleId: 'a', runs: 3, failed: 1, p50Ms: 2000, p95Ms: 4000, latenessMs: 0 });
    expect(numbers.bySchedule[0]?.perDay.map(({ date, runs, failed }) => [date, runs, failed])).toEqual([
      ['2026-11-20', 1, 1],
      ['2026-11-21', 2, 0],
    ]);
    expect([median([]), percentile([3, 1, 2], 0.5), percentile([1], 0.95)]).toEqual([undefined, 2, 1]);
  });

  test('fetch jobs that blame nobody are no failures', () => {
    const common = { id: 'a', runId: 'r', sourceId: 's', queuedAt: '2026-11-21T10:00:00.000Z' };
    const ended = {
      endedAt: '2026-11-21T10:00:01.000Z',
      errorCode: 'OFFLINE',
      errorMessage: 'x',
      postsCount: 0,
      status: 'failed',
    } as const;
    const jobs: FetchJob[] = [
      { ...common, ...ended },
      { ...common, ...ended, isBlameless: true },
      {
        ...common,
        startedAt: common.queuedAt,
        status: 'completed',
        endedAt: ended.endedAt,
        outcome: 'not-modified',
        postsCount: 0,
        bytes: 120,
      },
    ];
    const tally = createFetchTally();
    for (const job of jobs) tally.add(job);
    expect(tally.result()).toEqual({ total: 3, failed: 1, notModified: 1, bytes: 120 });
  });

  test('A-17: 300 slow sources asked every 5 minutes: planned and done are counted, and the warning names the numbers', () => {
    const intervals = Array.from({ length: 300 }, () => 5);
    const slow = run('2026-11-21T10:00:00.000Z', 12 * 60);
    const load = loadStats(intervals, 2400, [slow, run('2026-11-21T11:00:00.000Z', 60)]);
    expect(load).toMatchObject({ plannedPerHour: 3600, donePerHour: 100 });
    expect(load.warning).toContain('300 sources took 12 min, longer than the 5 min');
    const partly = { ...slow, counts: { sources: 40 } } as Run;
    expect(loadStats(intervals, 2400, [partly]).warning).toContain('40 sources took 12 min');
    expect(loadStats(intervals, 2400, [run('2026-11-21T10:00:00.000Z', 60)]).warning).toBeUndefined();
    expect(loadStats([], 0, [slow])).toEqual({ plannedPerHour: 0, donePerHour: 0 });
    expect(loadStats([30, 180, 1440], 0, [])).toEqual({ plannedPerHour: 2, donePerHour: 0 });
  });

  test('a run is told in a few words', () => {
    expect(
      runInWords(
        run('2026-11-21T10:00:00.000Z', 1, { counts: { posts_saved: 25, duplicates_skipped: 75, errors: 0 } } as Partial<Run>),
      ),
    ).toBe('25 new, 75 known');
    expect(runInWords(run('2026-11-21T10:00:00.000Z', 1, { counts: { new_posts: 0, failed: 2 } } as Partial<Run>))).toBe(
      '2 failed',
    );
    expect(runInWords(run('2026-11-21T10:00:00.000Z', 1))).toBe('Nothing new');
  });
});
