import { linkKeyOf } from '../lib/link-key.ts';
import type { Collection } from './collection.ts';
import type { PostDraft } from './repositories.ts';
import type { Shape } from './rows.ts';
import type { Tombstone } from './save-posts.ts';
import type { StoredPost } from './stored-post.ts';

export const tombstonesShape: Shape<Tombstone> = { name: 'tombstones', keyOf: (row) => row.id, migrations: [(row) => row] };

/** What was removed and must not come back. */
export type Tombstones = {
  isBuried: (sourceId: string, draft: PostDraft) => boolean;
  /** Whether a post with this address was removed. */
  isLinkBuried: (sourceId: string, url: string) => boolean;
  bury: (posts: readonly StoredPost[], removedAt: string) => Promise<void>;
  /** Takes the tombstones of these posts away: they may be there again. */
  dig: (ids: readonly string[]) => Promise<void>;
  /** Forgets those of a source that is gone. */
  forgetSource: (sourceId: string) => Promise<void>;
};

const FINGERPRINT = 'f';
const SECOND_KEY = 's';
const LINK_KEY = 'l';
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
    if (row.linkKey) count(keyOf(LINK_KEY, row.sourceId, row.linkKey), by);
  };
  for (const row of rows.all()) note(row, 1);
  rows.onChange((before, after) => {
    note(before, -1);
    note(after, 1);
  });
  const isLinkBuried = (sourceId: string, url: string): boolean =>
    url !== '' && buried.size > 0 && buried.has(keyOf(LINK_KEY, sourceId, linkKeyOf(url)));
  return {
    isBuried: (sourceId, { fingerprint, secondKey, url, isBackfilled }) => {
      if (buried.size === 0) return false;
      if (buried.has(keyOf(FINGERPRINT, sourceId, fingerprint))) return true;
      if (secondKey !== undefined && buried.has(keyOf(SECOND_KEY, sourceId, secondKey))) return true;
      // Removed after its page was read, come again by the feed; a feed may give many posts one address, so that alone says nothing.
      if (url && buried.has(keyOf(SECOND_KEY, sourceId, linkKeyOf(url)))) return true;
      return isBackfilled === true && isLinkBuried(sourceId, url);
    },
    isLinkBuried,
    bury: (posts, removedAt) =>
      rows.put(
        posts.map(({ id, sourceId, fingerprint, secondKey, url }) => ({
          id,
          sourceId,
          fingerprint,
          ...(secondKey ? { secondKey } : {}),
          ...(url ? { linkKey: linkKeyOf(url) } : {}),
          removedAt,
        })),
      ),
    dig: async (ids) => {
      await rows.remove(ids);
    },
    forgetSource: async (sourceId) => {
      await rows.remove(rows.all().flatMap((row) => (row.sourceId === sourceId ? row.id : [])));
    },
  };
};
