import { createEventBus } from '../../main/lib/events.ts';
import { silentLog } from '../../main/lib/log.ts';
import { createRunner, type Runner } from '../../main/scheduler/runner.ts';
import { createScheduler, type Scheduler } from '../../main/scheduler/scheduler.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { NewSchedule, Schedule } from '../../preload/contract/schedule.ts';
import { createFakeClock, type FakeClock, settle } from './fake-clock.ts';
import { createMemoryStore, type MemoryStore } from './memory-store.ts';
import { MODEL_RULES, MODEL_START, type ModelRule, slotsBetween, slotsOf } from './model-rules.ts';
import { type Life, mortalStore } from './mortal-store.ts';
import { testJobs } from './scheduler-bench.ts';

/*
 * A small model of what must run, beside a real scheduler and runner that live through a history. The model knows the slots of
 * each rule from the naive reading of the wall clock, and which of them are owed; rows and starts are held against that.
 */

/** What a job does when it is started: it ends at once, throws, takes minutes, or never settles and does not listen. */
export type Behaviour = 'quick' | 'fails' | 'slow' | 'deaf';

export type Step =
  | { do: 'pass'; seconds: number }
  | { do: 'sleep'; minutes: number; wakes: boolean }
  | { do: 'jump'; minutes: number }
  | { do: 'online'; is: boolean }
  | { do: 'crash'; afterWrites: number; lands: boolean; offMinutes: number }
  | { do: 'restart'; offMinutes: number }
  | { do: 'pause'; which: number; minutes: number }
  | { do: 'resume'; which: number; makeUp: boolean }
  | { do: 'pauseAll'; minutes: number }
  | { do: 'resumeAll'; makeUp: boolean }
  | { do: 'enable'; which: number; is: boolean }
  | { do: 'edit'; which: number; rule: number }
  | { do: 'runNow'; which: number }
  | { do: 'answer'; which: number; run: boolean }
  | { do: 'travel'; timeZone: string }
  | { do: 'fullDisk'; writes: number };

export type ModelSchedule = Pick<NewSchedule, 'missed' | 'jitterSeconds' | 'retries'> & { rule: number; goesOut: boolean };
export type History = { schedules: ModelSchedule[]; behaviours: Behaviour[]; steps: Step[] };

const SECOND = 1000;
const MINUTE = 60_000;
const ms = (instant: string): number => Date.parse(instant);
const iso = (at: number): string => new Date(at).toISOString();

/** One start of a job, as the job saw it. `shift` is how far the wall clock stood from real time. */
type Start = {
  runId: string;
  scheduleId: string;
  cause: Run['cause'];
  slot: string;
  attempt: number;
  shift: number;
  gap: number;
};

/** What the model knows of one schedule. */
type Ledger = {
  id: string;
  rule: ModelRule;
  /** A due instant of the grid, where the rule is an interval. */
  anchor: number;
  isOn: boolean;
  /** Slots up to here were looked at. */
  mark: number;
  owed: Set<number>;
  wasAnswered: boolean;
};

export type World = {
  clock: FakeClock;
  disk: MemoryStore;
  life: Life;
  runner: Runner;
  scheduler: Scheduler;
  online: boolean;
  systemZone: string;
  behaviours: Behaviour[];
  starts: Start[];
  ledgers: Ledger[];
  /** How far the wall clock was set from real time. */
  shift: number;
  /** Something happened after which a slot may have two rows: a crash, a clock that was set, a disk that was full. */
  isRough: boolean;
  wasFull: boolean;
  mustAnchor: boolean;
  trouble: string[];
};

/** The shortest pause of the rule: a clock set back by less must not bring a slot twice. */
const gapOf = ({ rule, anchor }: Ledger): number => {
  const slots = slotsOf(rule, anchor);
  let shortest = Number.POSITIVE_INFINITY;
  for (let index = 1; index < slots.length; index += 1)
    shortest = Math.min(shortest, (slots[index] as number) - (slots[index - 1] as number));
  return shortest;
};
const gaps = new Map<string, number>();
const knownGap = (ledger: Ledger): number => {
  const key = JSON.stringify(ledger.rule);
  const gap = gaps.get(key) ?? gapOf(ledger);
  gaps.set(key, gap);
  return gap;
};

