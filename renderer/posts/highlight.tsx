import { Fragment, type ReactNode } from 'react';

const escapeForPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The words of a search as one pattern that finds them at the beginning of words; undefined when there are none. */
export const searchPattern = (search: string): RegExp | undefined => {
  const words = search.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu) ?? [];
  if (words.length === 0) return undefined;
  const longestFirst = [...new Set(words)].sort((a, b) => b.length - a.length).map(escapeForPattern);
  return new RegExp(`(?<![\\p{L}\\p{N}])(${longestFirst.join('|')})`, 'giu');
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
