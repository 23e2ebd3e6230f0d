import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendWaiting } from '../../../main/api/outbox-watch.ts';
import type { Core } from '../../../main/core.ts';
import type { MailOutcome } from '../../../main/digest/mailer-outcome.ts';
import { planDeliveries } from '../../../main/digest/outbox.ts';
import { silentLog } from '../../../main/lib/log.ts';
import type { Delivery } from '../../../preload/contract/digest.ts';
import type { Run } from '../../../preload/contract/run.ts';
import type { Schedule } from '../../../preload/contract/schedule.ts';
import { askOver, directTransport, makeFolder, openTestCore, runThrough } from '../../helpers/core-kit.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { ACCOUNT, edition, type OutboxBench, pretendMailer, startOutbox } from '../../helpers/smtp-outbox.ts';

const AT = '2026-11-21T12:00:00.000Z';
const MINUTE = 60_000;
const DAILY = {
  id: 'daily',
  name: 'Morning paper',
  jobKind: 'send-digest',
  options: {},
  trigger: { type: 'daily', time: '12:00' },
  timeZone: 'UTC',
  enabled: true,
  timeoutMinutes: 10,
  retries: 0,
  retryMinutes: 5,
} as unknown as Schedule;

describe('what waits to be sent again', () => {
  let bench: OutboxBench;
  let started: object[];
  let runs = 0;
  const ended = (status: Run['status']): Run => {
    const at = new Date(Date.parse(AT) + ++runs).toISOString();
    const times = { queuedAt: at, startedAt: at, endedAt: at };
    return {
      id: `run-${runs}`,
      scheduleId: 'daily',
      jobKind: 'send-digest',
      name: 'x',
      cause: 'schedule',
      counts: {},
      log: [],
      status,
      ...times,
    } as unknown as Run;
  };
  const look = async (): Promise<object[]> => {
    const { store, clock } = bench;
    const machine = { runner: { start: async (params: object) => void started.push(params), running: () => [] } };
    const parts = {
      store,
      clock,
      log: silentLog,
      machine: async () => machine,
      running: () => machine,
      offlineSince: () => undefined,
    };
    await sendWaiting(parts as unknown as Parameters<typeof sendWaiting>[0]);
    return started.splice(0);
  };
  const leave = async (change: Partial<Delivery>, status: Run['status'] = 'failed'): Promise<void> => {
    const given = edition(1, { sendBegunAt: AT });
    await bench.store.editions.put(given);
    const rows = await planDeliveries(bench.deps, given, bench.options);
    await bench.store.deliveries.put(rows.map((row) => ({ ...row, ...change })));
    await bench.store.runs.put(ended(status));
  };
  beforeEach(async () => {
    started = [];
    bench = await startOutbox(pretendMailer().mailer, ['ada@x.test']);
    await bench.store.schedules.put([DAILY]);
  });

  test('is taken up when its time has come, not before', async () => {
    await leave({ state: 'deferred', nextAt: '2026-11-21T12:05:00.000Z' });
    expect(await look()).toEqual([]);
    await bench.clock.pass(5 * MINUTE);
    expect(await look()).toMatchObject([{ jobKind: 'send-digest', cause: 'catch-up', options: { edition: 'edition-1' } }]);
  });

  test('is left to the retry of the schedule, to the owner, and while all is paused', async () => {
    await leave({ state: 'deferred', nextAt: AT });
    await bench.store.schedules.put([{ ...DAILY, retry: { scheduledFor: AT, number: 2, of: 3, at: AT } }]);
    expect(await look()).toEqual([]);
    await bench.store.schedules.put([{ ...DAILY, enabled: false }]);
    expect(await look()).toEqual([]);
    await bench.store.schedules.put([DAILY]);
    await bench.store.settings.update({ schedulerEnabled: false });
    expect(await look()).toEqual([]);
    await bench.store.settings.update({ schedulerEnabled: true });
    expect(await look()).toHaveLength(1);
    await leave({ state: 'deferred' });
    await bench.store.deliveries.put(bench.store.deliveries.all().map(({ nextAt: _, ...row }) => row));
    expect(await look()).toEqual([]);
  });

  test('was left by a process that was killed, or by somebody who cancelled it', async () => {
    await leave({ state: 'planned' }, 'cancelled');
    expect(await look()).toEqual([]);
    await leave({ state: 'planned' }, 'failed');
    expect(await look()).toEqual([]);
    await leave({ state: 'planned' }, 'abandoned');
    expect(await look()).toHaveLength(1);
    await leave({ state: 'in-doubt' }, 'abandoned');
    await bench.store.deliveries.put(bench.store.deliveries.all().map((row) => ({ ...row, state: 'in-doubt' as const })));
    expect(await look()).toEqual([]);
  });
});

describe('a digest that was run by hand', () => {
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let core: Core | undefined;
  beforeEach(async () => {
    folder = await makeFolder();
  });
  afterEach(async () => {
    await core?.stop();
    await folder.remove();
  });

  test('D-21: is sent to who was refused for now, some minutes later and by itself', async () => {
    const clock = createFakeClock(AT);
    const answers: MailOutcome[] = [{ state: 'deferred', code: 'MAIL_RCPT_REJECTED', message: 'Later.' }];
    const { mailer, asked } = pretendMailer(() => answers.shift() ?? { state: 'sent' });
    core = await openTestCore(folder.dir, { clock, mailer, withSchedule: true });
    await core.start();
    const transport = directTransport(core);
    await askOver(transport, 'settings.update', { patch: { mail: { ...ACCOUNT, user: '' } } });
    const { id } = await askOver(transport, 'schedules.add', {
      name: 'Morning paper',
      jobKind: 'send-digest',
      trigger: { type: 'weekly', days: ['mon'], time: '08:00' },
      options: { actions: ['generate', 'send'], sendEmpty: true },
    });
    await askOver(transport, 'recipients.import', { scheduleId: id, text: 'ada@x.test' });
    const run = await runThrough(transport, 'runs.start', { scheduleId: id });
    expect(run).toMatchObject({ status: 'failed', errorCode: 'MAIL_RCPT_REJECTED' });
    const isSent = new Promise<void>((resolve) => {
      transport.onEvent(({ name, data }) => {
        if (name === 'runs.changed' && data.run.scheduleId === id && data.run.status === 'completed') resolve();
      });
    });
    await clock.pass(7 * MINUTE);
    await isSent;
    expect(asked.map(({ to }) => to)).toEqual(['ada@x.test', 'ada@x.test']);
    const { rows } = await askOver(transport, 'digests.editions', { scheduleId: id });
    expect(rows.map(({ deliveries }) => deliveries)).toEqual([{ sent: 1 }]);
  });
});
