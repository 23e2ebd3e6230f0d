import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { AppError } from '../../preload/contract/errors.ts';
import type { StoreContext } from './context.ts';
import { encodeRecord, recordAt } from './format.ts';
import { errnoOf, type OpenFile, readSpan, syncFolderOf, writeAll } from './fs.ts';
import { gather } from './journal-file.ts';
import { toStoreError } from './store-error.ts';

/** Where a body stands: number of the file within its month, first byte, bytes, CRC-32. Kept in the post's row. */
export type BodyRef = readonly [file: number, start: number, length: number, crc: number];

type Body = { id: string; html: string };

/** Whether a reference is to exactly this body, told without reading it. */
export const isBody = (ref: BodyRef | undefined, body: Body): boolean => {
  if (!ref) return false;
  const record = encodeRecord(JSON.stringify(body));
  return ref[2] === record.byteLength && ref[3] === crc32(record);
};

/** The HTML of posts, apart from their rows, in append-only files by month. */
export type Bodies = {
  /** Writes bodies and syncs them; the references are safe to store afterwards. */
  append: (month: string, bodies: readonly Body[]) => Promise<BodyRef[]>;
  /** Undefined when the file is gone or damaged at that place. */
  read: (month: string, ref: BodyRef, id: string) => Promise<string | undefined>;
  /** Writes no more into this file: the next body of its month begins another. */
  retire: (month: string, number: number) => Promise<void>;
  /** Milliseconds since it was retired in this process; undefined when it was not, or is still the newest of its month. */
  retiredFor: (month: string, number: number) => number | undefined;
  /** Whether bodies may still be added to it. */
  isNewest: (month: string, number: number) => boolean;
  /** Removes a file; answers its bytes. */
  drop: (month: string, number: number) => Promise<number>;
  close: () => Promise<void>;
};

type BodyFile = { number: number; file: OpenFile; bytes: number };
type Waiting = {
  month: string;
  records: readonly Buffer[];
  resolve: (refs: BodyRef[]) => void;
  reject: (error: AppError) => void;
};

const HEALTH_NAME = 'bodies';

export const bodiesNameOf = (month: string, number: number): string => `bodies-${month}.${number}.log`;
const NUMBERED = /^bodies-(\d{4}-\d{2})\.(\d{1,12})\.log$/;

/** The files of bodies among the names in a data folder. */
export const bodyFilesIn = (names: readonly string[]): { month: string; number: number }[] =>
  names.flatMap((name) => {
    const match = NUMBERED.exec(name);
    return match?.[1] ? { month: match[1], number: Number(match[2]) } : [];
  });

