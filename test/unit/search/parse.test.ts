import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMoment } from '../../../main/search/moments.ts';
import { type Piece, parseSearch, toPart } from '../../../main/search/parse.ts';

const NOW = new Date(2026, 10, 22, 15, 30).getTime();
const parts = (text: string) => parseSearch(text, NOW).map(({ from: _from, to: _to, isOpen: _isOpen, ...piece }) => piece);

describe('what a search is made of', () => {
  test('plain words, phrases, and words to leave out', () => {
    expect(parts('red "green apples" -pears')).toEqual([
      { field: 'words', value: 'red' },
      { field: 'phrase', value: 'green apples', isQuoted: true },
      { field: 'words', value: 'pears', isNot: true },
    ]);
  });

  test('operators in any case, with values in quotes', () => {
    expect(parts('Author:Ada SOURCE:"Hacker News" -is:READ score>=100 comments<5 score=3')).toEqual([
      { field: 'author', value: 'Ada' },
      { field: 'source', value: 'Hacker News', isQuoted: true },
      { field: 'is', value: 'read', isNot: true },
      { field: 'score', value: '100', op: '>=' },
      { field: 'comments', value: '5', op: '<' },
      { field: 'score', value: '3', op: '=' },
    ]);
  });

  test('an unknown operator is text, and so is a comparison with no number', () => {
    expect(parts('foo:bar http://x.example score>high Re:Zero')).toEqual([
      { field: 'words', value: 'foo:bar' },
      { field: 'words', value: 'http://x.example' },
      { field: 'words', value: 'score>high' },
      { field: 'words', value: 'Re:Zero' },
    ]);
  });

  test.each([
    'author:',
    '-author:',
    'author:""',
    'author:"',
    'score>',
    'comments<=',
    '"',
    '-',
    '-"',
    'title:!!',
    'after:',
    'is:',
  ])('%s is half typed, and says so', (text) => {
    expect(parts(text)).toMatchObject([{ problem: 'unfinished' }]);
  });

  test('a date that is none and a word that is not taken say so', () => {
    expect(parts('after:2026-02-30')).toMatchObject([{ problem: 'date' }]);
    expect(parts('before:soon')).toMatchObject([{ problem: 'date' }]);
    expect(parts('is:purple has:wings')).toMatchObject([{ problem: 'value' }, { problem: 'value' }]);
  });

  test('OR joins what stands around it; at an end it says nothing yet', () => {
    expect(parts('red OR green blue')).toEqual([
      { field: 'words', value: 'red' },
      { field: 'words', value: 'green', isOr: true },
      { field: 'words', value: 'blue' },
    ]);
    expect(parts('red OR')).toEqual([{ field: 'words', value: 'red' }]);
    expect(parts('OR red')).toMatchObject([{ value: 'OR' }, { value: 'red' }]);
    expect(parts('red or green')).toHaveLength(3);
  });

  test('only the last of the words, an open quote and a value without quotes may be a beginning', () => {
    const open = (text: string) =>
      parseSearch(text, NOW)
        .filter(({ isOpen }) => isOpen)
        .map(({ value }) => value);
    expect(open('red green author:ada')).toEqual(['green', 'ada']);
    expect(open('author:"Ada L" "to be')).toEqual(['to be']);
    expect(open('red -green -author:ada')).toEqual(['red']);
  });

  test('each piece tells where it stands', () => {
    const text = '  red  author:"Ada L"  -x';
    expect(parseSearch(text, NOW).map(({ from, to }) => text.slice(from, to))).toEqual(['red', 'author:"Ada L"', '-x']);
  });
});

