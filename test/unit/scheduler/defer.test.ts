import { describe, expect, test } from 'vitest';
import type { JobDefinition } from '../../../main/jobs/job.ts';
import { waitInWords } from '../../../main/scheduler/defer.ts';
import type { Run } from '../../../preload/contract/run.ts';
import type { NewSchedule, Schedule } from '../../../preload/contract/schedule.ts';
import { type Bench, createBench, hourly } from '../../helpers/scheduler-bench.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Powered = Bench & { power: { why: string | undefined; online: boolean; isFallingAsleep: boolean } };

/** A bench on which the jobs `heavy` and `heavy-network` are heavy, at 11:50, on mains. */
const makeBench = (at = '2026-11-22T11:50:00Z'): Powered => {
  const power: Powered['power'] = { why: undefined, online: true, isFallingAsleep: false };
  const bench = createBench(at, {
    whyWait: (goesOut) => (power.why === 'on a metered connection' && !goesOut ? undefined : power.why),
    isOnline: () => power.online,
    isFallingAsleep: () => power.isFallingAsleep,
  });
  const light = bench.jobs.get('local') as JobDefinition;
  bench.jobs.set('heavy', { ...light, kind: 'heavy', title: 'Heavy', isHeavy: true });
  bench.jobs.set('heavy-network', { ...light, kind: 'heavy-network', title: 'Heavy', isHeavy: true, goesOut: true });
  return Object.assign(bench, { power });
};
const daily = (changes: Partial<NewSchedule> = {}): NewSchedule =>
  hourly({ name: 'Crawl', jobKind: 'heavy', trigger: { type: 'daily', time: '12:00' }, ...changes });
const startedRuns = (bench: Bench): Run[] => bench.runs().filter((run) => 'startedAt' in run);
const deferredRows = (bench: Bench) => bench.runs().flatMap((run) => (run.status === 'deferred' ? [run] : []));
const look = async (bench: Bench): Promise<void> => {
  bench.scheduler.wake();
  await bench.clock.pass(0);
};
const begin = async (bench: Bench, wanted: NewSchedule = daily()): Promise<Schedule> => {
  await bench.scheduler.start();
  return bench.scheduler.add(wanted);
};
const startOf = (run: Run | undefined): string | undefined => (run && 'startedAt' in run ? run.startedAt : undefined);

