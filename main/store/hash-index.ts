/*
 * Finds slots by the hash of a text in a few bytes each, for indexes over hundreds of thousands of posts.
 * Many small tables instead of one: growing one of them never holds up the thread.
 */
const SHARDS = 256;
const EMPTY = 0;
const GONE = 1;
/** Slots are stored with this added, above the two marks. */
const OFFSET = 2;

type Shard = { cells: Uint32Array; used: number; live: number };

/** Slots by hash. Two texts may share a hash: `find` asks the caller whether a slot is the right one. */
export type HashIndex = {
  add: (hash: number, slot: number) => void;
  remove: (hash: number, slot: number) => void;
  /** The first slot with this hash that is accepted, or -1. */
  find: (hash: number, accepts: (slot: number) => boolean) => number;
};

/** FNV-1a over UTF-16 units, 32 bits. */
export const hashText = (text: string, seed = 0): number => {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 12)) >>> 0;
};

const insert = (shard: Shard, hash: number, slot: number): void => {
  const mask = shard.cells.length / 2 - 1;
  let at = (hash >>> 8) & mask;
  while ((shard.cells[at * 2 + 1] ?? 0) > GONE) at = (at + 1) & mask;
  if (shard.cells[at * 2 + 1] === EMPTY) shard.used++;
  shard.cells[at * 2] = hash;
  shard.cells[at * 2 + 1] = slot + OFFSET;
  shard.live++;
};

const grow = (shard: Shard): void => {
  const old = shard.cells;
  let size = 16;
  while (size < shard.live * 2 + 2) size *= 2;
  shard.cells = new Uint32Array(size * 2);
  shard.used = 0;
  shard.live = 0;
  for (let at = 0; at < old.length; at += 2) {
    if ((old[at + 1] ?? 0) > GONE) insert(shard, old[at] ?? 0, (old[at + 1] ?? 0) - OFFSET);
  }
};

export const createHashIndex = (): HashIndex => {
  // Made when something comes in: many a store is opened for a few posts.
  const shards: (Shard | undefined)[] = Array.from({ length: SHARDS });
  const shardOf = (hash: number): Shard => {
    const shard = shards[hash % SHARDS] ?? { cells: new Uint32Array(8), used: 0, live: 0 };
    shards[hash % SHARDS] = shard;
    return shard;
  };
  const findCell = (shard: Shard, hash: number, accepts: (slot: number) => boolean): number => {
    const mask = shard.cells.length / 2 - 1;
    for (let at = (hash >>> 8) & mask; ; at = (at + 1) & mask) {
      const value = shard.cells[at * 2 + 1] ?? EMPTY;
      if (value === EMPTY) return -1;
      if (value !== GONE && shard.cells[at * 2] === hash && accepts(value - OFFSET)) return at;
    }
  };
  return {
    add: (hash, slot) => {
      const shard = shardOf(hash);
      if ((shard.used + 1) * 4 > (shard.cells.length / 2) * 3) grow(shard);
      insert(shard, hash, slot);
    },
    remove: (hash, slot) => {
      const shard = shardOf(hash);
      const at = findCell(shard, hash, (other) => other === slot);
      if (at < 0) return;
      shard.cells[at * 2 + 1] = GONE;
      shard.live--;
    },
    find: (hash, accepts) => {
      const shard = shards[hash % SHARDS];
      const at = shard ? findCell(shard, hash, accepts) : -1;
      return shard && at >= 0 ? (shard.cells[at * 2 + 1] ?? 0) - OFFSET : -1;
    },
  };
};
