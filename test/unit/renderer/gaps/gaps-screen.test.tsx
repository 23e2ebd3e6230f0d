// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { FollowedAuthor, GapMap } from '../../../../preload/contract/gap-map.ts';
import { byYear, foundWords, partWords, standWords } from '../../../../renderer/gaps/gap-words.ts';
import { GapsScreen } from '../../../../renderer/gaps/gaps-screen.tsx';
import type { FakeCore } from '../../../helpers/fake-core.ts';
import { refuse, showScreen } from '../screen-kit.tsx';

const at = '2026-11-20T03:00:00.000Z';
const series: GapMap = {
  id: 'series-1',
  kind: 'series',
  sourceId: 'saltmarsh',
  title: 'Drawing a coast',
  total: 4,
  checkedAt: at,
  tried: ['feed archive: none', 'sitemap: 2 addresses, 2 likely, 2 found'],
  parts: [
    { number: 1, state: 'backfilled', title: 'Drawing a coast, Part 1', postId: 'p1', foundBy: 'sitemap' },
    { number: 2, state: 'missing' },
    { number: 3, state: 'backfilled', postId: 'p3', foundBy: 'links' },
    { number: 4, state: 'kept', postId: 'p4' },
  ],
};
const ann: FollowedAuthor = { id: 'ann', name: 'Ann Lee', addedAt: at, on: { kind: 'source', sourceId: 'saltmarsh' } };
const oda: FollowedAuthor = { id: 'oda', name: 'oda', addedAt: at, on: { kind: 'hacker-news' } };
const annMap: GapMap = {
  id: 'ann',
  kind: 'author',
  sourceId: 'saltmarsh',
  title: 'Ann Lee',
  checkedAt: at,
  tried: [],
  parts: [
    { state: 'missing', url: 'https://a.example/lost', title: 'Lost' },
    { state: 'backfilled', postId: 'a', publishedAt: '2024-05-01T00:00:00.000Z', foundBy: 'author-page' },
    { state: 'kept', postId: 'b', publishedAt: '2026-05-01T00:00:00.000Z' },
  ],
};
const fill = (core: FakeCore): void => {
  core.answers['gaps.list'] = () => [series, annMap];
  core.answers['authors.list'] = () => [ann, oda];
};
const Shown = () => <GapsScreen />;

test('a strip shows 1, 2 missing, 3 and 4 in words, and a part opens in the reader', async () => {
  await showScreen(Shown, '#/sources/series', fill);
  const strip = await screen.findByRole('list', { name: 'Parts of Drawing a coast' });
  const names = within(strip)
    .getAllByRole('listitem')
    .map((item) => item.firstElementChild?.getAttribute('aria-label'));
  expect(names).toEqual([
    'Part 1, found later in the site’s sitemap: Drawing a coast, Part 1',
    'Part 2, missing',
    'Part 3, found later through links between the parts',
    'Part 4, from the feed',
  ]);
  const first = within(strip).getByRole('link', { name: /^Part 1/ });
  expect(first.getAttribute('href')).toBe('#/posts/source/saltmarsh?post=p1');
  expect(screen.getByText('1 of 4 is missing')).toBeTruthy();
  expect(screen.getByText(/2 found later: 1 in the site’s sitemap, 1 through links between the parts/)).toBeTruthy();
});

test('an author has a line a year, a missing post leads to its page, and one never looked for says so', async () => {
  await showScreen(Shown, '#/sources/series', fill);
  expect(await screen.findByRole('list', { name: 'Posts by Ann Lee, 2024' })).toBeTruthy();
  const lost = screen.getByRole('link', { name: 'Post, missing: Lost' });
  expect(lost.getAttribute('href')).toBe('https://a.example/lost');
  expect(lost.getAttribute('rel')).toContain('noopener');
  expect(screen.getByText('Not looked for yet.')).toBeTruthy();
  expect(screen.getAllByRole('link', { name: /Schedules|Complete/ }).length).toBeGreaterThan(0);
});

test('Try again starts a run for this series alone, Unfollow asks for this author', async () => {
  const { askedFor } = await showScreen(Shown, '#/sources/series', (core) => {
    fill(core);
    core.answers['authors.unfollow'] = () => ({ removed: true });
  });
  fireEvent.click(await screen.findByRole('button', { name: 'Try again: Drawing a coast' }));
  await waitFor(() =>
    expect(askedFor('runs.start')).toEqual([{ jobKind: 'complete-series', options: { seriesId: 'series-1' } }]),
  );
  fireEvent.click(screen.getByRole('button', { name: 'Unfollow Ann Lee' }));
  await waitFor(() => expect(askedFor('authors.unfollow')).toEqual([{ id: 'ann' }]));
});

test('with nothing to show it says what would be looked for and where that is turned on', async () => {
  await showScreen(Shown, '#/sources/series');
  expect(await screen.findByText('Nothing was looked for yet')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Complete series' }).getAttribute('href')).toBe('#/schedules/complete_series');
});

test('a list that cannot be read is an error with a way to try again', async () => {
  await showScreen(Shown, '#/sources/series', (core) =>
    refuse(core, 'gaps.list', { code: 'STORE_IO', message: 'The disk could not be read.' }),
  );
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Your posts are kept');
  expect(within(alert).getByRole('button', { name: 'Try again' })).toBeTruthy();
});

describe('words', () => {
  test('say how it stands', () => {
    const whole = { ...series, parts: series.parts.map((part) => ({ ...part, state: 'kept' as const })) };
    expect(standWords(whole)).toBe('All 4 parts');
    const { total: _total, ...open } = whole;
    expect(standWords(open)).toBe('4 parts so far');
    expect(standWords({ ...annMap, parts: annMap.parts.slice(1) })).toBe('2 posts');
    expect(foundWords(whole)).toBe('');
    expect(foundWords(annMap)).toBe('1 found later: on the author’s page');
    expect(partWords({ state: 'kept', title: 'Tides' })).toBe('Post, from the feed: Tides');
  });

  test('years are in order and what has no date comes last', () => {
    expect(byYear(annMap.parts).map(({ year }) => year)).toEqual(['2024', '2026', '']);
  });
});