describe('heavy work of schedules on battery', () => {
  test('waits, says so, and starts at once when the power is back', async () => {
    const bench = makeBench();
    bench.power.why = 'on battery';
    const { id } = await begin(bench);
    await bench.clock.pass(15 * MINUTE);
    expect(startedRuns(bench)).toEqual([]);
    expect(deferredRows(bench)).toMatchObject([
      { scheduledFor: '2026-11-22T12:00:00.000Z', reason: expect.stringContaining('on battery') },
    ]);
    expect(bench.scheduler.status()).toMatchObject({
      waiting: [{ scheduleId: id, why: 'power', reason: 'on battery', latestAt: '2026-11-22T18:00:00.000Z' }],
    });
    expect(bench.scheduler.status().next).toBeUndefined();
    expect(bench.scheduler.whyInWords(bench.store.schedules.get(id) as Schedule)).toBe(
      'It is due and waits (on battery), for another 6 hours at most.',
    );
    await bench.clock.pass(HOUR + 55 * MINUTE);
    bench.power.why = undefined;
    await look(bench);
    expect(startedRuns(bench)).toMatchObject([
      { cause: 'schedule', scheduledFor: '2026-11-22T12:00:00.000Z', status: 'completed' },
    ]);
    expect(deferredRows(bench)).toMatchObject([{ reason: 'Deferred 2 h (on battery).', missedCount: 1 }]);
    expect(bench.store.schedules.get(id)).toMatchObject({ nextDueAt: '2026-11-23T12:00:00.000Z' });
    expect(bench.store.schedules.get(id)).not.toHaveProperty('deferred');
    expect(bench.scheduler.status().waiting).toEqual([]);
  });

  test('keeps its promise to the minute: after 6 hours it starts whatever the power', async () => {
    const bench = makeBench();
    bench.power.why = 'on battery';
    await begin(bench);
    await bench.clock.pass(10 * MINUTE + 6 * HOUR - 1000);
    expect(startedRuns(bench)).toEqual([]);
    await bench.clock.pass(1000);
    expect(startOf(startedRuns(bench)[0])).toBe('2026-11-22T18:00:00.000Z');
    expect(deferredRows(bench)).toMatchObject([{ reason: 'Deferred 6 h (on battery).' }]);
  });

  test('promises as many hours as the owner set, also when that changes while it waits', async () => {
    const bench = makeBench();
    bench.power.why = 'on battery';
    await begin(bench);
    await bench.clock.pass(90 * MINUTE);
    bench.events.emit('settings.changed', { settings: await bench.store.settings.update({ deferHeavyHours: 2 }) });
    await bench.clock.pass(39 * MINUTE);
    expect(startedRuns(bench)).toEqual([]);
    await bench.clock.pass(MINUTE);
    expect(startOf(startedRuns(bench)[0])).toBe('2026-11-22T14:00:00.000Z');
  });

  test('never waits when the owner wants no waiting, and goes on when that is switched off', async () => {
    const bench = makeBench();
    bench.power.why = 'on battery';
    await begin(bench);
    await bench.clock.pass(HOUR);
    expect(startedRuns(bench)).toEqual([]);
    bench.events.emit('settings.changed', { settings: await bench.store.settings.update({ deferHeavy: false }) });
    await bench.clock.pass(0);
    expect(startedRuns(bench)).toHaveLength(1);
    await bench.clock.pass(24 * HOUR);
    expect(startedRuns(bench)).toHaveLength(2);
  });

  test('a run by hand is never deferred, and light work never waits', async () => {
    const bench = makeBench();
    bench.power.why = 'on battery';
    const { id } = await begin(bench);
    await bench.scheduler.add(hourly({ name: 'Light' }));
    await bench.clock.pass(15 * MINUTE);
    expect(startedRuns(bench).map(({ name }) => name)).toEqual(['Light']);
    await bench.scheduler.runNow(id);
    await bench.clock.pass(0);
    expect(startedRuns(bench)).toMatchObject([{ name: 'Light' }, { name: 'Crawl', cause: 'manual' }]);
    expect(bench.scheduler.status().waiting).toHaveLength(1);
  });
});

describe('a wait for power goes on as promised', () => {
  test('over a restart in its middle', async () => {
    const bench = makeBench();
    bench.power.why = 'on battery';
    await begin(bench);
    await bench.clock.pass(3 * HOUR);
    await bench.restart();
    await bench.clock.pass(2 * HOUR);
    expect(startedRuns(bench)).toEqual([]);
    await bench.clock.pass(HOUR + 10 * MINUTE);
    expect(startOf(startedRuns(bench)[0])).toBe('2026-11-22T18:00:00.000Z');
    expect(deferredRows(bench)).toHaveLength(1);
  });

  test('over a stop that outlasts it: the run starts with the application', async () => {
    const bench = makeBench();
    bench.power.why = 'on battery';
    await begin(bench, daily({ missed: 'skip' }));
    await bench.clock.pass(HOUR);
    await bench.scheduler.stop();
    await bench.clock.pass(9 * HOUR);
    await bench.restart();
    await bench.clock.pass(0);
    expect(startedRuns(bench)).toMatchObject([{ scheduledFor: '2026-11-22T12:00:00.000Z' }]);
  });

  test('over a kill between the row and the note on the schedule: one row, one promise', async () => {
    const bench = makeBench();
    bench.power.why = 'on battery';
    const { id } = await begin(bench);
    await bench.clock.pass(11 * MINUTE);
    const { deferred: _, ...unnoted } = bench.store.schedules.get(id) as Schedule;
    await bench.scheduler.stop();
    await bench.store.schedules.put([unnoted]);
    await bench.clock.pass(HOUR);
    await bench.restart();
    await bench.clock.pass(0);
    expect(deferredRows(bench)).toHaveLength(1);
    expect(bench.store.schedules.get(id)?.deferred?.since).toBe('2026-11-22T12:00:00.000Z');
    await bench.clock.pass(5 * HOUR);
    expect(startedRuns(bench)).toHaveLength(1);
  });

  test('over a sleep: the wall clock counts', async () => {
    const bench = makeBench();
    bench.power.why = 'on battery';
    await begin(bench);
    await bench.clock.pass(HOUR);
    bench.clock.sleep(5 * HOUR);
    await look(bench);
    expect(startedRuns(bench)).toEqual([]);
    await bench.clock.pass(10 * MINUTE);
    expect(startedRuns(bench)).toHaveLength(1);
  });

  test('over a clock set ahead, which ends it, and one set back, which never makes it longer', async () => {
    const ahead = makeBench();
    ahead.power.why = 'on battery';
    await begin(ahead);
    await ahead.clock.pass(HOUR);
    ahead.clock.set('2026-11-22T19:00:00Z');
    await ahead.clock.pass(MINUTE);
    expect(startedRuns(ahead)).toHaveLength(1);

    const back = makeBench();
    back.power.why = 'on battery';
    await begin(back);
    await back.clock.pass(5 * HOUR);
    back.clock.set('2026-11-22T12:01:00Z');
    await back.clock.pass(6 * HOUR);
    expect(startedRuns(back)).toHaveLength(1);
  });
});

