const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Text of a feed as a terminal may show it: one line, no control characters. */
export const clean = (text: string): string => text.replace(CONTROL, ' ').trim();

/** Text cut to a width, with an ellipsis. */
export const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 1)}\u2026`);

const pad = (value: number): string => String(value).padStart(2, '0');

/** An instant as local time: `2026-11-21 10:00`. */
export const localTime = (instant: string): string => {
  const date = new Date(instant);
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day} ${pad(date.getHours())}:${pad(date.getMinutes())}`;
};

/** How long ago: `Just now`, `18 min ago`, `3 h ago`, then the local time. */
export const ago = (instant: string, now: number): string => {
  const ms = now - Date.parse(instant);
  if (ms >= 0 && ms < MINUTE) return 'Just now';
  if (ms >= 0 && ms < HOUR) return `${Math.floor(ms / MINUTE)} min ago`;
  if (ms >= 0 && ms < DAY) return `${Math.floor(ms / HOUR)} h ago`;
  return localTime(instant);
};

/** How long something took: `0.4 s`, `12 min 5 s`, `2 h 10 min`. */
export const duration = (ms: number): string => {
  if (ms < MINUTE) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ${Math.floor((ms % MINUTE) / 1000)} s`;
  return `${Math.floor(ms / HOUR)} h ${Math.floor((ms % HOUR) / MINUTE)} min`;
};

/** A size: `12.3 MB`. */
export const size = (bytes: number): string =>
  bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** A number and its word: `1 post`, `1,200 posts`. */
export const counted = (count: number, word: string): string => `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;

/** Rows as columns of equal width; the last column is left as it is. */
export const columns = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_cell, index) => Math.max(...rows.map((row) => (row[index] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join('  ');
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('');
};
