import type { SavedSearch } from '../../preload/contract/saved-search.ts';
import type { Collection } from './collection.ts';
import type { SearchesRepository } from './repositories.ts';
import type { Shape } from './rows.ts';

export const searchesShape: Shape<SavedSearch> = { name: 'searches', keyOf: (row) => row.id, migrations: [(row) => row] };

const inOrder = (rows: readonly SavedSearch[]): SavedSearch[] =>
  rows.toSorted((a, b) => a.place - b.place || (a.addedAt < b.addedAt ? -1 : 1));

/** The saved searches, in the order the owner gave them. */
export const createSearches = (rows: Collection<SavedSearch>): SearchesRepository => ({
  all: () => inOrder(rows.all()),
  get: rows.get,
  put: rows.put,
  remove: async (id) => (await rows.remove([id])) > 0,
});
