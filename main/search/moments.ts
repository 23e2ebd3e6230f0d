const DAY_MS = 86_400_000;
const AGO = /^(\d{1,5})([hdw])$/;
const HOURS: Readonly<Record<string, number>> = { h: DAY_MS / 24, d: DAY_MS, w: 7 * DAY_MS };
const DATE = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(z|[+-]\d{2}:?\d{2})?$/i;

/** The beginning of a local day. The month counts from 0; undefined where the calendar has no such day. */
const startOf = (year: number, month: number, day: number): number | undefined => {
  const date = new Date(year, month, day);
  const isThere = date.getFullYear() === year && date.getMonth() === month && date.getDate() === day;
  return isThere ? date.getTime() : undefined;
};

const daysBack = (now: number, days: number): number => {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - days).getTime();
};

/**
 * The instant that the date of a search begins at, in milliseconds: `2026`, `2026-11`, `2026-11-05` (local days), an ISO-8601
 * instant, `today`, `yesterday`, or so long ago: `12h`, `7d`, `2w`. Undefined when it is none of these.
 */
export const readMoment = (text: string, now: number): number | undefined => {
  const word = text.trim().toLowerCase();
  if (word === 'today') return daysBack(now, 0);
  if (word === 'yesterday') return daysBack(now, 1);
  const [, amount, unit = ''] = AGO.exec(word) ?? [];
  if (amount) return now - Number(amount) * (HOURS[unit] as number);
  const [, year, month = '1', day = '1'] = DATE.exec(word) ?? [];
  if (year) return Number(year) < 1900 ? undefined : startOf(Number(year), Number(month) - 1, Number(day));
  if (!INSTANT.test(word)) return undefined;
  const at = Date.parse(word.toUpperCase());
  return Number.isNaN(at) ? undefined : at;
};
