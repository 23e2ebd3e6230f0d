import { MAX_REQUEST_CHARS } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';

const MAX_DEPTH = 32;

type Budget = { chars: number };

const invalid = (what: string): AppError =>
  new AppError('IPC_INVALID', `The question holds ${what}; only plain JSON is understood.`);

const spend = (budget: Budget, chars: number): void => {
  budget.chars -= chars;
  if (budget.chars < 0) throw new AppError('IPC_TOO_BIG', 'The question is larger than 1 MiB.');
};

const isPlainObject = (value: object): value is Record<string, unknown> => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
};

const copyArray = (value: readonly unknown[], budget: Budget, depth: number): unknown[] => {
  // The length is paid for first: an array of a billion holes must not be walked.
  spend(budget, value.length);
  return Array.from(value, (entry) => copy(entry, budget, depth + 1));
};

const copyObject = (value: object, budget: Budget, depth: number): Record<string, unknown> => {
  if (!isPlainObject(value)) throw invalid('something that is not a plain object');
  const plain: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (key === '__proto__') throw invalid('a key named __proto__');
    spend(budget, key.length + 4);
    const entry = value[key];
    if (entry !== undefined) plain[key] = copy(entry, budget, depth + 1);
  }
  return plain;
};

const copy = (value: unknown, budget: Budget, depth: number): unknown => {
  if (depth > MAX_DEPTH) throw invalid('too many levels or a circle');
  switch (typeof value) {
    case 'string':
      spend(budget, value.length + 2);
      return value;
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw invalid('a number that JSON does not know');
      return value;
    case 'object':
      if (value === null) return null;
      return Array.isArray(value) ? copyArray(value, budget, depth) : copyObject(value, budget, depth);
    default:
      throw invalid(`a value of type ${typeof value}`);
  }
};

/**
 * A copy of what came over a wire that is plain JSON and at most `MAX_REQUEST_CHARS` characters long; keys without a value are
 * left out. Throws IPC_INVALID for anything else (functions, class instances, circles, NaN), IPC_TOO_BIG.
 */
export const toPlain = (value: unknown): unknown => {
  try {
    return copy(value, { chars: MAX_REQUEST_CHARS }, 0);
  } catch (error) {
    // A getter or a Proxy of the caller's may throw anything.
    throw error instanceof AppError ? error : invalid('a value that cannot be read');
  }
};
