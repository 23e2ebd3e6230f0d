import { type KeyboardEvent, useMemo, useState } from 'react';
import { useQuery } from '../client/use-query.ts';
import { words } from '../words/words.ts';
import { forgetSearches, recentSearches } from './recent-searches.ts';
import { useRested } from './use-rested.ts';

const { search: say } = words;

/** Something that could be typed next, or was searched before. */
export type Offer = {
  key: string;
  label: string;
  kind: 'operator' | 'value' | 'recent' | 'forget';
  posts?: number;
  take: () => void;
};

type Field = { text: string; caret: number; isOpen: boolean };

/** What to offer under the field, which of it is chosen, and the keys for it. `write` puts a text and the caret into the field. */
export const useSuggestions = (field: Field, write: (text: string, caret: number) => void, close: () => void) => {
  const text = useRested(field.text);
  const rested = { ...field, text };
  const [choice, setChoice] = useState({ text: '', key: '' });
  const isCurrent = field.text === rested.text && field.isOpen;
  // While the hand types, the caret belongs to another text than the one that rested: nothing is asked in the way of the list.
  const isAsking = isCurrent && rested.text.trim() !== '';
  const question = isAsking ? { text: rested.text.slice(0, 500), caret: rested.caret } : null;
  const { data: newest, isPrevious } = useQuery('searches.explain', question);
  // What was offered for another text would be put into the wrong place of this one.
  const data = isPrevious ? undefined : newest;
  const offers = useMemo((): Offer[] => {
    if (!isCurrent) return [];
    if (rested.text.trim() === '') {
      const recent = recentSearches();
      const before = recent.map(
        (text): Offer => ({ key: text, label: text, kind: 'recent', take: () => write(text, text.length) }),
      );
      const forget: Offer = { key: '\n', label: say.field.forget, kind: 'forget', take: () => [forgetSearches(), close()] };
      return recent.length > 0 ? [...before, forget] : [];
    }
    return (data?.suggestions ?? [])
      .filter(({ from, to }) => to <= rested.text.length && from <= to)
      .map(({ kind, insert, from, to, posts }): Offer => {
        const put = kind === 'operator' ? insert : `${insert} `;
        const text = `${rested.text.slice(0, from)}${put}${rested.text.slice(to).trimStart()}`;
        return {
          key: insert,
          label: insert,
          kind,
          ...(posts === undefined ? {} : { posts }),
          take: () => write(text, from + put.length),
        };
      });
  }, [isCurrent, rested.text, data, write, close]);
  // Kept by what was chosen and not by its place: the same offers may come once more while one chooses.
  const chosen = choice.text === field.text ? offers.findIndex(({ key }) => key === choice.key) : -1;

  /** Answers true when the key was for the offers. */
  const press = (event: KeyboardEvent): boolean => {
    if (offers.length === 0) return false;
    const steps: Record<string, number> = { ArrowDown: chosen + 1, ArrowUp: chosen < 0 ? offers.length - 1 : chosen - 1 };
    const step = steps[event.key];
    if (step !== undefined) {
      setChoice({ text: field.text, key: offers[step]?.key ?? '' });
      return true;
    }
    const offer = offers[chosen];
    if ((event.key !== 'Enter' && event.key !== 'Tab') || !offer || event.shiftKey) return false;
    offer.take();
    return true;
  };
  return { offers, chosen, press };
};
