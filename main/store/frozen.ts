import { join } from 'node:path';
import { bodyFilesIn } from './bodies.ts';
import type { Collection } from './collection.ts';
import type { StoreContext } from './context.ts';
import { groupFiles, journalName, namesOf, snapshotName } from './file-names.ts';
import { errnoOf, type OpenFile } from './fs.ts';
import type { Position } from './journal.ts';
import { undoIdsIn } from './undo-file.ts';

/** A file as it stood at one moment: what is added later does not count, and a file that is taken away can still be read. */
export type FrozenFile = { name: string; bytes: number; file: OpenFile };
/** `counts`: rows by kind, where nothing was being written at that moment. */
export type Frozen = { files: FrozenFile[]; counts?: Record<string, number>; close: () => Promise<void> };

type Kept = Pick<Collection<unknown>, 'name' | 'position'>;

/** How often to look again when a compaction takes a file away between the look and the opening. */
const TRIES = 20;
/** A reader beside a writer waits for a moment in which nothing is written: so often, and so long in between, in milliseconds. */
const QUIET_TRIES = 400;
const QUIET_MS = 25;

/** Whether a name in the data folder belongs to the store: rows, bodies or what an undo needs. */
export const isStoreFile = (name: string): boolean =>
  !name.endsWith('.tmp') && (bodyFilesIn([name]).length > 0 || undoIdsIn([name]).length > 0 || groupFiles([name]).size > 0);

const openAll = async ({ fs, dir }: StoreContext, wanted: readonly { name: string; bytes?: number }[]): Promise<Frozen> => {
  const files: FrozenFile[] = [];
  const close = async (): Promise<void> => {
    for (const { file } of files) await file.close().catch(() => {});
  };
  try {
    for (const { name, bytes } of wanted) {
      const file = await fs.openRead(join(dir, name));
      files.push({ name, file, bytes: 0 });
      files.splice(-1, 1, { name, file, bytes: bytes ?? (await file.size()) });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { files, close };
};

/** The files of the rows that were acknowledged at this moment: all positions are taken in one go. */
const positionsNow = (collections: readonly Kept[]) => new Map(collections.map((one) => [one.name, one.position()]));

type Wanted = { name: string; bytes?: number };

const filesOf = (name: string, journals: readonly number[], { snapshot, journal, journalBytes }: Position): Wanted[] => [
  ...(snapshot > 0 ? [{ name: snapshotName(name, snapshot) }] : []),
  ...journals.filter((number) => number >= snapshot && number < journal).map((number) => ({ name: journalName(name, number) })),
  ...(journals.includes(journal) ? [{ name: journalName(name, journal), bytes: journalBytes }] : []),
];

const wantedFiles = (names: readonly string[], positions: ReturnType<typeof positionsNow>): Wanted[] => {
  const groups = groupFiles(names);
  return [
    ...[...positions].flatMap(([name, position]) => filesOf(name, groups.get(name)?.journals ?? [], position)),
    // Bodies and what an undo needs are written before the rows that name them, and only ever added to.
    ...names.filter((name) => bodyFilesIn([name]).length + undoIdsIn([name]).length > 0).map((name) => ({ name })),
  ];
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** Freezes the store from the inside, while writes go on: nothing waits for it. */
export const freezeOpen = async (
  context: StoreContext,
  collections: () => readonly Kept[],
  counts: () => Record<string, number>,
): Promise<Frozen> => {
  for (let tries = 1; ; tries++) {
    const positions = positionsNow(collections());
    const isIdle = [...positions.values()].every((position) => position.isIdle);
    // A moment without a write tells how many rows there are; where none comes, it goes without.
    if (!isIdle && tries < TRIES) {
      await pause(QUIET_MS);
      continue;
    }
    const rows = isIdle ? { counts: counts() } : {};
    try {
      return { ...(await openAll(context, wantedFiles(await context.fs.readdir(context.dir), positions))), ...rows };
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT' || tries >= 2 * TRIES) throw error;
    }
  }
};

const look = async ({ fs, dir }: StoreContext): Promise<{ names: string[]; state: string }> => {
  const names = (await fs.readdir(dir)).filter(isStoreFile).sort();
  const sizes = await Promise.all(names.map(async (name) => (await fs.stat(join(dir, name))).size));
  return { names, state: names.map((name, at) => `${name} ${sizes[at]}`).join('\n') };
};

/**
 * Freezes a store another process may be writing: files that had the same sizes before and after they were opened all had them at
 * one moment. Throws ENOENT or EBUSY when there is no such moment.
 */
export const freezeBeside = async (context: StoreContext): Promise<Frozen> => {
  for (let tries = 1; ; tries++) {
    const before = await look(context).catch(() => undefined);
    const frozen =
      before &&
      (await openAll(
        context,
        before.names.map((name) => ({ name })),
      ).catch(() => undefined));
    const after = await look(context).catch(() => undefined);
    if (frozen && before?.state === after?.state) return frozen;
    await frozen?.close();
    if (tries >= QUIET_TRIES) throw Object.assign(new Error('The data folder is being written all the time'), { code: 'EBUSY' });
    await pause(QUIET_MS);
  }
};

/** Groups of names that make up a store, for putting a present one aside. */
export const storeFilesIn = (names: readonly string[]): string[] => {
  const groups = [...groupFiles(names)].flatMap(([name, files]) => [...namesOf(name, files), ...files.temps]);
  const others = names.filter((name) => bodyFilesIn([name]).length + undoIdsIn([name]).length > 0);
  return [...new Set([...groups, ...others])].sort();
};
