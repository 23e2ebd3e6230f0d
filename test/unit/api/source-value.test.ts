import { describe, expect, test } from 'vitest';
import { higherScore, judgeSource, type SourceFacts, shareOf, usualGap } from '../../../main/api/source-value.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-22T06:00:00Z');
/** A source that is well: a post every two days for a year, a third of them opened. */
const facts = (own: Partial<SourceFacts> = {}): SourceFacts => ({
  now: NOW,
  addedAt: NOW - 365 * DAY,
  paused: false,
  days: 30,
  received: 15,
  opened: 5,
  starred: 1,
  perWeekNow: 3.5,
  usualGapMs: 2 * DAY,
  lastPostAt: NOW - DAY,
  failures: 0,
  lastGoodAt: NOW - 1000,
  isGone: false,
  ...own,
});
const error = (code: string, httpStatus?: number) => ({
  code,
  message: 'The server said so.',
  ...(httpStatus === undefined ? {} : { httpStatus }),
});

describe('what a source is worth', () => {
  test('one that is opened often enough is valuable, with the numbers as the reason', () => {
    expect(judgeSource(facts())).toEqual({ verdict: 'valuable', reason: 'You opened 5 of 15 posts, 33 %, and starred 1.' });
    expect(judgeSource(facts({ opened: 1, starred: 0 })).verdict).toBe('fine');
    // Stars count as much as opening.
    expect(judgeSource(facts({ opened: 0, starred: 9 })).verdict).toBe('valuable');
  });

  test('one that brings much and is hardly opened is noisy; few posts unread are not', () => {
    expect(judgeSource(facts({ received: 400, opened: 3, starred: 0, perWeekNow: 93 }))).toEqual({
      verdict: 'noisy',
      reason: 'You opened 3 of 400 posts, 1 %: much comes, little is opened.',
    });
    expect(judgeSource(facts({ received: 40, opened: 0, starred: 0 })).verdict).toBe('fine');
    expect(judgeSource(facts({ received: 400, opened: 40 })).verdict).toBe('fine');
  });

  test('a feed that always posts once a month is quiet, not idle; a daily one that is silent as long is idle', () => {
    const monthly = facts({
      received: 0,
      opened: 0,
      starred: 0,
      perWeekNow: 0.2,
      usualGapMs: 30 * DAY,
      lastPostAt: NOW - 40 * DAY,
    });
    expect(judgeSource(monthly)).toEqual({
      verdict: 'quiet',
      reason: 'Its own rhythm: a post about every 30 days. Nothing is wrong.',
    });
    expect(judgeSource({ ...monthly, lastPostAt: NOW - 121 * DAY })).toEqual({
      verdict: 'idle',
      reason: 'Silent for 4 months. Before, a post came about every 30 days.',
    });
    expect(judgeSource(facts({ received: 0, usualGapMs: DAY, lastPostAt: NOW - 40 * DAY })).verdict).toBe('idle');
    // Two weeks of silence are nobody's end.
    expect(judgeSource(facts({ received: 0, usualGapMs: DAY, lastPostAt: NOW - 13 * DAY })).verdict).toBe('fine');
  });

  test('without a known rhythm a source is given three months', () => {
    const { usualGapMs: _gap, ...unknown } = facts({ received: 0, opened: 0, starred: 0 });
    expect(judgeSource({ ...unknown, lastPostAt: NOW - 89 * DAY }).verdict).toBe('fine');
    expect(judgeSource({ ...unknown, lastPostAt: NOW - 91 * DAY }).verdict).toBe('idle');
    const { lastPostAt: _last, ...never } = unknown;
    expect(judgeSource(never)).toEqual({ verdict: 'idle', reason: 'It brought nothing in 12 months.' });
  });

  test('failing, blocked and dead are told apart, and come before silence', () => {
    const silent = { lastPostAt: NOW - 300 * DAY, received: 0 };
    expect(judgeSource(facts({ ...silent, failures: 3, lastError: error('HTTP_5XX', 503) }))).toEqual({
      verdict: 'failing',
      reason: 'Its last 3 tries failed. The server said so.',
    });
    expect(judgeSource(facts({ failures: 2, lastError: error('HTTP_5XX', 503) })).verdict).toBe('valuable');
    for (const status of [401, 403, 429, 451]) {
      expect(judgeSource(facts({ failures: 1, lastError: error('HTTP_4XX', status) })).verdict).toBe('blocked');
    }
    const missing = { failures: 9, lastError: error('HTTP_4XX', 404) };
    expect(judgeSource(facts({ ...missing, lastGoodAt: NOW - 2 * DAY })).verdict).toBe('failing');
    expect(judgeSource(facts({ ...missing, lastGoodAt: NOW - 20 * DAY }))).toEqual({
      verdict: 'dead',
      reason: 'No answer worth reading for 20 days. The server said so.',
    });
    expect(judgeSource(facts({ failures: 9, lastError: error('DNS_FAIL'), lastGoodAt: NOW - 20 * DAY })).verdict).toBe('dead');
    expect(judgeSource(facts({ isGone: true, paused: true })).verdict).toBe('dead');
  });

  test('a paused source is paused, and a new one is given two weeks unless it speaks for itself', () => {
    expect(judgeSource(facts({ paused: true, failures: 9, lastError: error('HTTP_5XX') })).verdict).toBe('paused');
    const { lastGoodAt: _good, ...fresh } = facts({ addedAt: NOW - 3 * DAY, received: 4, opened: 0, starred: 0 });
    expect(judgeSource(fresh)).toEqual({ verdict: 'new', reason: 'Added 3 days ago: too little is known yet.' });
    expect(judgeSource({ ...fresh, received: 300 }).verdict).toBe('noisy');
    expect(judgeSource({ ...fresh, lastPostAt: NOW - 700 * DAY }).verdict).toBe('idle');
  });

  test('every verdict has a reason that is a sentence, whatever the numbers', () => {
    const all = [0, 1, 3, 500].flatMap((received) =>
      [NOW, NOW - 20 * DAY, NOW - 2000 * DAY].flatMap((lastPostAt) => [
        facts({ received, opened: 0, lastPostAt }),
        facts({ received, opened: received, lastPostAt }),
        facts({ received, lastPostAt, failures: 5, lastError: error('NOT_A_FEED') }),
      ]),
    );
    for (const one of all) expect(judgeSource(one).reason).toMatch(/^[A-Z].*\.$/);
    expect(shareOf({ received: 0, opened: 0, starred: 0 })).toBe(0);
  });

  test('the usual pause is the middle one between days with posts, and needs three such days', () => {
    expect(usualGap([1, 2, 4, 30])).toBe(2 * DAY);
    expect(usualGap([1, 2])).toBeUndefined();
  });

  test('a higher score is offered that would keep about half, rounded, only where it is higher than now', () => {
    const scores = Array.from({ length: 100 }, (_, index) => index * 4);
    expect(higherScore(scores, 50)).toBe(200);
    expect(higherScore(scores, 200)).toBeUndefined();
    expect(higherScore([500, 600], 50)).toBeUndefined();
  });
});
