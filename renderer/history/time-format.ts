import { useSyncExternalStore } from 'react';
import { clock, clockSeconds, due, localZone, past } from '../ui/format.ts';

/** How the times of the history are written: by this computer's clock, in UTC, or as a span from now. */
export type TimeFormat = (typeof TIME_FORMATS)[number];
export const TIME_FORMATS = ['local', 'utc', 'relative'] as const;

const KEY = 'tidings.history.times';
const listeners = new Set<() => void>();
const read = (): TimeFormat => TIME_FORMATS.find((format) => format === localStorage.getItem(KEY)) ?? 'local';
const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The format in use; kept by this window from one day to the next. */
export const useTimeFormat = (): TimeFormat => useSyncExternalStore(listen, read);
/** Writes all times of the history another way. */
export const setTimeFormat = (format: TimeFormat): void => {
  localStorage.setItem(KEY, format);
  for (const listener of listeners) listener();
};
/** The format after this one. */
export const nextFormat = (format: TimeFormat): TimeFormat =>
  TIME_FORMATS[(TIME_FORMATS.indexOf(format) + 1) % TIME_FORMATS.length] ?? 'local';

/** The zone in which days and clocks are meant. */
export const zoneOf = (format: TimeFormat): string => (format === 'utc' ? 'UTC' : localZone());

/** An instant as the format has it; `now` counts for spans only. */
export const timeText = (at: string, format: TimeFormat, now: number, hasSeconds = false): string => {
  if (format === 'relative') return Date.parse(at) > now ? due(at, now) : past(at, now);
  return (hasSeconds ? clockSeconds : clock)(at, zoneOf(format));
};
