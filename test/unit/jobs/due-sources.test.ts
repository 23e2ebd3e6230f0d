import { describe, expect, test } from 'vitest';
import { type Candidate, dueSources, whenNext } from '../../../main/jobs/due-sources.ts';
import { inWords } from '../../../main/jobs/span-words.ts';
import type { FetchJob } from '../../../preload/contract/fetch-job.ts';
import type { FeedSource, HackerNewsSource } from '../../../preload/contract/source.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;
const at = (minutes: number): string => new Date(NOW + minutes * MINUTE).toISOString();

const source = (id: string, fields: Partial<FeedSource> = {}): FeedSource => ({
  id,
  kind: 'feed',
  title: id,
  folder: [],
  paused: false,
  muted: false,
  starred: false,
  addedAt: at(-9999),
  feedUrl: `https://${id}.example/feed`,
  ...fields,
});
const fetched = (minutes: number): FetchJob => ({
  id: `j${minutes}`,
  runId: 'r',
  sourceId: 's',
  queuedAt: at(minutes),
  startedAt: at(minutes),
  endedAt: at(minutes),
  status: 'completed',
  outcome: 'nothing-new',
  postsCount: 0,
});
const blameless = (minutes: number): FetchJob => ({
  id: `j${minutes}`,
  runId: 'r',
  sourceId: 's',
  queuedAt: at(minutes),
  endedAt: at(minutes),
  status: 'failed',
  errorCode: 'OFFLINE',
  errorMessage: 'Offline.',
  postsCount: 0,
  isBlameless: true,
});
const candidate = (id: string, fields: Partial<Candidate> = {}, of: Partial<FeedSource> = {}): Candidate => ({
  source: source(id, of),
  recent: [],
  fetchIntervalMinutes: 30,
  ...fields,
});
const ids = (chosen: Candidate[]): string[] => chosen.map((row) => row.source.id);

describe('which sources are due', () => {
  test('those whose interval is over, with a little slack for a schedule of the same length', () => {
    const rows = [
      candidate('never'),
      candidate('over', { recent: [fetched(-31)] }),
      candidate('nearly', { recent: [fetched(-29)] }),
      candidate('recent', { recent: [fetched(-20)] }),
      candidate('own-short', { recent: [fetched(-20)] }, { everyMinutes: 15 }),
      candidate('own-long', { recent: [fetched(-100)] }, { everyMinutes: 120 }),
    ];
    expect(ids(dueSources(rows, { byHand: false, now: NOW })).sort()).toEqual(['nearly', 'never', 'over', 'own-short']);
  });

  test('an attempt that blames nobody does not count as asked', () => {
    const rows = [candidate('a', { recent: [fetched(-40), blameless(-1)] })];
    expect(ids(dueSources(rows, { byHand: false, now: NOW }))).toEqual(['a']);
  });

  test('by hand all that are not paused, but none before a pause a server wanted is over', () => {
    const rows = [
      candidate('recent', { recent: [fetched(-1)] }),
      candidate('failing', {
        memory: {
          sourceId: 'failing',
          url: 'https://failing.example/feed',
          failures: 3,
          notBefore: at(60),
          notBeforeReason: 'failures',
        },
      }),
      candidate('fresh', {
        memory: {
          sourceId: 'fresh',
          url: 'https://fresh.example/feed',
          failures: 0,
          notBefore: at(60),
          notBeforeReason: 'max-age',
        },
      }),
      candidate('asked', {
        memory: {
          sourceId: 'asked',
          url: 'https://asked.example/feed',
          failures: 1,
          notBefore: at(2),
          notBeforeReason: 'retry-after',
        },
      }),
      candidate('host', { hostPause: { host: 'host.example', notBefore: at(2), reason: 'retry-after' } }),
      candidate('paused', {}, { paused: true }),
    ];
    expect(ids(dueSources(rows, { byHand: true, now: NOW })).sort()).toEqual(['failing', 'fresh', 'recent']);
    expect(ids(dueSources(rows, { byHand: true, now: NOW + 3 * MINUTE }))).toContain('asked');
    expect(ids(dueSources(rows, { byHand: false, now: NOW }))).toEqual([]);
  });

  test('what was learnt at another address counts no more', () => {
    const memory = {
      sourceId: 'a',
      url: 'https://old.example/feed',
      failures: 9,
      notBefore: at(600),
      notBeforeReason: 'retry-after' as const,
    };
    expect(ids(dueSources([candidate('a', { memory, recent: [fetched(-40)] })], { byHand: false, now: NOW }))).toEqual(['a']);
  });

  test('starred first, then most overdue, then least failures', () => {
    const failed = (id: string, failures: number) => ({ sourceId: id, url: `https://${id}.example/feed`, failures });
    const rows = [
      candidate('late', { recent: [fetched(-100)] }),
      candidate('later', { recent: [fetched(-300)] }),
      candidate('twice', { recent: [fetched(-200)], memory: failed('twice', 2) }),
      candidate('once', { recent: [fetched(-200)], memory: failed('once', 1) }),
      candidate('star', { recent: [fetched(-31)] }, { starred: true }),
    ];
    expect(ids(dueSources(rows, { byHand: false, now: NOW }))).toEqual(['star', 'later', 'once', 'twice', 'late']);
  });
});

