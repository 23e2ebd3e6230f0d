import { describe, expect, test } from 'vitest';
import { afterAnswer, afterFailure, backOffMs, emptyMemory, isGoneForGood, isMovedForGood } from '../../../main/jobs/back-off.ts';
import type { Download } from '../../../main/net/download-types.ts';
import { AppError, type ErrorCode } from '../../../preload/contract/errors.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;
const DAY = 86_400_000;
const memory = emptyMemory('s1', 'https://example.org/feed');
const middle = { now: NOW, random: () => 0.5 };
const error = (code: ErrorCode, details: { status?: number; retryAfterMs?: number } = {}) => new AppError(code, 'No.', details);
const waitOf = (next: { notBefore?: string }): number => Date.parse(next.notBefore ?? '') - NOW;
const answer = (fields: Partial<Download> = {}): Download =>
  ({
    kind: 'body',
    bytes: new Uint8Array(),
    finalUrl: 'https://example.org/feed',
    redirects: [],
    status: 200,
    validators: {},
    wireBytes: 0,
    ms: 0,
    ...fields,
  }) as Download;
const told = { now: NOW, intervalMs: 30 * MINUTE, isCommitted: true, isSameFeed: true };

describe('the back-off', () => {
  test('doubles from 15 minutes, spreads by a fifth and ends at 24 hours', () => {
    expect([1, 2, 3, 4].map((n) => backOffMs(n, () => 0.5) / MINUTE)).toEqual([30, 60, 120, 240]);
    expect(backOffMs(1, () => 0) / MINUTE).toBeCloseTo(24);
    expect(backOffMs(1, () => 0.999999) / MINUTE).toBeCloseTo(36, 3);
    for (const n of [7, 20, 1000]) expect(backOffMs(n, () => 1)).toBe(DAY);
  });

  test('grows with each failure and is gone after a good answer', () => {
    const first = afterFailure(memory, error('HTTP_4XX', { status: 404 }), middle);
    const second = afterFailure(first, error('HTTP_5XX', { status: 500 }), middle);
    expect([waitOf(first), waitOf(second)].map((ms) => ms / MINUTE)).toEqual([30, 60]);
    expect(second).toMatchObject({ failures: 2, notBeforeReason: 'failures' });
    const well = afterAnswer(second, answer(), told);
    expect(well).toEqual({ sourceId: 's1', url: 'https://example.org/feed', failures: 0 });
  });

  test('stretches to a day where the server will not have us', () => {
    for (const status of [401, 402, 403, 451]) {
      expect(waitOf(afterFailure(memory, error(status === 401 ? 'HTTP_401' : 'HTTP_4XX', { status }), middle))).toBe(DAY);
    }
  });

  test('gives way to a longer Retry-After', () => {
    const asked = afterFailure(memory, error('HTTP_429', { status: 429, retryAfterMs: 2 * 3_600_000 }), middle);
    expect(asked).toMatchObject({ notBeforeReason: 'retry-after' });
    expect(waitOf(asked)).toBe(2 * 3_600_000);
    const short = afterFailure(memory, error('HTTP_5XX', { status: 503, retryAfterMs: 120_000 }), middle);
    expect(short).toMatchObject({ notBeforeReason: 'failures' });
  });
});

describe('what is remembered of an answer', () => {
  test('the validators and the hash of a committed body', () => {
    const next = afterAnswer(memory, answer({ validators: { etag: '"2"', lastModified: 'yesterday' } }), {
      ...told,
      bodyHash: 'aa',
    });
    expect(next).toMatchObject({ etag: '"2"', lastModified: 'yesterday', bodyHash: 'aa' });
  });

  test('a cut document leaves the validators of the one before', () => {
    const before = { ...memory, etag: '"1"', bodyHash: 'old' };
    const next = afterAnswer(before, answer({ validators: { etag: '"2"' } }), { ...told, isCommitted: false, bodyHash: 'new' });
    expect(next).toMatchObject({ etag: '"1"', bodyHash: 'old' });
  });

  test('a 304 keeps what holds and takes what is newer', () => {
    const before = { ...memory, etag: '"1"', lastModified: 'monday', bodyHash: 'aa' };
    const next = afterAnswer(before, answer({ kind: 'not-modified', status: 304, validators: { etag: '"1b"' } }), told);
    expect(next).toMatchObject({ etag: '"1b"', lastModified: 'monday', bodyHash: 'aa' });
  });

  test('an answer that is good for longer than the interval, at most a day', () => {
    expect(afterAnswer(memory, answer({ freshForMs: 10 * MINUTE }), told).notBefore).toBeUndefined();
    expect(waitOf(afterAnswer(memory, answer({ freshForMs: 180 * MINUTE }), told))).toBe(180 * MINUTE);
    expect(waitOf(afterAnswer(memory, answer({ freshForMs: 30 * DAY }), told))).toBe(DAY);
  });

  test('nothing of an unasked 304: the next question is a plain one', () => {
    const next = afterFailure(
      { ...memory, etag: '"1"', bodyHash: 'aa' },
      error('NOT_MODIFIED_UNCACHED', { status: 304 }),
      middle,
    );
    expect(next).toMatchObject({ mustBePlain: true, failures: 1 });
    expect(next).not.toHaveProperty('etag');
    expect(next).not.toHaveProperty('bodyHash');
    expect(afterAnswer(next, answer(), told)).not.toHaveProperty('mustBePlain');
  });

  test('gone counts over two days and three answers', () => {
    const gone = (from: typeof memory, now: number) =>
      afterFailure(from, error('HTTP_GONE', { status: 410 }), { ...middle, now });
    const twice = gone(gone(memory, NOW), NOW + 3 * DAY);
    expect(isGoneForGood(twice, NOW + 3 * DAY)).toBe(false);
    expect(isGoneForGood(gone(twice, NOW + 3 * DAY), NOW + 3 * DAY)).toBe(true);
    const quick = gone(gone(gone(memory, NOW), NOW + 1), NOW + 2);
    expect(isGoneForGood(quick, NOW + 2)).toBe(false);
  });

  test('a move counts over two days and three answers to the same address with the same feed', () => {
    const moved = answer({ movedTo: 'https://new.example/feed' });
    const at = (from: typeof memory, now: number, isSameFeed = true) => afterAnswer(from, moved, { ...told, now, isSameFeed });
    const twice = at(at(memory, NOW), NOW + DAY);
    expect(isMovedForGood(twice, NOW + 2 * DAY)).toBe(false);
    expect(isMovedForGood(at(twice, NOW + 2 * DAY), NOW + 2 * DAY)).toBe(true);
    expect(at(twice, NOW + 2 * DAY, false).moved).toBeUndefined();
    expect(afterAnswer(twice, answer({ movedTo: 'https://other.example/' }), told).moved).toMatchObject({ count: 1 });
    expect(afterAnswer(twice, answer(), told).moved).toBeUndefined();
  });
});
