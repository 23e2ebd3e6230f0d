import type { Handlers } from '../../preload/contract/contract.ts';
import type { Services } from './services.ts';

/** The folder the built-in schedule packs into, if its owner chose another. */
const backupsFolder = ({ store }: Services): string | undefined => {
  const options = store.schedules.all().find((schedule) => schedule.jobKind === 'back-up')?.options;
  const folder = (options as { folder?: unknown } | undefined)?.folder;
  return typeof folder === 'string' ? folder : undefined;
};

/** What the screen can ask about what was removed and what is backed up. */
export const createKeepingHandlers = (services: Services): Pick<Handlers, 'undo.list' | 'undo.apply' | 'backups.list'> => {
  const { store, events } = services;
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
      const folder = backupsFolder(services) ?? store.backups.folder;
      return { folder, backups: await store.backups.list(folder) };
    },
  };
};