/** Why a run of this schedule must not start by itself now; read from the disk. */
const holdOf = (world: World, schedule: Schedule): string | undefined => {
  const now = world.clock.now();
  const { pausedUntil } = world.disk.settings.get();
  if (!schedule.enabled) return 'off';
  if (pausedUntil && ms(pausedUntil) > now) return 'all paused';
  if (schedule.pausedUntil && ms(schedule.pausedUntil) > now) return 'paused';
  return schedule.jobKind === 'network' && !world.online ? 'offline' : undefined;
};

const work = async (world: World, life: Life, runId: string, signal: AbortSignal): Promise<void> => {
  const run = world.disk.runs.get(runId);
  const ledger = world.ledgers.find(({ id }) => id === run?.scheduleId);
  if (!run || !ledger) return;
  const { id: scheduleId } = ledger;
  const slot = run.scheduledFor ?? '';
  const others = world.runner.running().filter((each) => each.id !== runId && each.scheduleId === scheduleId);
  if (others.length > 0) world.trouble.push(`two runs at once: ${runId} beside ${others[0]?.id}`);
  world.starts.push({
    runId,
    scheduleId,
    cause: run.cause,
    slot,
    attempt: run.attempt?.number ?? 1,
    shift: world.shift,
    gap: knownGap(ledger),
  });
  const behaviour = world.behaviours.shift() ?? 'quick';
  world.behaviours.push(behaviour);
  if (behaviour === 'fails') throw new Error('by chance');
  if (behaviour === 'deaf') await new Promise(() => {});
  if (behaviour === 'slow')
    await new Promise<void>((resolve) => {
      world.clock.after(4 * MINUTE, () => life.isAlive && resolve());
      signal.addEventListener('abort', () => resolve());
    });
};

/** A new process on the same disk. */
const bear = (world: World): void => {
  const life: Life = { isAlive: true, lands: false };
  const store = mortalStore(world.disk, life);
  const after: FakeClock['after'] = (wait, callback) => world.clock.after(wait, () => life.isAlive && callback());
  const clock = { now: world.clock.now, monotonic: world.clock.monotonic, after };
  const jobs = testJobs({ do: ({ runId, signal }) => work(world, life, runId, signal) });
  const common = { store, jobs, events: createEventBus(silentLog), clock, log: silentLog };
  const runner = createRunner({ ...common, maxRuns: 2 });
  const scheduler = createScheduler({
    ...common,
    runner,
    isOnline: () => world.online,
    setAlarm: (at, ring) => world.clock.setAlarm(at, () => life.isAlive && ring()),
    systemTimeZone: () => world.systemZone,
  });
  Object.assign(world, { life, runner, scheduler });
};

const boot = async (world: World): Promise<void> => {
  bear(world);
  void world.runner.recover().then(() => world.scheduler.start());
  await settle();
};

/** Does what an owner asks for; what a full disk refuses is told at once. The process may die of it. */
const ask = async (world: World, verb: () => Promise<unknown>): Promise<void> => {
  verb().catch((error) => {
    if (!['STORE_FULL', 'CONFLICT'].includes(error.code)) world.trouble.push(`a verb failed: ${error.code} ${error.message}`);
  });
  await settle();
};

/** Slots that have come since the model looked last are owed from now on. */
const collect = (world: World): void => {
  const now = world.clock.now();
  for (const ledger of world.ledgers) {
    const slots = slotsOf(ledger.rule, ledger.anchor);
    if (ledger.isOn && !world.mustAnchor) for (const slot of slotsBetween(slots, ledger.mark, now)) ledger.owed.add(slot);
    ledger.mark = now;
  }
};

/** After an edit, or a clock that was set back, an interval counts from a moment the model must learn; it is near. */
const anchor = (world: World, ledger: Ledger, schedule: Schedule): void => {
  const { trigger, window } = ledger.rule;
  if (trigger.type !== 'interval' || !schedule.nextDueAt) return;
  const wait = ms(schedule.nextDueAt) - world.clock.now();
  if (!window && wait > trigger.minutes * MINUTE)
    world.trouble.push(`${schedule.name}: the next time is ${wait / MINUTE} minutes away`);
  ledger.anchor = ms(schedule.nextDueAt);
};

