import { english } from './english/english.ts';

/** What a language must say. */
export type Words = typeof english;
/** A language the window can speak: its BCP 47 tag and all it says. */
export type Catalogue = { tag: string; words: Words };

/** Every language there is. The first one is spoken where none of the reader's is among them. */
export const CATALOGUES: readonly [Catalogue, ...Catalogue[]] = [{ tag: 'en', words: english }];
