// @vitest-environment happy-dom
import { act } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PostQuery, PostRow } from '../../../preload/contract/post.ts';
import { go, goLive } from '../../../renderer/client/use-view.ts';
import { askAhead, askPage } from '../../../renderer/posts/ask-ahead.ts';
import { foretaste } from '../../../renderer/posts/foretaste.ts';
import { placeQuery, readPlace } from '../../../renderer/posts/post-view.ts';
import { type PostList, usePosts } from '../../../renderer/posts/use-posts.ts';
import { inventData } from '../../helpers/invented-data.ts';
import { showScreen } from './screen-kit.tsx';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const [model] = inventData(NOW, 1).posts as [PostRow];
const row = (index: number, more: Partial<PostRow> = {}): PostRow => ({
  ...{ ...model, id: `r${index}`, title: index % 2 ? 'Tide tables' : 'Moonlight', summary: '', author: '', domain: 'a.example' },
  ...{ sourceTitle: 'Gazette', ...more },
});
const rows = Array.from({ length: 40 }, (_, index) => row(index));
const all: PostQuery = { view: 'all' };

beforeEach(() => {
  vi.stubGlobal('innerHeight', 500);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('what is sure of an answer before it is here', () => {
  test('the rows of a wider list that hold the word, in their order', () => {
    const found = foretaste({ ...all, search: 'ti' }, all, rows);
    expect(found?.map(({ id }) => id)).toEqual(rows.filter((_, index) => index % 2).map(({ id }) => id));
    expect(foretaste({ ...all, search: 'tide' }, { ...all, search: 'ti' }, rows)).toHaveLength(20);
  });
  test.each<[string, Partial<PostRow>]>([
    ['author', { author: 'Zelda Kay' }],
    ['domain', { domain: 'zelda.example' }],
    ['title of the source', { sourceTitle: 'Zelda weekly' }],
    ['summary', { summary: 'about Zelda' }],
  ])('a word in the %s counts', (_what, more) => {
    expect(
      foretaste(
        { ...all, search: 'zel' },
        all,
        rows.map((each) => ({ ...each, ...more })),
      ),
    ).toHaveLength(40);
  });
  test.each<[string, PostQuery, PostQuery]>([
    ['a shorter word', { ...all, search: 'ti' }, { ...all, search: 'tide' }],
    ['another word', { ...all, search: 'tide' }, { ...all, search: 'moon' }],
    ['another place', { ...all, search: 'ti' }, { view: 'unread' }],
    ['an operator', { ...all, search: 'is:unread' }, all],
    ['a word that is left out', { ...all, search: '-ti' }, all],
    ['a second word', { ...all, search: 'tide ta' }, { ...all, search: 'tide' }],
    ['a list that is not searched', all, { ...all, search: 'ti' }],
  ])('of %s nothing is sure', (_what, query, than) => {
    expect(foretaste(query, than, rows)).toBeUndefined();
  });
  test('too few to fill the window are not shown: the list would jump', () => {
    vi.stubGlobal('innerHeight', 501);
    expect(foretaste({ ...all, search: 'ti' }, all, rows)).toBeUndefined();
  });
});

describe('a list while one types', () => {
  afterEach(() => {
    vi.useRealTimers();
    // What was typed is written into the address before the next test begins.
    go(['posts', 'today']);
  });
  /** A list on its own, with every state it went through. */
  const showList = async () => {
    const states: PostList[] = [];
    const pages: string[] = [];
    const kit = await showScreen(
      ({ view }) => {
        states.push(usePosts(placeQuery(readPlace(view))));
        return null;
      },
      '#/posts/all',
      (core) => {
        core.answers['posts.list'] = ({ search = '' }) => {
          pages.push(search);
          return { rows: rows.filter(({ title }) => title.toLowerCase().startsWith(search)), total: 1000 };
        };
      },
    );
    return { ...kit, states, pages };
  };

  test('shows at once what is sure, and the whole answer when it comes', async () => {
    const { states } = await showList();
    expect(states.at(-1)?.rows).toHaveLength(40);
    await act(async () => {
      goLive(['posts', 'all'], { q: 'ti' });
    });
    const first = states.find(({ isForetaste }) => isForetaste);
    expect(first?.rows).toHaveLength(20);
    expect(first?.isPrevious).toBe(false);
    expect(states.at(-1)).toMatchObject({ isForetaste: false, isPrevious: false, total: 1000 });
  });

  test('stands again at once when the search is taken back, and is asked again when the hand rests', async () => {
    const { states, pages } = await showList();
    vi.useFakeTimers();
    await act(async () => goLive(['posts', 'all'], { q: 'tide' }));
    await act(async () => goLive(['posts', 'all'], {}));
    expect(states.at(-1)?.rows).toHaveLength(40);
    expect(states.at(-1)?.isPrevious).toBe(false);
    expect(pages).toEqual(['', 'tide']);
    await act(() => vi.advanceTimersByTimeAsync(200));
    expect(pages).toEqual(['', 'tide', '']);
  });

  test('what was read in a search is read in the list before it, too', async () => {
    const { states } = await showList();
    const [post] = rows.slice(1);
    await act(async () => goLive(['posts', 'all'], { q: 'tide' }));
    await act(async () => states.at(-1)?.touch([post?.id ?? ''], { isRead: true, isStarred: true }));
    await act(async () => goLive(['posts', 'all'], {}));
    expect(states.at(-1)?.rows[1]).toMatchObject({ id: 'r1', isStarred: true });
  });
});

test('a page that was asked for ahead is not asked for twice; two at most are under way', async () => {
  const asked: unknown[] = [];
  const answers: (() => void)[] = [];
  const client = {
    request: (_name: string, params: unknown) => {
      asked.push(params);
      return new Promise((resolve) => answers.push(() => resolve({ ok: true, result: { rows: [], total: 0 } })));
    },
  } as unknown as Parameters<typeof askAhead>[0];
  for (const search of ['a', 'ab', 'abc']) askAhead(client, { ...all, search });
  expect(asked).toEqual([
    { ...all, search: 'a', limit: 24 },
    { ...all, search: 'ab', limit: 24 },
  ]);
  const page = askPage(client, { ...all, search: 'ab', limit: 24 });
  expect(asked).toHaveLength(2);
  for (const answer of answers) answer();
  expect((await page).ok).toBe(true);
  void askPage(client, { ...all, search: 'ab', limit: 24 });
  expect(asked).toHaveLength(3);
});
