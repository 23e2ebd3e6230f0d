import { dirname } from 'node:path';
import type { Fs, OpenFile } from '../../main/store/fs.ts';

/*
 * A file system in memory that remembers every change, so that a test can ask what a power cut would have left on the disk.
 */

export type FsOperation =
  | { kind: 'create'; path: string; inode: number }
  | { kind: 'write'; inode: number; position: number; bytes: Uint8Array }
  | { kind: 'datasync'; inode: number }
  | { kind: 'rename'; from: string; to: string }
  | { kind: 'link'; from: string; to: string }
  | { kind: 'unlink'; path: string }
  | { kind: 'syncDir'; path: string }
  /** Not an operation: something was acknowledged here. */
  | { kind: 'mark'; value: unknown };

export type MemoryFs = Fs & {
  trace: FsOperation[];
  mark: (value: unknown) => void;
  files: () => Map<string, Uint8Array>;
  put: (path: string, bytes: Uint8Array) => void;
};

type Inode = { number: number; data: Uint8Array; size: number };

const failed = (code: string, path: string): Error => Object.assign(new Error(`${code}: ${path}`), { code });

const writeInto = (inode: Inode, bytes: Uint8Array, position: number): void => {
  const end = position + bytes.byteLength;
  if (end > inode.data.byteLength) {
    const larger = new Uint8Array(Math.max(end, inode.data.byteLength * 2, 256));
    larger.set(inode.data.subarray(0, inode.size));
    inode.data = larger;
  }
  inode.data.set(bytes, position);
  inode.size = Math.max(inode.size, end);
};

export const createMemoryFs = (initial: ReadonlyMap<string, Uint8Array> = new Map()): MemoryFs => {
  const names = new Map<string, Inode>();
  const folders = new Set<string>(['/']);
  const trace: FsOperation[] = [];
  let inodes = 0;
  const addFolder = (path: string): void => {
    for (let at = path; at !== '/' && at !== '.'; at = dirname(at)) folders.add(at);
  };
  const put = (path: string, bytes: Uint8Array): void => {
    addFolder(dirname(path));
    names.set(path, { number: ++inodes, data: bytes.slice(), size: bytes.byteLength });
  };
  for (const [path, bytes] of initial) put(path, bytes);
  const need = (path: string): Inode => {
    const inode = names.get(path);
    if (!inode) throw failed('ENOENT', path);
    return inode;
  };
  const open = (inode: Inode): OpenFile => ({
    read: async (into, position) => {
      const part = inode.data.subarray(position, Math.min(inode.size, position + into.byteLength));
      into.set(part);
      return part.byteLength;
    },
    write: async (bytes, position) => {
      writeInto(inode, bytes, position);
      trace.push({ kind: 'write', inode: inode.number, position, bytes: bytes.slice() });
      return bytes.byteLength;
    },
    datasync: async () => {
      trace.push({ kind: 'datasync', inode: inode.number });
    },
    size: async () => inode.size,
    inode: async () => inode.number,
    close: async () => {},
  });
  return {
    trace,
    mark: (value) => trace.push({ kind: 'mark', value }),
    files: () => new Map([...names].map(([path, inode]) => [path, inode.data.slice(0, inode.size)])),
    put,
    openRead: async (path) => open(need(path)),
    openWrite: async (path) => open(need(path)),
    create: async (path) => {
      if (!folders.has(dirname(path))) throw failed('ENOENT', path);
      if (names.has(path) || folders.has(path)) throw failed('EEXIST', path);
      const inode = { number: ++inodes, data: new Uint8Array(0), size: 0 };
      names.set(path, inode);
      trace.push({ kind: 'create', path, inode: inode.number });
      return open(inode);
    },
    rename: async (from, to) => {
      const inode = need(from);
      names.delete(from);
      names.set(to, inode);
      trace.push({ kind: 'rename', from, to });
    },
    link: async (from, to) => {
      const inode = need(from);
      if (names.has(to)) throw failed('EEXIST', to);
      names.set(to, inode);
      trace.push({ kind: 'link', from, to });
    },
    unlink: async (path) => {
      need(path);
      names.delete(path);
      trace.push({ kind: 'unlink', path });
    },
    readdir: async (path) => {
      if (!folders.has(path)) throw failed('ENOENT', path);
      return [...new Set([...names.keys(), ...folders])]
        .filter((name) => dirname(name) === path && name !== path)
        .map((name) => name.slice(path.length + 1));
    },
    stat: async (path) => {
      if (folders.has(path)) return { inode: 0, size: 0, modifiedMs: 0, isDirectory: true };
      const inode = need(path);
      return { inode: inode.number, size: inode.size, modifiedMs: 0, isDirectory: false };
    },
    mkdir: async (path) => {
      if (names.has(path)) throw failed('EEXIST', path);
      addFolder(path);
    },
    chmod: async () => {},
    syncDir: async (path) => {
      trace.push({ kind: 'syncDir', path });
    },
  };
};

/** What becomes of changes that were not synced when the power goes. */
export type Fate = 'lost' | 'kept' | 'torn' | 'zeroed' | 'mixed';

