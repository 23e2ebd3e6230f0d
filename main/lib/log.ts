/** A fixed message and fields: `log.info('Fetch finished', { sourceId, outcome, added })`. Never post text, credentials or query strings. */
export type Log = {
  info: (message: string, fields?: LogFields) => void;
  warn: (message: string, fields?: LogFields) => void;
  error: (message: string, fields?: LogFields) => void;
};
export type LogFields = Record<string, unknown>;
export type LogLevel = 'info' | 'warn' | 'error';

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
const ADDRESS = /\b(https?|ftp|file|smtp):\/\/[^\s"'<>]+/gi;

/** A URL as it may be logged: without userinfo, query and fragment. */
export const urlForLog = (raw: string): string => {
  const url = URL.parse(raw);
  return url ? `${url.protocol}//${url.host}${url.pathname}` : '(not a URL)';
};

/** One field as text: one line, addresses shortened, at most 300 characters. Control characters are escaped, so that no title can forge a line. */
const toText = (value: unknown): string => {
  const text =
    value instanceof Error
      ? `${value.name}: ${value.message}`
      : typeof value === 'string'
        ? value
        : (JSON.stringify(value) ?? String(value));
  return text
    .replace(ADDRESS, urlForLog)
    .replace(CONTROL, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .slice(0, 300);
};

/** Writes each line as `time level message key=value ...` to `write`. */
export const createLog = (write: (line: string) => void, now: () => number): Log => {
  const line =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      const pairs = Object.entries(fields).map(([key, value]) => ` ${key}=${toText(value)}`);
      write(`${new Date(now()).toISOString()} ${level} ${message}${pairs.join('')}\n`);
    };
  return { info: line('info'), warn: line('warn'), error: line('error') };
};

/** A log that goes nowhere. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