describe('what comes due while heavy work waits', () => {
  test('becomes one run, and the row says for how many times it stands', async () => {
    const bench = makeBench();
    bench.power.why = 'on battery';
    const { id } = await begin(bench, hourly({ name: 'Crawl', jobKind: 'heavy' }));
    await bench.clock.pass(3 * HOUR);
    bench.power.why = undefined;
    await look(bench);
    expect(startedRuns(bench)).toMatchObject([{ scheduledFor: '2026-11-22T14:00:00.000Z' }]);
    expect(bench.runs().filter(({ status }) => status === 'missed')).toEqual([]);
    expect(deferredRows(bench)).toMatchObject([
      {
        from: '2026-11-22T12:00:00.000Z',
        to: '2026-11-22T14:00:00.000Z',
        missedCount: 3,
        reason: 'Deferred 2 h 50 (on battery).',
      },
    ]);
    expect(bench.store.schedules.get(id)).toMatchObject({ nextDueAt: '2026-11-22T15:00:00.000Z' });
  });

  test('several schedules wait each for itself, with a promise each', async () => {
    const bench = makeBench();
    bench.power.why = 'on battery';
    await begin(bench, daily({ name: 'A' }));
    await bench.scheduler.add(daily({ name: 'B', trigger: { type: 'daily', time: '13:30' } }));
    await bench.clock.pass(3 * HOUR);
    expect(bench.scheduler.status().waiting.map(({ name, latestAt }) => [name, latestAt])).toEqual([
      ['A', '2026-11-22T18:00:00.000Z'],
      ['B', '2026-11-22T19:30:00.000Z'],
    ]);
    await bench.clock.pass(4 * HOUR);
    expect(startedRuns(bench).map(({ name }) => name)).toEqual(['A']);
    await bench.clock.pass(HOUR);
    expect(startedRuns(bench).map((run) => [run.name, startOf(run)])).toEqual([
      ['A', '2026-11-22T18:00:00.000Z'],
      ['B', '2026-11-22T19:30:00.000Z'],
    ]);
  });

  test('after a night of sleep the wait begins at the wake, and the night is told apart from it', async () => {
    const bench = makeBench();
    await begin(bench, hourly({ name: 'Crawl', jobKind: 'heavy' }));
    bench.clock.sleep(9 * HOUR);
    bench.power.why = 'on battery';
    await look(bench);
    expect(bench.runs().map(({ status }) => status)).toEqual(['missed', 'deferred']);
    bench.power.why = undefined;
    await look(bench);
    expect(startedRuns(bench)).toMatchObject([{ scheduledFor: '2026-11-22T20:00:00.000Z' }]);
  });

  test('a retry of heavy work waits too, as long at most', async () => {
    const bench = makeBench();
    bench.work.do = async () => {
      throw new Error('no');
    };
    const { id } = await begin(bench, daily({ retries: 1, retryMinutes: 10 }));
    await bench.clock.pass(15 * MINUTE);
    bench.power.why = 'on battery';
    await bench.clock.pass(6 * HOUR);
    expect(startedRuns(bench)).toHaveLength(1);
    expect(bench.scheduler.whyInWords(bench.store.schedules.get(id) as Schedule)).toContain('waits (on battery)');
    await bench.clock.pass(10 * MINUTE);
    expect(startedRuns(bench)).toMatchObject([{ cause: 'schedule' }, { cause: 'retry', queuedAt: '2026-11-22T18:10:00.000Z' }]);
  });
});

