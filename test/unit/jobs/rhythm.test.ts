import { describe, expect, test } from 'vitest';
import { dueSources, intervalMsOf, whenNext } from '../../../main/jobs/due-sources.ts';
import { learn, paceOf } from '../../../main/jobs/rhythm.ts';
import type { FetchMemory, Rhythm } from '../../../main/store/repositories.ts';
import type { FetchJob } from '../../../preload/contract/fetch-job.ts';
import type { FeedSource } from '../../../preload/contract/source.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 21, 12);
const BASE = 30 * MINUTE;

const iso = (ms: number): string => new Date(ms).toISOString();
const at = (day: number, hour: number, minute = 0): number => Date.UTC(2026, 10, day, hour, minute);
const every = (ms: number, count: number): number[] => Array.from({ length: count }, (_none, index) => NOW - (index + 1) * ms);
const rhythmOf = (times: number[], now = NOW): Rhythm => {
  const rhythm = learn(undefined, times, now);
  if (!rhythm) throw new Error('Nothing was learnt.');
  return rhythm;
};
const source = (fields: Partial<FeedSource> = {}): FeedSource => ({
  id: 'a',
  kind: 'feed',
  title: 'a',
  folder: [],
  paused: false,
  muted: false,
  starred: false,
  addedAt: iso(NOW - DAY),
  feedUrl: 'https://a.example/feed',
  ...fields,
});
const askedAt = (ms: number): FetchJob => ({
  id: 'j',
  runId: 'r',
  sourceId: 'a',
  queuedAt: iso(ms),
  startedAt: iso(ms),
  endedAt: iso(ms),
  status: 'completed',
  outcome: 'nothing-new',
  postsCount: 0,
});
const memory = (fields: Partial<FetchMemory> = {}): FetchMemory => ({
  sourceId: 'a',
  url: 'https://a.example/feed',
  failures: 0,
  ...fields,
});
const minutesAfter = (rhythm: Rhythm, asked = NOW): number =>
  ((paceOf(rhythm, asked, BASE)?.until ?? asked + BASE) - asked) / MINUTE;

