import { english } from './english/english.ts';

/** What a language must say. */
export type Words = typeof english;

/** The strings of the language in use. */
export const words: Words = english;
