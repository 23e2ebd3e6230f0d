import { afterEach, expect, test } from 'vitest';
import type { Core } from '../../../main/core.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { announced, askOver, directTransport, makeFolder, openTestCore, runThrough } from '../../helpers/core-kit.ts';

const HOUR = 3_600_000;
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const openFolder = async (): Promise<string> => {
  const folder = await makeFolder();
  closing.push(folder.remove);
  return folder.dir;
};
const start = async (dir: string, own: Parameters<typeof openTestCore>[1] = {}): Promise<Core> => {
  const core = await openTestCore(dir, own);
  closing.push(core.stop);
  await core.start();
  return core;
};

test('hours without Tidings are told in the status until the receipt is put away, also over a restart', async () => {
  const dir = await openFolder();
  // Half past, so that no full hour comes in the middle of the test.
  const toHalfPast = HOUR / 2 - (Date.now() % HOUR);
  const at = (shift: number) => ({ clock: { ...systemClock, now: () => Date.now() + toHalfPast + shift }, withSchedule: true });
  const first = await start(dir, at(-5 * HOUR));
  const over = directTransport(first);
  for (const { schedule } of await askOver(over, 'schedules.list', {}))
    await askOver(over, 'schedules.remove', { id: schedule.id });
  const trigger = { type: 'cron', expression: '0 * * * *' } as const;
  const { id } = await askOver(over, 'schedules.add', {
    name: 'Hourly',
    jobKind: 'back-up',
    trigger,
    timeZone: 'UTC',
    missed: 'skip',
  });
  await first.stop();
  const second = await start(dir, at(0));
  const { receipt } = await askOver(directTransport(second), 'app.status', {});
  expect(receipt).toMatchObject({
    kind: 'off',
    lines: [{ scheduleId: id, outcome: 'skipped', text: '5 hourly runs were skipped.' }],
  });
  await second.stop();
  const third = directTransport(await start(dir, at(0)));
  expect((await askOver(third, 'app.status', {})).receipt).toEqual(receipt);
  const changed = announced(third, 'status.changed');
  expect(await askOver(third, 'app.dismissReceipt', {})).not.toHaveProperty('receipt');
  await changed;
});

test('a source that fails three times in a row is told once in the status, until that is put away', async () => {
  const over = directTransport(await start(await openFolder()));
  for (const { source } of await askOver(over, 'sources.list', {})) await askOver(over, 'sources.remove', { id: source.id });
  // A source that is meant to be local may be asked at any address; nobody listens there.
  const feedUrl = 'http://127.0.0.1:9/feed';
  const { id } = await askOver(over, 'sources.add', { kind: 'feed', feedUrl, allowLocalNetwork: true });
  for (let time = 0; time < 2; time += 1) await runThrough(over, 'sources.fetch', { ids: [id] });
  expect(await askOver(over, 'app.status', {})).not.toHaveProperty('alerts');
  await runThrough(over, 'sources.fetch', { ids: [id] });
  const status = await askOver(over, 'app.status', {});
  expect(status).toMatchObject({ failingSources: 1, alerts: [{ kind: 'source-failing', subjectId: id }] });
  expect(await askOver(over, 'app.dismissAlert', { id: status.alerts?.[0]?.id ?? '' })).not.toHaveProperty('alerts');
  await runThrough(over, 'sources.fetch', { ids: [id] });
  expect(await askOver(over, 'app.status', {})).not.toHaveProperty('alerts');
});

test('listeners of the core hear of a run by hand', async () => {
  const core = await start(await openFolder());
  const heard: string[] = [];
  const stop = core.onRun({ executed: ({ jobKind }) => heard.push(jobKind) });
  await runThrough(directTransport(core), 'runs.start', { jobKind: 'clean-up' });
  stop();
  await runThrough(directTransport(core), 'runs.start', { jobKind: 'clean-up' });
  expect(heard).toEqual(['clean-up']);
});

test('a question about missed times is stored, shown and answered over the contract', async () => {
  const dir = await openFolder();
  const first = await start(dir, { clock: { ...systemClock, now: () => Date.now() - 30 * HOUR }, withSchedule: true });
  const over = directTransport(first);
  for (const { schedule } of await askOver(over, 'schedules.list', {}))
    await askOver(over, 'schedules.remove', { id: schedule.id });
  const trigger = { type: 'interval', minutes: 20 * 60 } as const;
  const { id } = await askOver(over, 'schedules.add', {
    name: 'Seldom',
    jobKind: 'clean-up',
    trigger,
    missed: 'ask',
    graceMinutes: 60,
  });
  await first.stop();
  const second = directTransport(await start(dir, { withSchedule: true }));
  const [row] = await askOver(second, 'schedules.list', {});
  expect(row?.schedule.asked).toMatchObject({ count: 1 });
  expect(row?.last).toMatchObject({ status: 'missed', code: 'SCHED_MISSED' });
  const { run, schedule } = await askOver(second, 'schedules.answerMissed', { id, run: true });
  expect(run).toMatchObject({ cause: 'catch-up', scheduleId: id });
  expect(schedule).not.toHaveProperty('asked');
});
