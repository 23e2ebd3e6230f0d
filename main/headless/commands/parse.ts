import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError, toErrorData } from '../../../preload/contract/errors.ts';
import { createFeedReader, type FeedReader } from '../../core.ts';
import { createLog } from '../../lib/log.ts';
import { readArgs, toPath } from '../args.ts';
import type { Command, Io } from '../io.ts';
import { readVersion } from '../with-core.ts';

type Case = { file: string; http?: { url?: string; contentType?: string; contentLocation?: string } };

const openReader = (io: Io): Promise<FeedReader> =>
  createFeedReader({ log: { ...createLog(io.log, io.now), info: () => {} }, version: readVersion() });

const readBytes = (path: string): Promise<Uint8Array> =>
  readFile(path).catch(() => {
    throw new AppError('USAGE', `The file "${path.slice(0, 200)}" cannot be read.`);
  });

const readCases = async (path: string): Promise<Case[]> => {
  const text = new TextDecoder().decode(await readBytes(path));
  try {
    const cases: unknown = JSON.parse(text);
    if (Array.isArray(cases)) return cases as Case[];
  } catch {
    // Said below, with the other way it can be wrong.
  }
  throw new AppError('USAGE', 'The manifest must be a JSON array of {file, http: {url, contentType, contentLocation}}.');
};

/** Where the result of a case goes. A file name may have folders, but never leads out of DIR. */
const targetPath = (outDir: string, file: string): string => {
  const target = resolve(outDir, `${file}.json`);
  if (target.startsWith(resolve(outDir) + sep)) return target;
  throw new AppError('USAGE', `The file name "${file.slice(0, 200)}" leads out of the folder.`);
};

const parseCase = async (reader: FeedReader, manifestDir: string, { file, http = {} }: Case): Promise<unknown> => {
  try {
    const path = join(manifestDir, file);
    const { url = pathToFileURL(path).href, contentType, contentLocation } = http;
    const own = { ...(contentType ? { contentType } : {}), ...(contentLocation ? { contentLocation } : {}) };
    return await reader.parse({ bytes: await readBytes(path), url, ...own });
  } catch (error) {
    const { code, message } = toErrorData(error);
    return { error: message, code };
  }
};

const parseMany = async (io: Io, manifest: string, out: string): Promise<number> => {
  const path = toPath(io, manifest);
  const cases = await readCases(path);
  const outDir = toPath(io, out);
  const reader = await openReader(io);
  let failed = 0;
  try {
    for (const each of cases) {
      const result = await parseCase(reader, dirname(path), each);
      if (typeof result === 'object' && result !== null && 'error' in result) failed += 1;
      const target = targetPath(outDir, each.file);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, JSON.stringify(result));
    }
  } finally {
    await reader.close();
  }
  io.tell(`${cases.length} files, ${failed} could not be read as feeds.`);
  return 0;
};

const parseOne = async (io: Io, place: string, base: string | undefined, allowLocalNetwork: boolean): Promise<number> => {
  const reader = await openReader(io);
  try {
    const isUrl = /^https?:\/\//i.test(place);
    const path = toPath(io, place);
    const feed = isUrl
      ? await reader.fetch(place, { allowLocalNetwork, signal: io.signal, ...(base ? { base } : {}) })
      : await reader.parse({ bytes: await readBytes(path), url: base ?? pathToFileURL(path).href });
    await io.out(`${JSON.stringify(feed, null, 2)}\n`);
    return 0;
  } finally {
    await reader.close();
  }
};

/** `tidings parse`: one feed, normalised, as JSON. Needs no data folder. */
export const parseCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(
    args,
    { base: { type: 'string' }, 'allow-local': { type: 'boolean' }, manifest: { type: 'string' }, out: { type: 'string' } },
    { max: 1 },
  );
  if (values.manifest !== undefined) {
    if (!values.out) throw new AppError('USAGE', '--manifest needs --out DIR.');
    return parseMany(io, values.manifest, values.out);
  }
  if (positionals[0] === undefined) throw new AppError('USAGE', 'Give a file or an address.');
  return parseOne(io, positionals[0], values.base, values['allow-local'] === true);
};