/** After a clock was set back, slots that had come lie ahead again; another rule, or an interval counted anew, does not know them. */
const forgetAhead = (ledger: Ledger, now: number): void => {
  for (const slot of ledger.owed) if (slot > now) ledger.owed.delete(slot);
};

/** Learns from the disk which rules are in force now; whatever had come before is still owed. */
const learn = (world: World): void => {
  for (const ledger of world.ledgers) {
    const schedule = world.disk.schedules.get(ledger.id) as Schedule;
    const { trigger, timeZone, window, enabled } = schedule;
    const rule = { trigger, timeZone, ...(window ? { window } : {}) };
    if (JSON.stringify(rule) === JSON.stringify(ledger.rule) && enabled === ledger.isOn) continue;
    Object.assign(ledger, { rule, isOn: enabled, mark: world.clock.now() });
    forgetAhead(ledger, world.clock.now());
    anchor(world, ledger, schedule);
  }
};

/** Awake, and nothing in the way: what was due half a minute ago and more is no longer waited for. */
const checkPrompt = (world: World): void => {
  if (!world.life.isAlive || world.wasFull) return;
  for (const { id } of world.ledgers) {
    const schedule = world.disk.schedules.get(id) as Schedule;
    if (holdOf(world, schedule) || !schedule.nextDueAt) continue;
    const late = world.clock.now() - ms(schedule.nextDueAt) - schedule.jitterSeconds * SECOND;
    if (late > 31 * SECOND) world.trouble.push(`${schedule.name} waits ${late / SECOND} s for ${schedule.nextDueAt}`);
  }
};

/** What was missed before this stretch of time is one run, not many. */
const checkCoalesced = (world: World, before: number, wall: number): void => {
  for (const { id } of world.ledgers) {
    const old = world.starts
      .slice(before)
      .filter((each) => each.scheduleId === id && isTimed(each) && ms(each.slot) <= wall - 2 * MINUTE);
    if (old.length > 1 && !world.isRough) world.trouble.push(`${id}: ${old.length} runs for times that were missed together`);
  }
};

const isTimed = ({ cause }: { cause: Run['cause'] }): boolean => cause === 'schedule' || cause === 'catch-up';

const pass = async (world: World, duration: number): Promise<void> => {
  if (!world.life.isAlive) await boot(world);
  const [before, wall] = [world.starts.length, world.clock.now()];
  const { isAlive: wasAlive } = world.life;
  const isFull = world.wasFull;
  await world.clock.pass(duration);
  checkCoalesced(world, before, wall);
  collect(world);
  if (duration >= MINUTE && wasAlive) checkPrompt(world);
  if (duration >= MINUTE && isFull) {
    world.disk.failWrites(0);
    world.wasFull = false;
  }
  if (duration >= MINUTE && world.mustAnchor && world.life.isAlive && !isFull) {
    for (const ledger of world.ledgers) anchor(world, ledger, world.disk.schedules.get(ledger.id) as Schedule);
    world.mustAnchor = false;
  }
};

const doze = (world: World, duration: number): void => {
  world.clock.sleep(duration);
};

const setClock = async (world: World, minutes: number): Promise<void> => {
  const at = world.clock.now() + minutes * MINUTE;
  world.clock.set(iso(at));
  world.shift += minutes * MINUTE;
  world.isRough = true;
  // The next times must be written anew; a disk that is still full would put that off, and the model could not tell how long.
  world.disk.failWrites(0);
  for (const ledger of world.ledgers) {
    if (minutes < 0 && ledger.rule.trigger.type === 'interval') forgetAhead(ledger, at);
  }
  // The clock is looked at within half a minute, by a process that lives; what came in between was never waited for.
  world.mustAnchor ||= minutes < 0;
  await pass(world, MINUTE);
};

const ledgerOf = (world: World, which: number): Ledger => world.ledgers[which % world.ledgers.length] as Ledger;
const untilOf = (world: World, minutes: number): string | undefined =>
  minutes === 0 ? undefined : iso(world.clock.now() + minutes * MINUTE);

