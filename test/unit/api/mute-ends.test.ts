import { afterEach, beforeEach, expect, test } from 'vitest';
import { endMutes, watchMutes } from '../../../main/api/mute-ends.ts';
import { patchSource } from '../../../main/api/new-source.ts';
import type { Services } from '../../../main/api/services.ts';
import { createJobsBench, type JobsBench } from '../../helpers/jobs-bench.ts';

const DAY = 86_400_000;
let bench: JobsBench;
let services: Services;
beforeEach(async () => {
  bench = await createJobsBench();
  const { store, clock, events, log } = { log: { warn: () => {} }, events: { emit: () => {} }, ...bench };
  services = { store, clock, events, log, running: () => undefined } as unknown as Services;
});
afterEach(() => bench.close());

const muted = (id: string): { muted: boolean | undefined; until: string | undefined } => {
  const source = bench.store.sources.get(id);
  return { muted: source?.muted, until: source?.mutedUntil };
};

test('a mute with an end is over when its time has come; one without an end stays', async () => {
  const until = new Date(bench.clock.now() + 30 * DAY).toISOString();
  await bench.addFeed('a', { muted: true, mutedUntil: until });
  await bench.addFeed('b', { muted: true });
  await endMutes(services);
  expect(muted('a')).toEqual({ muted: true, until });
  await bench.clock.pass(30 * DAY);
  await endMutes(services);
  expect([muted('a'), muted('b')]).toEqual([
    { muted: false, until: undefined },
    { muted: true, until: undefined },
  ]);
});

test('it is looked for at the start, so that a mute that ended while the computer was off is over', async () => {
  await bench.addFeed('a', { muted: true, mutedUntil: new Date(bench.clock.now() - 1).toISOString() });
  const watch = watchMutes(services);
  watch.start();
  await expect.poll(() => muted('a').muted).toBe(false);
  watch.stop();
});

test('muting or unmuting anew forgets the end of the mute before', async () => {
  const until = new Date(bench.clock.now() + DAY).toISOString();
  await bench.addFeed('a', { muted: true, mutedUntil: until });
  const source = bench.store.sources.get('a');
  if (!source) throw new Error('The source is not there.');
  expect(patchSource(source, { title: 'Other' }).mutedUntil).toBe(until);
  expect(patchSource(source, { muted: true })).not.toHaveProperty('mutedUntil');
  expect(patchSource(source, { muted: false, mutedUntil: null })).not.toHaveProperty('mutedUntil');
  expect(patchSource(source, { muted: true, mutedUntil: until })).toMatchObject({ muted: true, mutedUntil: until });
});
