import { describe, expect, test } from 'vitest';
import { createHostLedger, scoreOf } from '../../../main/api/politeness.ts';
import type { FetchJob } from '../../../preload/contract/fetch-job.ts';

const START = Date.parse('2026-11-21T10:00:00.000Z');
const MINUTE = 60_000;
let made = 0;
const at = (minutes: number): string => new Date(START + minutes * MINUTE).toISOString();
const common = (minutes: number, sourceId: string) => {
  made += 1;
  return { id: `job-${made}`, runId: 'r', sourceId, queuedAt: at(minutes), startedAt: at(minutes), endedAt: at(minutes) };
};
const done = (
  minutes: number,
  outcome: 'new-posts' | 'nothing-new' | 'not-modified',
  bytes: number,
  sourceId = 's',
): FetchJob => ({
  ...common(minutes, sourceId),
  status: 'completed',
  outcome,
  bytes,
  postsCount: 0,
});
const failed = (minutes: number, own: object = {}, sourceId = 's'): FetchJob => ({
  ...common(minutes, sourceId),
  status: 'failed',
  errorCode: 'HTTP_5XX',
  errorMessage: 'No.',
  postsCount: 0,
  ...own,
});
const ledgerOf = (jobs: readonly FetchJob[]) => {
  const ledger = createHostLedger();
  for (const job of jobs) ledger.add(job);
  return ledger.result();
};
const kinds = (jobs: readonly FetchJob[]): string[] => ledgerOf(jobs).faults.map(({ kind, times }) => `${kind} ${times}`);

describe('the ledger of politeness', () => {
  test('what a 304 spared is the last full answer of that source, less what the 304 itself took', () => {
    const numbers = ledgerOf([
      done(0, 'not-modified', 200),
      done(30, 'new-posts', 24_000),
      done(60, 'not-modified', 200),
      done(90, 'new-posts', 30_000),
      done(120, 'not-modified', 200),
      done(120, 'not-modified', 200, 'other'),
    ]);
    expect(numbers).toMatchObject({
      requests: 6,
      notModified: 4,
      bytes: 54_800,
      savedBytes: 23_800 + 29_800,
      score: 100,
      faults: [],
    });
  });

  test('asking for the same feed within 20 minutes is too often; another feed of the host is not', () => {
    expect(kinds([done(0, 'new-posts', 1), done(19, 'new-posts', 1), done(40, 'new-posts', 1)])).toEqual(['too-often 1']);
    expect(kinds([done(0, 'new-posts', 1, 'a'), done(1, 'new-posts', 1, 'b')])).toEqual([]);
  });

  test('a pause that was asked for and kept costs nothing; any feed of the host asked within it breaks it, once a pause', () => {
    const pause = failed(0, { httpStatus: 429, waitUntil: at(60) });
    expect(ledgerOf([pause, done(61, 'new-posts', 1)])).toMatchObject({ pausesAsked: 1, pausesKept: 1, tooMany: 1, score: 100 });
    const broken = ledgerOf([pause, done(30, 'new-posts', 1, 'b'), done(35, 'new-posts', 1, 'c')]);
    expect(broken).toMatchObject({ pausesAsked: 1, pausesKept: 0, faults: [{ kind: 'pause-broken', times: 2, points: 30 }] });
    expect(broken.score).toBe(70);
  });

  test('a 429 of an older version, without a length on record, asks for a minute; a 503 with one asks for that', () => {
    expect(ledgerOf([failed(0, { httpStatus: 429 }), done(30, 'new-posts', 1)])).toMatchObject({ pausesAsked: 1, pausesKept: 1 });
    expect(ledgerOf([failed(0, { httpStatus: 503, waitUntil: at(60) }), done(30, 'new-posts', 1)])).toMatchObject({
      pausesAsked: 1,
      pausesKept: 0,
      tooMany: 0,
    });
  });

  test('a whole feed with nothing new counts only where the source had answered not modified before', () => {
    expect(kinds([done(0, 'nothing-new', 9), done(30, 'nothing-new', 9)])).toEqual([]);
    expect(kinds([done(0, 'not-modified', 1), done(30, 'nothing-new', 9)])).toEqual(['full-again 1']);
  });

  test('asking again for what is not there counts; the first time does not', () => {
    expect(kinds([failed(0, { httpStatus: 404 }), failed(30, { httpStatus: 410 }), done(60, 'new-posts', 1)])).toEqual([
      'gone-asked 2',
    ]);
  });

  test('more than ten requests within a minute are a burst', () => {
    const jobs = Array.from({ length: 12 }, (_, index) => done(index / 60, 'new-posts', 1, `source-${index}`));
    expect(kinds(jobs)).toEqual(['burst 2']);
    expect(kinds(jobs.slice(0, 10))).toEqual([]);
  });

  test('what never started was no request, and what blames nobody was none the host could hear', () => {
    const queued: FetchJob = { id: 'q', runId: 'r', sourceId: 's', queuedAt: at(0), status: 'queued', postsCount: 0 };
    const offline = failed(1, { isBlameless: true, errorCode: 'OFFLINE' });
    expect(ledgerOf([queued, offline, done(2, 'new-posts', 5)])).toMatchObject({
      requests: 2,
      failed: 0,
      faults: [],
      score: 100,
    });
  });

  test('the score never goes below nothing, whatever happened, and a single slip among many costs one point', () => {
    const all = new Map(['too-often', 'pause-broken', 'full-again', 'gone-asked', 'burst'].map((kind) => [kind, 100] as const));
    expect(scoreOf(all as Parameters<typeof scoreOf>[0], 100).score).toBe(0);
    expect(scoreOf(new Map([['too-often', 1]]), 10_000)).toEqual({
      score: 99,
      faults: [{ kind: 'too-often', times: 1, points: 1 }],
    });
  });
});
