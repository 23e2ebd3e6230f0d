import { keysHelp } from './keys-help.ts';

/**
 * Everything the window says, in English: one entry a place, a plain string or a function that puts values into a sentence.
 * A second language is a second object of the same type, `Words`.
 */
export const english = { keysHelp };
