import type { SearchIndex } from '../search/search-index.ts';
import type { Store } from '../store/repositories.ts';

/** Of a longer text, so many characters are searched. */
const MAX_TEXT = 200_000;
/** The longest stretch of work at once, milliseconds. */
const SLICE_MS = 6;
/** Texts kept as they were read last: what is seen while somebody types is much the same from key to key. */
const TEXTS_KEPT = 200;
const KEPT_CHARS = 20_000;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The full texts of posts, on their way into the index. */
export type BodyTexts = {
  /** The full text of a post as it stands on the disk; empty when there is none. */
  of: (slot: number) => Promise<string>;
  /** Takes in, or again, the texts of posts; in the background. */
  note: (ids: readonly string[]) => void;
  /** Takes in all texts there are, newest first, in slices; settles when all are in. */
  prepare: () => Promise<void>;
  /** How many wait. */
  waiting: () => number;
  /** Takes in no more: the store is about to be closed. */
  stop: () => void;
  /** Settles when none waits. */
  settled: () => Promise<void>;
};

/** The last texts that were read, by body: a text that changes has another place on the disk. */
const createMemory = () => {
  const texts = new Map<string, string>();
  return {
    get: (key: string): string | undefined => texts.get(key),
    put: (key: string, text: string): void => {
      if (text.length > KEPT_CHARS) return;
      texts.set(key, text);
      if (texts.size > TEXTS_KEPT) texts.delete(texts.keys().next().value as string);
    },
  };
};

/** Reads full texts for the index and for phrases. All that there are wait whenever somebody searches: `untilQuiet`. */
export const createBodyTexts = (store: Store, index: SearchIndex, untilQuiet: () => Promise<void>): BodyTexts => {
  const memory = createMemory();
  let queue: number[] = [];
  let draining: Promise<void> | undefined;
  let prepared: Promise<void> | undefined;
  let left = 0;
  let isStopped = false;

  const read = async (slot: number): Promise<string> => {
    const { id, collectedAt } = store.posts.columns().row(slot);
    const [body, { htmlToText }] = await Promise.all([store.bodies.get({ id, collectedAt }), import('../feeds/text.ts')]);
    return body ? htmlToText(body, MAX_TEXT) : '';
  };
  const of = async (slot: number): Promise<string> => {
    const { id, body, isExtracted } = store.posts.columns().row(slot);
    if (!body) return '';
    const key = `${id} ${body.join(' ')} ${isExtracted === true}`;
    const known = memory.get(key);
    if (known !== undefined) return known;
    const text = await read(slot);
    memory.put(key, text);
    return text;
  };
  const isThere = (slot: number): boolean => {
    const columns = store.posts.columns();
    return columns.isLive(slot) && (columns.has('body')(slot) || index.bodies.has(slot));
  };
  const takeIn = async (slots: readonly number[], rest: () => Promise<void>): Promise<void> => {
    let until = performance.now() + SLICE_MS;
    left += slots.length;
    for (const slot of slots) {
      left -= 1;
      if (isStopped) return;
      if (!isThere(slot)) continue;
      index.bodies.put(slot, await read(slot));
      if (performance.now() < until) continue;
      await rest();
      until = performance.now() + SLICE_MS;
    }
  };
  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      const slots = queue;
      queue = [];
      await takeIn(slots, turn);
    }
    draining = undefined;
  };
  return {
    of,
    note: (ids) => {
      if (!prepared) return;
      const { slotOf } = store.posts.columns();
      queue.push(...ids.map(slotOf).filter((slot) => slot >= 0));
      if (queue.length === 0) return;
      // A text that cannot be read now is left out; the store has said why.
      draining ??= drain().catch(() => {
        draining = undefined;
      });
    },
    prepare: () => {
      const all = async (): Promise<void> => {
        const columns = store.posts.columns();
        const hasBody = columns.has('body');
        const slots: number[] = [];
        for (let slot = columns.slots() - 1; slot >= 0; slot -= 1) if (hasBody(slot)) slots.push(slot);
        await takeIn(slots, async () => {
          await untilQuiet();
          await turn();
        });
      };
      prepared ??= all();
      return prepared;
    },
    stop: () => {
      isStopped = true;
    },
    waiting: () => left + queue.length,
    settled: async () => {
      await prepared;
      await draining;
    },
  };
};
