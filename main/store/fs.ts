import { constants } from 'node:fs';
import * as files from 'node:fs/promises';
import { dirname } from 'node:path';

/** An open file. Positions and lengths are in bytes. */
export type OpenFile = {
  /** Answers how many bytes were read; 0 at the end. */
  read: (into: Uint8Array, position: number) => Promise<number>;
  /** Answers how many bytes were written; may be fewer than given. */
  write: (bytes: Uint8Array, position: number) => Promise<number>;
  /** Returns when the content is on the disk (fdatasync). */
  datasync: () => Promise<void>;
  size: () => Promise<number>;
  /** Tells the file from another that took its name. */
  inode: () => Promise<number>;
  close: () => Promise<void>;
};

export type FileStat = { inode: number; size: number; modifiedMs: number; isDirectory: boolean };

/** What the store asks of a file system; tests put a hostile one in its place. Rejects with Node's error codes. */
export type Fs = {
  openRead: (path: string) => Promise<OpenFile>;
  /** Opens for writing in place; the file must be there. */
  openWrite: (path: string) => Promise<OpenFile>;
  /** Makes a new file (0600); EEXIST when something is there, a symlink included. */
  create: (path: string) => Promise<OpenFile>;
  rename: (from: string, to: string) => Promise<void>;
  /** A second name for the same file; EEXIST when the name is taken. */
  link: (from: string, to: string) => Promise<void>;
  unlink: (path: string) => Promise<void>;
  readdir: (path: string) => Promise<string[]>;
  /** Does not follow a symlink. */
  stat: (path: string) => Promise<FileStat>;
  /** Makes the folder (0700) and its parents. */
  mkdir: (path: string) => Promise<void>;
  chmod: (path: string, mode: number) => Promise<void>;
  /** Returns when the names in the folder are on the disk. */
  syncDir: (path: string) => Promise<void>;
};

const NOFOLLOW = constants.O_NOFOLLOW ?? 0;

const open = async (path: string, flags: number): Promise<OpenFile> => {
  const handle = await files.open(path, flags | NOFOLLOW, 0o600);
  return {
    read: async (into, position) => (await handle.read(into, 0, into.byteLength, position)).bytesRead,
    write: async (bytes, position) => (await handle.write(bytes, 0, bytes.byteLength, position)).bytesWritten,
    datasync: () => handle.datasync(),
    size: async () => (await handle.stat()).size,
    inode: async () => (await handle.stat()).ino,
    close: () => handle.close(),
  };
};

const syncDir = async (path: string): Promise<void> => {
  // Windows cannot open a folder; its renames are written through the journal of the file system.
  if (process.platform === 'win32') return;
  const handle = await files.open(path, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** The file system of this machine. */
export const nodeFs: Fs = {
  openRead: (path) => open(path, constants.O_RDONLY),
  openWrite: (path) => open(path, constants.O_RDWR),
  create: (path) => open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL),
  rename: (from, to) => files.rename(from, to),
  link: (from, to) => files.link(from, to),
  unlink: (path) => files.unlink(path),
  readdir: (path) => files.readdir(path),
  stat: async (path) => {
    const stat = await files.lstat(path);
    return { inode: stat.ino, size: stat.size, modifiedMs: stat.mtimeMs, isDirectory: stat.isDirectory() };
  },
  mkdir: async (path) => {
    await files.mkdir(path, { recursive: true, mode: 0o700 });
  },
  chmod: (path, mode) => files.chmod(path, mode),
  syncDir,
};

/** Node's error code of a thrown value, or the empty string. */
export const errnoOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';

/** Writes all bytes at a position, however few the system takes at a time. */
export const writeAll = async (file: OpenFile, bytes: Uint8Array, position: number): Promise<void> => {
  for (let done = 0; done < bytes.byteLength; ) {
    const written = await file.write(done === 0 ? bytes : bytes.subarray(done), position + done);
    if (written <= 0) throw Object.assign(new Error('The system wrote nothing'), { code: 'EIO' });
    done += written;
  }
};

/** Reads `length` bytes from a position; fewer at the end of the file. */
export const readSpan = async (file: OpenFile, position: number, length: number): Promise<Buffer> => {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const got = await file.read(bytes.subarray(done), position + done);
    if (got <= 0) break;
    done += got;
  }
  return bytes.subarray(0, done);
};

/** Reads a whole file. */
export const readWhole = async (fs: Fs, path: string): Promise<Buffer> => {
  const file = await fs.openRead(path);
  try {
    return await readSpan(file, 0, await file.size());
  } finally {
    await file.close();
  }
};

/** Syncs the folder a file is in, so that its name survives a power cut. */
export const syncFolderOf = (fs: Fs, path: string): Promise<void> => fs.syncDir(dirname(path));
