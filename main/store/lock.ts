import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../preload/contract/errors.ts';
import { errnoOf, type Fs, readWhole, writeAll } from './fs.ts';

export const LOCK_NAME = 'tidings.lock';

/** Who holds the folder. `started` tells a process from a later one with the same number. */
export type Holder = { pid: number; started: string; host: string; token: string };

export type Lock = {
  /** The lock file's identity: another means the folder was replaced or restored. */
  inode: number;
  holder: Holder;
  release: () => Promise<void>;
};

/** When a process started, in clock ticks since boot and the boot's id (Linux, proc(5)); empty where that cannot be known. */
export const startOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    // The name in brackets may hold anything; the 22nd field is counted after it.
    return `${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}@${boot}`;
  } catch {
    return '';
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
};

/** Whether the holder is gone for sure. On another host nobody can tell, so it counts as there. */
const isGone = (holder: Holder): boolean => {
  if (holder.host !== hostname()) return false;
  if (!isAlive(holder.pid)) return true;
  const started = startOf(holder.pid);
  return holder.started !== '' && started !== '' && started !== holder.started;
};

/** A lock file younger than this without right content may still be being written, in milliseconds. */
const WRITING_MS = 2_000;
const CODES_WITHOUT_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'];

/** What stands in a lock file: who, nothing, or something that no Tidings wrote whole. */
type Found = Holder | 'absent' | 'being-written' | 'damaged';

const readHolder = async (fs: Fs, path: string, now: number): Promise<Found> => {
  try {
    const holder = JSON.parse((await readWhole(fs, path)).toString('utf8')) as Partial<Holder> | null;
    const { pid, started, host, token } = holder ?? {};
    if (typeof pid === 'number' && typeof started === 'string' && typeof host === 'string' && typeof token === 'string') {
      return { pid, started, host, token };
    }
    return 'damaged';
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 'absent';
    // A symlink in this place: none of ours.
    if (errnoOf(error) === 'ELOOP') return 'damaged';
    if (!(error instanceof SyntaxError)) throw error;
    const age = await fs.stat(path).then(
      ({ modifiedMs }) => now - modifiedMs,
      () => 0,
    );
    return Math.abs(age) > WRITING_MS ? 'damaged' : 'being-written';
  }
};

const locked = (holder: Holder | 'being-written'): AppError =>
  new AppError(
    'STORE_LOCKED',
    holder === 'being-written'
      ? 'Another program is just opening this data folder.'
      : `Another Tidings is using this data folder: process ${holder.pid} on ${holder.host}.`,
  );

const refuseWhileThere = (found: Found): void => {
  if (found === 'being-written' || (typeof found === 'object' && !isGone(found))) throw locked(found);
};

/** Puts our file in place under `path`, whole or not at all; false when something is there. */
const place = async (fs: Fs, path: string, mine: Holder): Promise<boolean> => {
  const temp = `${path}.${mine.token}`;
  const write = async (name: string): Promise<void> => {
    const file = await fs.create(name);
    try {
      await writeAll(file, Buffer.from(JSON.stringify(mine)), 0);
    } finally {
      await file.close();
    }
  };
  await write(temp);
  try {
    await fs.link(temp, path).catch((error: unknown) => {
      // File systems without hard links: then our content appears a moment after the name.
      if (CODES_WITHOUT_LINKS.includes(errnoOf(error))) return write(path);
      throw error;
    });
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await fs.unlink(temp).catch(() => {});
  }
};

/**
 * Claims the place of a holder that is gone with a second file named after it, which exactly one process can make. Should that
 * process die as well, its own claim is claimed, and so on. Answers the claims to take away later; undefined to look again.
 */
const claim = async (
  fs: Fs,
  path: string,
  mine: Holder,
  gone: Holder | 'damaged',
  now: number,
): Promise<string[] | undefined> => {
  const claims: string[] = [];
  let last: Holder | 'damaged' = gone;
  for (;;) {
    const name = `${path}.after-${last === 'damaged' ? 'damaged' : last.token}`;
    claims.push(name);
    if (await place(fs, name, mine)) return claims;
    const other = await readHolder(fs, name, now);
    if (other === 'absent') return undefined;
    refuseWhileThere(other);
    if (other === 'damaged' && last === 'damaged') {
      await fs.unlink(name).catch(() => {});
      return undefined;
    }
    last = other as Holder | 'damaged';
  }
};

const isSame = (one: Found, other: Found): boolean =>
  typeof one === 'object' && typeof other === 'object' ? one.token === other.token : one === other;

/** Takes the place of a holder that is gone; false when the lock changed meanwhile. */
const takeOver = async (fs: Fs, path: string, mine: Holder, gone: Holder | 'damaged', now: number): Promise<boolean> => {
  const claims = await claim(fs, path, mine, gone, now);
  if (!claims) return false;
  if (!isSame(await readHolder(fs, path, now), gone)) {
    await fs.unlink(claims.at(-1) ?? '').catch(() => {});
    return false;
  }
  await fs.unlink(path);
  const isOurs = await place(fs, path, mine);
  for (const name of claims) await fs.unlink(name).catch(() => {});
  return isOurs;
};

/** How old a passing file of the lock must be to be a killed process's, in milliseconds. */
const LEFT_BEHIND_MS = 60_000;

/** Takes away passing files that processes left when they were killed while taking the lock. */
const sweep = async (fs: Fs, dir: string, now: number): Promise<void> => {
  for (const name of await fs.readdir(dir)) {
    if (!name.startsWith(`${LOCK_NAME}.`)) continue;
    const stat = await fs.stat(join(dir, name)).catch(() => undefined);
    if (stat && now - stat.modifiedMs > LEFT_BEHIND_MS) await fs.unlink(join(dir, name)).catch(() => {});
  }
};

/** Takes the one lock of a data folder, at once or not at all: STORE_LOCKED says who has it. */
export const takeLock = async (fs: Fs, dir: string, now: () => number): Promise<Lock> => {
  const path = join(dir, LOCK_NAME);
  const mine: Holder = {
    pid: process.pid,
    started: startOf(process.pid),
    host: hostname(),
    token: randomBytes(12).toString('hex'),
  };
  for (let tries = 0; tries < 20; tries++) {
    const isOurs =
      (await place(fs, path, mine)) ||
      (await (async () => {
        const other = await readHolder(fs, path, now());
        if (other === 'absent') return false;
        refuseWhileThere(other);
        return takeOver(fs, path, mine, other as Holder | 'damaged', now());
      })());
    if (!isOurs) continue;
    await sweep(fs, dir, now());
    const { inode } = await fs.stat(path);
    return {
      inode,
      holder: mine,
      release: async () => {
        // Only our own: the folder may have been replaced by another.
        const there = await readHolder(fs, path, now());
        if (typeof there === 'object' && there.token === mine.token) await fs.unlink(path);
      },
    };
  }
  throw locked('being-written');
};
