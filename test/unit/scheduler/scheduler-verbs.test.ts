import { describe, expect, test } from 'vitest';
import type { JobDefinition } from '../../../main/jobs/job.ts';
import { toSchedule } from '../../../main/scheduler/to-schedule.ts';
import type { Schedule } from '../../../preload/contract/schedule.ts';
import { UNTIL_RESUMED } from '../../../preload/contract/schedule.ts';
import { DEFAULT_SETTINGS } from '../../../preload/contract/settings.ts';
import { settle } from '../../helpers/fake-clock.ts';
import { createBench, hourly } from '../../helpers/scheduler-bench.ts';

const START = '2026-11-21T10:20:00.000Z';
const HOUR = 3_600_000;
const started = async (extra: Parameters<typeof createBench>[1] = {}) => {
  const bench = createBench(START, extra);
  const schedule = await bench.scheduler.add(hourly());
  await bench.scheduler.start();
  const present = (): Schedule => bench.store.schedules.get(schedule.id) as Schedule;
  return { bench, id: schedule.id, present, why: () => bench.scheduler.why(schedule.id).checks };
};

describe('add, change and remove', () => {
  test('a new schedule gets the zone of this computer, its next time and plain defaults', async () => {
    const bench = createBench(START, { systemTimeZone: () => 'Europe/Berlin' });
    const { timeZone: _, ...wanted } = hourly({ trigger: { type: 'daily', time: '12:00' } });
    expect(await bench.scheduler.add(wanted)).toMatchObject({
      timeZone: 'Europe/Berlin',
      nextDueAt: '2026-11-21T11:00:00.000Z',
      enabled: true,
      missed: 'run-once',
      jitterSeconds: 0,
      timeoutMinutes: 10,
      isBuiltIn: false,
      options: {},
    });
    expect(bench.heard.map(({ name }) => name)).toContain('schedules.changed');
  });

  test('D-17: a bad rule, zone or option is refused with its field, and the old rule stays', async () => {
    const { bench, id, present } = await started();
    const before = present();
    const { scheduler } = bench;
    await expect(scheduler.update(id, { trigger: { type: 'cron', expression: '99 * * * *' } })).rejects.toMatchObject({
      code: 'SCHED_INVALID',
      message: '"99" is not a minute (0 to 59).',
      details: { field: 'trigger' },
    });
    await expect(scheduler.update(id, { timeZone: 'Nowhere/Land' })).rejects.toMatchObject({ details: { field: 'timeZone' } });
    await expect(scheduler.update(id, { options: { limit: 0 } })).rejects.toMatchObject({ details: { field: 'options.limit' } });
    await expect(scheduler.add(hourly({ jobKind: 'nothing' }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(scheduler.add(hourly({ jobKind: 'network', trigger: { type: 'interval', minutes: 1 } }))).rejects.toMatchObject({
      code: 'SCHED_INVALID',
    });
    await expect(scheduler.update('unknown', {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(present()).toEqual(before);
    expect(bench.store.schedules.all()).toHaveLength(1);
  });

  test('D-4: the next time is reckoned anew at once when the rule changes, and stays when only the name does', async () => {
    const { bench, id } = await started();
    const nextAfter = async (patch: Parameters<typeof bench.scheduler.update>[1]) =>
      (await bench.scheduler.update(id, patch)).nextDueAt;
    expect(await nextAfter({ trigger: { type: 'daily', time: '18:00' } })).toBe('2026-11-21T18:00:00.000Z');
    expect(await nextAfter({ trigger: { type: 'daily', time: '19:00' } })).toBe('2026-11-21T19:00:00.000Z');
    expect(await nextAfter({ name: 'Evening' })).toBe('2026-11-21T19:00:00.000Z');
    expect(await nextAfter({ enabled: false })).toBeUndefined();
    expect(bench.scheduler.status().next).toBeUndefined();
    await bench.clock.pass(24 * HOUR);
    expect(bench.started()).toEqual([]);
    expect(await nextAfter({ enabled: true })).toBe('2026-11-22T19:00:00.000Z');
  });

  test('a schedule added while the scheduler runs starts without a restart, to the second', async () => {
    const { bench } = await started();
    await bench.scheduler.add(hourly({ name: 'New', trigger: { type: 'cron', expression: '25 10 * * *' } }));
    await bench.clock.pass(5 * 60_000);
    expect(bench.started()).toMatchObject([{ name: 'New', startedAt: '2026-11-21T10:25:00.000Z' }]);
  });

  test('A-9: the global interval in the settings is the pace of the built-in schedule at once, unless the owner timed it himself', async () => {
    const { bench } = await started();
    const job: JobDefinition = {
      ...(bench.jobs.get('network') as JobDefinition),
      triggerFrom: ({ fetchIntervalMinutes }) => ({ type: 'interval', minutes: fetchIntervalMinutes }),
    };
    bench.jobs.set('network', job);
    const make = (id: string, minutes: number) =>
      toSchedule(hourly({ jobKind: 'network', trigger: { type: 'interval', minutes } }), job, {
        id,
        now: bench.clock.now(),
        systemTimeZone: 'UTC',
        isBuiltIn: true,
      });
    await bench.store.schedules.put([make('fetch', 30), make('own', 45)]);
    await bench.clock.pass(31 * 60_000);
    const settings = await bench.store.settings.update({ fetchIntervalMinutes: 10 });
    bench.events.emit('settings.changed', { settings });
    await settle();
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, fetchIntervalMinutes: 10 });
    expect(bench.store.schedules.get('fetch')).toMatchObject({ trigger: { minutes: 10 }, nextDueAt: '2026-11-21T11:00:00.000Z' });
    expect(bench.store.schedules.get('own')).toMatchObject({ trigger: { minutes: 45 } });
  });

  test('removing a schedule stops its run, and what it did stays on record', async () => {
    const { bench, id } = await started();
    const other = await bench.scheduler.add(hourly({ name: 'Other' }));
    await bench.clock.pass(HOUR);
    bench.work.do = ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    await bench.scheduler.runNow(id);
    await settle();
    expect(await bench.scheduler.remove(id)).toEqual({ runs: 2 });
    expect(bench.runs().map(({ scheduleId }) => scheduleId)).toEqual([id, other.id, id]);
    expect(bench.runs().at(-1)).toMatchObject({ status: 'cancelled' });
    expect(bench.heard.some(({ name }) => name === 'runs.removed')).toBe(false);
    expect(bench.runner.running()).toEqual([]);
    await expect(bench.scheduler.remove(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('E-18: restoring the defaults brings back what was removed, and leaves edited and own schedules alone', async () => {
    const { bench, present } = await started();
    const job = bench.jobs.get('local') as JobDefinition;
    const make = (id: string) => toSchedule(hourly({ name: id }), job, { id, now: 0, systemTimeZone: 'UTC', isBuiltIn: true });
    const defaults = [make('a'), make('b')];
    await bench.store.schedules.put(defaults);
    await bench.scheduler.update('b', { name: 'Edited' });
    await bench.scheduler.remove('a');
    expect(await bench.scheduler.restoreDefaults(defaults)).toEqual(['a']);
    expect(bench.store.schedules.get('a')).toMatchObject({ isBuiltIn: true, nextDueAt: '2026-11-21T11:00:00.000Z' });
    expect(bench.store.schedules.get('b')?.name).toBe('Edited');
    expect(present().name).toBe('Hourly');
    expect(await bench.scheduler.restoreDefaults(defaults)).toEqual([]);
  });
});

describe('pause and resume', () => {
  test('B-9: add, pause, resume and remove; paused it says so and has no next run, resumed its time is reckoned anew', async () => {
    const { bench, id, present, why } = await started();
    await bench.scheduler.pause(id);
    expect(present().pausedUntil).toBe(UNTIL_RESUMED);
    expect(why()[2]).toEqual({ ok: false, text: 'This schedule is paused until you resume.' });
    expect(bench.scheduler.status().next).toBeUndefined();
    await bench.clock.pass(3 * HOUR);
    expect(bench.started()).toEqual([]);
    expect(bench.scheduler.isRunning()).toBe(true);
    const resumed = await bench.scheduler.resume(id);
    expect([resumed.pausedUntil, resumed.nextDueAt]).toEqual([undefined, '2026-11-21T14:00:00.000Z']);
    expect(bench.scheduler.status().next).toEqual({ scheduleId: id, name: 'Hourly', dueAt: '2026-11-21T14:00:00.000Z' });
    await bench.clock.pass(HOUR);
    expect(bench.started()).toMatchObject([{ scheduledFor: '2026-11-21T14:00:00.000Z' }]);
    await bench.scheduler.remove(id);
    expect(bench.store.schedules.all()).toEqual([]);
  });

  test('D-10: paused over two times and resumed without making up gives no run and one row; with making up, one run', async () => {
    for (const makeUp of [false, true]) {
      const { bench, id } = await started();
      await bench.scheduler.pause(id);
      await bench.clock.pass(2 * HOUR);
      await bench.scheduler.resume(id, { makeUp });
      await settle();
      expect(bench.started().map(({ cause }) => cause)).toEqual(makeUp ? ['catch-up'] : []);
      expect(bench.runs().filter(({ status }) => status === 'missed')).toMatchObject([
        { missedCount: makeUp ? 1 : 2, reason: 'The schedule was paused.' },
      ]);
      expect(bench.store.schedules.get(id)?.nextDueAt).toBe('2026-11-21T13:00:00.000Z');
    }
  });

  test('a pause with an end is over by itself, and what was due runs once', async () => {
    const { bench, id, present } = await started();
    await bench.scheduler.pause(id, '2026-11-21T13:30:00.000Z');
    await bench.clock.pass(3 * HOUR + 10 * 60_000 - 1);
    expect(bench.started()).toEqual([]);
    await bench.clock.pass(1);
    expect(bench.started()).toMatchObject([{ cause: 'catch-up', startedAt: '2026-11-21T13:30:00.000Z' }]);
    expect(present().pausedUntil).toBeUndefined();
  });

  test('E-12: with the master switch off or all paused nothing starts for a day, run now works, and afterwards each runs once', async () => {
    const { bench, id, why } = await started();
    for (const close of [{ schedulerEnabled: false }, { pausedUntil: UNTIL_RESUMED }]) {
      const settings = await bench.store.settings.update(close);
      bench.events.emit('settings.changed', { settings });
      await bench.clock.pass(24 * HOUR);
      expect(bench.started()).toEqual([]);
      expect(why()[1]?.ok).toBe(false);
      const { run } = await bench.scheduler.runNow(id);
      expect(await bench.runner.finished(run.id)).toMatchObject({ status: 'completed', cause: 'manual' });
      await bench.store.runs.remove([run.id]);
    }
    await bench.store.settings.update({ schedulerEnabled: true });
    await bench.scheduler.resumeAll();
    await settle();
    expect(bench.store.settings.get().pausedUntil).toBeNull();
    expect(bench.runs()).toMatchObject([
      { status: 'missed', missedCount: 47, reason: 'The scheduler was switched off.' },
      { status: 'completed', cause: 'catch-up' },
    ]);
  });

  test('pausing all until an instant ends by itself, and is announced', async () => {
    const { bench } = await started();
    await bench.scheduler.pauseAll('2026-11-21T11:30:00.000Z');
    expect(bench.scheduler.status().pausedUntil).toBe('2026-11-21T11:30:00.000Z');
    expect(bench.heard.map(({ name }) => name)).toEqual(expect.arrayContaining(['settings.changed', 'status.changed']));
    await bench.clock.pass(70 * 60_000);
    expect(bench.store.settings.get().pausedUntil).toBeNull();
    expect(bench.started()).toMatchObject([{ startedAt: '2026-11-21T11:30:00.000Z' }]);
  });
});

test('a schedule resumed while all are paused waits with them, and then runs once', async () => {
  const { bench, id } = await started();
  await bench.scheduler.pause(id);
  await bench.scheduler.pauseAll();
  await bench.clock.pass(2 * HOUR);
  await bench.scheduler.resume(id, { makeUp: true });
  await bench.clock.pass(60_000);
  expect(bench.runs()).toEqual([]);
  await bench.scheduler.resumeAll();
  await settle();
  expect(bench.runs()).toMatchObject([
    { status: 'missed', missedCount: 1, reason: 'All schedules were paused.' },
    { status: 'completed', cause: 'catch-up' },
  ]);
});

describe('what it tells', () => {
  test('B-10: run now answers with the run, whose end has the numbers', async () => {
    const { bench, id } = await started();
    bench.work.do = async ({ count }) => {
      count('posts_saved', 25);
      count('duplicates_skipped', 75);
    };
    const { run, alreadyRunning } = await bench.scheduler.runNow(id, { limit: 100 });
    expect([run.status, alreadyRunning]).toEqual(['queued', false]);
    expect(await bench.runner.finished(run.id)).toMatchObject({
      cause: 'manual',
      options: { limit: 100 },
      counts: { posts_saved: 25, duplicates_skipped: 75 },
    });
  });

  test('B-11: it names the next run, and says at once and everywhere when it is stopped', async () => {
    const { bench, id, why } = await started();
    expect(bench.scheduler.status()).toEqual({
      isRunning: true,
      next: { scheduleId: id, name: 'Hourly', dueAt: '2026-11-21T11:00:00.000Z' },
      waiting: [],
      notices: [],
    });
    bench.heard.length = 0;
    await bench.scheduler.stop();
    expect(bench.heard.map(({ name }) => name)).toEqual(['status.changed']);
    expect([bench.scheduler.isRunning(), bench.scheduler.status().isRunning]).toEqual([false, false]);
    expect(why()[0]).toEqual({ ok: false, text: 'The scheduler is stopped: nothing starts by itself.' });
    await bench.clock.pass(5 * HOUR);
    expect(bench.runs()).toEqual([]);
    expect(bench.clock.waiting()).toBe(0);
  });

  test('B-18: the scheduler starts with nothing but fakes around it, and without Electron', async () => {
    const { bench } = await started();
    await bench.clock.pass(HOUR);
    expect(bench.started()).toHaveLength(1);
    expect(process.versions.electron).toBeUndefined();
  });

  test('B-19: why it is not running is answered by four checks, and a schedule that is off says so', async () => {
    const { bench, id, why } = await started();
    expect(why()).toEqual([
      { ok: true, text: 'The scheduler is running.' },
      { ok: true, text: 'Schedules are switched on.' },
      { ok: true, text: 'This schedule is on.' },
      { ok: true, text: 'It is next due in 40 minutes.' },
    ]);
    await bench.scheduler.update(id, { enabled: false });
    expect(why()[2]).toEqual({ ok: false, text: 'This schedule is off.' });
    await bench.scheduler.update(id, { enabled: true });
    bench.jobs.delete('local');
    expect(why()[3]).toEqual({ ok: false, text: 'There is no job called "local".' });
    await bench.clock.pass(2 * HOUR);
    expect(bench.runs()).toEqual([]);
    expect(bench.store.schedules.get(id)?.nextDueAt).toBe('2026-11-21T13:00:00.000Z');
  });

  test('the preview of a stored interval goes on from its grid, as saving it would', async () => {
    const bench = createBench(START);
    const rule = { trigger: { type: 'interval' as const, minutes: 30 }, timeZone: 'UTC' };
    const { id, nextDueAt } = await bench.scheduler.add(hourly(rule));
    await bench.clock.pass(7 * 60_000);
    const { preview } = bench.scheduler;
    expect(preview({ ...rule, id }).next[0]).toBe(nextDueAt);
    expect(preview(rule).next[0]).not.toBe(nextDueAt);
    const slower = { ...rule, trigger: { type: 'interval' as const, minutes: 45 } };
    const shown = preview({ ...slower, id }).next[0];
    expect((await bench.scheduler.update(id, slower)).nextDueAt).toBe(shown);
  });

  test('a preview says a rule in words with its next times, and refuses what cannot be saved', async () => {
    const { bench } = await started();
    const { preview } = bench.scheduler;
    expect(preview({ trigger: { type: 'daily', time: '12:00' }, timeZone: 'Europe/Berlin', count: 2 })).toEqual({
      words: 'Every day at 12:00',
      next: ['2026-11-21T11:00:00.000Z', '2026-11-22T11:00:00.000Z'],
    });
    const minutely = { trigger: { type: 'interval' as const, minutes: 1 }, timeZone: 'UTC' };
    expect(preview(minutely).next).toHaveLength(5);
    expect(() => preview({ ...minutely, jobKind: 'network' })).toThrow('every 5 minutes at most');
  });

  test('a schedule shows its next five times, beginning with the stored one; none while it is off', async () => {
    const { bench, present, id } = await started();
    const dues = bench.scheduler.upcoming(present(), 5);
    expect([dues[0], dues[4], dues.length]).toEqual(['2026-11-21T11:00:00.000Z', '2026-11-21T15:00:00.000Z', 5]);
    await bench.scheduler.update(id, { enabled: false });
    expect(bench.scheduler.upcoming(present(), 5)).toEqual([]);
  });
});
