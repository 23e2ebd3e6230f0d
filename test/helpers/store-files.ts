import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { hex, snapshotFoot, snapshotHead } from '../../main/store/format.ts';

/** A snapshot as the store writes it, of rows given as JSON. */
export const snapshotText = (version: number, number: number, rows: readonly string[]): string => {
  const lines = rows.map((row, at) => `${row}${at < rows.length - 1 ? ',' : ''}\n`);
  const body = snapshotHead(version) + lines.join('');
  const tail = lines.slice(-512).join('');
  return (
    body +
    snapshotFoot({
      number,
      count: rows.length,
      bytes: Buffer.byteLength(body),
      crc: hex(crc32(body)),
      tail: { count: Math.min(512, rows.length), bytes: Buffer.byteLength(tail), crc: hex(crc32(tail)) },
    })
  );
};

export const writeSnapshotFile = (dir: string, name: string, version: number, number: number, rows: readonly string[]): void =>
  writeFileSync(join(dir, `${name}.${number}.json`), snapshotText(version, number, rows), { mode: 0o600 });

/** Everything in a folder, by name; folders in it left out. */
export const readFolder = (dir: string): Map<string, Buffer> =>
  new Map(
    readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, readFileSync(join(dir, entry.name))]),
  );
