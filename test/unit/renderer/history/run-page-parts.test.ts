import { beforeEach, expect, test } from 'vitest';
import type { FetchJobRow, LogLine, Run } from '../../../../preload/contract/run.ts';
import { runsToCsv } from '../../../../renderer/history/export-runs.ts';
import { gapAside, gapWords } from '../../../../renderer/history/gap-words.ts';
import { remainingMs, remainingWords } from '../../../../renderer/history/remaining.ts';
import { reportMarkdown } from '../../../../renderer/history/run-report.ts';
import { opensItself, toSteps } from '../../../../renderer/history/run-steps-model.ts';
import { readSort, sortJobs } from '../../../../renderer/history/sort-jobs.ts';
import { nextFormat, timeText } from '../../../../renderer/history/time-format.ts';
import { completed, failed, missed } from './runs.ts';

const AT = '2026-10-14T09:30:00.000Z';
const after = (ms: number): string => new Date(Date.parse(AT) + ms).toISOString();
const line = (ms: number, level: LogLine['level'], message: string): LogLine => ({ at: after(ms), level, message });

let broken: Run;
beforeEach(() => {
  broken = {
    ...failed(AT),
    steps: [
      { name: 'Choose due sources', startedAt: AT, endedAt: after(12_000) },
      { name: 'Fetch and keep', startedAt: after(12_000), endedAt: after(600_000), done: 29, total: 41 },
    ],
    log: [line(1000, 'info', 'Chosen'), line(20_000, 'warn', 'Slow answer'), line(600_000, 'error', 'Stopped at its limit')],
  } as Run;
});

test('steps have their own status, time and lines, and the failed one opens by itself', () => {
  const steps = toSteps(broken, 0);
  expect(steps.map(({ name, status, tookMs }) => [name, status, tookMs])).toEqual([
    ['Choose due sources', 'completed', 12_000],
    ['Fetch and keep', 'failed', 588_000],
  ]);
  expect(steps.map(({ lines }) => lines.map(({ message }) => message))).toEqual([
    ['Chosen'],
    ['Slow answer', 'Stopped at its limit'],
  ]);
  expect(steps.map(opensItself)).toEqual([false, true]);
  expect(steps[1]).toMatchObject({ from: 0.02, to: 1, done: 29, total: 41 });
});

test('a run of an earlier version is one step, a wait in the queue is one of its own, and a run that never started has none', () => {
  const old = completed(after(4000), 0, 6200, { queuedAt: AT });
  expect(toSteps(old, 0).map(({ name, tookMs }) => [name, tookMs])).toEqual([
    ['Wait in the queue', 4000],
    ['Work', 6200],
  ]);
  expect(toSteps(missed(AT, AT, 1), 0)).toEqual([]);
});

test('a completed step in which something went wrong is a warning and opens too', () => {
  const run = completed(AT, 0, 6200, { log: [line(1, 'warn', 'Umbra: 503')] });
  expect(toSteps(run, 0)[0]).toMatchObject({ status: 'warning' });
  expect(toSteps(run, 0).map(opensItself)).toEqual([true]);
});

test('what is left is reckoned from the usual time, and then from the pace of the run itself', () => {
  expect(remainingMs(4000, undefined, 10_000)).toBe(6000);
  expect(remainingMs(20_000, { done: 10, total: 40 }, 10_000)).toBe(60_000);
  expect(remainingMs(500, { done: 10, total: 40 }, undefined)).toBeUndefined();
  const going: Run = { ...completed(AT), status: 'running' } as Run;
  const { endedAt: _, ...rest } = going as Run & { endedAt: string };
  expect(remainingWords(rest as Run, undefined, 34_000, Date.parse(AT) + 22_000)).toBe('about 12 s left');
  expect(remainingWords(rest as Run, undefined, 34_000, Date.parse(AT) + 60_000)).toBe('longer than the usual 34 s');
});

