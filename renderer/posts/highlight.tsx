import { Fragment, type ReactNode } from 'react';

const escapeForPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/**
 * The words of a search as one pattern. As the search has it: all are whole words but the last, which may be a beginning
 * (then the whole word is marked). Undefined when there are none.
 */
export const searchPattern = (search: string): RegExp | undefined => {
  const words = search.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu) ?? [];
  const last = words.at(-1);
  if (last === undefined) return undefined;
  const whole = words.slice(0, -1).map((word) => `${escapeForPattern(word)}(?![\\p{L}\\p{N}])`);
  const all = [...new Set(whole), `${escapeForPattern(last)}[\\p{L}\\p{N}\\p{M}]*`];
  return new RegExp(`(?<![\\p{L}\\p{N}])(${all.join('|')})`, 'giu');
};

/** A text with what `pattern` finds marked. */
export const highlight = (text: string, pattern: RegExp | undefined): ReactNode => {
  if (!pattern) return text;
  const parts = text.split(pattern);
  if (parts.length === 1) return text;
  return parts.map((part, place) =>
    place % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
      <mark key={place}>{part}</mark>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
      <Fragment key={place}>{part}</Fragment>
    ),
  );
};

/** A piece of the summary around the first hit; empty when there is none. */
export const snippet = (summary: string, pattern: RegExp | undefined): string => {
  if (!pattern) return '';
  const at = summary.search(pattern);
  if (at < 0) return '';
  const from = at < 30 ? 0 : summary.indexOf(' ', at - 30) + 1;
  return `${from > 0 ? '… ' : ''}${summary.slice(from, from + 120)}`;
};
