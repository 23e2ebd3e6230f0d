import type { PostQuery } from '../../preload/contract/post.ts';
import { DEAD, LIVE, MUTED, type PostTable, READ } from './post-table.ts';
import type { ListContext } from './repositories.ts';

/** The post that stands for each story: one that is to be kept in the list, so that what is open does not change; else the first. */
const chosenOf = (table: PostTable, slots: Uint32Array, keep: readonly string[]): Map<number, number> => {
  const chosen = new Map<number, number>();
  if (keep.length === 0) return chosen;
  const kept = new Set(keep.map(table.slotOf));
  for (const slot of slots) {
    const story = table.stories.of(slot);
    if (story > 0 && kept.has(slot) && !chosen.has(story)) chosen.set(story, slot);
  }
  return chosen;
};

/** Slots of a list, of each story one only, moved together in the same column. In the list of a single source every post stands for itself. */
export const foldStories = (table: PostTable, slots: Uint32Array, { sourceId, keep = [] }: PostQuery): Uint32Array => {
  if (sourceId) return slots;
  const chosen = chosenOf(table, slots, keep);
  const { of } = table.stories;
  let left = 0;
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] as number;
    const story = of(slot);
    if (story > 0) {
      const stands = chosen.get(story) ?? slot;
      chosen.set(story, stands);
      if (stands !== slot) continue;
    }
    slots[left] = slot;
    left += 1;
  }
  return slots.subarray(0, left);
};

/** Counts each story once for each of up to 30 purposes, told as bits: 1 the first time, then 0. */
export const countOnce = (
  table: PostTable,
  { groupsStories = false }: ListContext,
): ((slot: number, purpose: number) => 0 | 1) => {
  const counted = new Map<number, number>();
  return (slot, purpose) => {
    const story = groupsStories ? table.stories.of(slot) : 0;
    if (story === 0) return 1;
    const before = counted.get(story) ?? 0;
    counted.set(story, before | purpose);
    return before & purpose ? 0 : 1;
  };
};

/** How many unread posts tell a story that another unread one tells. Muted sources and hidden posts are not looked at. */
export const unreadAgain = (table: PostTable, { isMuted }: Pick<ListContext, 'isMuted'>): number => {
  let again = 0;
  for (const slots of table.stories.all()) {
    const unread = slots.filter(
      (slot) => (table.flags(slot) & (LIVE | DEAD | MUTED | READ)) === LIVE && !isMuted(table.sourceId(table.sourceNumber(slot))),
    );
    again += Math.max(0, unread.length - 1);
  }
  return again;
};
