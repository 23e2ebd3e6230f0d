import { join } from 'node:path';
import { type Bodies, type BodyRef, bodiesNameOf, bodyFilesIn } from './bodies.ts';
import type { StoreContext } from './context.ts';
import type { PostMonths } from './post-months.ts';
import { LIVE } from './post-table.ts';
import { eachNewest } from './posts-query.ts';
import type { BodiesRepository } from './repositories.ts';
import { createSlicer } from './slices.ts';
import { toStoreError } from './store-error.ts';
import { monthOfInstant, type StoredPost } from './stored-post.ts';

/** A file is worth the work when at least this much of it is dead, and half of it. */
const WORTH_BYTES = 1 << 16;
const BATCH = 100;
/** A save that had its body written before the file was retired has its row written long before this, in milliseconds. */
const SETTLED_MS = 10 * 60_000;

type Parts = { context: StoreContext; months: PostMonths; bodies: Bodies; neededByUndo: () => ReadonlySet<string> };
type Options = Parameters<BodiesRepository['reclaim']>[0];
/** What is alive in one file. */
type Alive = { bytes: number; ids: string[] };

const keyOf = (month: string, number: number): string => `${month}.${number}`;

const survey = async (months: PostMonths, signal: AbortSignal | undefined): Promise<Map<string, Alive>> => {
  await months.loaded();
  const table = months.table();
  const slots: number[] = [];
  eachNewest(table, (slot) => slots.push(slot));
  const pause = createSlicer();
  const alive = new Map<string, Alive>();
  for (const slot of slots) {
    await pause();
    signal?.throwIfAborted();
    if (!(table.flags(slot) & LIVE)) continue;
    const { id, body, collectedAt } = table.row(slot);
    if (!body) continue;
    const key = keyOf(monthOfInstant(collectedAt), body[0]);
    const file = alive.get(key) ?? { bytes: 0, ids: [] };
    alive.set(key, file);
    file.bytes += body[2];
    file.ids.push(id);
  }
  return alive;
};

const rowOf = (months: PostMonths, id: string): StoredPost | undefined => {
  const table = months.table();
  const slot = table.slotOf(id);
  return slot < 0 ? undefined : table.row(slot);
};

/** Writes bodies into a newer file, then lets their rows point there; a row that changed meanwhile keeps what it has. */
const moveBatch = async ({ months, bodies }: Parts, month: string, number: number, ids: readonly string[]): Promise<void> => {
  const found: { id: string; ref: BodyRef; html: string }[] = [];
  for (const id of ids) {
    const ref = rowOf(months, id)?.body;
    const html = ref?.[0] === number ? await bodies.read(month, ref, id) : undefined;
    if (ref && html !== undefined) found.push({ id, ref, html });
  }
  const refs = await bodies.append(
    month,
    found.map(({ id, html }) => ({ id, html })),
  );
  await months.change(() => ({
    put: found.flatMap(({ id, ref }, at): StoredPost[] => {
      const row = rowOf(months, id);
      const body = refs[at];
      return row?.body && body && row.body.every((part, index) => part === ref[index]) ? [{ ...row, body }] : [];
    }),
  }));
};

type File = { month: string; number: number; dead: number; ids: string[]; isSettled: boolean };

/** The files that are worth it: empty of what is alive, or mostly dead; never what an undo needs. */
const worthIt = async (parts: Parts, signal: AbortSignal | undefined): Promise<File[]> => {
  const { context, months, bodies, neededByUndo } = parts;
  const { fs, dir } = context;
  const alive = await survey(months, signal);
  const files: File[] = [];
  for (const { month, number } of bodyFilesIn(await fs.readdir(dir))) {
    const { size } = await fs.stat(join(dir, bodiesNameOf(month, number)));
    const { bytes, ids } = alive.get(keyOf(month, number)) ?? { bytes: 0, ids: [] };
    const dead = size - bytes;
    const isWorthIt = ids.length === 0 ? size > 0 : dead >= WORTH_BYTES && dead >= size / 2;
    if (!isWorthIt || neededByUndo().has(keyOf(month, number))) continue;
    const isQuiet = !bodies.isNewest(month, number) && (bodies.retiredFor(month, number) ?? SETTLED_MS) >= SETTLED_MS;
    files.push({ month, number, dead, ids, isSettled: isQuiet && ids.length === 0 });
  }
  return files;
};

/** Gives back what dead bodies take. Order: the new body is on the disk, then its row, and the old file goes last of all. */
const reclaim = async (parts: Parts, { dryRun = false, signal }: NonNullable<Options>) => {
  const done = { freed: 0, later: 0 };
  for (const { month, number, dead, ids, isSettled } of await worthIt(parts, signal)) {
    signal?.throwIfAborted();
    if (!isSettled) done.later += dead;
    if (dryRun) continue;
    if (isSettled) {
      done.freed += await parts.bodies.drop(month, number);
      continue;
    }
    await parts.bodies.retire(month, number);
    for (let at = 0; at < ids.length; at += BATCH) {
      signal?.throwIfAborted();
      await moveBatch(parts, month, number, ids.slice(at, at + BATCH));
    }
  }
  return done;
};

/** The same with store errors. */
export const createReclaim =
  (parts: Parts): BodiesRepository['reclaim'] =>
  async (options = {}) => {
    try {
      return await reclaim(parts, options);
    } catch (error) {
      if (options.signal?.aborted) throw options.signal.reason;
      throw toStoreError(error);
    }
  };
