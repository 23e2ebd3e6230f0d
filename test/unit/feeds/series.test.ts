import { describe, expect, test } from 'vitest';
import { readPart } from '../../../main/feeds/part-of-series.ts';
import { findSeries, missingOf, partNumbers, readSlugPart } from '../../../main/feeds/series.ts';

const post = (title: string, url = 'https://a.example/x') => ({ title, url });

describe('what a title says of its place in a series', () => {
  test.each([
    ['Tides, Part 2 of 4', 'tides', 2, 4],
    ['Part 2 of 4: Tides', 'tides', 2, 4],
    ['Tides: Part Two', 'tides', 2, undefined],
    ['Tides – Part IV: the moon', 'tides', 4, undefined],
    ['Tide notes, pt. 3', 'tide notes', 3, undefined],
    ['Tides (2/4)', 'tides', 2, 4],
    ['Tides [2/3]', 'tides', 2, 3],
    ['Tides Part 3/4', 'tides', 3, 4],
    ['Gezeiten, Teil 3', 'gezeiten', 3, undefined],
    ['Gezeiten Teil 3 von 5: Ebbe', 'gezeiten', 3, 5],
    ['Les marées, partie 2 sur 4', 'les marées', 2, 4],
    ['Las mareas (parte 2 de 3)', 'las mareas', 2, 3],
    ['Mareas, parte III', 'mareas', 3, undefined],
    ['Le maree, parte 2 di 3', 'le maree', 2, 3],
    ['Deel 2 van 3 – Getijden', 'getijden', 2, 3],
    ['Tidvatten, del 2 av 3', 'tidvatten', 2, 3],
    ['Pływy, część 2 z 4', 'pływy', 2, 4],
    ['Приливы. Часть 2 из 4', 'приливы', 2, 4],
    ['潮の話 第2回', '潮の話', 2, undefined],
    ['潮汐（第三部分）', '潮汐', 3, undefined],
    ['조수 이야기 2부', '조수 이야기', 2, undefined],
    ['Learn Rust, Chapter 7', 'learn rust', 7, undefined],
    ['Release 2.0, Part 1', 'release 2 0', 1, undefined],
  ])('%s', (title, stem, number, total) => {
    const mark = readPart(title);
    expect(mark).toMatchObject({ stem, number, isStrong: true });
    expect(mark?.total).toBe(total);
  });

  test.each([
    'Newsletter #12',
    'Issue #3: Tides',
    'This week in tides #5',
    'Episode 12: Tides',
    'Rust 1.2 is out',
    'Tides, Part 2.1',
    'Tides Part 1 and 2',
    'Tides, parts 1-3',
    'Best of 2019',
    'Tides, Part 2024',
    'Part-time 3 days a week',
    'The part I liked most',
    'Taking part in 5 races',
    'Links (3/8)',
    'News (2/4)',
    'Changes (11/22)',
    'Noticias del 3 de mayo',
    'iPhone 15',
    'Model 3 reviewed',
    'Part II',
    'The 2nd part',
    'Tides, Part 0',
    'Tides, Part 51',
    'Tides, Part 5 of 4',
    'Del Rey 3',
    '',
  ])('%s is no part by itself', (title) => {
    expect(readPart(title)?.isStrong ?? false).toBe(false);
  });

  test('is read in a moment, however long and odd the title', () => {
    const startedAt = performance.now();
    for (const unit of ['part ', 'part 1 ', '(1/', '第', '#', 'I ', 'part 1 of ', '( [ ']) readPart(unit.repeat(20_000));
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

describe('what an address says', () => {
  test.each([
    ['https://a.example/2024/03/tides-part-4/', 'tides', 4],
    ['https://a.example/gezeiten/teil-3', 'gezeiten', 3],
    ['https://a.example/tides_part_two.html', 'tides', 2],
    ['https://a.example/tides-part-iv', 'tides', 4],
  ])('%s', (url, stem, number) => {
    expect(readSlugPart(url)).toMatchObject({ stem, number });
  });

  test.each(['https://a.example/part-2', 'https://a.example/posts/4', 'https://a.example/v2-1-released', 'not an address'])(
    '%s says nothing',
    (url) => expect(readSlugPart(url)).toBeUndefined(),
  );
});

describe('series among posts', () => {
  test('one part that says it is the fourth of four makes a series with three missing', () => {
    const [series] = findSeries([post('Tides, Part 4 of 4'), post('Something else')]);
    expect(series).toMatchObject({ stem: 'tides', name: 'Tides', total: 4, isTotalKnown: true });
    expect(series && missingOf(series)).toEqual([1, 2, 3]);
  });

  test('titles and addresses that write the same stem are one series', () => {
    const found = findSeries([
      post('Tides for beginners, Part 3'),
      post('The moon pulls', 'https://a.example/tides-for-beginners-part-2/'),
      post('TIDES FOR BEGINNERS – part I'),
    ]);
    expect(found).toHaveLength(1);
    expect(found[0] && missingOf(found[0])).toEqual([]);
  });

  test('weak marks need company and low numbers', () => {
    expect(findSeries([post('Building a parser #3')])).toEqual([]);
    expect(findSeries([post('World War II')])).toEqual([]);
    expect(findSeries([post('Sea notes #211'), post('Sea notes #212')])).toEqual([]);
    expect(findSeries([post('Sea notes #31'), post('Sea notes #32')])).toEqual([]);
    const [series] = findSeries([post('Building a parser #3'), post('Building a parser #1')]);
    expect(series && missingOf(series)).toEqual([2]);
    const [roman] = findSeries([post('Night trains III'), post('Night trains II')]);
    expect(roman && missingOf(roman)).toEqual([1]);
  });

  test('years, versions and issues in a row make no series', () => {
    const titles = ['Rust 1.70', 'Rust 1.71', 'Best of 2019', 'Best of 2020', 'Issue #1', 'Issue #2', 'Week 3', 'Week 4'];
    expect(findSeries(titles.map((title) => post(title)))).toEqual([]);
  });

  test('parts with names of their own need something they share', () => {
    expect(findSeries([post('Part 2: The trees')])).toEqual([]);
    const slugs = findSeries([post('Part 2: The trees', 'https://a.example/building-a-database-part-2-the-trees')]);
    expect(slugs).toEqual([]);
  });

  test('an address written like a known part is recognised by its number', () => {
    const [series] = findSeries([post('Tides for beginners, Part 4', 'https://a.example/beginners-tides-4-of-4/')]);
    const numberOf = series ? partNumbers(series) : () => undefined;
    expect(numberOf('https://a.example/beginners-tides-2-of-4/')).toBe(2);
    expect(numberOf('https://a.example/tides-for-beginners-part-1/')).toBe(1);
    expect(numberOf('https://a.example/other-tides-2-of-4/')).toBeUndefined();
  });
});
