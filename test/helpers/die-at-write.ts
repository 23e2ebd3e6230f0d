import { createRequire, syncBuiltinESMExports } from 'node:module';

/*
 * Loaded before the command (`node --import`): the process kills itself with SIGKILL at the nth write of a file after the row that
 * says its run is running, half-way through that write. TIDINGS_DIE names the job and the write: `clean-up:3`.
 */

type Handle = { write: (bytes: Uint8Array, offset: number, length: number, position: number) => Promise<unknown> };
type Files = { open: (...args: unknown[]) => Promise<Handle> };

const [kind = '', nth = '1'] = (process.env.TIDINGS_DIE ?? '').split(':');
const files = createRequire(import.meta.url)('node:fs/promises') as Files;
const open = files.open.bind(files);
let left = Number.POSITIVE_INFINITY;

const isStart = (text: string): boolean => text.includes('"status":"running"') && text.includes(`"jobKind":"${kind}"`);

files.open = async (...args) => {
  const handle = await open(...args);
  const write = handle.write.bind(handle);
  handle.write = async (bytes, offset, length, position) => {
    left -= 1;
    if (left === 0) {
      await write(bytes, offset, Math.ceil(length / 2), position);
      process.kill(process.pid, 'SIGKILL');
    }
    const written = await write(bytes, offset, length, position);
    if (isStart(Buffer.from(bytes).toString('utf8', offset, offset + length))) left = Math.min(left, Number(nth));
    return written;
  };
  return handle;
};
syncBuiltinESMExports();
