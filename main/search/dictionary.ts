/** Words and their numbers, from 0 in the order they came. */
export type Dictionary = {
  /** The number of a word; a new one if it has none yet. */
  numberOf: (word: string) => number;
  /** The number of a word, or undefined. */
  find: (word: string) => number | undefined;
  /** The numbers of all words that begin with these two characters or more. */
  beginningWith: (start: string) => number[];
  size: () => number;
};

/** An empty dictionary. */
export const createDictionary = (): Dictionary => {
  const numbers = new Map<string, number>();
  /** Words by number, and numbers by the first two characters of their words, for beginnings. */
  const spelled: string[] = [];
  const groups = new Map<string, number[]>();
  return {
    numberOf: (word) => {
      const known = numbers.get(word);
      if (known !== undefined) return known;
      const number = spelled.length;
      numbers.set(word, number);
      spelled.push(word);
      const start = word.slice(0, 2);
      const group = groups.get(start);
      if (group) group.push(number);
      else groups.set(start, [number]);
      return number;
    },
    find: (word) => numbers.get(word),
    beginningWith: (start) => {
      const found: number[] = [];
      for (const number of groups.get(start.slice(0, 2)) ?? []) if (spelled[number]?.startsWith(start)) found.push(number);
      return found;
    },
    size: () => spelled.length,
  };
};
