import { stat } from 'node:fs/promises';
import { AppError } from '../../../preload/contract/errors.ts';
import { backUpFolder, restoreFolder } from '../../core.ts';
import { readArgs, toPath } from '../args.ts';
import { counted, size } from '../format.ts';
import { type Command, type Io, printJson } from '../io.ts';
import { placeOf, quietLog } from '../with-core.ts';

const mustBeThere = async (path: string, what: string): Promise<void> => {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (!isThere) throw new AppError('USAGE', `There is no ${what} "${path.slice(0, 200)}".`);
};

const fileOf = (io: Io, positionals: readonly string[]): string => toPath(io, positionals[0] ?? '');

/** `tidings backup FILE`: everything in one file that was read back. Works beside a running host. */
export const backupCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, {}, { min: 1, max: 1 });
  const dir = placeOf(io, values.data);
  await mustBeThere(dir, 'data folder');
  const made = await backUpFolder({ dir, file: fileOf(io, positionals), log: quietLog(io), signal: io.signal });
  if (values.json) await printJson(io, made);
  else
    await io.out(
      `Packed ${counted(made.counts.posts, 'post')} and ${counted(made.counts.sources, 'source')} into ${made.file} ` +
        `(${size(made.bytes)}), and read them back.\n`,
    );
  return 0;
};

/** `tidings restore FILE`: puts a backup in the place of the data folder; what was there is put aside. */
export const restoreCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, {}, { min: 1, max: 1 });
  const file = fileOf(io, positionals);
  await mustBeThere(file, 'backup');
  const restored = await restoreFolder({ dir: placeOf(io, values.data), file, log: quietLog(io) });
  if (values.json) await printJson(io, restored);
  else
    await io.out(
      `Restored ${counted(restored.counts.posts, 'post')} and ${counted(restored.counts.sources, 'source')} from ${restored.madeAt}.\n` +
        `What was there before is in ${restored.aside}\n`,
    );
  return 0;
};
