import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../preload/contract/errors.ts';
import { type SecretName, secretNameSchema } from '../../preload/contract/secret.ts';
import type { Clock } from '../lib/clock.ts';
import { errnoOf, type Fs, readWhole, syncFolderOf, writeAll } from '../store/fs.ts';
import { toStoreError } from '../store/store-error.ts';

/** Its name in the data folder. No collection has such a name, so that neither backups nor compaction ever see it. */
export const SECRETS_FILE = 'secrets.json';
const VERSION = 1;

const entrySchema = z.union([z.strictObject({ sealed: z.base64() }), z.strictObject({ plain: z.string() })]);
/** A secret as it is kept: sealed by the key store (base64), or as it is. */
export type Entry = z.infer<typeof entrySchema>;
export type Entries = Partial<Record<SecretName, Entry>>;

const fileSchema = z.object({ version: z.literal(VERSION), secrets: z.partialRecord(secretNameSchema, entrySchema) });

/** Another process is just writing: how often to look again, and how long in between, in milliseconds. */
const TRIES = 100;
const WAIT_MS = 50;
/** An unfinished file this old was left by a kill. */
const STALE_MS = 30_000;

export type SecretsFile = {
  /** `isDamaged`: there is a file that cannot be understood. */
  read: () => Promise<{ entries: Entries; isDamaged: boolean }>;
  /** Reads, changes and writes while no other process does. A damaged file is put aside. Throws STORE_FULL, STORE_READONLY, STORE_IO. */
  change: (how: (entries: Entries) => Entries) => Promise<void>;
};

/** The unfinished file is the lock, too: only one process can make it. */
const createTemp = async (fs: Fs, clock: Clock, temp: string) => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await fs.create(temp);
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
      const age = await fs.stat(temp).then(
        ({ modifiedMs }) => Math.abs(clock.now() - modifiedMs),
        () => 0,
      );
      if (age > STALE_MS) await fs.unlink(temp).catch(() => {});
      else if (tries >= TRIES) throw new AppError('STORE_LOCKED', 'Another process is writing the secrets. Try again.');
      else await new Promise<void>((resolve) => void setTimeout(resolve, WAIT_MS));
    }
  }
};

/** The file of secrets: 0600, replaced as a whole, synced. A kill at any moment leaves the old one or the new one. */
export const createSecretsFile = (fs: Fs, clock: Clock, dir: string): SecretsFile => {
  const path = join(dir, SECRETS_FILE);
  const temp = `${path}.tmp`;
  const read: SecretsFile['read'] = async () => {
    const bytes = await readWhole(fs, path).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw toStoreError(error);
    });
    if (!bytes) return { entries: {}, isDamaged: false };
    try {
      return { entries: fileSchema.parse(JSON.parse(bytes.toString('utf8'))).secrets, isDamaged: false };
    } catch {
      return { entries: {}, isDamaged: true };
    }
  };
  const write = async (how: (entries: Entries) => Entries): Promise<void> => {
    await fs.mkdir(dir);
    const file = await createTemp(fs, clock, temp);
    try {
      const { entries, isDamaged } = await read();
      await writeAll(file, Buffer.from(JSON.stringify({ version: VERSION, secrets: how(entries) })), 0);
      await file.datasync();
      if (isDamaged) await fs.rename(path, `${path}.unreadable`);
      await fs.rename(temp, path);
      await syncFolderOf(fs, path);
    } catch (error) {
      await fs.unlink(temp).catch(() => {});
      throw error;
    } finally {
      await file.close();
    }
  };
  let line: Promise<unknown> = Promise.resolve();
  return {
    read,
    change: (how) => {
      const turn = line
        .then(() => write(how))
        .catch((error: unknown) => {
          throw toStoreError(error);
        });
      line = turn.catch(() => {});
      return turn;
    },
  };
};
