import { expect, test } from 'vitest';
import type { FetchJob } from '../../../../preload/contract/fetch-job.ts';
import type { SourceRow } from '../../../../preload/contract/source.ts';
import {
  foldersIn,
  groupByFolder,
  headline,
  healthOf,
  isFetching,
  placeOf,
  problemOf,
  readFolder,
} from '../../../../renderer/sources/source-groups.ts';
import { withJobs } from '../../../../renderer/sources/with-jobs.ts';

const at = '2026-10-14T10:00:00.000Z';
const good: FetchJob = {
  id: 'f',
  runId: 'r',
  sourceId: 's',
  queuedAt: at,
  startedAt: at,
  endedAt: at,
  status: 'completed',
  outcome: 'not-modified',
  postsCount: 0,
};
const bad = (errorCode: 'HTTP_5XX' | 'HTTP_429' | 'HTTP_GONE'): FetchJob => ({
  id: 'f',
  runId: 'r',
  sourceId: 's',
  queuedAt: at,
  endedAt: at,
  status: 'failed',
  errorCode,
  errorMessage: 'The server answered 503.',
  postsCount: 0,
});
const row = (title: string, folder: string[], more: Partial<SourceRow> = {}): SourceRow => ({
  source: {
    id: title,
    kind: 'feed',
    title,
    folder,
    feedUrl: `https://www.${title.toLowerCase()}.example/feed`,
    paused: false,
    muted: false,
    starred: false,
    addedAt: at,
  },
  unread: 0,
  posts: 212,
  recent: [good],
  failures: 0,
  why: [],
  ...more,
});

test('sources stand by folder, the top level first, by title inside', () => {
  const groups = groupByFolder([
    row('Umbra', ['Systems']),
    row('Alder', ['Systems']),
    row('Zenith', []),
    row('Deep', ['Systems', 'Data']),
  ]);
  expect(groups.map((group) => [group.path, group.rows.map(({ source }) => source.title)])).toEqual([
    [[], ['Zenith']],
    [['Systems'], ['Alder', 'Umbra']],
    [['Systems', 'Data'], ['Deep']],
  ]);
  expect(foldersIn([row('A', ['b', 'c']), row('B', []), row('C', ['b', 'c'])])).toEqual(['b / c']);
  expect(readFolder(' Systems /  Data / ')).toEqual(['Systems', 'Data']);
});

test('three failures in a row need the owner, one does not', () => {
  expect(healthOf(row('A', [], { recent: [bad('HTTP_5XX')], failures: 1 }))).toBe('well');
  expect(healthOf(row('A', [], { recent: [bad('HTTP_5XX')], failures: 3 }))).toBe('failing');
  expect(healthOf(row('A', [], { recent: [bad('HTTP_429')], failures: 1 }))).toBe('waiting');
});

test('without any fetch job a source is new, not failing', () => {
  const fresh = row('A', [], { recent: [] });
  expect(healthOf(fresh)).toBe('new');
  expect(headline([fresh, row('B', [])])).toEqual({ plain: '2 sources, 1 well, 1 not fetched yet', needYou: 0 });
});

test('the problem is a sentence, also when it comes and goes', () => {
  expect(problemOf(row('A', []))).toBeUndefined();
  expect(problemOf(row('A', [], { recent: [bad('HTTP_5XX')] }))).toBe('The server answered 503');
  expect(problemOf(row('A', [], { recent: [bad('HTTP_GONE')] }))).toBe('The feed is gone (410). Its 212 posts are kept');
  const flaky = [bad('HTTP_5XX'), good, bad('HTTP_5XX'), good, bad('HTTP_5XX'), good];
  expect(problemOf(row('A', [], { recent: flaky }))).toBe('Flaky: 3 of the last 6 failed');
});

test('the place is the host, or the list with its threshold', () => {
  expect(placeOf(row('Umbra', []))).toBe('umbra.example');
  const list = { ...row('HN', []).source, kind: 'hacker-news', list: 'top', minScore: 50, limit: 100 };
  expect(placeOf({ ...row('HN', []), source: list } as SourceRow)).toBe('top list, 50 points or more, 100 stories');
});

test('what is announced is laid over the rows: replaced by id, added at the end, at most twenty', () => {
  const first = row('A', [], { recent: Array.from({ length: 20 }, (_, place) => ({ ...good, id: `f${place}` })) });
  const going: FetchJob = { id: 'new', runId: 'r', sourceId: 'A', queuedAt: at, startedAt: at, status: 'ongoing', postsCount: 0 };
  const begun = withJobs([first], new Map([['A', going]]));
  expect(begun[0]?.recent).toHaveLength(20);
  expect(isFetching(begun[0] as SourceRow)).toBe(true);
  const ended = withJobs(begun, new Map([['A', { ...good, id: 'new', endedAt: '2026-10-14T11:00:00.000Z' }]]));
  expect(ended[0]?.recent.at(-1)).toMatchObject({ id: 'new', status: 'completed' });
  expect(ended[0]?.recent).toHaveLength(20);
  expect(ended[0]?.lastGoodAt).toBe('2026-10-14T11:00:00.000Z');
  expect(withJobs([first], new Map())[0]).toBe(first);
});
