import { locale } from './locale.ts';

/** `18,402`. */
export const number = (value: number): string => value.toLocaleString(locale());
/** `1 post`, `12 posts`; for the English part of the catalogue, a language with other plurals brings its own. */
export const count = (value: number, one: string, many = `${one}s`): string => `${number(value)} ${value === 1 ? one : many}`;
