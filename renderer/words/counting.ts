import { locale } from './locale.ts';

const formats = new Map<string, Intl.NumberFormat>();
const formatOf = (name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
  const key = `${locale()} ${name}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale(), options);
  formats.set(key, made);
  return made;
};

/** `18,402`, as the region writes it. */
export const number = (value: number): string => formatOf('number', {}).format(value);
/** `3.4`: with so many digits behind the point. */
export const decimal = (value: number, digits: number): string =>
  formatOf(`decimal ${digits}`, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
/** `46%`, as the region writes shares; `share` is 0 to 1. */
export const regionPercent = (share: number): string => formatOf('percent', { style: 'percent' }).format(share);
/** `1 post`, `12 posts`; for the English part of the catalogue, a language with other plurals brings its own. */
export const count = (value: number, one: string, many = `${one}s`): string => `${number(value)} ${value === 1 ? one : many}`;