const verbs = (world: World, step: Step): (() => Promise<unknown>) | undefined => {
  const { scheduler } = world;
  const id = 'which' in step ? ledgerOf(world, step.which).id : '';
  switch (step.do) {
    case 'pause':
      return () => scheduler.pause(id, untilOf(world, step.minutes));
    case 'resume':
      return () => scheduler.resume(id, { makeUp: step.makeUp });
    case 'pauseAll':
      return () => scheduler.pauseAll(untilOf(world, step.minutes));
    case 'resumeAll':
      return () => scheduler.resumeAll({ makeUp: step.makeUp });
    case 'enable':
      return () => scheduler.update(id, { enabled: step.is });
    case 'edit': {
      const { trigger, timeZone, window = null } = MODEL_RULES[step.rule % MODEL_RULES.length] as ModelRule;
      return () => scheduler.update(id, { trigger, timeZone, window });
    }
    case 'runNow':
      return () => scheduler.runNow(id);
    case 'answer':
      ledgerOf(world, step.which).wasAnswered = true;
      return () => scheduler.answerMissed(id, step.run);
    default:
      return undefined;
  }
};

const disturb = async (world: World, step: Step): Promise<void> => {
  switch (step.do) {
    case 'pass':
      return pass(world, step.seconds * SECOND);
    case 'sleep':
      doze(world, step.minutes * MINUTE);
      if (step.wakes && world.life.isAlive) world.scheduler.wake();
      return settle();
    case 'jump':
      return setClock(world, step.minutes);
    case 'online':
      world.online = step.is;
      if (world.life.isAlive) world.scheduler.wake();
      return settle();
    case 'crash':
      world.isRough = true;
      Object.assign(world.life, { fuse: step.afterWrites, lands: step.lands });
      if (step.afterWrites === 0) world.life.isAlive = false;
      if (!world.life.isAlive) doze(world, step.offMinutes * MINUTE);
      return;
    case 'restart':
      if (world.life.isAlive) {
        void world.scheduler.stop().then(() => world.runner.stop());
        await world.clock.pass(6 * SECOND);
        world.life.isAlive = false;
      }
      doze(world, step.offMinutes * MINUTE);
      return;
    case 'travel':
      world.systemZone = step.timeZone;
      return;
    case 'fullDisk':
      world.disk.failWrites(step.writes);
      world.wasFull = true;
      world.isRough = true;
      return;
    default:
  }
};

const takeStep = async (world: World, step: Step): Promise<void> => {
  const verb = verbs(world, step);
  if (!verb) return disturb(world, step);
  if (!world.life.isAlive) await boot(world);
  collect(world);
  await ask(world, verbs(world, step) as () => Promise<unknown>);
  learn(world);
};

/** Ends every disturbance and lets half an hour pass, in which what waits must come. */
const calmDown = async (world: World): Promise<void> => {
  world.disk.failWrites(0);
  world.life.fuse = undefined;
  world.online = true;
  await pass(world, SECOND);
  collect(world);
  await ask(world, () => world.scheduler.resumeAll());
  for (const { id } of world.ledgers) await ask(world, () => world.scheduler.resume(id, { makeUp: true }));
  await pass(world, 12 * MINUTE);
};

const wasBegun = (run: Run): boolean =>
  run.status === 'running' ||
  run.status === 'completed' ||
  run.status === 'failed' ||
  ('startedAt' in run && run.startedAt !== undefined);

const isTimedRun = (run: Run): boolean => run.status !== 'missed' && run.status !== 'skipped';

/** How many rows of a schedule stand for a slot. A skipped one may be made up later, with the run it was skipped for. */
const rowsFor = (runs: readonly Run[], slot: number): { all: number; firm: number } => {
  const at = iso(slot);
  const covers = (run: Run): boolean => {
    if (run.status === 'missed' || run.status === 'skipped') return (run.from ?? '') <= at && at <= (run.to ?? '');
    return isTimed(run) && run.scheduledFor === at && (wasBegun(run) || run.status === 'queued');
  };
  const rows = runs.filter(covers);
  const wasMissed = rows.some(({ status }) => status === 'missed');
  return { all: rows.length, firm: rows.filter(isTimedRun).length + (wasMissed ? 1 : 0) };
};

