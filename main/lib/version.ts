/** A version by its parts (Semantic Versioning 2.0.0); build metadata is left out. */
export type Version = { numbers: readonly [number, number, number]; before: readonly string[] };

const VERSION = /^v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/;

/** Reads a version of at most 64 characters; undefined for everything else. */
export const readVersion = (text: string): Version | undefined => {
  const [whole, major, minor, patch, before = ''] = (text.length <= 64 && VERSION.exec(text)) || [];
  if (whole === undefined) return undefined;
  return { numbers: [Number(major), Number(minor), Number(patch)], before: before === '' ? [] : before.split('.') };
};

const compareWords = (a: string, b: string): number => {
  const areNumbers = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (areNumbers[0] && areNumbers[1]) return Number(a) - Number(b);
  if (areNumbers[0] !== areNumbers[1]) return areNumbers[0] ? -1 : 1;
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

/** Below 0 when `a` comes before `b`. A version that comes before a release is older than the release (section 11). */
export const compareVersions = (a: Version, b: Version): number => {
  for (const place of [0, 1, 2] as const) {
    const difference = a.numbers[place] - b.numbers[place];
    if (difference !== 0) return difference;
  }
  if (a.before.length === 0 || b.before.length === 0) return b.before.length - a.before.length;
  for (let place = 0; place < Math.max(a.before.length, b.before.length); place += 1) {
    const [left, right] = [a.before[place], b.before[place]];
    if (left === undefined) return -1;
    if (right === undefined) return 1;
    const difference = compareWords(left, right);
    if (difference !== 0) return difference;
  }
  return 0;
};
