import { expect, test } from 'vitest';
import { nextDue } from '../../../main/scheduler/next-due.ts';
import type { Run } from '../../../preload/contract/run.ts';
import type { Schedule, Trigger } from '../../../preload/contract/schedule.ts';
import { settle } from '../../helpers/fake-clock.ts';
import { type Bench, createBench, hourly } from '../../helpers/scheduler-bench.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ZONE = 'Europe/Berlin';
const TRIGGERS: Trigger[] = [
  { type: 'interval', minutes: 30 },
  { type: 'cron', expression: '0 * * * *' },
  { type: 'cron', expression: '*/20 1-22 * * *' },
  { type: 'daily', time: '02:30' },
];

const createRandom = (seed: number) => {
  let state = seed >>> 0;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

type World = { bench: Bench; random: (below: number) => number; online: boolean; going: Map<string, number>; most: number };

const createWorld = (seed: number): World => {
  const random = createRandom(seed);
  const world = { random, online: true, going: new Map<string, number>(), most: 0 } as World;
  world.bench = createBench('2026-10-24T20:10:30.000Z', { isOnline: () => world.online });
  world.bench.work.do = async ({ runId, signal }) => {
    const id = world.bench.store.runs.get(runId)?.scheduleId ?? '';
    const now = (world.going.get(id) ?? 0) + 1;
    world.going.set(id, now);
    world.most = Math.max(world.most, now);
    const isSlow = random(6) === 0;
    await new Promise<void>((resolve) => {
      world.bench.clock.after(isSlow ? random(90) * MINUTE : random(20_000), resolve);
      signal.addEventListener('abort', () => resolve());
    });
    world.going.set(id, now - 1);
    if (random(5) === 0) throw new Error('chance');
  };
  return world;
};

const anySchedule = (world: World): Schedule => {
  const all = world.bench.store.schedules.all();
  return all[world.random(all.length)] as Schedule;
};

/** What may happen to a scheduler on a day. */
const happenings: ((world: World) => unknown)[] = [
  (world) => world.bench.clock.pass(world.random(100) * MINUTE),
  (world) => world.bench.clock.pass(world.random(100) * MINUTE),
  (world) => world.bench.clock.pass(world.random(90) * 1000),
  (world) => world.bench.clock.sleep(world.random(30) * HOUR),
  (world) => {
    world.bench.clock.sleep(world.random(5) * HOUR);
    world.bench.scheduler.wake();
  },
  (world) => {
    world.online = world.random(2) === 0;
    world.bench.scheduler.wake();
  },
  (world) => {
    world.going.clear();
    return world.bench.restart();
  },
  (world) => world.bench.scheduler.pause(anySchedule(world).id),
  (world) =>
    world.bench.scheduler.pause(anySchedule(world).id, new Date(world.bench.clock.now() + world.random(5) * HOUR).toISOString()),
  (world) => world.bench.scheduler.resume(anySchedule(world).id, { makeUp: world.random(2) === 0 }),
  (world) => world.bench.scheduler.pauseAll(new Date(world.bench.clock.now() + world.random(5) * HOUR).toISOString()),
  (world) => world.bench.scheduler.resumeAll(),
  (world) => world.bench.scheduler.runNow(anySchedule(world).id),
  (world) => world.bench.store.failWrites(world.random(3)),
];

/** Ends every disturbance and lets a day pass in which each schedule must come to its turn. */
const calmDown = async ({ bench }: World): Promise<void> => {
  bench.store.failWrites(0);
  await bench.scheduler.resumeAll();
  for (const { id } of bench.store.schedules.all()) await bench.scheduler.resume(id, { makeUp: true });
  await bench.clock.pass(3 * HOUR);
};

const live = async (seed: number, moreHappenings: typeof happenings = []): Promise<World> => {
  const world = createWorld(seed);
  for (const [index, trigger] of TRIGGERS.entries())
    await world.bench.scheduler.add(
      hourly({
        trigger,
        timeZone: ZONE,
        jobKind: index % 2 === 0 ? 'network' : 'local',
        missed: world.random(3) === 0 ? 'skip' : 'run-once',
        jitterSeconds: world.random(2) * 90,
      }),
    );
  await world.bench.scheduler.start();
  const all = [...happenings, ...moreHappenings];
  for (let step = 0; step < 14; step += 1) {
    // A full disk refuses what the owner asks for; that is told at once and loses nothing.
    await Promise.resolve(all[world.random(all.length)]?.(world)).catch((error) => expect(error.code).toBe('STORE_FULL'));
    await settle();
  }
  world.online = true;
  await calmDown(world);
  return world;
};

/** How many due instants a row of a schedule stands for; a run by hand stands for none, and a retry for the one of the run before it. */
const standsFor = (run: Run): number => {
  if (run.status === 'missed' || run.status === 'skipped') return run.missedCount ?? 0;
  return run.cause === 'manual' || run.cause === 'retry' ? 0 : 1;
};

const duesUpTo = (schedule: Schedule, first: string): number => {
  let count = 0;
  for (let due = first; due <= (schedule.lastDueAt ?? ''); due = nextDue(schedule.trigger, schedule.timeZone, due)) count += 1;
  return count;
};

test('over a hundred and fifty random days no two runs of a schedule meet, no slot is lost, and none is served twice', async () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const { bench, most } = await live(seed);
    expect(most, `seed ${seed}: runs at once`).toBe(1);
    for (const schedule of bench.store.schedules.all()) {
      const runs = bench.runs().filter(({ scheduleId }) => scheduleId === schedule.id);
      const first = nextDue(schedule.trigger, schedule.timeZone, '2026-10-24T20:10:30.000Z');
      const what = `seed ${seed}, ${JSON.stringify(schedule.trigger)}`;
      expect(
        runs.reduce((sum, run) => sum + standsFor(run), 0),
        `${what}: times accounted for`,
      ).toBe(duesUpTo(schedule, first));
      const slots = runs
        .filter((run) => run.cause !== 'manual' && run.cause !== 'retry' && run.status !== 'missed')
        .map(({ scheduledFor }) => scheduledFor);
      expect(new Set(slots).size, `${what}: slots served once`).toBe(slots.length);
      expect(Date.parse(schedule.nextDueAt ?? ''), `${what}: next time ahead`).toBeGreaterThan(bench.clock.now() - 2 * MINUTE);
      const usual = Date.parse(nextDue(schedule.trigger, schedule.timeZone, new Date(bench.clock.now()).toISOString()));
      expect(Date.parse(schedule.nextDueAt ?? ''), `${what}: next time soon`).toBeLessThanOrEqual(
        Math.max(usual, bench.clock.now() + 30 * MINUTE),
      );
    }
    expect(
      bench.runs().filter(({ status }) => status === 'queued'),
      `seed ${seed}: waiting runs`,
    ).toEqual([]);
  }
}, 120_000);

test('over seventy random days with clocks set to and fro the next run is never further away than usual', async () => {
  const setClock = (world: World): void =>
    world.bench.clock.set(
      new Date(world.bench.clock.now() + (world.random(200) - 100) * HOUR + world.random(60) * MINUTE).toISOString(),
    );
  for (let seed = 1000; seed < 1070; seed += 1) {
    const { bench, most } = await live(seed, [setClock, setClock, setClock]);
    expect(most, `seed ${seed}: runs at once`).toBe(1);
    for (const { trigger, timeZone, nextDueAt } of bench.store.schedules.all()) {
      const [one = '', two = ''] = [nextDue(trigger, timeZone, new Date(bench.clock.now()).toISOString())].flatMap((due) => [
        due,
        nextDue(trigger, timeZone, due),
      ]);
      expect(Date.parse(nextDueAt ?? ''), `seed ${seed}, ${JSON.stringify(trigger)}`).toBeLessThanOrEqual(Date.parse(two));
      expect(one < two).toBe(true);
    }
  }
}, 120_000);
