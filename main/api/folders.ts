import type { Handlers } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { Source } from '../../preload/contract/source.ts';
import { folderSchema } from '../../preload/contract/values.ts';
import type { Services } from './services.ts';
import { changeSources } from './sources.ts';

type FolderHandlers = Pick<Handlers, 'sources.renameFolder'>;

const isWithin = (folder: readonly string[], path: readonly string[]): boolean => folder.every((name, at) => path[at] === name);

/** The source with its folder moved. Throws IPC_INVALID when that would be too deep. */
const moved = (source: Source, from: readonly string[], to: readonly string[]): Source => {
  const folder = folderSchema.safeParse([...to, ...source.folder.slice(from.length)]);
  if (!folder.success)
    throw new AppError('IPC_INVALID', 'Folders can be eight deep, and a name can have a hundred letters.', { field: 'to' });
  return { ...source, folder: folder.data };
};

/** Folders are told by their sources: a folder is there as long as a source is in it. */
export const createFolderHandlers = (services: Services): FolderHandlers => ({
  'sources.renameFolder': ({ from, to, only }) =>
    changeSources(services, (present) => {
      const wanted = only && new Set(only);
      const inside = present.filter(({ id, folder }) => isWithin(from, folder) && (!wanted || wanted.has(id)));
      if (inside.length === 0) throw new AppError('NOT_FOUND', 'There is no such folder any more.');
      const put = inside.map((source) => moved(source, from, to));
      return { put, result: { changed: put.map(({ id }) => id) } };
    }),
});
