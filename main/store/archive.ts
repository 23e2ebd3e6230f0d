import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Header, list, type ReadEntry } from 'tar';
import { z } from 'zod';
import { AppError } from '../../preload/contract/errors.ts';
import { type FrozenFile, isStoreFile } from './frozen.ts';
import { readSpan } from './fs.ts';

/*
 * A backup is one file anybody can open: a tar (POSIX ustar), gzipped, with the files of the store in a folder `tidings` and, last
 * of all, `tidings/manifest.json`. Without the manifest it was cut off and is no backup. Secrets will never be among the files: what
 * is packed is chosen by name, and their file is not one of the store's.
 */

const FOLDER = 'tidings/';
const MANIFEST = 'manifest.json';
const BLOCK = 512;
const PIECE_BYTES = 1 << 18;
/** More than any list of files of a store takes. */
const MAX_MANIFEST_BYTES = 1 << 24;

const manifestSchema = z.object({
  format: z.literal(1),
  at: z.string(),
  counts: z.record(z.string(), z.int()).optional(),
  files: z
    .array(z.object({ name: z.string().max(200), bytes: z.int().nonnegative(), sha256: z.string().length(64) }))
    .max(100_000),
});
/** What a backup says of itself. `counts` are rows, by kind. */
export type Manifest = z.infer<typeof manifestSchema>;

const headerOf = (name: string, size: number, at: string): Buffer => {
  const block = Buffer.alloc(BLOCK);
  new Header({ path: `${FOLDER}${name}`, mode: 0o600, uid: 0, gid: 0, size, mtime: new Date(at), type: 'File' }).encode(block);
  return block;
};
const padding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

type Told = { at: string; counts?: Record<string, number>; signal?: AbortSignal; onProgress?: (bytes: number) => void };

async function* tarOf(files: readonly FrozenFile[], told: Told, manifest: Manifest): AsyncGenerator<Buffer> {
  let done = 0;
  for (const { name, bytes, file } of files) {
    yield headerOf(name, bytes, told.at);
    const hash = createHash('sha256');
    for (let at = 0; at < bytes; ) {
      told.signal?.throwIfAborted();
      const piece = await readSpan(file, at, Math.min(PIECE_BYTES, bytes - at));
      if (piece.byteLength === 0) throw new AppError('STORE_IO', `The file "${name}" became shorter while it was read.`);
      hash.update(piece);
      at += piece.byteLength;
      done += piece.byteLength;
      told.onProgress?.(done);
      yield piece;
    }
    yield padding(bytes);
    manifest.files.push({ name, bytes, sha256: hash.digest('hex') });
  }
  const text = Buffer.from(`${JSON.stringify(manifest, undefined, 1)}\n`);
  yield headerOf(MANIFEST, text.byteLength, told.at);
  yield text;
  yield padding(text.byteLength);
  yield Buffer.alloc(2 * BLOCK);
}

/** Packs files into a new archive (0600) and syncs it. Rejects with Node's error codes, EEXIST when there is such a file. */
export const writeArchive = async (path: string, files: readonly FrozenFile[], told: Told): Promise<Manifest> => {
  const manifest: Manifest = { format: 1, at: told.at, ...(told.counts ? { counts: told.counts } : {}), files: [] };
  const out = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  await pipeline(Readable.from(tarOf(files, told, manifest)), createGzip({ level: 6 }), out);
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  return manifest;
};

const refuse = (what: string): AppError => new AppError('STORE_CORRUPT', `This is not a whole backup of Tidings: ${what}.`);

type Unpacked = { names: Set<string>; files: Map<string, { bytes: number; sha256: string }>; manifest: Manifest | undefined };

/** The name of an entry inside our folder. Throws for all that no backup holds: other places, links, folders, names twice. */
const nameOf = (entry: ReadEntry, unpacked: Unpacked): string => {
  const name = entry.path.startsWith(FOLDER) ? entry.path.slice(FOLDER.length) : '';
  const isPlain = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(name) && (name === MANIFEST || isStoreFile(name));
  if (!isPlain || (entry.type !== 'File' && entry.type !== 'OldFile')) throw refuse(`it holds "${entry.path.slice(0, 100)}"`);
  if (unpacked.names.has(name)) throw refuse(`it holds "${name}" twice`);
  unpacked.names.add(name);
  return name;
};

const takeIn = async (entry: ReadEntry, into: string, unpacked: Unpacked): Promise<void> => {
  const name = nameOf(entry, unpacked);
  const hash = createHash('sha256');
  if (name === MANIFEST) {
    if (entry.size > MAX_MANIFEST_BYTES) throw refuse('its list of files is too long');
    const parsed = manifestSchema.safeParse(JSON.parse((await entry.concat()).toString()));
    if (!parsed.success) throw refuse('its list of files cannot be read');
    unpacked.manifest = parsed.data;
    return;
  }
  const out = await open(join(into, name), 'wx', 0o600);
  try {
    let bytes = 0;
    for await (const piece of entry) {
      hash.update(piece);
      await out.writeFile(piece);
      bytes += piece.byteLength;
    }
    await out.datasync();
    unpacked.files.set(name, { bytes, sha256: hash.digest('hex') });
  } finally {
    await out.close();
  }
};

/**
 * Unpacks a backup into an empty folder and compares every checksum. Throws STORE_CORRUPT, with what is wrong, for all that is not
 * a whole backup; nothing is ever written outside `into`.
 */
export const unpackArchive = async (path: string, into: string): Promise<Manifest> => {
  const unpacked: Unpacked = { names: new Set(), files: new Map(), manifest: undefined };
  const work: Promise<void>[] = [];
  let trouble: unknown;
  const onReadEntry = (entry: ReadEntry): void => {
    const mine = trouble ? Promise.reject(trouble) : takeIn(entry, into, unpacked);
    work.push(
      mine.catch((error: unknown) => {
        trouble ??= error;
        // What is left of the entry flows on, unread.
        entry.resume();
      }),
    );
  };
  try {
    await list({ file: path, strict: true, noResume: true, onReadEntry });
  } catch (error) {
    trouble ??= error instanceof Error && 'code' in error && error.code === 'ENOENT' ? error : refuse('it is damaged');
  }
  await Promise.all(work);
  if (trouble) throw trouble instanceof AppError || !(trouble instanceof SyntaxError) ? trouble : refuse('it is damaged');
  const { manifest, files } = unpacked;
  if (!manifest) throw refuse('its end is missing');
  const isSame = manifest.files.every(
    ({ name, bytes, sha256 }) => files.get(name)?.sha256 === sha256 && files.get(name)?.bytes === bytes,
  );
  if (!isSame || files.size !== manifest.files.length) throw refuse('what it holds is not what it says');
  return manifest;
};