describe('what is learnt of when a source posts', () => {
  test('each post counts once in its hour; a time to come counts as now, one that is none not at all', () => {
    const first = learn(undefined, [NOW - HOUR, NOW - HOUR + MINUTE, NOW + DAY, Number.NaN], NOW);
    const hour = NOW / HOUR;
    expect(first).toEqual({
      hours: [
        [hour - 1, 2],
        [hour, 1],
      ],
    });
    expect(learn(first, [NOW + HOUR], NOW + HOUR)?.hours.at(-1)).toEqual([hour + 1, 1]);
    expect(learn(undefined, [], NOW)).toBeUndefined();
  });

  test('four weeks are kept, at most 168 hours, and always the newest post', () => {
    expect(rhythmOf([NOW - 400 * DAY, NOW - 300 * DAY]).hours).toEqual([[(NOW - 300 * DAY) / HOUR, 1]]);
    expect(rhythmOf([NOW - 40 * DAY, NOW - DAY]).hours).toHaveLength(1);
    expect(rhythmOf(every(HOUR, 1000)).hours).toHaveLength(168);
  });

  test('hours that a wrong clock put into the future are forgotten when it is right again', () => {
    const wrong = rhythmOf([NOW - DAY, NOW + 400 * DAY], NOW + 401 * DAY);
    expect(learn(wrong, [NOW - HOUR], NOW)?.hours).toEqual([[NOW / HOUR - 1, 1]]);
  });

  test('the quieter a source, the less often it is asked: never more often than the owner said, never less than daily', () => {
    const paces = [HOUR, 4 * HOUR, 16 * HOUR, DAY, 3 * DAY, 7 * DAY].map((gap) => minutesAfter(rhythmOf(every(gap, 8))));
    expect(paces).toEqual([30, 30, 60, 120, 360, 840]);
    expect(minutesAfter(rhythmOf([NOW - 3000 * DAY]))).toBe(1440);
    expect(minutesAfter(rhythmOf([NOW - 3000 * DAY]), NOW + 999 * DAY)).toBe(1440);
    for (const baseMs of [5 * MINUTE, BASE, DAY, 7 * DAY]) {
      for (const gap of [MINUTE, HOUR, DAY, 7 * DAY, 300 * DAY]) {
        const after = (paceOf(rhythmOf(every(gap, 8)), NOW, baseMs)?.until ?? NOW + baseMs) - NOW;
        expect(after).toBeGreaterThanOrEqual(baseMs);
        expect(after).toBeLessThanOrEqual(Math.max(baseMs, DAY));
      }
    }
  });

  test('a silence lengthens it slowly, and one new post ends that', () => {
    const daily = rhythmOf(every(6 * HOUR, 20));
    expect(minutesAfter(daily)).toBe(30);
    expect(minutesAfter(daily, NOW + 2 * DAY)).toBe(60);
    expect(minutesAfter(daily, NOW + 20 * DAY)).toBe(600);
    const later = learn(daily, [NOW + 20 * DAY], NOW + 20 * DAY) as Rhythm;
    expect(minutesAfter(later, NOW + 20 * DAY)).toBe(30);
  });

  test('the reason names the rate and how much less often it is asked', () => {
    expect(paceOf(rhythmOf(every(25 * HOUR, 14)), NOW, BASE)).toMatchObject({
      kind: 'learned',
      text: 'It has about 7 posts a week, so it is asked 4 times less often: every 2 hours.',
    });
    expect(paceOf(rhythmOf([NOW - 4 * DAY]), NOW, BASE)?.text).toBe(
      'Its newest post is 4 days old, so it is asked 4 times less often: every 2 hours.',
    );
  });

  test('five thousand sources are looked through in a fraction of a second', () => {
    const rhythms = Array.from({ length: 5000 }, (_none, index) => rhythmOf(every((1 + (index % 12)) * HOUR, 168)));
    const start = performance.now();
    const candidates = rhythms.map((rhythm, index) => ({
      source: source({ id: `s${index}` }),
      memory: memory({ sourceId: `s${index}`, rhythm }),
      recent: [askedAt(NOW - DAY)],
      fetchIntervalMinutes: 30,
    }));
    expect(dueSources(candidates, { byHand: false, now: NOW })).toHaveLength(5000);
    const first = performance.now() - start;
    const again = performance.now();
    dueSources(candidates, { byHand: false, now: NOW });
    // Bounds far above what is measured, so that a busy machine passes; scanning the posts would not.
    expect(first).toBeLessThan(3000);
    expect(performance.now() - again).toBeLessThan(1000);
  });
});

