// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { SourceValue, Verdict } from '../../../../preload/contract/stats.ts';
import { StatsScreen } from '../../../../renderer/stats/stats-screen.tsx';
import { orderOf, orderText, sortValues } from '../../../../renderer/stats/value-rows.ts';
import type { FakeCore } from '../../../helpers/fake-core.ts';
import { refuse, showScreen } from '../screen-kit.tsx';

/** The report with one row of each of these, the first of a Hacker News list. */
const withVerdicts =
  (verdicts: readonly Verdict[], own: Partial<SourceValue> = {}) =>
  (core: FakeCore) => {
    const feed = core.data.values.find(({ source }) => source.kind === 'feed');
    if (!feed) throw new Error('No feed was invented.');
    core.data.values = verdicts.map((verdict, place) => ({
      ...feed,
      verdict,
      unread: 4,
      ...own,
      source: { ...feed.source, id: `s${place}`, title: `The ${verdict} one`, muted: false, paused: verdict === 'paused' },
    }));
    core.answers['sources.update'] = ({ id }) => core.data.values.find((row) => row.source.id === id)?.source ?? feed.source;
  };
const rowOf = (name: string): HTMLElement => {
  const row = screen.getByRole('link', { name }).closest('tr');
  if (!row) throw new Error(`No row of ${name}.`);
  return row;
};
const chooseFor = async (name: string, item: RegExp): Promise<void> => {
  fireEvent.click(within(rowOf(name)).getByRole('button', { name: `More for ${name}` }));
  fireEvent.click(await screen.findByRole('menuitem', { name: item }));
};

test('every source stands with its verdict and the reason, and a verdict narrows the report in the address', async () => {
  await showScreen(StatsScreen, '#/stats/sources', withVerdicts(['dead', 'idle', 'idle', 'valuable']));
  expect(screen.getByText('4 sources, 3 of them want a decision')).toBeTruthy();
  expect(screen.getAllByRole('row')).toHaveLength(5);
  fireEvent.click(screen.getByRole('button', { name: 'Idle 2' }));
  await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(3));
  expect(location.hash).toBe('#/stats/sources?verdict=idle');
  fireEvent.click(screen.getByRole('radio', { name: '90 days' }));
  await waitFor(() => expect(location.hash).toBe('#/stats/sources?verdict=idle&days=90'));
});

test('a mute for 30 days is given with its end, and its undo takes both back', async () => {
  const { askedFor } = await showScreen(StatsScreen, '#/stats/sources', withVerdicts(['fine']));
  await chooseFor('The fine one', /^Mute 30 days$/);
  await waitFor(() => expect(askedFor('sources.update')).toHaveLength(1));
  const patch = askedFor('sources.update')[0]?.patch;
  expect(patch?.muted).toBe(true);
  const days = (Date.parse(patch?.mutedUntil ?? '') - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(30);
  fireEvent.click(await screen.findByRole('button', { name: /^Undo/ }));
  await waitFor(() => expect(askedFor('sources.update').at(-1)).toEqual({ id: 's0', patch: { muted: false, mutedUntil: null } }));
});

test('a noisy Hacker News list is offered a higher score, and the old one comes back by undo', async () => {
  const { askedFor } = await showScreen(StatsScreen, '#/stats/sources', (core) => {
    const news = core.data.values.find(({ source }) => source.kind === 'hacker-news');
    if (!news) throw new Error('No list was invented.');
    core.data.values = [{ ...news, verdict: 'noisy', higherScore: 120 }];
    core.answers['sources.update'] = () => news.source;
  });
  fireEvent.click(screen.getByRole('button', { name: 'Keep from 120 points' }));
  await waitFor(() => expect(askedFor('sources.update')[0]?.patch).toEqual({ minScore: 120 }));
  fireEvent.click(await screen.findByRole('button', { name: /^Undo/ }));
  await waitFor(() => expect(askedFor('sources.update')[1]?.patch).toEqual({ minScore: expect.any(Number) }));
});

test('a dead feed is looked for at another address, and one that moved is offered the new one', async () => {
  const { askedFor, core } = await showScreen(
    StatsScreen,
    '#/stats/sources',
    withVerdicts(['dead', 'failing'], { movedTo: 'https://new.example/feed' }),
  );
  fireEvent.click(within(rowOf('The failing one')).getByRole('button', { name: 'Use its new address' }));
  await waitFor(() =>
    expect(askedFor('sources.update')[0]).toEqual({ id: 's1', patch: { feedUrl: 'https://new.example/feed' } }),
  );
  await chooseFor('The dead one', /^Try another address$/);
  await waitFor(() => expect(askedFor('sources.discover')).toHaveLength(1));
  expect(core.data.values[0]?.source.kind).toBe('feed');
});

test('what is unread of a source is marked read, and unread again by undo', async () => {
  const { askedFor } = await showScreen(StatsScreen, '#/stats/sources', (core) => {
    withVerdicts(['noisy'])(core);
    core.answers['posts.markAllRead'] = () => ({ changed: ['p1', 'p2'] });
    core.answers['posts.mark'] = () => ({ changed: ['p1', 'p2'] });
  });
  await chooseFor('The noisy one', /^Mark 4 read$/);
  expect(await screen.findByText('2 posts of The noisy one marked read')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: /^Undo/ }));
  await waitFor(() => expect(askedFor('posts.mark')).toEqual([{ ids: ['p1', 'p2'], isRead: false }]));
});

test('without sources the report says what it will tell; with an error, that nothing is lost', async () => {
  await showScreen(StatsScreen, '#/stats/sources', (core) => {
    core.data.values = [];
  });
  expect(screen.getByRole('heading', { name: 'No sources yet' })).toBeTruthy();
});

test('a report that cannot be reckoned is an error with a way to try again', async () => {
  await showScreen(StatsScreen, '#/stats/sources', (core) =>
    refuse(core, 'stats.sources', { code: 'STORE_IO', message: 'The disk could not be read.' }),
  );
  expect((await screen.findByRole('alert')).textContent).toContain('nothing is lost');
});

test('the order is read from the address and written back; nonsense is the first order', () => {
  const view = (sort?: string) => ({ path: ['stats', 'sources'], params: sort ? { sort } : {} });
  for (const text of ['-received', 'source', '-verdict', 'last']) expect(orderText(orderOf(view(text) as never))).toBe(text);
  for (const text of [undefined, 'nonsense', '-constructor'])
    expect(orderOf(view(text) as never)).toEqual({ by: 'verdict', isDown: false });
  const row = (received: number, opened: number) => ({ received, opened }) as SourceValue;
  const shares = sortValues([row(0, 0), row(10, 1), row(10, 9)], { by: 'opened', isDown: true });
  expect(shares.map(({ opened }) => opened)).toEqual([9, 1, 0]);
});
