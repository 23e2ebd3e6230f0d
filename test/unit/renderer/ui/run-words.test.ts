import { expect, test } from 'vitest';
import type { Run } from '../../../../preload/contract/run.ts';
import { countLabel, countsWords, lateMs, ranWords, tookMs } from '../../../../renderer/ui/run-words.ts';

const hackerNews = {
  posts_fetched: 100,
  posts_saved: 25,
  posts_cached: 500,
  duplicates_skipped: 75,
  below_threshold: 0,
  unusable: 0,
  errors: 0,
};

test('B-10 what a run by hand brought is said from its counters', () => {
  expect(ranWords(hackerNews)).toBe('25 new, 75 known');
  expect(ranWords({ ...hackerNews, posts_saved: 0, duplicates_skipped: 100 })).toBe('Nothing new, 100 known');
});

test('counts become few words, and zero is left out or said', () => {
  expect(countsWords({ ...hackerNews, posts_saved: 7, duplicates_skipped: 30, below_threshold: 63 })).toBe(
    '37 of 100 kept, 7 new',
  );
  expect(countsWords({ sources: 41, posts_saved: 12, failed: 0 })).toBe('41 sources, 12 new');
  expect(countsWords({ sources: 1, posts_saved: 0, failed: 1 })).toBe('1 source, 1 failed');
  expect(countsWords({ processed: 3, parts_found: 2, posts_added: 2, requests: 9 })).toBe('2 found');
  expect(countsWords({})).toBe('Nothing new');
  expect(countsWords({ runs_removed: 31 })).toBe('31 runs removed');
  expect(countLabel('duplicates_skipped')).toBe('Duplicates skipped');
});

test('how long and how late are told only where they are known', () => {
  const run = {
    id: 'r',
    jobKind: 'j',
    name: 'n',
    cause: 'catch-up',
    queuedAt: '2026-10-14T07:05:00.000Z',
    status: 'running',
    counts: {},
    scheduledFor: '2026-10-14T07:00:00.000Z',
    startedAt: '2026-10-14T07:05:12.000Z',
  } as Run;
  expect(lateMs(run)).toBe(312_000);
  expect(tookMs(run, Date.parse('2026-10-14T07:05:15.000Z'))).toBe(3000);
  expect(tookMs({ ...run, status: 'queued' } as Run, 0)).toBe(0);
});
