import { expect, test } from 'vitest';
import type { PlanLine, Run } from '../../../../preload/contract/run.ts';
import { isDryRun, planWords } from '../../../../renderer/history/plan-words.ts';

const run = (counts: Record<string, number>, plan: PlanLine[] = [], options: unknown = { dryRun: true }): Run => ({
  id: 'r1',
  jobKind: 'clean-up',
  name: 'Clean up',
  cause: 'manual',
  queuedAt: '2026-11-21T12:00:00.000Z',
  startedAt: '2026-11-21T12:00:00.000Z',
  endedAt: '2026-11-21T12:00:01.000Z',
  options,
  counts,
  log: [],
  status: 'completed',
  ...(plan.length > 0 ? { plan } : {}),
});
const line = (verb: PlanLine['verb']): PlanLine => ({ verb, kind: 'post', text: 'A title' });

test('the plan of a clean-up is told by its counts, and says that no starred and no unread post is in it', () => {
  expect(planWords(run({ posts_to_remove: 1204, runs_to_remove: 31, fetch_jobs_to_remove: 400 }))).toEqual({
    title: 'Would remove 1,204 posts (0 starred, 0 unread), 31 run records and 400 fetch jobs.',
    total: 1235,
    isNothing: false,
  });
  expect(planWords(run({ posts_to_remove: 0, runs_to_remove: 1 }))?.title).toBe('Would remove 1 run record.');
});

test('the plan of a job that rewrites is told by its lines; an empty one says that nothing would change', () => {
  expect(planWords(run({ processed: 900, changed: 240 }, [line('change'), line('change')]))).toMatchObject({
    title: 'Would change 240 posts.',
    total: 240,
  });
  expect(planWords(run({ processed: 0 }))).toMatchObject({ title: 'It would change nothing.', isNothing: true });
});

test('a dry run is told by its options', () => {
  expect([isDryRun(run({})), isDryRun(run({}, [], { dryRun: false })), isDryRun(run({}, [], {}))]).toEqual([true, false, false]);
});
