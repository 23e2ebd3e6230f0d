import { describe, expect, test } from 'vitest';
import { watchConnection } from '../../../main/lib/connection.ts';
import { silentLog } from '../../../main/lib/log.ts';
import type { Senses } from '../../../main/lib/power.ts';
import { createPower } from '../../../main/power.ts';
import { DEFAULT_SETTINGS } from '../../../preload/contract/settings.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';

const makePower = (senses: Senses, isMetered = false) => {
  const clock = createFakeClock('2026-11-22T12:00:00Z');
  const looks: number[] = [];
  const power = createPower({
    senses,
    settings: () => ({ ...DEFAULT_SETTINGS, isMetered }),
    clock,
    log: silentLog,
    lookAgain: () => void looks.push(clock.now()),
  });
  return { power, clock, looks };
};

describe('what is known of power', () => {
  test('battery comes before the connection, the connection before heat; without a hint nothing waits', () => {
    expect(makePower({}).power.whyWait(true)).toBeUndefined();
    expect(makePower({ isOnBattery: () => true, isHot: () => true }, true).power.whyWait(true)).toBe('on battery');
    expect(makePower({ isHot: () => true }, true).power.whyWait(true)).toBe('on a metered connection');
    expect(makePower({ isHot: () => true }, true).power.whyWait(false)).toBe('while this computer is hot');
    expect(makePower({}, true).power.whyWait(false)).toBeUndefined();
  });

  test('a sense that fails says nothing and breaks nothing', () => {
    const fails = (): boolean => {
      throw new Error('no power monitor');
    };
    expect(makePower({ isOnBattery: fails, isHot: fails }).power.whyWait(true)).toBeUndefined();
  });

  test('every hint but going to sleep and locking makes the clock be looked at', () => {
    const { power, looks } = makePower({});
    for (const hint of ['suspend', 'lock'] as const) power.hear(hint);
    expect(looks).toHaveLength(0);
    for (const hint of ['resume', 'unlock', 'power', 'network'] as const) power.hear(hint);
    expect(looks).toHaveLength(4);
  });

  test('a computer that said it would sleep is believed until it wakes, and a minute at most', async () => {
    const { power, clock } = makePower({});
    power.hear('suspend');
    expect(power.isFallingAsleep()).toBe(true);
    power.hear('lock');
    expect(power.isFallingAsleep()).toBe(true);
    power.hear('resume');
    expect(power.isFallingAsleep()).toBe(false);
    power.hear('suspend');
    await clock.pass(60_000);
    expect(power.isFallingAsleep()).toBe(false);
    power.hear('suspend');
    clock.set('2026-11-21T12:00:00Z');
    expect(power.isFallingAsleep()).toBe(false);
  });
});

test('a hint about the network is believed at once, not at the next of the looks every 15 seconds', async () => {
  const clock = createFakeClock('2026-11-22T12:00:00Z');
  let isUp = true;
  const heard: boolean[] = [];
  const connection = watchConnection(
    clock,
    () => isUp,
    (now) => heard.push(now),
  );
  isUp = false;
  connection.look();
  expect(connection.downSince()).toBe(clock.now());
  connection.look();
  isUp = true;
  connection.look();
  expect(heard).toEqual([false, true]);
  connection.stop();
  expect(clock.waiting()).toBe(0);
});
