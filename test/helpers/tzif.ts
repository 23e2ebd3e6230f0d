import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clock of a zone as a table: the offset in minutes before the first change, then every change with the offset after it. */
export type ZoneTable = { before: number; changes: [at: string, offset: number][] };
/** Tables of zones with the version of the tz database they were read from. */
export type TzTables = { version: string; zones: Record<string, ZoneTable> };

const SYSTEM = '/usr/share/zoneinfo';
const FIXTURE = fileURLToPath(new URL('../fixtures/tz/transitions.json', import.meta.url));

/** The changes in a compiled zone file of version 2 or later (RFC 8536), with 64-bit times. Its footer is not read. */
export const readTzif = (bytes: Buffer): { at: number; offset: number }[] => {
  const counts = (start: number): number[] => Array.from({ length: 6 }, (_, index) => bytes.readUInt32BE(start + 20 + index * 4));
  const [utc = 0, standard = 0, leaps = 0, times = 0, types = 0, names = 0] = counts(0);
  const second = 44 + times * 5 + types * 6 + names + leaps * 8 + standard + utc;
  if (bytes.toString('latin1', 0, 4) !== 'TZif' || bytes.toString('latin1', second, second + 4) !== 'TZif')
    throw new Error('This is not a zone file of version 2');
  const [, , , count = 0] = counts(second);
  const [at, kinds] = [second + 44, second + 44 + count * 8];
  return Array.from({ length: count }, (_, index) => {
    const kind = bytes.readUInt8(kinds + index);
    return {
      at: Number(bytes.readBigInt64BE(at + index * 8)) * 1000,
      offset: bytes.readInt32BE(kinds + count + kind * 6) / 60,
    };
  });
};

/** Reads zones from the compiled tz database of the system. Throws where there is none, or a file ends before `until` (milliseconds). */
export const readSystemTables = (names: readonly string[], from: number, until: number): TzTables => {
  const version = /# version (\S+)/.exec(readFileSync(join(SYSTEM, 'tzdata.zi'), 'latin1'))?.[1] ?? 'unknown';
  const table = (name: string): ZoneTable => {
    const all = readTzif(readFileSync(join(SYSTEM, name)));
    const before = all.filter(({ at }) => at < from).at(-1);
    if (!before) throw new Error(`${name} has no clock before ${new Date(from).toISOString()}`);
    const inside = all.filter(({ at }) => at >= from && at < until);
    const changes = inside.map(({ at, offset }): [string, number] => [new Date(at).toISOString(), offset]);
    // A table that records a rename or a change of the daylight flag alone has rows that change nothing.
    return {
      before: before.offset,
      changes: changes.filter(([, offset], i) => offset !== (changes[i - 1]?.[1] ?? before.offset)),
    };
  };
  return { version, zones: Object.fromEntries(names.map((name) => [name, table(name)])) };
};

/** The tables kept in the repository; `node test/helpers/next-cases.ts --write-tables` makes them anew from the system's. */
export const readKeptTables = (): TzTables => JSON.parse(readFileSync(FIXTURE, 'utf8')) as TzTables;
export const KEPT_TABLES = FIXTURE;
