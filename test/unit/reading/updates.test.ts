import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changesBetween, toLines } from '../../../main/feeds/changes.ts';
import { silentLog } from '../../../main/lib/log.ts';
import { saysElse } from '../../../main/store/new-text.ts';
import { openStore } from '../../../main/store/store.ts';
import type { FeedSource } from '../../../preload/contract/source.ts';
import { body, createJobsBench, type JobsBench, rss, rssItem } from '../../helpers/jobs-bench.ts';

const FEED = 'https://example.org/feed';
const MINUTE = 60_000;
let bench: JobsBench;
beforeEach(async () => {
  bench = await createJobsBench();
});
afterEach(() => bench.close());

const long = (words: string): string => `<p>${words} ${'The tide tables of the harbour were kept by hand. '.repeat(6)}</p>`;
const escaped = (html: string): string => html.replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The feed says this from now on, and is read. */
const tell = async (text: string, title = 'One'): Promise<void> => {
  bench.web.set(FEED, () => body(rss([rssItem('1', { title, text: escaped(text) })])));
  await bench.clock.pass(60 * MINUTE);
  await bench.run('fetch-feeds', {}, { cause: 'manual' });
};
const post = async () => {
  const [one] = await bench.posts();
  if (!one) throw new Error('There is no post');
  return one;
};
const begin = async (fields: Partial<FeedSource> = {}) => {
  await bench.addFeed('a', { feedUrl: FEED, ...fields });
  await tell(long('Ninety keepers.'));
  const { id } = await post();
  await bench.store.posts.mark([id], { isRead: true, isStarred: true });
};

describe('a post whose text changed', () => {
  test('keeps its marks, says when it changed, and keeps the text it had', async () => {
    await begin();
    await tell(long('Ninety-one keepers.'));
    const after = await post();
    expect(after).toMatchObject({ isRead: true, isStarred: true, updatedAt: new Date(bench.clock.now()).toISOString() });
    expect(await bench.store.bodies.get(after)).toBe(long('Ninety-one keepers.'));
    expect(await bench.store.bodies.former(after)).toMatchObject({
      text: long('Ninety keepers.'),
      own: long('Ninety-one keepers.'),
    });
  });
  test('becomes unread again where its source wants that, and stays starred', async () => {
    await begin({ unreadOnUpdate: true });
    await tell(long('Ninety-one keepers.'));
    expect(await post()).toMatchObject({ isRead: false, isStarred: true });
  });
  test('keeps only the version right before, also across a restart', async () => {
    await begin();
    for (const words of ['Second words.', 'Third words.']) await tell(long(words));
    const { dir } = bench.store;
    const { id } = await post();
    await bench.store.close();
    const again = await openStore({ dir, log: silentLog, mode: 'read' });
    expect((await again.bodies.former({ id }))?.text).toBe(long('Second words.'));
    await again.close();
  });
  test('tells a new title beside the old one', async () => {
    await begin();
    await tell(long('Ninety keepers.'), 'One, corrected');
    const after = await post();
    expect(after.updatedAt).toBeDefined();
    expect(await bench.store.bodies.former(after)).toMatchObject({ title: 'One' });
  });
  test('shows its article still, and its own earlier text is kept behind that', async () => {
    await begin();
    const { id } = await post();
    await bench.store.posts.putArticle(id, '<p>The whole article.</p>');
    await tell(long('Ninety-one keepers.'));
    const after = await post();
    expect(await bench.store.bodies.get(after)).toBe('<p>The whole article.</p>');
    expect(await bench.store.bodies.former(after)).toMatchObject({
      text: long('Ninety keepers.'),
      own: long('Ninety-one keepers.'),
    });
    const back = await bench.store.posts.dropArticle(id);
    expect(back && (await bench.store.bodies.get(back))).toBe(long('Ninety-one keepers.'));
    expect((await bench.store.bodies.former({ id }))?.text).toBe(long('Ninety keepers.'));
  });
});

describe('a feed that rewrites its texts at each reading', () => {
  const first =
    '<p>Published 3 hours ago, 12 comments. The harbour kept its own tables. <a href="https://a.example/?utm=1">More</a></p>';
  test.each([
    ['white space and markup', '<div>Published 3 hours ago, 12 comments.  The harbour\nkept <b>its own</b> tables. More</div>'],
    ['a tracking query', first.replace('utm=1', 'utm=2')],
    ['its age and its counters', first.replace('3 hours ago', '5 hours ago').replace('12 comments', '19 comments')],
    ['a date', first.replace('Published 3 hours ago', 'Published 21 Nov 2026').replace('3 hours ago', '')],
    ['one letter', first.replace('harbour', 'harbor').replace('tables', 'tables')],
  ])('brings no update for %s, and what was read stays so', async (_what, then) => {
    await bench.addFeed('a', { feedUrl: FEED, unreadOnUpdate: true });
    await tell(first);
    const { id } = await post();
    await bench.store.posts.mark([id], { isRead: true });
    await tell(then);
    const after = await post();
    expect(after.isRead).toBe(true);
    expect(after.updatedAt).toBeUndefined();
    expect(await bench.store.bodies.get(after)).toBe(then);
  });
  test('but a figure that changed is news, however short', () => {
    expect(
      saysElse('Storm: 3 boats were lost in the harbour last night', 'Storm: 4 boats were lost in the harbour last night'),
    ).toBe(true);
    expect(saysElse('Edit 1', 'Edit 2')).toBe(true);
    expect(saysElse('<p>No</p>', '<p>Yes</p>')).toBe(true);
  });
  test('and a very long text is judged in time', () => {
    const text = 'word '.repeat(60_000);
    const begun = performance.now();
    expect(saysElse(`${text}one`, `${text}two`)).toBe(false);
    expect(saysElse(`one ${text}`, `two ${text}`)).toBe(true);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});

describe('what changed between two texts', () => {
  test('is told word by word, and what stayed is cut short', () => {
    const same = 'The same words again and again. '.repeat(40);
    const changes = changesBetween(`${same}Ninety keepers. ${same}`, `${same}Ninety-one keepers. ${same}`) ?? [];
    expect(changes.filter(({ kind }) => kind === 'added').map(({ text }) => text.trim())).toEqual(['-one']);
    expect(changes.some(({ kind }) => kind === 'cut')).toBe(true);
    expect(changes.map(({ text }) => text).join('').length).toBeLessThan(500);
  });
  test('reads a script without spaces by its words', () => {
    const changes =
      changesBetween('川の水位は百年前から同じ石で測られている。', '川の水位は千年前から同じ石で測られている。') ?? [];
    expect(changes.some(({ kind, text }) => kind === 'added' && text.length <= 3)).toBe(true);
  });
  test('has a line a paragraph, and gives up in time on texts that have nothing in common', () => {
    expect(toLines('<h2>A</h2><p>b &amp; <em>c</em></p><ul><li>d</li><li>e</li></ul>')).toBe('A\nb & c\nd\ne');
    const words = (from: number) => Array.from({ length: 5000 }, (_, at) => `w${from + at * 7}`).join(' ');
    const begun = performance.now();
    expect(changesBetween(words(1), words(900_000))).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});
