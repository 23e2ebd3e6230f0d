import { expect, test } from 'vitest';
import { english } from '../../../renderer/words/english/english.ts';
import { pseudo, pseudoOf } from '../../helpers/pseudo-words.ts';

/** Every plain string of a catalogue. */
const stringsIn = (part: unknown): string[] => {
  if (typeof part === 'string') return [part];
  return part !== null && typeof part === 'object' ? Object.values(part).flatMap(stringsIn) : [];
};

test('the second catalogue has every entry of the first, no plain letter, and words some 40 % longer', () => {
  const [first, second] = [stringsIn(english), stringsIn(pseudoOf(english))];
  expect(second).toHaveLength(first.length);
  expect(second.filter((text) => /[A-Za-z]/.test(text))).toEqual([]);
  const growth = second.join('').length / first.join('').length;
  expect(growth).toBeGreaterThan(1.3);
  expect(growth).toBeLessThan(1.5);
});

test('functions keep their values, and what is translated twice is translated once', () => {
  const { format } = pseudoOf(english);
  expect(format.minutesAgo(18)).toBe(`18 ${pseudo('min ago')}`);
  expect(pseudo(pseudo('Nothing new'))).toBe(pseudo('Nothing new'));
});

test('every entry of English is there and says something', () => {
  expect(stringsIn(english).filter((text) => text.trim() === '')).toEqual([]);
});
