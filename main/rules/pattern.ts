import type { RE2JS } from 're2js';
import { AppError } from '../../preload/contract/errors.ts';

/** The most steps a pattern may come to; `(a{100}){100}` is more. */
const MAX_STEPS = 2000;

/** A pattern that takes time in proportion to the text, whatever it says. */
export type Pattern = { test: (text: string) => boolean; first: (text: string, from: number) => [number, number] | undefined };

const library = { loaded: undefined as Promise<typeof RE2JS> | undefined };
const load = (): Promise<typeof RE2JS> => {
  library.loaded ??= import('re2js').then((module) => module.RE2JS);
  return library.loaded;
};

/** *error parsing regexp: missing closing ): `(`* in our words. */
const inWords = (message: string): string => message.replace(/^error parsing regexp: /, '').slice(0, 120);

/** Reads a pattern, in RE2's syntax and without case. Throws IPC_INVALID with the field when it is none, or too large. */
export const readPattern = async (text: string, field: string): Promise<Pattern> => {
  const re2 = await load();
  let pattern: RE2JS;
  try {
    pattern = re2.compile(text, re2.CASE_INSENSITIVE);
  } catch (error) {
    const why = error instanceof Error ? inWords(error.message) : 'it is none';
    throw new AppError('IPC_INVALID', `The pattern cannot be read: ${why}.`, { field });
  }
  if (pattern.programSize() > MAX_STEPS) throw new AppError('IPC_INVALID', 'The pattern is too large.', { field });
  return {
    test: (value) => pattern.test(value),
    first: (value, from) => {
      const matcher = pattern.matcher(value);
      return matcher.find(from) ? [matcher.start(), matcher.end()] : undefined;
    },
  };
};
