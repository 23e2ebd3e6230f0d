import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { MODEL_RULES, prepareRules } from '../../helpers/model-rules.ts';
import { type History, liveThrough, type Step } from '../../helpers/scheduler-model.ts';

/** Histories in one test run; each has up to 14 steps. */
const HISTORIES = Number(process.env.MODEL_HISTORIES ?? 10_000);
const SEED = Number(process.env.MODEL_SEED ?? 20_261_122);

const which = fc.nat({ max: 2 });
const rule = fc.nat({ max: MODEL_RULES.length - 1 });
const minutes = (max: number): fc.Arbitrary<number> => fc.oneof(fc.nat({ max: 40 }), fc.nat({ max }));
const make = <Kind extends Step['do']>(kind: Kind, fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant(kind), ...fields }) as unknown as fc.Arbitrary<Step>;

const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: make('pass', { seconds: fc.integer({ min: 1, max: 400 }) }), weight: 6 },
  { arbitrary: make('sleep', { minutes: minutes(3000), wakes: fc.boolean() }), weight: 4 },
  {
    arbitrary: make('jump', { minutes: fc.oneof(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -3000, max: 3000 })) }),
    weight: 2,
  },
  { arbitrary: make('crash', { afterWrites: fc.nat({ max: 6 }), lands: fc.boolean(), offMinutes: minutes(1500) }), weight: 4 },
  make('restart', { offMinutes: minutes(1500) }),
  make('online', { is: fc.boolean() }),
  make('pause', { which, minutes: minutes(300) }),
  make('resume', { which, makeUp: fc.boolean() }),
  make('pauseAll', { minutes: minutes(300) }),
  make('resumeAll', { makeUp: fc.boolean() }),
  make('enable', { which, is: fc.boolean() }),
  { arbitrary: make('edit', { which, rule }), weight: 2 },
  make('runNow', { which }),
  make('answer', { which, run: fc.boolean() }),
  make('travel', { timeZone: fc.constantFrom('UTC', 'Pacific/Auckland', 'America/New_York') }),
  make('fullDisk', { writes: fc.integer({ min: 1, max: 4 }) }),
);

const schedule = fc.record({
  rule,
  goesOut: fc.boolean(),
  missed: fc.constantFrom('run-once' as const, 'run-once' as const, 'skip' as const, 'ask' as const),
  jitterSeconds: fc.constantFrom(0, 0, 90),
  retries: fc.constantFrom(0, 2),
});

const history: fc.Arbitrary<History> = fc.record({
  schedules: fc.array(schedule, { minLength: 1, maxLength: 3 }),
  behaviours: fc.array(fc.constantFrom('quick', 'quick', 'quick', 'fails', 'slow', 'deaf'), { minLength: 1, maxLength: 6 }),
  steps: fc.array(step, { minLength: 3, maxLength: 14 }),
});

beforeAll(prepareRules);

test(`${HISTORIES} random histories of ticks, sleep, jumps, crashes, restarts, edits and pauses run no slot twice and lose none`, async () => {
  const property = fc.asyncProperty(history, async (each) => {
    expect(await liveThrough(each)).toEqual([]);
  });
  // A failing history is printed with its seed, cut down to the fewest steps that still fail.
  await fc.assert(property, { numRuns: HISTORIES, seed: SEED, verbose: 0 });
}, 600_000);
