import type { TopList } from '../../preload/contract/top-list.ts';
import type { Collection } from './collection.ts';
import type { TopListsRepository } from './repositories.ts';
import type { Shape } from './rows.ts';

/** Kept lists; some twenty years of weeks with a folder or two, about 5 kB each. */
const MOST_LISTS = 2000;

export const topListsShape: Shape<TopList> = { name: 'top-lists', keyOf: (row) => row.id, migrations: [(row) => row] };

/** The lists of best posts as they were made. */
export const createTopLists = (lists: Collection<TopList>): TopListsRepository => ({
  all: lists.all,
  forRun: (runId) => lists.all().filter((list) => list.runId === runId),
  put: async (made) => {
    const tooMany = Math.max(0, lists.size() + made.length - MOST_LISTS);
    await lists.change({
      put: made,
      remove: lists
        .all()
        .slice(0, tooMany)
        .map(({ id }) => id),
    });
  },
});