/** The bodies in a data folder; `names` is what is in it. */
export const createBodies = (context: StoreContext, names: readonly string[]): Bodies => {
  const { fs, dir } = context;
  const newest = new Map<string, number>();
  for (const { month, number } of bodyFilesIn(names)) newest.set(month, Math.max(newest.get(month) ?? 0, number));
  /** When files were retired, monotonic. */
  const retired = new Map<string, number>();
  const writing = new Map<string, BodyFile>();
  const reading = new Map<string, Promise<OpenFile>>();
  let last: Promise<unknown> = Promise.resolve();
  let waiting: Waiting[] = [];
  let draining = 0;

  const begin = async (month: string): Promise<BodyFile> => {
    const number = (newest.get(month) ?? 0) + 1;
    newest.set(month, number);
    // What was written into the one before may still be on its way into a row.
    const before = bodiesNameOf(month, number - 1);
    if (!retired.has(before)) retired.set(before, context.clock.monotonic());
    const path = join(dir, bodiesNameOf(month, number));
    const file = await fs.create(path);
    await syncFolderOf(fs, path);
    return { number, file, bytes: 0 };
  };

  const openFor = async (month: string): Promise<BodyFile> => {
    const number = newest.get(month) ?? 0;
    if (number === 0 || retired.has(bodiesNameOf(month, number))) return begin(month);
    const file = await fs.openWrite(join(dir, bodiesNameOf(month, number)));
    return { number, file, bytes: await file.size() };
  };

  const write = async (target: BodyFile, bytes: Buffer): Promise<void> => {
    await writeAll(target.file, bytes, target.bytes);
    await target.file.datasync();
  };

  const append = async (month: string, records: readonly Buffer[]): Promise<BodyRef[]> => {
    const bytes = Buffer.concat(records);
    let target = writing.get(month);
    try {
      target ??= await openFor(month);
      await write(target, bytes);
    } catch (error) {
      context.log.warn('Bodies could not be written, trying a new file', { month, error });
      writing.delete(month);
      await target?.file.close().catch(() => {});
      target = await begin(month);
      await write(target, bytes);
    }
    writing.set(month, target);
    const refs: BodyRef[] = [];
    for (const record of records) {
      refs.push([target.number, target.bytes, record.byteLength, crc32(record)]);
      target.bytes += record.byteLength;
    }
    return refs;
  };

  /** Everything that waits for one month goes into one write with one sync. */
  const writeTogether = async (month: string, together: readonly Waiting[]): Promise<void> => {
    try {
      const refs = await append(
        month,
        together.flatMap(({ records }) => records),
      );
      context.health.resolve(HEALTH_NAME);
      let at = 0;
      for (const { records, resolve } of together) {
        resolve(refs.slice(at, at + records.length));
        at += records.length;
      }
    } catch (thrown) {
      const error = toStoreError(thrown);
      context.health.report(HEALTH_NAME, error, () => mend(month));
      for (const { reject } of together) reject(error);
    }
  };
  const drain = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    for (const [month, together] of Map.groupBy(batch, (one) => one.month)) await writeTogether(month, together);
  };

  /** Tries whether a file can be begun again after a failure. */
  const mend = (month: string): Promise<void> => {
    const turn = last.then(async () => {
      if (!writing.has(month)) writing.set(month, await begin(month));
      context.health.resolve(HEALTH_NAME);
    });
    last = turn.catch(() => {});
    return turn;
  };

  const openToRead = (month: string, number: number): Promise<OpenFile> => {
    const name = bodiesNameOf(month, number);
    const open = reading.get(name) ?? fs.openRead(join(dir, name));
    reading.set(name, open);
    open.catch(() => reading.delete(name));
    return open;
  };

  return {
    append: async (month, bodies) => {
      if (bodies.length === 0) return [];
      const halted = context.health.halted();
      if (halted) throw halted;
      if (context.mode === 'read') throw new AppError('STORE_READONLY', 'The data folder was opened for reading only.');
      const records = bodies.map((body) => encodeRecord(JSON.stringify(body)));
      return new Promise((resolve, reject) => {
        waiting.push({ month, records, resolve, reject });
        if (waiting.length > 1) return;
        const isBusy = draining > 0;
        draining += 1;
        last = last
          .then(isBusy ? gather : undefined)
          .then(drain)
          .finally(() => {
            draining -= 1;
          });
      });
    },
    read: async (month, [number, start, length], id) => {
      try {
        const bytes = await readSpan(await openToRead(month, number), start, length);
        const record = recordAt(bytes, 0);
        const body = record && (JSON.parse(bytes.toString('utf8', record.bodyStart, record.bodyEnd)) as Body);
        if (body?.id === id) return body.html;
        context.log.error('Body damaged', { code: 'STORE_CORRUPT', postId: id });
        return undefined;
      } catch (error) {
        if (errnoOf(error) !== 'ENOENT') throw toStoreError(error);
        context.log.error('Body file missing', { postId: id });
        return undefined;
      }
    },
    retire: (month, number) => {
      const turn = last.then(async () => {
        const name = bodiesNameOf(month, number);
        if (retired.has(name)) return;
        const open = writing.get(month);
        if (open?.number === number) {
          writing.delete(month);
          await open.file.close();
        }
        retired.set(name, context.clock.monotonic());
      });
      last = turn.catch(() => {});
      return turn;
    },
    retiredFor: (month, number) => {
      const since = retired.get(bodiesNameOf(month, number));
      return since === undefined ? undefined : context.clock.monotonic() - since;
    },
    isNewest: (month, number) => newest.get(month) === number && !retired.has(bodiesNameOf(month, number)),
    drop: async (month, number) => {
      const name = bodiesNameOf(month, number);
      const { size } = await fs.stat(join(dir, name));
      await (await reading.get(name)?.catch(() => undefined))?.close();
      reading.delete(name);
      await fs.unlink(join(dir, name));
      return size;
    },
    close: async () => {
      await last;
      for (const { file } of writing.values()) await file.close();
      for (const open of reading.values()) await (await open.catch(() => undefined))?.close();
    },
  };
};
