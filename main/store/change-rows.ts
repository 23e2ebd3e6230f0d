import { isDeepStrictEqual } from 'node:util';
import type { PostMonths } from './post-months.ts';
import type { StoredPost } from './stored-post.ts';

/** A post before and after a change. */
export type Pair = { before: StoredPost; after: StoredPost };

/** Changes known posts in one durable write, each as it is at that moment. Answers those that are different now. */
export const changeRows = async <Told extends { id: string }>(
  months: PostMonths,
  changes: readonly Told[],
  apply: (post: StoredPost, told: Told) => StoredPost,
): Promise<Pair[]> => {
  await months.loaded();
  const table = months.table();
  let pairs: Pair[] = [];
  await months.change(() => {
    pairs = changes.flatMap((told): Pair[] => {
      const slot = table.slotOf(told.id);
      if (slot < 0) return [];
      const before = table.row(slot);
      const after = apply(before, told);
      return isDeepStrictEqual(before, after) ? [] : [{ before, after }];
    });
    return { put: pairs.map(({ after }) => after) };
  });
  return pairs;
};
