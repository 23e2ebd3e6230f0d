import { join } from 'node:path';
import type { Handlers } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import { nameFor } from '../store/backups.ts';
import type { Services } from './services.ts';

/** The folder the built-in schedule packs into, if its owner chose another. */
const backupsFolder = ({ store }: Services): string | undefined => {
  const options = store.schedules.all().find((schedule) => schedule.jobKind === 'back-up')?.options;
  const folder = (options as { folder?: unknown } | undefined)?.folder;
  return typeof folder === 'string' ? folder : undefined;
};

/** The name of a backup made now; of the next second that has none. */
const freeName = (names: readonly string[], nowMs: number): string => {
  let at = nowMs;
  while (names.includes(nameFor(at))) at += 1000;
  return nameFor(at);
};

type KeepingHandlers = Pick<Handlers, 'undo.list' | 'undo.apply' | 'backups.list' | 'backups.bring' | 'backups.restore'>;

/** What the screen can ask about what was removed and what is backed up. */
export const createKeepingHandlers = (services: Services): KeepingHandlers => {
  const { store, events, clock } = services;
  const folderOf = (): string => backupsFolder(services) ?? store.backups.folder;
  return {
    'undo.list': () => store.undo.list(),
    'undo.apply': async ({ id }) => {
      const { rows } = await store.undo.apply(id);
      events.emit('posts.changed', { added: 0 });
      // Lists of runs are read anew; nothing went.
      events.emit('runs.removed', { ids: [] });
      events.emit('sources.changed', { ids: [] });
      return { rows };
    },
    'backups.list': async () => {
      const folder = folderOf();
      return { folder, backups: await store.backups.list(folder) };
    },
    'backups.bring': async ({ data, ...piece }) => {
      const bytes = Buffer.from(data, 'base64');
      const brought = await store.backups.bring({ ...piece, bytes }, folderOf());
      if (brought.backup) events.emit('backups.changed', {});
      return brought;
    },
    'backups.restore': async ({ name }) => {
      const folder = folderOf();
      // Only what stands in the list: a name never becomes a path of somebody's choice.
      const names = (await store.backups.list(folder)).map((one) => one.name);
      if (!names.includes(name)) throw new AppError('NOT_FOUND', 'This backup is not there any more.');
      const before = freeName(names, clock.now());
      await store.backups.makeFile({ file: join(folder, before) });
      const { counts, madeAt } = await services.restore(join(folder, name));
      return { posts: counts.posts, sources: counts.sources, madeAt, before };
    },
  };
};
