import { expect, test } from 'vitest';
import type { Clock } from '../../../main/lib/clock.ts';
import { watchConnection } from '../../../main/lib/connection.ts';

/** A clock whose one timer rings when told. */
const handClock = () => {
  let ring: (() => void) | undefined;
  let now = 1000;
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    after: (ms, callback) => {
      ring = () => {
        now += ms;
        callback();
      };
      return () => {
        ring = undefined;
      };
    },
  };
  return { clock, tick: () => ring?.(), isWaiting: () => ring !== undefined };
};

test('tells when the last interface goes and when one comes back', () => {
  let isUp = true;
  const heard: boolean[] = [];
  const { clock, tick, isWaiting } = handClock();
  const connection = watchConnection(
    clock,
    () => isUp,
    (up) => heard.push(up),
  );
  tick();
  expect([heard, connection.downSince()]).toEqual([[], undefined]);
  isUp = false;
  tick();
  expect(connection.downSince()).toBe(31_000);
  tick();
  isUp = true;
  tick();
  expect([heard, connection.downSince()]).toEqual([[false, true], undefined]);
  connection.stop();
  expect(isWaiting()).toBe(false);
});

test('believes a run that found nobody until another found somebody', () => {
  const heard: boolean[] = [];
  const { clock, tick } = handClock();
  const connection = watchConnection(
    clock,
    () => true,
    (up) => heard.push(up),
  );
  connection.note(false);
  connection.note(false);
  tick();
  expect(connection.downSince()).toBe(1000);
  connection.note(true);
  expect([heard, connection.downSince()]).toEqual([[false, true], undefined]);
});
