import { z } from 'zod';

/** An instant: ISO-8601, UTC, milliseconds, as `Date.prototype.toISOString` writes it. */
export const instantSchema = z.iso.datetime({ precision: 3 });
/** One of our own ids: letters, digits, `-` and `_`. */
export const idSchema = z.string().regex(/^[\w-]{1,80}$/, 'is not an id');
/** A wall-clock time, `00:00` to `23:59`. */
export const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 06:30');
/** An IANA time zone; whether the runtime knows it is checked where it is used. */
export const timeZoneSchema = z.string().min(1).max(64);
/** Folder names, outermost first; the empty list is the top level. */
export const folderSchema = z.array(z.string().trim().min(1).max(100)).max(8);

/** One page of a longer list. `next` is opaque and goes back as `cursor`; absent on the last page. */
export type Page<Row> = { rows: Row[]; total: number; next?: string };
