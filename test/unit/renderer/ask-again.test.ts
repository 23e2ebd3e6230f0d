import { describe, expect, it } from 'vitest';
import { askAgain, type Timer } from '../../../renderer/client/ask-again.ts';

const handTimer = () => {
  let now = 0;
  let planned: { at: number; then: () => void } | undefined;
  const timer: Timer = {
    now: () => now,
    set: (ms, then) => {
      planned = { at: now + ms, then };
      return planned;
    },
    clear: () => {
      planned = undefined;
    },
  };
  const go = async (ms: number) => {
    now += ms;
    if (planned && planned.at <= now) {
      const { then } = planned;
      planned = undefined;
      then();
    }
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  return { timer, go };
};

describe('asking again', () => {
  it('asks at once, and a burst of events only four times a second', async () => {
    const { timer, go } = handTimer();
    let asked = 0;
    const loop = askAgain(async () => {
      asked += 1;
    }, timer);
    loop.nudge();
    await go(0);
    for (let event = 0; event < 100; event += 1) {
      loop.nudge();
      await go(10);
    }
    expect(asked).toBeGreaterThan(3);
    expect(asked).toBeLessThanOrEqual(5);
  });
  it('never asks twice at a time, and the last event is followed by one more question', async () => {
    const { timer, go } = handTimer();
    const answers: (() => void)[] = [];
    const loop = askAgain(() => new Promise<void>((resolve) => answers.push(resolve)), timer);
    loop.nudge();
    await go(1000);
    loop.nudge();
    loop.nudge();
    await go(1000);
    expect(answers).toHaveLength(1);
    answers[0]?.();
    await go(0);
    expect(answers).toHaveLength(2);
    answers[1]?.();
    await go(1000);
    expect(answers).toHaveLength(2);
  });
  it('asks nothing after it was stopped', async () => {
    const { timer, go } = handTimer();
    let asked = 0;
    const loop = askAgain(async () => {
      asked += 1;
    }, timer);
    loop.nudge();
    await go(0);
    loop.nudge();
    loop.stop();
    await go(1000);
    loop.nudge();
    await go(1000);
    expect(asked).toBe(1);
  });
});
