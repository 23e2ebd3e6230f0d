import type { HasValue, IsValue, SearchPart } from '../../preload/contract/saved-search.ts';
import { dateTime, dayAndMonth } from '../ui/format.ts';
import { words } from '../words/words.ts';

const { search: say } = words;

/** A day by its date, a moment (`7d`, an instant) by its time too. */
const momentWords = (value: string, at: string): string =>
  /\d[hdw]$|t/i.test(value) && !/^(today|yesterday)$/.test(value) ? dateTime(at, Date.now()) : dayAndMonth(at, Date.now());

const plainWords = ({ field, value, op = '=', at }: SearchPart): string => {
  switch (field) {
    case 'is':
      return say.is[value as IsValue];
    case 'has':
      return say.has[value as HasValue];
    case 'score':
    case 'comments':
      return `${say.numbers[field][op]} ${value}`;
    case 'after':
    case 'before':
      return say.parts[field](at ? momentWords(value, at) : value);
    default:
      return say.parts[field](value);
  }
};

/** What a piece of a search asks for: *by Ada*, *not unread*, *score above 100*. */
export const partWords = (part: SearchPart): string => {
  const plain = plainWords(part);
  const signed = part.isNot ? say.parts.not(plain) : plain;
  return part.isOr ? say.parts.or(signed) : signed;
};

/** Why a piece of a search is passed over. */
export const problemWords = (part: SearchPart, text: string): string => {
  const piece = text.slice(part.from, part.to);
  return part.problem ? say.problems[part.problem](piece) : '';
};

/** A search without one of its pieces. */
export const withoutPart = (text: string, { from, to }: SearchPart): string =>
  `${text.slice(0, from).trimEnd()} ${text.slice(to).trimStart()}`.trim();
