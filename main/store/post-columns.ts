import type { HasValue, IsValue } from '../../preload/contract/saved-search.ts';
import type { PostColumns } from './columns.ts';
import { BACKFILLED, DEAD, HAS_BODY, LIVE, MUTED, type PostTable, READ, STARRED } from './post-table.ts';
import { AUDIO, COMMENTS, ENCLOSURE, EXTRACTED, HIGHLIGHTED, IMAGE, LABELLED } from './post-traits.ts';

/** The columns of a table. */
export const columnsOf = (table: PostTable): PostColumns => {
  const { flags, traits } = table;
  const flag = (bit: number) => (slot: number) => (flags(slot) & bit) !== 0;
  const trait = (bit: number) => (slot: number) => (traits.bits(slot) & bit) !== 0;
  const is: Record<IsValue, (slot: number) => boolean> = {
    unread: (slot) => (flags(slot) & READ) === 0,
    read: flag(READ),
    starred: flag(STARRED),
    highlighted: trait(HIGHLIGHTED),
    muted: flag(MUTED),
    dead: flag(DEAD),
    'found-later': flag(BACKFILLED),
    extracted: trait(EXTRACTED),
  };
  const has: Record<HasValue, (slot: number) => boolean> = {
    audio: trait(AUDIO),
    image: trait(IMAGE),
    enclosure: trait(ENCLOSURE),
    comments: trait(COMMENTS),
    body: flag(HAS_BODY),
    label: trait(LABELLED),
  };
  return { ...table, isLive: flag(LIVE), is: (value) => is[value], has: (value) => has[value] };
};
