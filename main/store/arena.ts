/** The size of a chunk; a text that is longer gets a chunk of its own. */
const CHUNK_BYTES = 1 << 20;

/** Where a text stands. */
export type Place = { chunk: number; start: number; length: number };

/** Many texts as bytes outside the heap, so that half a million rows cost little more than their length. */
export type Arena = {
  add: (text: string) => Place;
  read: (place: Place) => Buffer;
  /** Gives space back. Answers a chunk that is mostly free, if there is one: move what lives in it and `drop` it. */
  free: (place: Place) => number | undefined;
  drop: (chunk: number) => void;
};

export const createArena = (): Arena => {
  const chunks: (Buffer | undefined)[] = [];
  const live: number[] = [];
  const spare: number[] = [];
  let current = -1;
  let filled = 0;
  const open = (bytes: number): number => {
    const chunk = spare.pop() ?? chunks.length;
    chunks[chunk] = Buffer.allocUnsafeSlow(bytes);
    live[chunk] = 0;
    return chunk;
  };
  return {
    add: (text) => {
      const length = Buffer.byteLength(text);
      const isLarge = length > CHUNK_BYTES / 4;
      if (isLarge) {
        const chunk = open(length);
        (chunks[chunk] as Buffer).write(text, 0, length);
        live[chunk] = length;
        return { chunk, start: 0, length };
      }
      if (current < 0 || filled + length > CHUNK_BYTES) {
        current = open(CHUNK_BYTES);
        filled = 0;
      }
      (chunks[current] as Buffer).write(text, filled, length);
      const place = { chunk: current, start: filled, length };
      filled += length;
      live[current] = (live[current] ?? 0) + length;
      return place;
    },
    read: ({ chunk, start, length }) => (chunks[chunk] as Buffer).subarray(start, start + length),
    free: ({ chunk, length }) => {
      live[chunk] = (live[chunk] ?? 0) - length;
      const size = chunks[chunk]?.byteLength ?? 0;
      return chunk !== current && (live[chunk] ?? 0) * 2 < size ? chunk : undefined;
    },
    drop: (chunk) => {
      chunks[chunk] = undefined;
      spare.push(chunk);
    },
  };
};
