import type { Collection } from './collection.ts';
import type { PostDraft } from './repositories.ts';
import type { Shape } from './rows.ts';
import type { Tombstone } from './save-posts.ts';
import type { StoredPost } from './stored-post.ts';

export const tombstonesShape: Shape<Tombstone> = { name: 'tombstones', keyOf: (row) => row.id, migrations: [(row) => row] };

/** What was removed and must not come back. */
export type Tombstones = {
  isBuried: (sourceId: string, draft: PostDraft) => boolean;
  bury: (posts: readonly StoredPost[], removedAt: string) => Promise<void>;
  /** Forgets those of a source that is gone. */
  forgetSource: (sourceId: string) => Promise<void>;
};

const FINGERPRINT = 'f';
const SECOND_KEY = 's';
const keyOf = (kind: string, sourceId: string, value: string): string => `${kind}${sourceId} ${value}`;

export const createTombstones = (rows: Collection<Tombstone>): Tombstones => {
  const buried = new Map<string, number>();
  const count = (key: string, by: number): void => {
    const now = (buried.get(key) ?? 0) + by;
    if (now > 0) buried.set(key, now);
    else buried.delete(key);
  };
  const note = (row: Tombstone | undefined, by: number): void => {
    if (!row) return;
    count(keyOf(FINGERPRINT, row.sourceId, row.fingerprint), by);
    if (row.secondKey) count(keyOf(SECOND_KEY, row.sourceId, row.secondKey), by);
  };
  for (const row of rows.all()) note(row, 1);
  rows.onChange((before, after) => {
    note(before, -1);
    note(after, 1);
  });
  return {
    isBuried: (sourceId, { fingerprint, secondKey }) =>
      buried.has(keyOf(FINGERPRINT, sourceId, fingerprint)) ||
      (secondKey !== undefined && buried.has(keyOf(SECOND_KEY, sourceId, secondKey))),
    bury: (posts, removedAt) =>
      rows.put(
        posts.map(({ id, sourceId, fingerprint, secondKey }) => ({
          id,
          sourceId,
          fingerprint,
          ...(secondKey ? { secondKey } : {}),
          removedAt,
        })),
      ),
    forgetSource: async (sourceId) => {
      await rows.remove(rows.all().flatMap((row) => (row.sourceId === sourceId ? row.id : [])));
    },
  };
};
