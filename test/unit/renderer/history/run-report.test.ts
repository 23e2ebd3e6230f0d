import { expect, test } from 'vitest';
import type { FetchJobRow } from '../../../../preload/contract/run.ts';
import { gapWords } from '../../../../renderer/history/gap-words.ts';
import { mergeRuns } from '../../../../renderer/history/merge-runs.ts';
import { bannerOf, filterJobs, jobWords, reportText } from '../../../../renderer/history/run-report.ts';
import { completed, failed, missed } from './runs.ts';

const at = '2026-10-14T09:30:00.000Z';
const base = { id: 'f', runId: 'r', sourceId: 's', sourceTitle: 'Tin Roof Radio', queuedAt: at };
const good = (postsCount: number, sourceTitle = 'Alder'): FetchJobRow => ({
  ...base,
  sourceTitle,
  status: 'completed',
  startedAt: at,
  endedAt: at,
  outcome: postsCount > 0 ? 'new-posts' : 'nothing-new',
  postsCount,
});
const bad = (errorCode: 'IDLE_TIMEOUT' | 'HTTP_429' | 'RUN_TIMEOUT', startedAt?: string): FetchJobRow => ({
  ...base,
  status: 'failed',
  ...(startedAt ? { startedAt } : {}),
  endedAt: at,
  errorCode,
  errorMessage: 'The answer paused for 30 s.',
  postsCount: 0,
});

test('the words of a fetch job tell failed, waiting and not started apart', () => {
  const jobs = [good(2), good(0), bad('IDLE_TIMEOUT', at), bad('HTTP_429', at), bad('RUN_TIMEOUT')];
  expect(jobs.map(jobWords)).toEqual(['2 new', 'Nothing new', 'Failed', 'Waiting', 'Not started']);
});

test('failed only keeps the failed ones, and all begins with them', () => {
  const jobs = [good(2), bad('IDLE_TIMEOUT', at), good(0, 'Birch')];
  expect(filterJobs(jobs, 'problems')).toHaveLength(1);
  expect(filterJobs(jobs, 'all').map((job) => job.sourceTitle)).toEqual(['Tin Roof Radio', 'Alder', 'Birch']);
});

test('the banner of a failed run says what happened, that nothing is lost, and when again', () => {
  const banner = bannerOf({ run: failed(at), fetchJobs: [good(5), bad('IDLE_TIMEOUT', at)] }, 'The next run is in 12 min.');
  expect(banner).toEqual({
    tone: 'fail',
    title: 'The run took longer than 10 minutes and was stopped.',
    text: '1 of 2 sources finished; their 5 posts are kept and nothing is lost. The next run is in 12 min.',
  });
});

test('a completed run without failed sources has no banner, with one it has a quiet one', () => {
  expect(bannerOf({ run: completed(at), fetchJobs: [good(1), bad('HTTP_429', at)] }, '')).toBeUndefined();
  expect(bannerOf({ run: completed(at), fetchJobs: [good(1), bad('IDLE_TIMEOUT', at)] }, '')).toMatchObject({
    tone: 'warn',
    title: '1 of 2 sources failed.',
  });
});

test('the report holds the error and every failed source in plain text', () => {
  const text = reportText({ run: failed(at), fetchJobs: [bad('IDLE_TIMEOUT', at)] });
  expect(text).toContain('Error: RUN_TIMEOUT: The run took longer');
  expect(text).toContain('- Tin Roof Radio: IDLE_TIMEOUT: The answer paused');
});

test('a gap is one sentence with its span, its count and its reason', () => {
  const gap = missed('2026-10-13T20:00:00.000Z', '2026-10-14T05:00:00.000Z', 9);
  if (gap.status !== 'missed') throw new Error('not a gap');
  expect(gapWords(gap, Date.parse(at), 'Europe/Vienna')).toBe('Missed 9 runs, 22:00–07:00 (asleep)');
  expect(gapWords({ ...gap, missedCount: 1, to: gap.from as string }, Date.parse(at), 'Europe/Vienna')).toBe(
    'Missed 1 run, 22:00 (asleep)',
  );
  const long = { ...gap, to: '2026-10-17T05:00:00.000Z' };
  expect(gapWords(long, Date.parse(at), 'Europe/Vienna')).toBe('Missed 9 runs, 13 Oct 22:00–17 Oct 07:00 (asleep)');
});

test('older pages and the live page are one list without doubles, and the live row counts', () => {
  const old = completed('2026-10-14T08:00:00.000Z');
  const same = completed('2026-10-14T09:00:00.000Z', 0);
  const fresh = { ...same, name: 'Renamed' };
  const merged = mergeRuns([old, same], [completed('2026-10-14T10:00:00.000Z'), fresh]);
  expect(merged.map((run) => run.queuedAt.slice(11, 16))).toEqual(['10:00', '09:00', '08:00']);
  expect(merged[1]?.name).toBe('Renamed');
});
