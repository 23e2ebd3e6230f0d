import type { Handlers } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { SavedSearch } from '../../preload/contract/saved-search.ts';
import { toInstant } from '../lib/clock.ts';
import { newId } from '../lib/ids.ts';
import { parseSearch, toPart } from '../search/parse.ts';
import { suggestionsFor } from '../search/suggest.ts';
import type { Store } from '../store/repositories.ts';
import type { Services } from './services.ts';

type SearchHandlers = Pick<
  Handlers,
  'searches.list' | 'searches.save' | 'searches.order' | 'searches.remove' | 'searches.explain'
>;

/** More would not be looked at. */
const MOST = 200;

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Rows with places from 0 on, only those that moved. */
const renumbered = (rows: readonly SavedSearch[]): SavedSearch[] =>
  rows.flatMap((row, place) => (row.place === place ? [] : { ...row, place }));

const putInPlace = async ({ searches }: Store, row: SavedSearch): Promise<SavedSearch> => {
  const others = searches.all().filter(({ id }) => id !== row.id);
  const all = others.toSpliced(Math.min(row.place, others.length), 0, row);
  const moved = renumbered(all);
  const placed = moved.find(({ id }) => id === row.id) ?? row;
  await searches.put([placed, ...moved.filter(({ id }) => id !== row.id)]);
  return placed;
};

/** What the screen can ask about searches. */
export const createSearchHandlers = ({ store, search, clock, events }: Services): SearchHandlers => {
  const { searches } = store;
  const announce = (): void => events.emit('searches.changed', {});
  return {
    'searches.list': () => searches.all(),
    'searches.save': async ({ id, name, search: text, place }) => {
      const before = id === undefined ? undefined : searches.get(id);
      const others = searches.all().filter((other) => other.id !== before?.id);
      if (others.some((other) => sameName(other.name, name))) {
        throw new AppError('CONFLICT', `There is a saved search “${name}” already. Choose another name.`);
      }
      if (!before && others.length >= MOST) throw new AppError('CONFLICT', `There are ${MOST} saved searches; remove one first.`);
      const saved = await putInPlace(store, {
        id: before?.id ?? id ?? newId(clock.now()),
        name,
        search: text,
        place: place ?? before?.place ?? others.length,
        addedAt: before?.addedAt ?? toInstant(clock.now()),
      });
      announce();
      return saved;
    },
    'searches.order': async ({ ids }) => {
      const all = searches.all();
      const named = ids.flatMap((id) => all.find((row) => row.id === id) ?? []);
      const moved = renumbered([...new Set([...named, ...all])]);
      if (moved.length > 0) await searches.put(moved);
      if (moved.length > 0) announce();
      return searches.all();
    },
    'searches.remove': async ({ id }) => {
      const removed = await searches.remove(id);
      if (removed) announce();
      return { removed };
    },
    'searches.explain': async ({ text, caret }) => {
      const pieces = parseSearch(text, clock.now());
      const waiting = search.bodies.waiting();
      return {
        parts: pieces.map(toPart),
        suggestions: caret === undefined ? [] : suggestionsFor(await search.world(), text, caret, pieces),
        ...(waiting > 0 ? { waiting } : {}),
      };
    },
  };
};
