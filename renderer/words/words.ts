/*
 * Which language the window speaks. Chosen once when the page starts: a change of language is a reload, so that every string
 * is plain.
 */
import { CATALOGUES, type Catalogue } from './catalogues.ts';

export type { Words } from './catalogues.ts';

const languageOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/** The first of the wanted languages that is there, its own region before another; else the first that is there. */
export const chooseLanguage = (wanted: readonly string[], there: readonly [Catalogue, ...Catalogue[]]): Catalogue => {
  for (const tag of wanted) {
    const same = there.find((one) => one.tag.toLowerCase() === tag.toLowerCase());
    const near = same ?? there.find((one) => languageOf(one.tag) === languageOf(tag));
    if (near) return near;
  }
  return there[0];
};

const chosen = chooseLanguage(globalThis.navigator?.languages ?? [], CATALOGUES);

/** The BCP 47 tag of the language in use. */
export const wordsTag: string = chosen.tag;
/** The strings of the language in use. */
export const { words } = chosen;
