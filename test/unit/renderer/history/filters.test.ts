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
