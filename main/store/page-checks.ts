import type { Collection } from './collection.ts';
import type { PageCheck, PageChecksRepository } from './repositories.ts';
import type { Shape } from './rows.ts';

export const pageChecksShape: Shape<PageCheck> = { name: 'page-checks', keyOf: (row) => row.postId, migrations: [(row) => row] };

/** When pages of posts were looked at. */
export const createPageChecks = (checks: Collection<PageCheck>): PageChecksRepository => ({
  get: checks.get,
  put: checks.put,
  prune: (isKept) =>
    checks.remove(
      checks
        .all()
        .map(({ postId }) => postId)
        .filter((postId) => !isKept(postId)),
    ),
});