const checkSlot = (world: World, ledger: Ledger, schedule: Schedule, runs: readonly Run[], slot: number): void => {
  const { all, firm } = rowsFor(runs, slot);
  const isAhead = schedule.enabled && schedule.nextDueAt !== undefined && ms(schedule.nextDueAt) <= slot;
  if (all === 0 && !isAhead) world.trouble.push(`LOST: ${schedule.name} at ${iso(slot)}`);
  const isExact = !world.isRough && !ledger.wasAnswered;
  if (firm + (isAhead ? 1 : 0) > 1 && isExact) world.trouble.push(`${schedule.name} at ${iso(slot)} has ${firm} rows`);
};

const checkLost = (world: World, ledger: Ledger): void => {
  const schedule = world.disk.schedules.get(ledger.id) as Schedule;
  const runs = world.disk.runs.all().filter(({ scheduleId }) => scheduleId === ledger.id);
  for (const slot of ledger.owed) checkSlot(world, ledger, schedule, runs, slot);
  if (world.isRough) return;
  for (const { slot, scheduleId } of world.starts.filter(isTimed))
    if (scheduleId === ledger.id && !ledger.owed.has(ms(slot))) world.trouble.push(`INVENTED: ${schedule.name} ran for ${slot}`);
};

/** Two starts for one slot, unless the clock was set back by more than a pause of the rule in between, or it is the next attempt. */
const checkDouble = (world: World): void => {
  const seen = new Map<string, Start>();
  for (const start of world.starts.filter(({ cause }) => cause !== 'manual')) {
    const key = `${start.scheduleId} ${start.slot} ${start.cause === 'retry' ? start.attempt : 1}`;
    const before = seen.get(key);
    if (before && before.shift - start.shift < Math.min(before.gap, start.gap))
      world.trouble.push(`DOUBLE: ${key}, runs ${before.runId} and ${start.runId}`);
    seen.set(key, start);
  }
};

const checkEnd = (world: World): void => {
  checkDouble(world);
  for (const ledger of world.ledgers) checkLost(world, ledger);
  const live = new Set(world.runner.running().map(({ id }) => id));
  for (const run of world.disk.runs.unfinished()) if (!live.has(run.id)) world.trouble.push(`STUCK: ${run.id} is ${run.status}`);
};

const createWorld = (history: History): World => {
  const clock = createFakeClock(MODEL_START);
  const world = {
    clock,
    disk: createMemoryStore(),
    online: true,
    systemZone: 'Europe/Berlin',
    behaviours: [...history.behaviours],
    starts: [],
    ledgers: [],
    shift: 0,
    isRough: false,
    wasFull: false,
    mustAnchor: false,
    trouble: [],
  } as unknown as World;
  bear(world);
  return world;
};

/** Lives through a history. Answers what the model found wrong: nothing, if all is well. */
export const liveThrough = async (history: History): Promise<string[]> => {
  const world = createWorld(history);
  for (const [index, { rule: number, goesOut, ...rest }] of history.schedules.entries()) {
    const rule = MODEL_RULES[number % MODEL_RULES.length] as ModelRule;
    const schedule = await world.scheduler.add({
      ...rule,
      ...rest,
      name: `Schedule ${index}`,
      jobKind: goesOut ? 'network' : 'local',
      retryMinutes: 1,
      ...(rest.missed === 'ask' ? { graceMinutes: 20 } : {}),
    });
    const { id, nextDueAt = '' } = schedule;
    world.ledgers.push({
      id,
      rule,
      anchor: ms(nextDueAt),
      isOn: true,
      mark: world.clock.now(),
      owed: new Set(),
      wasAnswered: false,
    });
  }
  await world.scheduler.start();
  for (const step of history.steps) {
    await takeStep(world, step);
    if (world.trouble.length > 0) return world.trouble;
  }
  await calmDown(world);
  checkEnd(world);
  world.life.isAlive = false;
  return world.trouble;
};
