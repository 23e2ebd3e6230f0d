import { crc32 } from 'node:zlib';

/*
 * The two kinds of files.
 * A journal: one line a record, `<bytes> <CRC-32, 8 hex digits> <JSON>\n`. The first record is its header.
 * A snapshot: valid JSON, one row a line, and a last line with counts and checksums.
 */

/** Where a journal goes on: after the first `bytes` of journal `follows`; 0 starts from nothing. */
export type JournalHeader = { journal: string; number: number; version: number; follows: number; bytes: number };

/** The last line of a snapshot. `tail` covers the last rows, so that they can be read alone and still be checked. */
export type SnapshotFooter = {
  number: number;
  count: number;
  /** Bytes before the footer line. */
  bytes: number;
  /** CRC-32 of those bytes. */
  crc: string;
  tail: { count: number; bytes: number; crc: string };
};

const NEWLINE = 10;
const SPACE = 32;

export const hex = (crc: number): string => crc.toString(16).padStart(8, '0');

/** A record as it stands in a journal. */
export const encodeRecord = (json: string): Buffer => {
  const body = Buffer.from(json, 'utf8');
  const head = Buffer.from(`${body.byteLength} ${hex(crc32(body))} `, 'latin1');
  return Buffer.concat([head, body, Buffer.of(NEWLINE)]);
};

/** Where a record stands. `isSound` is false when its content is right and only its line end is not. */
export type RecordSpan = { start: number; end: number; bodyStart: number; bodyEnd: number; isSound: boolean };

/** The record that starts at `start`, if a whole and undamaged one does. */
export const recordAt = (bytes: Buffer, start: number): RecordSpan | undefined => {
  let at = start;
  let length = 0;
  for (; at < start + 11; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) break;
    length = length * 10 + digit;
  }
  // One way to write each number: a flipped bit in the length is never another right record.
  if (at === start || (bytes[start] === 48 && at > start + 1) || bytes[at] !== SPACE) return undefined;
  const bodyStart = at + 10;
  const bodyEnd = bodyStart + length;
  if (bodyEnd > bytes.byteLength || bytes[bodyStart - 1] !== SPACE) return undefined;
  if (bytes.toString('latin1', at + 1, bodyStart - 1) !== hex(crc32(bytes.subarray(bodyStart, bodyEnd)))) return undefined;
  return { start, end: Math.min(bodyEnd + 1, bytes.byteLength), bodyStart, bodyEnd, isSound: bytes[bodyEnd] === NEWLINE };
};

/** Finds the next undamaged record at the start of a line after `from`. */
const nextRecord = (bytes: Buffer, from: number): RecordSpan | undefined => {
  for (let at = bytes.indexOf(NEWLINE, from); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) {
    const record = recordAt(bytes, at + 1);
    if (record) return record;
  }
  return undefined;
};

/**
 * The records of a journal. Damage is stepped over and counted; a cut at the end was never acknowledged and is not damage.
 * `isClean` when nothing had to be left out, so that the file may be written on.
 */
export const scanRecords = (bytes: Buffer): { records: RecordSpan[]; damaged: number; goodBytes: number; isClean: boolean } => {
  const records: RecordSpan[] = [];
  let damaged = 0;
  let at = 0;
  while (at < bytes.byteLength) {
    const here = recordAt(bytes, at);
    const record = here ?? nextRecord(bytes, at);
    if (!record) break;
    if (!here?.isSound) damaged++;
    records.push(record);
    at = record.end;
  }
  // A last line that is whole in length but not in content was damaged, not cut.
  if (at < bytes.byteLength && bytes[bytes.byteLength - 1] === NEWLINE) damaged++;
  return { records, damaged, goodBytes: at, isClean: damaged === 0 && at === bytes.byteLength };
};

/** The first line of a snapshot. */
export const snapshotHead = (version: number): string => `{"version":${version},"rows":[\n`;

/** The last line of a snapshot, without what closes the rows before it. */
export const snapshotFoot = (footer: SnapshotFooter): string =>
  `],"end":${JSON.stringify(footer)},"sum":"${hex(crc32(JSON.stringify(footer)))}"}\n`;

/** Reads the last line of a snapshot; undefined when it is damaged. */
export const parseFoot = (line: string): SnapshotFooter | undefined => {
  const match = /^\],"end":(\{.*\}),"sum":"([0-9a-f]{8})"\}\n$/.exec(line);
  if (!match?.[1] || hex(crc32(match[1])) !== match[2]) return undefined;
  return JSON.parse(match[1]) as SnapshotFooter;
};