describe('a wait and the owner', () => {
  const waiting = async (): Promise<{ bench: Powered; id: string }> => {
    const bench = makeBench();
    bench.power.why = 'on battery';
    const { id } = await begin(bench);
    await bench.clock.pass(HOUR + 10 * MINUTE);
    return { bench, id };
  };
  const isClosed = (bench: Bench): void => {
    expect(deferredRows(bench)).toMatchObject([{ reason: 'Deferred 1 h (on battery).' }]);
    expect(bench.scheduler.status().waiting).toEqual([]);
  };

  test('a schedule that is switched off waits no more', async () => {
    const { bench, id } = await waiting();
    await bench.scheduler.update(id, { enabled: false });
    await bench.clock.pass(0);
    isClosed(bench);
    await bench.clock.pass(12 * HOUR);
    expect(startedRuns(bench)).toEqual([]);
  });

  test('a schedule with another rule waits no more for the old time', async () => {
    const { bench, id } = await waiting();
    await bench.scheduler.update(id, { trigger: { type: 'daily', time: '23:00' } });
    await bench.clock.pass(0);
    isClosed(bench);
  });

  test('a schedule that is removed leaves a row that says how long it waited', async () => {
    const { bench, id } = await waiting();
    await bench.scheduler.remove(id);
    isClosed(bench);
  });

  test('a paused schedule that is resumed and made up runs at once: the owner said so', async () => {
    const { bench, id } = await waiting();
    await bench.scheduler.pause(id);
    await bench.scheduler.resume(id, { makeUp: true });
    await bench.clock.pass(0);
    expect(startedRuns(bench)).toHaveLength(1);
    isClosed(bench);
  });
});

describe('other reasons to wait', () => {
  test('a metered connection holds back only what goes out', async () => {
    const bench = makeBench();
    bench.power.why = 'on a metered connection';
    await begin(bench, daily({ name: 'Out', jobKind: 'heavy-network' }));
    await bench.scheduler.add(daily({ name: 'In' }));
    await bench.clock.pass(HOUR);
    expect(startedRuns(bench).map(({ name }) => name)).toEqual(['In']);
    expect(bench.scheduler.status().waiting).toMatchObject([{ name: 'Out', reason: 'on a metered connection' }]);
  });

  test('without a connection nothing that goes out is started, and what waits is counted', async () => {
    const bench = makeBench();
    bench.power.online = false;
    await begin(bench, daily({ jobKind: 'heavy-network' }));
    await bench.clock.pass(8 * HOUR);
    expect(bench.scheduler.status().waiting).toMatchObject([{ name: 'Crawl', why: 'offline' }]);
    bench.power.online = true;
    await look(bench);
    expect(startedRuns(bench)).toHaveLength(1);
  });

  test('another reason takes the place of the first without a new promise', async () => {
    const bench = makeBench();
    bench.power.why = 'on battery';
    await begin(bench);
    await bench.clock.pass(HOUR);
    bench.power.why = 'while this computer is hot';
    await bench.clock.pass(MINUTE);
    expect(bench.scheduler.status().waiting).toMatchObject([
      { reason: 'while this computer is hot', latestAt: '2026-11-22T18:00:00.000Z' },
    ]);
    expect(deferredRows(bench)).toHaveLength(1);
  });

  test('nothing begins on a computer that is about to sleep', async () => {
    const bench = makeBench();
    bench.power.isFallingAsleep = true;
    await begin(bench, hourly());
    await bench.clock.pass(15 * MINUTE);
    expect(startedRuns(bench)).toEqual([]);
    expect(bench.scheduler.status().waiting).toEqual([]);
    bench.power.isFallingAsleep = false;
    await look(bench);
    expect(startedRuns(bench)).toHaveLength(1);
  });
});

test.each([
  [0, '0 min'],
  [40 * MINUTE, '40 min'],
  [60 * MINUTE, '1 h'],
  [130 * MINUTE, '2 h 10'],
  [125 * MINUTE, '2 h 05'],
])('says %i ms of waiting as %s', (ms, words) => {
  expect(waitInWords(ms)).toBe(words);
});
