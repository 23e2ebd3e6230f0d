import { isDeepStrictEqual } from 'node:util';
import type { Handlers } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { Rule } from '../../preload/contract/rule.ts';
import { MAX_SEARCH } from '../../preload/contract/saved-search.ts';
import type { Source } from '../../preload/contract/source.ts';
import { folderSchema } from '../../preload/contract/values.ts';
import { parseSearch } from '../search/parse.ts';
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

/** A rule whose conditions name a folder inside `from`, with the new name. */
const followed = (rule: Rule, from: readonly string[], to: readonly string[]): Rule => {
  const conditions = rule.conditions.map((condition) =>
    condition.field === 'folder' && isWithin(from, condition.value)
      ? { ...condition, value: [...to, ...condition.value.slice(from.length)] }
      : condition,
  );
  return { ...rule, conditions };
};

/** Lets the rules of a folder go with it. */
const moveRules = async ({ store, events }: Services, from: readonly string[], to: readonly string[]): Promise<void> => {
  const rules = store.rules.all();
  const changed = rules.map((rule) => followed(rule, from, to)).filter((rule, at) => !isDeepStrictEqual(rule, rules[at]));
  if (changed.length === 0) return;
  await store.rules.put(changed);
  events.emit('rules.changed', { ids: changed.map(({ id }) => id) });
};

/** As a search compares names. */
const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** A search that asks for the folder by its whole name, with the new name. */
const renamed = (text: string, from: string, to: string, now: number): string => {
  const value = /\s/.test(to) ? `"${to}"` : to;
  const named = parseSearch(text, now).filter((piece) => piece.field === 'folder' && isSame(piece.value.trim(), from));
  // From the back: what stands before keeps its place.
  return named
    .toReversed()
    .reduce(
      (whole, piece) => `${whole.slice(0, piece.from)}${piece.isNot ? '-' : ''}folder:${value}${whole.slice(piece.to)}`,
      text,
    );
};

/** Lets saved searches go with the name of a folder, where no other folder has that name. */
const moveSearches = async ({ store, events, clock }: Services, from: string, to: string): Promise<void> => {
  const isElsewhere = store.sources.all().some(({ folder }) => folder.some((name) => isSame(name, from)));
  // A quote cannot be written inside quotes.
  if (isSame(from, to) || isElsewhere || to.includes('"')) return;
  const changed = store.searches.all().flatMap((saved) => {
    const search = renamed(saved.search, from, to, clock.now());
    return search === saved.search || search.length > MAX_SEARCH ? [] : { ...saved, search };
  });
  if (changed.length === 0) return;
  await store.searches.put(changed);
  events.emit('searches.changed', {});
};

/** Whether a move is only another name: all of the folder goes where nothing was. Else its rules would hold for strangers, too. */
const isRename = (all: readonly Source[], inside: readonly Source[], from: readonly string[], to: readonly string[]): boolean => {
  const others = all.filter((source) => !inside.includes(source));
  return from.length > 0 && to.length > 0 && !others.some(({ folder }) => isWithin(from, folder) || isWithin(to, folder));
};

/** Folders are told by their sources: a folder is there as long as a source is in it. */
export const createFolderHandlers = (services: Services): FolderHandlers => ({
  'sources.renameFolder': async ({ from, to, only }) => {
    const { changed, isOnlyRenamed } = await changeSources(services, (present) => {
      const wanted = only && new Set(only);
      const inside = present.filter(({ id, folder }) => isWithin(from, folder) && (!wanted || wanted.has(id)));
      if (inside.length === 0) throw new AppError('NOT_FOUND', 'There is no such folder any more.');
      const put = inside.map((source) => moved(source, from, to));
      return { put, result: { changed: put.map(({ id }) => id), isOnlyRenamed: isRename(present, inside, from, to) } };
    });
    if (isOnlyRenamed) {
      await moveRules(services, from, to);
      await moveSearches(services, from.at(-1) ?? '', to.at(-1) ?? '');
    }
    return { changed };
  },
});
