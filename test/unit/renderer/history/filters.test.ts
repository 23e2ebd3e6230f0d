import { expect, test } from 'vitest';
import { runQuerySchema } from '../../../../preload/contract/run.ts';
import { isNarrowed, readFilters, toRunQuery, writeFilters } from '../../../../renderer/history/filters.ts';

const now = Date.parse('2026-10-14T10:48:31.000Z');

test('filters survive the way through the address', () => {
  const params = { status: 'failed', schedule: 'fetch-feeds', cause: 'retry', range: 'month', problems: '1' };
  expect(writeFilters(readFilters(params))).toEqual(params);
});

test('an address with nothing asks for the last seven days, and writes nothing', () => {
  const filters = readFilters({});
  expect(filters).toEqual({ range: 'week', problemsOnly: false });
  expect(writeFilters(filters)).toEqual({});
  expect(isNarrowed(filters)).toBe(false);
});

test('what an address cannot mean is left out', () => {
  expect(readFilters({ status: 'exploded', cause: '<b>', schedule: 'a b', range: 'century' })).toEqual({
    range: 'week',
    problemsOnly: false,
  });
});

test('the question is one the core accepts and stays the same within a minute', () => {
  const filters = readFilters({ status: 'missed', problems: '1' });
  const query = toRunQuery(filters, now, 50);
  expect(query).toEqual(toRunQuery(filters, now + 20_000, 50));
  expect(runQuerySchema.parse(query)).toMatchObject({
    status: ['missed'],
    problemsOnly: true,
    since: '2026-10-07T10:48:00.000Z',
  });
  expect(toRunQuery(readFilters({ range: 'all' }), now, 50)).not.toHaveProperty('since');
});

test('days from and to stand in place of the span, both included', () => {
  const filters = readFilters({ from: '2026-10-01', to: '2026-10-03', q: ' feeds ', job: 'fetch-feeds' });
  expect(writeFilters(filters)).toEqual({ from: '2026-10-01', to: '2026-10-03', q: 'feeds', job: 'fetch-feeds' });
  const query = toRunQuery(filters, now, 50);
  expect(query).toMatchObject({ jobKind: 'fetch-feeds', text: 'feeds' });
  expect(new Date(query.since ?? '').getTime()).toBe(new Date(2026, 9, 1).getTime());
  expect(new Date(query.until ?? '').getTime()).toBe(new Date(2026, 9, 3, 23, 59, 59, 999).getTime());
  expect(readFilters({ from: '2026-99-99', to: 'yesterday' })).toEqual({ range: 'week', problemsOnly: false });
});

test('today begins at local midnight', () => {
  const since = toRunQuery(readFilters({ range: 'today' }), now, 50).since ?? '';
  expect(new Date(since).getTime()).toBe(new Date(now).setHours(0, 0, 0, 0));
});