describe('when a source is asked next, and why', () => {
  const ask = (fields: Partial<Parameters<typeof whenNext>[0]> = {}) =>
    whenNext({ source: source('a'), recent: [fetched(-10)], fetchIntervalMinutes: 30, ...fields }, NOW);

  test('after the interval', () => {
    expect(ask()).toEqual({ nextTryAt: at(20), why: [{ kind: 'interval', text: 'Every 30 minutes.', until: at(20) }] });
    expect(ask({ source: source('a', { everyMinutes: 120 }) })).toEqual({
      nextTryAt: at(110),
      why: [{ kind: 'own-interval', text: 'Its own interval: every 2 hours.', until: at(110) }],
    });
  });

  test('a changed interval changes it at once', () => {
    expect(ask({ fetchIntervalMinutes: 10 }).nextTryAt).toBe(at(0));
    expect(ask({ fetchIntervalMinutes: 60 }).nextTryAt).toBe(at(50));
  });

  test('the longest reason wins and stands first', () => {
    const { nextTryAt, why } = ask({
      memory: { sourceId: 'a', url: 'https://a.example/feed', failures: 3, notBefore: at(120), notBeforeReason: 'failures' },
      hostPause: { host: 'a.example', notBefore: at(45), reason: 'retry-after' },
      scheduleDueAt: at(5),
    });
    expect(nextTryAt).toBe(at(120));
    expect(why.map((reason) => reason.kind)).toEqual(['failures', 'host', 'interval', 'schedule']);
    expect(why[0]?.text).toBe('It failed 3 times in a row, so it is asked less often.');
  });

  test('what is over is no reason any more', () => {
    const { why } = ask({
      memory: { sourceId: 'a', url: 'https://a.example/feed', failures: 1, notBefore: at(-5), notBeforeReason: 'retry-after' },
    });
    expect(why.map((reason) => reason.kind)).toEqual(['interval']);
  });

  test('never while it is paused', () => {
    expect(ask({ source: source('a', { paused: true }) })).toEqual({
      why: [{ kind: 'paused', text: 'Paused. It is not asked until you resume it.' }],
    });
  });

  test('a Hacker News source comes with its schedule', () => {
    const { feedUrl: _url, ...common } = source('hn');
    const hackerNews: HackerNewsSource = { ...common, kind: 'hacker-news', list: 'top', minScore: 50, limit: 100 };
    expect(ask({ source: hackerNews, scheduleDueAt: at(12) })).toEqual({
      nextTryAt: at(12),
      why: [{ kind: 'schedule', text: 'With its schedule.', until: at(12) }],
    });
  });

  test('spans are said in minutes, hours and days', () => {
    expect([1, 30, 90, 120, 1440, 2880].map((minutes) => inWords(minutes * MINUTE))).toEqual([
      '1 minute',
      '30 minutes',
      '90 minutes',
      '2 hours',
      '24 hours',
      '2 days',
    ]);
  });
});
