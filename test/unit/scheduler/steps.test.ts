import { expect, test } from 'vitest';
import { createSteps } from '../../../main/scheduler/steps.ts';
import { MAX_STEPS } from '../../../preload/contract/run.ts';
import { createBench } from '../../helpers/scheduler-bench.ts';

const START = '2026-11-21T12:00:00.000Z';

test('a step ends where the next begins, knows how far it came, and is kept with the run', async () => {
  const bench = createBench(START);
  bench.work.do = async ({ step, progress }) => {
    step('Choose');
    await bench.clock.pass(2000);
    step('Fetch and keep');
    progress(0, 3);
    await bench.clock.pass(5000);
    progress(2, 3);
  };
  const { run } = await bench.runner.start({ jobKind: 'local', cause: 'manual' });
  const ended = await bench.runner.finished(run.id);
  expect('steps' in ended && ended.steps).toEqual([
    { name: 'Choose', startedAt: START, endedAt: '2026-11-21T12:00:02.000Z' },
    {
      name: 'Fetch and keep',
      startedAt: '2026-11-21T12:00:02.000Z',
      endedAt: '2026-11-21T12:00:07.000Z',
      done: 2,
      total: 3,
    },
  ]);
});

test('the last step of a run that failed is where it failed, and a run without steps has none', async () => {
  const bench = createBench(START);
  bench.work.do = async ({ step }) => {
    step('First');
    step('Second');
    throw new Error('Broken');
  };
  const failed = await bench.runner.start({ jobKind: 'local', cause: 'manual' });
  const ended = await bench.runner.finished(failed.run.id);
  expect(ended.status).toBe('failed');
  expect('steps' in ended && ended.steps?.map(({ name, endedAt }) => [name, endedAt !== undefined])).toEqual([
    ['First', true],
    ['Second', true],
  ]);
  bench.work.do = async () => {};
  const plain = await bench.runner.start({ jobKind: 'local', cause: 'manual' });
  expect(await bench.runner.finished(plain.run.id)).not.toHaveProperty('steps');
});

test('steps are announced with the progress, so that a page sees them while the run goes', async () => {
  const bench = createBench(START);
  bench.work.do = async ({ step, progress }) => {
    step('Choose');
    progress(1, 2);
  };
  const { run } = await bench.runner.start({ jobKind: 'local', cause: 'manual' });
  await bench.runner.finished(run.id);
  const told = bench.heard.flatMap((each) => (each.name === 'runs.progress' ? [each.data.steps] : []));
  expect(told.at(-1)).toMatchObject([{ name: 'Choose', done: 1, total: 2 }]);
});

test('a job that names steps without end keeps a bounded list, and long names are cut', () => {
  const steps = createSteps(() => START);
  for (let place = 0; place < 1000; place += 1) steps.begin(`${place} ${'x'.repeat(200)}`);
  expect(steps.list()).toHaveLength(MAX_STEPS);
  expect(steps.list().every(({ name }) => name.length <= 80)).toBe(true);
});
