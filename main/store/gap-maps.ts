import type { FollowedAuthor, GapMap } from '../../preload/contract/gap-map.ts';
import type { Collection } from './collection.ts';
import type { AuthorsRepository, GapMapsRepository } from './repositories.ts';
import type { Shape } from './rows.ts';

const asIs = [(row: Record<string, unknown>) => row];

export const gapMapsShape: Shape<GapMap> = { name: 'gap-maps', keyOf: (row) => row.id, migrations: asIs };
export const authorsShape: Shape<FollowedAuthor> = { name: 'followed-authors', keyOf: (row) => row.id, migrations: asIs };

/** The gap maps, in the order they were first made. */
export const createGapMaps = (rows: Collection<GapMap>): GapMapsRepository => ({
  all: rows.all,
  get: rows.get,
  put: rows.put,
  remove: rows.remove,
});

/** The authors the owner follows, in the order they were followed. */
export const createAuthors = (rows: Collection<FollowedAuthor>): AuthorsRepository => ({
  all: rows.all,
  get: rows.get,
  put: (author) => rows.put([author]),
  remove: async (id) => (await rows.remove([id])) > 0,
});