describe('busy hours', () => {
  const week = Array.from({ length: 7 }, (_none, index) => index + 15);
  const posts = [
    ...week.flatMap((day) => [14, 15, 16, 17].flatMap((hour) => [at(day, hour, 10), at(day, hour, 40)])),
    at(16, 3),
    at(19, 22),
  ];
  const rhythm = rhythmOf(posts, at(22, 0));
  const next = (asked: number, fields: Partial<FetchMemory> = {}, own: Partial<FeedSource> = {}) =>
    whenNext(
      { source: source(own), memory: memory({ rhythm, ...fields }), recent: [askedAt(asked)], fetchIntervalMinutes: 30 },
      asked,
    );

  test('B-24: a week of posts between 14:00 and 18:00 UTC makes the interval short in those hours and long in the others, and says why', () => {
    const busy = next(at(22, 14, 30));
    expect(busy.nextTryAt).toBe(iso(at(22, 15)));
    expect(busy.why[0]).toMatchObject({
      kind: 'busy-hours',
      text: 'Most of its posts come from 14:00 to 18:00 UTC, so it is asked every 30 minutes then.',
    });
    const night = next(at(21, 20));
    expect(Date.parse(night.nextTryAt ?? '') - at(21, 20)).toBeGreaterThan(4 * HOUR);
    expect(night.why[0]).toMatchObject({ kind: 'busy-hours', until: night.nextTryAt });
    expect(night.why[0]?.text).toMatch(/^Most of its posts come from 14:00 to 18:00 UTC\. At other hours it is asked every \d/);
  });

  test('a long interval ends where the busy hours begin', () => {
    expect(next(at(22, 12, 15)).nextTryAt).toBe(iso(at(22, 14)));
    expect(next(at(22, 13, 45)).nextTryAt).toBe(iso(at(22, 14, 15)));
  });

  test('hours over midnight are one stretch', () => {
    const late = rhythmOf(
      week.flatMap((day) => [23, 24, 25].map((hour) => at(day, hour))),
      at(22, 3),
    );
    expect(paceOf(late, at(22, 23), BASE)?.text).toBe(
      'Most of its posts come from 23:00 to 02:00 UTC, so it is asked every 30 minutes then.',
    );
  });

  test('posts at any hour, too few posts, or a long silence make none', () => {
    expect(paceOf(rhythmOf(every(5 * HOUR, 100)), NOW, BASE)?.kind).not.toBe('busy-hours');
    expect(paceOf(rhythmOf([at(19, 15), at(20, 15), at(21, 15)], at(22, 0)), at(22, 0), BASE)?.kind).not.toBe('busy-hours');
    expect(paceOf(rhythm, at(21, 18) + 8 * DAY, BASE)?.kind).not.toBe('busy-hours');
  });

  test('the interval the owner gave to a source wins over everything that was learnt', () => {
    for (const asked of [at(22, 3), at(22, 15), at(29, 15)]) {
      const own = next(asked, { ttlMinutes: 600 }, { everyMinutes: 15 });
      expect(own).toEqual({
        nextTryAt: iso(asked + 15 * MINUTE),
        why: [{ kind: 'own-interval', text: 'Its own interval: every 15 minutes.', until: iso(asked + 15 * MINUTE) }],
      });
    }
  });
});

describe('the chain of reasons', () => {
  const rhythm = rhythmOf(every(25 * HOUR, 14));
  const full = {
    source: source(),
    memory: memory({ rhythm, ttlMinutes: 60, notBefore: iso(NOW + 4 * HOUR), notBeforeReason: 'max-age' as const }),
    hostPause: { host: 'a.example', notBefore: iso(NOW + 5 * HOUR), reason: 'retry-after' as const },
    recent: [askedAt(NOW - 10 * MINUTE)],
    fetchIntervalMinutes: 30,
  };

  test('holds everything that is waited for, with the time each alone would give, the winner first', () => {
    const { nextTryAt, why } = whenNext(full, NOW);
    expect(nextTryAt).toBe(iso(NOW + 5 * HOUR));
    expect(why.map(({ kind, until }) => [kind, (Date.parse(until ?? '') - NOW) / MINUTE])).toEqual([
      ['host', 300],
      ['max-age', 240],
      ['learned', 110],
      ['ttl', 50],
      ['interval', 20],
    ]);
  });

  test('without adaptive intervals nothing that was learnt counts, what servers say still does', () => {
    const { why } = whenNext({ ...full, adaptiveIntervals: false }, NOW);
    expect(why.map(({ kind }) => kind)).toEqual(['host', 'max-age', 'interval']);
  });

  test('the feed may ask for a longer interval, up to a day', () => {
    const ask = (ttlMinutes: number) =>
      intervalMsOf(source(), { memory: memory({ ttlMinutes }), fetchIntervalMinutes: 30 }, NOW) / MINUTE;
    expect([5, 30, 60, 100_000].map(ask)).toEqual([30, 30, 60, 1440]);
  });

  test('what is due agrees with what is said: not before the time shown, and then at once', () => {
    const candidate = { ...full, source: source() };
    const shown = Date.parse(whenNext(full, NOW).nextTryAt ?? '');
    const isDue = (now: number): boolean => dueSources([candidate], { byHand: false, now }).length === 1;
    expect([isDue(shown - 3 * MINUTE), isDue(shown)]).toEqual([false, true]);
  });
});
