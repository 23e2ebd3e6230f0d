import { resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { AppError } from '../../preload/contract/errors.ts';
import type { Io } from './io.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
const COMMON = { data: { type: 'string' }, json: { type: 'boolean' } } as const;

const usage = (sentence: string): AppError => new AppError('USAGE', sentence);

/** Reads the words after a command. Throws USAGE for options it does not know and for too many or too few words. */
export const readArgs = <Own extends Options>(args: string[], own: Own, words: { min?: number; max?: number } = {}) => {
  const { min = 0, max = 0 } = words;
  const parsed = readStrictly(args, own);
  const count = parsed.positionals.length;
  if (count < min) throw usage('Something is missing.');
  if (count > max) throw usage(`What is "${String(parsed.positionals[max]).slice(0, 80)}"?`);
  return parsed;
};

const readStrictly = <Own extends Options>(args: string[], own: Own) => {
  try {
    return parseArgs({ args, options: { ...COMMON, ...own }, allowPositionals: true, strict: true });
  } catch (error) {
    throw usage(error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'These options are not right.');
  }
};

/** A whole number of an option. Throws USAGE. */
export const wholeNumber = (
  text: string | undefined,
  name: string,
  { min, max }: { min: number; max: number },
): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw usage(`--${name} must be a whole number from ${min.toLocaleString('en')} to ${max.toLocaleString('en')}.`);
};

/** An instant of an option as it is stored. Throws USAGE where the zone is missing. */
export const instant = (text: string | undefined, name: string): string | undefined => {
  if (text === undefined) return undefined;
  const isDated = /^\d{4}-\d{2}-\d{2}($|T.*(Z|[+-]\d{2}:?\d{2})$)/i.test(text);
  const ms = isDated ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw usage(`--${name} must be an instant such as 2026-11-21T10:00:00Z.`);
  return new Date(ms).toISOString();
};

/** `key=value` words as options of a job: each value read as JSON, else as text. Throws USAGE. */
export const keyValues = (words: readonly string[] = []): Record<string, unknown> => {
  const pairs = words.map((word): [string, unknown] => {
    const at = word.indexOf('=');
    if (at < 1) throw usage(`"${word.slice(0, 80)}" must be written as key=value.`);
    return [word.slice(0, at), readJson(word.slice(at + 1))];
  });
  return Object.fromEntries(pairs);
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** A path as it was typed, absolute. */
export const toPath = (io: Io, path: string): string => resolve(io.cwd, path);
