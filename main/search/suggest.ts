import { HAS_VALUES, IS_VALUES, type SearchSuggestion } from '../../preload/contract/saved-search.ts';
import { OPERATORS, type Piece } from './parse.ts';
import { tokensOf } from './tokens.ts';
import type { Names, SearchWorld } from './world.ts';

/** So many are offered. */
const MOST = 8;
const HALF = /^-?([a-z]{1,9}):?$/i;
const DATES = ['today', 'yesterday', '7d', '30d'];

type Value = { text: string; posts?: number };

/** How many posts have each name. */
const countNames = ({ of, count }: Pick<Names, 'of' | 'count'>, slots: number): Uint32Array => {
  const counts = new Uint32Array(count());
  for (let slot = 0; slot < slots; slot += 1) {
    const number = of(slot);
    counts[number] = (counts[number] as number) + 1;
  }
  return counts;
};

/** Names in which the typed words begin words, those of most posts first. */
const named = (names: readonly Value[], typed: string): Value[] => {
  const wanted = tokensOf(typed);
  const isWanted = (name: string): boolean => {
    const words = tokensOf(name);
    return wanted.every((word) => words.some((each) => each.startsWith(word)));
  };
  return names
    .filter(({ text }) => text !== '' && isWanted(text))
    .sort((a, b) => (b.posts ?? 0) - (a.posts ?? 0) || a.text.localeCompare(b.text))
    .slice(0, MOST);
};

const authorsFor = (world: SearchWorld, typed: string): Value[] => {
  const { authors, authorWords, slots } = world;
  const counts = countNames(authors, slots);
  const marks = new Uint8Array(authors.count());
  const [first] = tokensOf(typed);
  if (first === undefined) marks.fill(1);
  else authorWords.markBeginning(first, marks, 1);
  const found: Value[] = [];
  for (let number = 1; number < marks.length; number += 1) {
    if (marks[number]) found.push({ text: authors.text(number), posts: counts[number] as number });
  }
  const most = found.sort((a, b) => (b.posts ?? 0) - (a.posts ?? 0)).slice(0, 500);
  return named(most, typed);
};

const domainsFor = ({ domains, slots }: SearchWorld, typed: string): Value[] => {
  const counts = countNames(domains, slots);
  const wanted = `.${typed.toLowerCase()}`;
  const found: Value[] = [];
  for (let number = 1; number < counts.length; number += 1) {
    const text = domains.text(number);
    if (`.${text}`.includes(wanted)) found.push({ text, posts: counts[number] as number });
  }
  return found.sort((a, b) => (b.posts ?? 0) - (a.posts ?? 0) || a.text.localeCompare(b.text)).slice(0, MOST);
};

const sourcesFor = ({ sources, slots }: SearchWorld, typed: string): Value[] => {
  const counts = countNames(sources, slots);
  const all = [...counts].map((posts, number) => ({ text: sources.title(number), posts }));
  return named(all, typed);
};

const foldersFor = ({ sources }: SearchWorld, typed: string): Value[] => {
  const names = new Set<string>();
  for (let number = 0; number < sources.count(); number += 1) for (const name of sources.folder(number)) names.add(name);
  return named(
    [...names].map((text) => ({ text })),
    typed,
  );
};

const valuesFor = (world: SearchWorld, { field, value }: Piece): Value[] => {
  const fixed: Readonly<Record<string, readonly string[]>> = {
    is: IS_VALUES,
    has: HAS_VALUES,
    after: DATES,
    before: DATES.slice(0, 2),
  };
  const words = fixed[field];
  if (words) return words.filter((word) => word.startsWith(value.toLowerCase())).map((text) => ({ text }));
  switch (field) {
    case 'author':
      return authorsFor(world, value);
    case 'domain':
      return domainsFor(world, value);
    case 'source':
      return sourcesFor(world, value);
    case 'folder':
      return foldersFor(world, value);
    case 'label':
      return named(
        world.labels().map(({ name, slots }) => ({ text: name, posts: slots.size })),
        value,
      );
    default:
      return [];
  }
};

const NEEDS_QUOTES = /[\s"]/;
const quoted = (text: string): string => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', ' ').trim()}"` : text);

/** What could be typed at the caret: operators for a first letter, then what exists for the operator. */
export const suggestionsFor = (world: SearchWorld, text: string, caret: number, pieces: readonly Piece[]): SearchSuggestion[] => {
  const piece = pieces.find(({ from, to }) => from < caret && caret <= to);
  if (!piece || caret !== piece.to) return [];
  const { from, to } = piece;
  const typed = text.slice(from, to);
  const not = piece.isNot ? '-' : '';
  if (piece.field === 'words') {
    const half = HALF.exec(typed)?.[1]?.toLowerCase();
    const fitting = half ? OPERATORS.filter((operator) => operator.startsWith(half)) : [];
    return fitting.map((operator) => ({ kind: 'operator', insert: `${not}${operator}`, from, to }));
  }
  const values = valuesFor(world, piece).filter(
    (value) => value.text.toLowerCase() !== piece.value.toLowerCase() || !piece.problem,
  );
  const isWhole = values.length === 1 && values[0]?.text.toLowerCase() === piece.value.toLowerCase();
  if (isWhole) return [];
  return values.map(({ text: value, posts }) => ({
    kind: 'value',
    insert: `${not}${piece.field}:${quoted(value)}`,
    from,
    to,
    ...(posts === undefined ? {} : { posts }),
  }));
};