describe('dates', () => {
  const local = (...day: [number, number, number]): number => new Date(...day).getTime();
  test.each([
    ['2026', local(2026, 0, 1)],
    ['2026-11', local(2026, 10, 1)],
    ['2026-11-05', local(2026, 10, 5)],
    ['2026-1-5', local(2026, 0, 5)],
    ['today', local(2026, 10, 22)],
    ['Yesterday', local(2026, 10, 21)],
    ['7d', NOW - 7 * 86_400_000],
    ['12h', NOW - 12 * 3_600_000],
    ['2w', NOW - 14 * 86_400_000],
    ['2026-11-05T10:00:00Z', Date.parse('2026-11-05T10:00:00Z')],
    ['2026-11-05t10:00+02:00', Date.parse('2026-11-05T08:00:00Z')],
  ])('%s begins where it should', (text, at) => {
    expect(readMoment(text, NOW)).toBe(at);
  });
  test.each(['', '26', '2026-13', '2026-00', '2026-02-29', '2026-11-31', '1800', 'd', '7', '7y', '2026-11-05T25:00', 'tomorrow'])(
    '%j is no date',
    (text) => {
      expect(readMoment(text, NOW)).toBeUndefined();
    },
  );
});

/** A search written out again from what was understood. */
const written = (pieces: readonly Piece[]): string =>
  pieces
    .map(({ field, value, isNot, isOr, isQuoted, op }) => {
      const said = isQuoted ? `"${value}"` : value;
      const name = field === 'words' || field === 'phrase' ? '' : op ? `${field}${op}` : `${field}:`;
      return `${isOr ? 'OR ' : ''}${isNot ? '-' : ''}${name}${said}`;
    })
    .join(' ');

const word = fc.stringMatching(/^[a-zà-ž0-9]{1,8}$/);
const piece = fc.oneof(
  word,
  fc.tuple(word, word).map(([one, other]) => `"${one} ${other}"`),
  fc.tuple(fc.constantFrom('author', 'domain', 'source', 'folder', 'label', 'title', 'body'), word).map((both) => both.join(':')),
  fc.tuple(fc.constantFrom('author', 'source'), word, word).map(([name, one, other]) => `${name}:"${one} ${other}"`),
  fc.constantFrom(
    'is:unread',
    'is:found-later',
    'has:audio',
    'after:2026-11-05',
    'before:today',
    'score>10',
    'comments<=2',
    'OR',
  ),
);
const query = fc
  .array(fc.tuple(fc.boolean(), piece), { maxLength: 8 })
  .map((all) => all.map(([isNot, each]) => (isNot && each !== 'OR' ? `-${each}` : each)).join(' '));

describe('whatever is typed', () => {
  test('never throws, and every piece lies within the text, in order', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 600 }), query), (text) => {
        let at = 0;
        for (const each of parseSearch(text, NOW)) {
          expect(each.from).toBeGreaterThanOrEqual(at);
          expect(each.to).toBeGreaterThan(each.from);
          at = each.to;
          expect(() => toPart(each)).not.toThrow();
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 500, seed: 20_261_122 },
    );
  });

  test('means the same when it is written out from what was understood', () => {
    const bare = (pieces: readonly Piece[]) => pieces.map(({ from: _from, to: _to, ...rest }) => rest);
    fc.assert(
      fc.property(query, (text) => {
        const once = parseSearch(text, NOW);
        expect(bare(parseSearch(written(once), NOW))).toEqual(bare(once));
      }),
      { numRuns: 500, seed: 20_261_122 },
    );
  });

  test('is read in the same way in capitals and with more blanks', () => {
    fc.assert(
      fc.property(query, (text) => {
        const fields = (of: string) => parseSearch(of, NOW).map(({ field, problem }) => [field, problem]);
        expect(fields(text.replace(/\b(author|domain|is|has|score|title)\b/g, (name) => name.toUpperCase()))).toEqual(
          fields(text),
        );
        expect(fields(`  ${text.replaceAll(/ (?=[^"]*(?:"[^"]*"[^"]*)*$)/g, ' ')}  `)).toEqual(fields(text));
      }),
      { numRuns: 200, seed: 20_261_122 },
    );
  });
});
