import type { Clock } from '../../main/lib/clock.ts';

/** A clock that stands still until it is moved. */
export type FakeClock = Clock & {
  /** Lets time pass: both clocks go on, timers ring in order, promises settle in between. */
  pass: (ms: number) => Promise<void>;
  /** The machine sleeps: the wall clock goes on, nothing else does. */
  sleep: (ms: number) => void;
  /** Somebody sets the wall clock. */
  set: (instant: string) => void;
  /** Rings once at a wall time, as node-schedule would; for the scheduler. */
  setAlarm: (at: number, ring: () => void) => () => void;
  /** Timers waiting. */
  waiting: () => number;
};

/** Lets what is promised settle: any chain of awaits that waits for nothing outside. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A fake clock that begins at `instant`. */
export const createFakeClock = (instant: string): FakeClock => {
  let wall = Date.parse(instant);
  let monotonic = 0;
  let timers: { at: number; callback: () => void }[] = [];
  const after = (ms: number, callback: () => void): (() => void) => {
    const timer = { at: monotonic + Math.max(0, ms), callback };
    timers.push(timer);
    return () => {
      timers = timers.filter((each) => each !== timer);
    };
  };
  const advance = (ms: number): void => {
    wall += ms;
    monotonic += ms;
  };
  return {
    now: () => wall,
    monotonic: () => monotonic,
    after,
    pass: async (ms) => {
      const end = monotonic + ms;
      await settle();
      for (;;) {
        const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        advance(Math.max(0, due.at - monotonic));
        timers = timers.filter((timer) => timer !== due);
        due.callback();
        await settle();
      }
      advance(Math.max(0, end - monotonic));
      await settle();
    },
    sleep: (ms) => {
      wall += ms;
    },
    set: (next) => {
      wall = Date.parse(next);
    },
    setAlarm: (at, ring) => after(at - wall, ring),
    waiting: () => timers.length,
  };
};