test('the report as Markdown holds steps, failed sources, counts and what went wrong, and no text can break out of its place', () => {
  const job: FetchJobRow = {
    id: 'f',
    runId: 'r',
    sourceId: 's',
    sourceTitle: 'A [link](http://x) | and `code`',
    queuedAt: AT,
    status: 'failed',
    endedAt: AT,
    errorCode: 'IDLE_TIMEOUT',
    errorMessage: 'The answer paused\nfor 30 s.',
    postsCount: 0,
  };
  const text = reportMarkdown({ run: broken, fetchJobs: [job] });
  expect(text).toContain('# Fetch feeds: Failed');
  expect(text).toContain('2. Fetch and keep: failed, 9 min 48');
  expect(text).toContain('- A \\[link\\](http://x) \\| and \\`code\\`: IDLE\\_TIMEOUT: The answer paused for 30 s.');
  expect(text).toContain('- Error: RUN\\_TIMEOUT: The run took longer');
  expect(text).toContain('error Stopped at its limit');
  expect(text).not.toContain('Chosen');
});

test('the table for a spreadsheet quotes what it must and takes no name for a formula', () => {
  const [heads, first] = runsToCsv([{ ...completed(AT, 3), name: '=SUM(A1), "x"' }]).split('\r\n');
  expect(heads?.split(',').slice(0, 4)).toEqual(['id', 'name', 'job', 'status']);
  expect(first).toContain(`"'=SUM(A1), ""x""",fetch-feeds,completed,schedule`);
  expect(first).toContain(',6200,3,');
});

test('rows of sources sort by outcome, name, time and new posts, each both ways', () => {
  const job = (sourceTitle: string, postsCount: number, ms: number): FetchJobRow => ({
    id: sourceTitle,
    runId: 'r',
    sourceId: sourceTitle,
    sourceTitle,
    queuedAt: AT,
    startedAt: AT,
    endedAt: after(ms),
    status: 'completed',
    outcome: postsCount > 0 ? 'new-posts' : 'not-modified',
    postsCount,
  });
  const jobs = [job('Cedar', 0, 300), job('Alder', 5, 100), job('Birch', 2, 200)];
  const order = (sort: string) => sortJobs(jobs, readSort(sort)).map(({ sourceTitle }) => sourceTitle);
  expect(order('source')).toEqual(['Alder', 'Birch', 'Cedar']);
  expect(order('source-back')).toEqual(['Cedar', 'Birch', 'Alder']);
  expect(order('took')).toEqual(['Cedar', 'Birch', 'Alder']);
  expect(order('new')).toEqual(['Alder', 'Birch', 'Cedar']);
  expect(readSort('nonsense')).toEqual({ by: 'outcome', way: 1 });
});

test('times are written locally, in UTC or as a span, and the switch goes round', () => {
  const now = Date.parse(AT) + 18 * 60_000;
  expect(timeText(AT, 'utc', now)).toBe('09:30');
  expect(timeText(AT, 'utc', now, true)).toBe('09:30:00');
  expect(timeText(AT, 'relative', now)).toBe('18 min ago');
  expect(nextFormat(nextFormat(nextFormat('local')))).toBe('local');
});

test('a gap says off for a Tidings that did not run, and its whole reason where no word is enough', () => {
  const gap = missed('2026-10-13T20:00:00.000Z', '2026-10-14T05:00:00.000Z', 9);
  if (gap.status !== 'missed') throw new Error('not a gap');
  const off = { ...gap, reason: 'Tidings was not running.' };
  expect(gapWords(off, Date.parse(AT), 'Europe/Vienna')).toBe('Missed 9 runs, 22:00–07:00 (off)');
  expect(gapAside(off)).toBe('Fetch feeds');
  expect(gapAside({ ...gap, reason: 'The schedule was changed. Nothing else.' })).toBe('Fetch feeds: The schedule was changed');
});
