export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Every run of the last days is made up; before that one every two hours, so that the demo starts quickly. */
export const CLOSELY = 3 * DAY;
/** How far back the demo remembers. */
export const DAYS = 30;
/** An instant as it is stored. */
export const instant = (ms: number): string => new Date(ms).toISOString();
/** 0 up to 1, always the same for the same number. */
export const chance = (seed: number): number => {
  const x = Math.sin(seed * 12.9898) * 43_758.5453;
  return x - Math.floor(x);
};

/** The computer of the demo sleeps eight hours of each day, from thirteen to five hours before the hour it is now. */
const isAsleep = (at: number, now: number): boolean => {
  const ago = (now - at) % DAY;
  return ago > 5 * HOUR && ago < 13 * HOUR;
};

/** Start times of past runs, oldest first, none while asleep. */
export const pastRuns = (now: number, everyMinutes: number): number[] => {
  const grid = everyMinutes * MINUTE;
  const first = Math.ceil((now - DAYS * DAY) / grid) * grid;
  const count = Math.floor((now - first) / grid) + 1;
  return Array.from({ length: count }, (_, index) => first + index * grid).filter(
    (at) => !isAsleep(at, now) && (now - at < CLOSELY || at % (2 * HOUR) === 0),
  );
};
