/* Packaging without Electron's program: a stand-in for its distribution, and readers of what comes out. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';
import { FuseV1Options } from '@electron/fuses';

/** Marks the place of the fuses in the binary (https://github.com/electron/fuses). */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = Object.values(FuseV1Options).filter((value) => typeof value === 'number').length;
const BESIDE = ['LICENSE', 'LICENSES.chromium.html', 'icudtl.dat', 'libffmpeg.so', 'resources.pak'];

/** As much of an Electron distribution for Linux as packaging touches: a binary with every fuse the wrong way round, and an empty application. */
export const makeStandIn = async (dir: string): Promise<void> => {
  mkdirSync(join(dir, 'resources'), { recursive: true });
  mkdirSync(join(dir, 'locales'));
  mkdirSync(join(dir, 'empty'));
  writeFileSync(join(dir, 'empty', 'index.js'), '');
  await createPackage(join(dir, 'empty'), join(dir, 'resources', 'default_app.asar'));
  rmSync(join(dir, 'empty'), { recursive: true });
  for (const name of BESIDE) writeFileSync(join(dir, name), `stand-in for ${name}\n`);
  for (const name of ['en-US.pak', 'de.pak', 'fr.pak']) writeFileSync(join(dir, 'locales', name), 'stand-in\n');
  const wire = Buffer.concat([Buffer.from([1, FUSES]), Buffer.from('10110011'.padEnd(FUSES, '1').slice(0, FUSES))]);
  const program = Buffer.concat([Buffer.alloc(64), Buffer.from(SENTINEL), wire, Buffer.alloc(64)]);
  for (const name of ['electron', 'chrome-sandbox', 'chrome_crashpad_handler'])
    writeFileSync(join(dir, name), program, { mode: 0o755 });
};

/** `640x480` of a PNG, by its header. */
export const pngSize = (bytes: Buffer): string => `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;

/** The size of a PNG file. */
export const pngFileSize = (file: string): string => pngSize(readFileSync(file));

/** What a program prints. Throws when it fails. */
export const printed = (program: string, args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe', maxBuffer: 1 << 26 });