const applyName = (names: Map<string, number>, operation: FsOperation): void => {
  if (operation.kind === 'create') names.set(operation.path, operation.inode);
  else if (operation.kind === 'unlink') names.delete(operation.path);
  else if (operation.kind === 'rename' || operation.kind === 'link') {
    const inode = names.get(operation.from);
    if (inode !== undefined) names.set(operation.to, inode);
    if (operation.kind === 'rename') names.delete(operation.from);
  }
};

const SECTOR = 512;

/** One unsynced write as the disk may hold it: sector by sector kept, missing or zero. */
const applyUnsynced = (inode: Inode, write: { position: number; bytes: Uint8Array }, fate: Fate, random: () => number): void => {
  if (fate === 'kept') writeInto(inode, write.bytes, write.position);
  if (fate === 'zeroed') writeInto(inode, new Uint8Array(write.bytes.byteLength), write.position);
  if (fate === 'torn') {
    const end = Math.floor((random() * (write.position + write.bytes.byteLength)) / SECTOR) * SECTOR;
    if (end > write.position) writeInto(inode, write.bytes.subarray(0, end - write.position), write.position);
  }
  if (fate !== 'mixed') return;
  for (let at = 0; at < write.bytes.byteLength; ) {
    const next = Math.min(write.bytes.byteLength, (Math.floor((write.position + at) / SECTOR) + 1) * SECTOR - write.position);
    const part = write.bytes.subarray(at, next);
    const chance = random();
    if (chance < 0.4) writeInto(inode, part, write.position + at);
    else if (chance < 0.7) writeInto(inode, new Uint8Array(part.byteLength), write.position + at);
    at = next;
  }
};

/** Which names are on the disk: those before the last sync of the folder, and some of the later ones. */
const namesAfter = (done: readonly FsOperation[], kept: 'none' | 'some' | 'all', random: () => number): Map<string, number> => {
  const names = new Map<string, number>();
  const synced = done.findLastIndex((operation) => operation.kind === 'syncDir') + 1;
  const pending = done.slice(synced).filter(({ kind }) => ['create', 'rename', 'link', 'unlink'].includes(kind));
  const share = kept === 'all' ? 1 : kept === 'none' ? 0 : random();
  const certain = done.slice(0, synced);
  for (const operation of [...certain, ...pending.slice(0, Math.round(share * pending.length))]) applyName(names, operation);
  return names;
};

const contentsAfter = (done: readonly FsOperation[], fate: Fate, random: () => number): Map<number, Inode> => {
  const lastSync = new Map<number, number>();
  for (const [at, operation] of done.entries()) if (operation.kind === 'datasync') lastSync.set(operation.inode, at);
  const inodes = new Map<number, Inode>();
  for (const [at, operation] of done.entries()) {
    if (operation.kind !== 'write') continue;
    const inode = inodes.get(operation.inode) ?? { number: operation.inode, data: new Uint8Array(0), size: 0 };
    inodes.set(operation.inode, inode);
    if (at < (lastSync.get(operation.inode) ?? -1)) writeInto(inode, operation.bytes, operation.position);
    else applyUnsynced(inode, operation, fate, random);
  }
  return inodes;
};

/** The files after a power cut at `cut` operations; synced things are there, the rest as `fate` says, names kept or not. */
export const imageAfter = (
  trace: readonly FsOperation[],
  cut: number,
  fate: Fate,
  namesKept: 'none' | 'some' | 'all',
  random: () => number,
): Map<string, Uint8Array> => {
  const done = trace.slice(0, cut);
  const inodes = contentsAfter(done, fate, random);
  return new Map(
    [...namesAfter(done, namesKept, random)].map(([path, number]) => {
      const inode = inodes.get(number);
      return [path, inode ? inode.data.slice(0, inode.size) : new Uint8Array(0)];
    }),
  );
};

/** Wraps a file system: calls back before each operation, which may throw. */
export const interposeFs = (inner: Fs, before: (operation: string, path: string) => void): Fs => {
  const wrapFile = (file: OpenFile, path: string): OpenFile => ({
    ...file,
    read: async (into, position) => {
      before('read', path);
      return file.read(into, position);
    },
    write: async (bytes, position) => {
      before('write', path);
      return file.write(bytes, position);
    },
    datasync: async () => {
      before('datasync', path);
      return file.datasync();
    },
  });
  const guard =
    <Args extends [string, ...unknown[]], Result>(name: string, call: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      before(name, args[0]);
      return call(...args);
    };
  const guardOpen = (name: string, call: (path: string) => Promise<OpenFile>) => async (path: string) => {
    before(name, path);
    return wrapFile(await call(path), path);
  };
  return {
    openRead: guardOpen('openRead', inner.openRead),
    openWrite: guardOpen('openWrite', inner.openWrite),
    create: guardOpen('create', inner.create),
    rename: guard('rename', inner.rename),
    link: guard('link', inner.link),
    unlink: guard('unlink', inner.unlink),
    readdir: guard('readdir', inner.readdir),
    stat: guard('stat', inner.stat),
    mkdir: guard('mkdir', inner.mkdir),
    chmod: guard('chmod', inner.chmod),
    syncDir: guard('syncDir', inner.syncDir),
  };
};

/** An error as the system gives it. */
export const systemError = (code: string): Error => Object.assign(new Error(`${code}: injected`), { code });
