import { describe, expect, test } from 'vitest';
import { createSearchIndex, type Searchable } from '../../../main/search/search-index.ts';

const titleOf = (sourceId: string): string => (sourceId === 's2' ? 'Straße der Tests' : 'Garden news');
const post = (id: string, changes: Partial<Searchable> = {}): Searchable => ({
  id,
  sourceId: 's1',
  title: '',
  summary: '',
  domain: '',
  ...changes,
});
const indexOf = (...posts: Searchable[]) => {
  const index = createSearchIndex();
  index.add(posts, titleOf);
  return index;
};
const ids = (found: ReadonlySet<string>): string[] => [...found].sort();

describe('what is found', () => {
  test('words are looked for in title, summary, author, domain and the title of the source', () => {
    const index = indexOf(
      post('a', { title: 'Weather tomorrow' }),
      post('b', { summary: 'about weather' }),
      post('c', { author: 'Ada Weather' }),
      post('d', { domain: 'weather.example.org' }),
      post('e', { sourceId: 's2' }),
    );
    expect(ids(index.search('weather'))).toEqual(['a', 'b', 'c', 'd']);
    expect(ids(index.search('tests'))).toEqual(['e']);
    expect(ids(index.search('garden'))).toEqual(['a', 'b', 'c', 'd']);
  });

  test('all words must occur, wherever they stand; only the last may be a beginning', () => {
    const index = indexOf(post('a', { title: 'Red apples', summary: 'from Kent' }), post('b', { title: 'Red pears' }));
    expect(ids(index.search('red app'))).toEqual(['a']);
    expect(ids(index.search('kent red'))).toEqual(['a']);
    expect(ids(index.search('app red'))).toEqual([]);
    expect(ids(index.search('r'))).toEqual(['a', 'b']);
    expect(ids(index.search('red red'))).toEqual(['a', 'b']);
  });

  test.each([
    ['Café au lait', 'cafe'],
    ['Cafe au lait', 'CAFÉ'],
    ['Cafe\u0301', 'café'],
    ['Straße', 'strasse'],
    ['İstanbul', 'istanbul'],
    ['Łódź', 'lodz'],
    ['ﬁle', 'file'],
    ['Ｆｕｌｌ', 'full'],
    ['Ελλάδα', 'ελλαδα'],
    ['ガンダム', 'がんだむ'.replace(/./g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))],
    ['東京都知事', '京都'],
    ['東京都知事', '事'],
    ['iPhone16対応', '対応'],
    ['iPhone16対応', 'iphone16'],
    ['한국어 뉴스', '국어'],
    ['한국어 뉴스', '뉴'],
    ['Привет, мир', 'мир'],
    ['C++ and Node.js 24.1', 'node js 24'],
    ["don't panic", "don't"],
  ])('%s is found by %s', (title, words) => {
    expect(ids(indexOf(post('a', { title }), post('b', { title: 'other' })).search(words))).toEqual(['a']);
  });

  test('characters written without spaces must stand side by side', () => {
    expect(ids(indexOf(post('a', { title: '東京都' }), post('b', { title: '東の都' })).search('東京都'))).toEqual(['a']);
  });

  test.each(['', '   ', '!?', '*', '\u0000', '\u0000a'.slice(0, 1), '😀'])('%j finds nothing and does not fail', (words) => {
    expect(indexOf(post('a', { title: 'some text' })).search(words).size).toBe(0);
  });

  test('a very long word is found by its beginning and by all of it', () => {
    const word = 'x'.repeat(5000);
    const index = indexOf(post('a', { title: word }));
    expect(ids(index.search(word))).toEqual(['a']);
    expect(ids(index.search('xxx'))).toEqual(['a']);
  });
});

describe('what changes', () => {
  test('a changed post is found by its new text only, and counted once', () => {
    const index = indexOf(post('a', { title: 'first words' }));
    index.update([post('a', { title: 'second words' })], titleOf);
    expect(ids(index.search('first'))).toEqual([]);
    expect(ids(index.search('second'))).toEqual(['a']);
    expect(ids(index.search('words'))).toEqual(['a']);
    expect(index.size).toBe(1);
  });

  test('a removed post is gone, and may come back', () => {
    const index = indexOf(post('a', { title: 'one' }), post('b', { title: 'one' }));
    index.remove(['a', 'unknown']);
    expect(ids(index.search('one'))).toEqual(['b']);
    index.add([post('a', { title: 'one' })], titleOf);
    expect(ids(index.search('one'))).toEqual(['a', 'b']);
  });

  test('building replaces what was there, but not what came or went while it was built', async () => {
    const index = indexOf(post('old', { title: 'word' }));
    async function* slices(): AsyncGenerator<Searchable[]> {
      yield [post('a', { title: 'word before' }), post('b', { title: 'word' })];
      index.update([post('a', { title: 'word after' })], titleOf);
      index.add([post('new', { title: 'word' })], titleOf);
      index.remove(['b', 'c']);
      yield [post('c', { title: 'word' }), post('d', { title: 'word' }), post('new', { title: 'stale' })];
    }
    await index.build(slices(), titleOf);
    expect(ids(index.search('word'))).toEqual(['a', 'd', 'new']);
    expect(ids(index.search('word after'))).toEqual(['a']);
    expect(ids(index.search('before'))).toEqual([]);
    expect(index.size).toBe(3);
  });

  test('many posts at once are worked off in slices that let others in', async () => {
    const index = createSearchIndex();
    const many = Array.from({ length: 20_000 }, (_, row) =>
      post(`p${row}`, { title: `word${row} among many`, summary: 'x '.repeat(200) }),
    );
    index.add(many, titleOf);
    expect(index.size).toBeLessThan(many.length);
    let turns = 0;
    while (index.size < many.length) {
      await new Promise((resolve) => setImmediate(resolve));
      turns += 1;
    }
    expect(turns).toBeGreaterThan(1);
    expect(ids(index.search('word19999'))).toEqual(['p19999']);
    expect(index.search('among').size).toBe(20_000);
  });
});

test('random posts and questions are answered as reading every post would answer', () => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const word = (): string => Array.from({ length: 1 + random(4) }, () => 'abc'[random(3)]).join('');
  const texts = new Map<string, string[]>();
  const index = createSearchIndex();
  for (let step = 0; step < 3000; step += 1) {
    const id = `p${random(800)}`;
    if (random(5) === 0) {
      texts.delete(id);
      index.remove([id]);
    } else {
      const words = Array.from({ length: 1 + random(12) }, word);
      texts.set(id, words);
      index.add([post(id, { title: words.join(' ') })], () => '');
    }
    if (step % 5 !== 0) continue;
    const asked = Array.from({ length: 1 + random(3) }, word);
    const [last, whole] = [asked.at(-1) as string, asked.slice(0, -1)];
    const expected = [...texts]
      .filter(([, words]) => whole.every((each) => words.includes(each)) && words.some((each) => each.startsWith(last)))
      .map(([each]) => each);
    const found = index.search(asked.join(' '));
    expect(ids(found)).toEqual(expected.sort());
    expect([found.size, expected.every((each) => found.has(each))]).toEqual([expected.length, true]);
  }
  expect(index.size).toBe(texts.size);
});
