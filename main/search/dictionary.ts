/** Words and their numbers, from 0 in the order they came. Each beginning of one or two characters is a word of its own. */
export type Dictionary = {
  /** The number of a word; a new one if it has none yet. */
  numberOf: (word: string) => number;
  /** The number of a word, or undefined. */
  find: (word: string) => number | undefined;
  /** The number of a word's first letter, as a beginning. */
  initialOf: (number: number) => number;
  /** The number of a word's first two characters, as a beginning. */
  pairOf: (number: number) => number;
  /** The number of a beginning of one or two characters; undefined where no word begins so. */
  findBeginning: (start: string) => number | undefined;
  /** The numbers of all words that begin with these two characters or more; where all that share those two do, only of the two. */
  beginningWith: (start: string) => number[];
  size: () => number;
};

/** No word of a text has it. */
const BEGINNING = '\u0000';

/** An empty dictionary. */
export const createDictionary = (): Dictionary => {
  const numbers = new Map<string, number>();
  /** Words by number, and numbers by the first two characters of their words, for longer beginnings. */
  const spelled: string[] = [];
  const groups = new Map<string, number[]>();
  const initials: number[] = [];
  const pairs: number[] = [];

  const beginning = (start: string): number => {
    const text = BEGINNING + start;
    const known = numbers.get(text);
    if (known !== undefined) return known;
    const number = spelled.push(text) - 1;
    numbers.set(text, number);
    initials[number] = number;
    pairs[number] = number;
    return number;
  };
  return {
    numberOf: (word) => {
      const known = numbers.get(word);
      if (known !== undefined) return known;
      const start = word.slice(0, 2);
      const initial = beginning(String.fromCodePoint(word.codePointAt(0) as number));
      const pair = beginning(start);
      const number = spelled.push(word) - 1;
      numbers.set(word, number);
      initials[number] = initial;
      pairs[number] = pair;
      const group = groups.get(start);
      if (group) group.push(number);
      else groups.set(start, [number]);
      return number;
    },
    find: (word) => numbers.get(word),
    initialOf: (number) => initials[number] as number,
    pairOf: (number) => pairs[number] as number,
    findBeginning: (start) => numbers.get(BEGINNING + start),
    beginningWith: (start) => {
      const group = groups.get(start.slice(0, 2)) ?? [];
      const found = group.filter((number) => spelled[number]?.startsWith(start));
      const [first] = found;
      return first !== undefined && found.length === group.length ? [pairs[first] as number] : found;
    },
    size: () => spelled.length,
  };
};
