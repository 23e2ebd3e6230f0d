import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDictionary } from '../../../main/search/dictionary.ts';
import { createTextTable } from '../../../main/search/text-table.ts';
import { tokensOf } from '../../../main/search/tokens.ts';
import { openSearchBench, type SearchBench } from '../../helpers/search-kit.ts';

let bench: SearchBench;
beforeEach(async () => {
  bench = await openSearchBench();
});
afterEach(() => bench.close());

describe('what is found', () => {
  test('words are looked for in title, summary, author, domain, the title of the source and the full text', async () => {
    await bench.addSource('s2', { title: 'Straße der Tests' });
    await bench.add({
      a: { title: 'Weather tomorrow' },
      b: { summary: 'about weather' },
      c: { author: 'Ada Weather' },
      d: { domain: 'weather.example.org' },
      f: { content: '<p>Fine <b>weather</b> everywhere, says the <i>barometer</i>.</p>' },
    });
    await bench.add({ e: { title: 'other' } }, 's2');
    await bench.search.prepareBodies();
    expect(await bench.found('weather')).toEqual(['a', 'b', 'c', 'd', 'f']);
    expect(await bench.found('tests')).toEqual(['e']);
    expect(await bench.found('strasse oth')).toEqual(['e']);
    expect(await bench.found('weather baro')).toEqual(['f']);
  });

  test('all words must occur, wherever they stand; only the last may be a beginning', async () => {
    await bench.add({ a: { title: 'Red apples', summary: 'from Kent' }, b: { title: 'Red pears' } });
    expect(await bench.found('red app')).toEqual(['a']);
    expect(await bench.found('kent red')).toEqual(['a']);
    expect(await bench.found('app red')).toEqual([]);
    expect(await bench.found('r')).toEqual(['a', 'b']);
    expect(await bench.found('red red')).toEqual(['a', 'b']);
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
  ])('%s is found by %s', async (title, words) => {
    await bench.add({ a: { title, domain: '' }, b: { title: 'other' } });
    expect(await bench.found(words)).toEqual(['a']);
  });

  test('characters written without spaces must stand side by side', async () => {
    await bench.add({ a: { title: '東京都' }, b: { title: '東の都' } });
    expect(await bench.found('東京都')).toEqual(['a']);
  });

  test.each(['!?', '*', '😀', '+++'])('%j finds nothing and does not fail', async (words) => {
    await bench.add({ a: { title: 'some text' } });
    expect(await bench.found(words)).toEqual([]);
  });

  test('a very long word is found by its beginning and by all of it', async () => {
    const word = 'x'.repeat(400);
    await bench.add({ a: { title: word } });
    expect(await bench.found(word)).toEqual(['a']);
    expect(await bench.found('xxx')).toEqual(['a']);
  });
});

describe('what changes', () => {
  test('a changed post is found by its new text only', async () => {
    await bench.add({ a: { title: 'first words', content: '<p>elder</p>' } });
    await bench.search.prepareBodies();
    await bench.add({ a: { title: 'second words', content: '<p>younger</p>' } });
    expect(await bench.found('first')).toEqual([]);
    expect(await bench.found('second')).toEqual(['a']);
    await bench.search.bodies.settled();
    expect(await bench.found('elder')).toEqual([]);
    expect(await bench.found('younger')).toEqual(['a']);
  });

  test('a post that comes while the index is there is found at once', async () => {
    await bench.search.prepare();
    await bench.add({ a: { title: 'late heron' } });
    expect(await bench.found('heron')).toEqual(['a']);
  });

  test('a removed post is gone', async () => {
    await bench.add({ a: { title: 'one' }, b: { title: 'one' } });
    await bench.search.prepare();
    await bench.store.posts.remove([bench.idOf('a')]);
    expect(await bench.found('one')).toEqual(['b']);
  });

  test('a source under a new name is found by that', async () => {
    await bench.add({ a: {} });
    expect(await bench.found('gazette')).toEqual([]);
    await bench.addSource('s1', { title: 'The Gazette' });
    expect(await bench.found('gazette')).toEqual(['a']);
  });

  test('an article in the place of the feed’s text is what is searched, and goes again with it', async () => {
    await bench.add({ a: { content: '<p>teaser</p>' } });
    await bench.search.prepareBodies();
    await bench.store.posts.putArticle(bench.idOf('a'), '<p>whole story</p>');
    await bench.search.bodies.settled();
    expect(await bench.found('story')).toEqual(['a']);
    expect(await bench.found('teaser')).toEqual([]);
    await bench.store.posts.dropArticle(bench.idOf('a'));
    await bench.search.bodies.settled();
    expect(await bench.found('story')).toEqual([]);
  });
});

test('random texts and questions are answered as reading every text would answer', () => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const word = (): string => Array.from({ length: 1 + random(4) }, () => 'abc'[random(3)]).join('');
  const texts = new Map<number, string[]>();
  const table = createTextTable(createDictionary());
  for (let step = 0; step < 3000; step += 1) {
    const slot = random(800);
    const words = Array.from({ length: random(12) }, word);
    texts.set(slot, words);
    table.put(slot, words.join(' '));
    if (step % 5 !== 0) continue;
    const asked = word();
    const marks = new Uint8Array(800);
    table.markWord(asked, marks, 1);
    table.markBeginning(asked, marks, 2);
    const bitsOf = (list: readonly string[]): number =>
      (list.includes(asked) ? 1 : 0) | (list.some((each) => each.startsWith(asked)) ? 2 : 0);
    expect([...marks]).toEqual(Array.from(marks, (_, at) => bitsOf(texts.get(at) ?? [])));
  }
  expect(table.size()).toBe(texts.size);
});

test('a text costs little more than a byte for each word that is already known', () => {
  const table = createTextTable(createDictionary());
  const words = Array.from({ length: 400 }, (_, at) => `word${at}`);
  const text = (slot: number): string => words.filter((_, at) => (at + slot) % 4 === 0).join(' ');
  expect(tokensOf(text(1)).length).toBe(100);
  for (let slot = 0; slot < 10_000; slot += 1) table.put(slot, text(slot));
  expect(table.bytes() / (10_000 * 100)).toBeLessThan(2);
});
