// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { StatsScreen } from '../../../../renderer/stats/stats-screen.tsx';
import { refuse, showScreen } from '../screen-kit.tsx';

test('every chart has its finding in a sentence and its numbers in a table', async () => {
  const { core } = await showScreen(StatsScreen, '#/stats');
  const days = screen.getByRole('table', { name: 'Posts per day' });
  expect(within(days).getAllByRole('row')).toHaveLength(core.data.stats.perDay.length + 1);
  expect(screen.getByText(/^About \d+ a day, most on/)).toBeTruthy();
  expect(within(screen.getByRole('table', { name: 'When they arrive' })).getAllByRole('row')).toHaveLength(8);
  expect(screen.getByRole('table', { name: 'Asked of the network' })).toBeTruthy();
  expect(screen.getByRole('table', { name: 'Scores on Hacker News' })).toBeTruthy();
  expect(screen.getByRole('table', { name: /^How long Fetch feeds takes/ })).toBeTruthy();
});

test('the span stands in the address and is asked for', async () => {
  const { askedFor } = await showScreen(StatsScreen, '#/stats');
  expect(askedFor('stats.get').at(-1)?.days).toBe(30);
  fireEvent.click(screen.getByRole('radio', { name: '7 days' }));
  await waitFor(() => expect(askedFor('stats.get').at(-1)?.days).toBe(7));
  expect(location.hash).toBe('#/stats?days=7');
});

test('the warning of the load is shown with its numbers', async () => {
  const warning = 'A cycle of 300 sources takes 9 minutes; they are planned every 5.';
  await showScreen(StatsScreen, '#/stats', ({ data }) => {
    data.stats.load = { ...data.stats.load, plannedPerHour: 3600, donePerHour: 2000, warning };
  });
  expect(screen.getByText(warning)).toBeTruthy();
});

test('numbers that cannot be counted are an error with a way to try again', async () => {
  await showScreen(StatsScreen, '#/stats', (core) =>
    refuse(core, 'stats.get', { code: 'STORE_IO', message: 'The disk could not be read.' }),
  );
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('nothing is lost');
  expect(within(alert).getByRole('button', { name: 'Try again' })).toBeTruthy();
});

test('a drawing is stepped through by key, and each bar says what it is; Escape lets go', async () => {
  await showScreen(StatsScreen, '#/stats');
  const stage = screen.getByRole('group', { name: /^Posts per day, as a drawing/ });
  const said = (): string => stage.nextElementSibling?.textContent ?? '';
  expect(said()).toBe('');
  fireEvent.keyDown(stage, { key: 'End' });
  expect(said()).toMatch(/^\d+ \w+: \d+ posts, \d+ opened$/);
  const last = said();
  fireEvent.keyDown(stage, { key: 'ArrowLeft' });
  expect(said()).not.toBe(last);
  fireEvent.keyDown(stage, { key: 'Home' });
  fireEvent.keyDown(stage, { key: 'ArrowLeft' });
  const first = said();
  fireEvent.keyDown(stage, { key: 'ArrowRight' });
  expect(said()).not.toBe(first);
  fireEvent.keyDown(stage, { key: 'Escape' });
  expect(said()).toBe('');
});

test('opening a bar lists the posts of its day; a name leads to the posts of that source, site or author', async () => {
  const { core } = await showScreen(StatsScreen, '#/stats');
  const stage = screen.getByRole('group', { name: /^Posts per day, as a drawing/ });
  const href = (name: string): string | null | undefined => screen.getAllByRole('link', { name })[0]?.getAttribute('href');
  expect(href('longweather.example')).toBe('#/posts/all?q=domain%3Alongweather.example');
  expect(href('Odile Marsh')).toBe('#/posts/all?q=author%3A%22Odile+Marsh%22');
  const [source] = core.data.stats.bySource;
  expect(href(source?.title ?? '')).toBe(`#/posts/source/${source?.sourceId}`);
  fireEvent.keyDown(stage, { key: 'Home' });
  fireEvent.keyDown(stage, { key: 'Enter' });
  const first = core.data.stats.perDay[0]?.date ?? '';
  expect(decodeURIComponent(location.hash)).toContain(`after:${first}`);
});

test('the numbers of a chart can be shown to everybody in place of the drawing', async () => {
  await showScreen(StatsScreen, '#/stats');
  const turn = screen.getByRole('button', { name: 'Numbers of Scores on Hacker News' });
  fireEvent.click(turn);
  expect(turn.getAttribute('aria-pressed')).toBe('true');
  expect(screen.getByRole('region', { name: 'The numbers of Scores on Hacker News' }).className).toBe('chart-numbers');
  expect(screen.queryByRole('group', { name: /^Scores on Hacker News, as a drawing/ })).toBeNull();
});

test('a new folder has nothing to count, and the screen says how numbers come', async () => {
  await showScreen(StatsScreen, '#/stats', ({ data }) => {
    data.stats.posts = 0;
    data.stats.runs.total = 0;
    data.stats.fetches.total = 0;
  });
  expect(screen.getByRole('heading', { name: 'Nothing to count yet' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Add a source' }).getAttribute('href')).toBe('#/sources/add');
  expect(screen.queryByRole('group', { name: /as a drawing/ })).toBeNull();
});

test('what clean-up would free is shown by a dry run, at its own page', async () => {
  const { core, askedFor } = await showScreen(StatsScreen, '#/stats');
  fireEvent.click(await screen.findByRole('button', { name: 'See what clean-up would free' }));
  await waitFor(() => expect(askedFor('runs.start')).toEqual([{ jobKind: 'clean-up', options: { dryRun: true } }]));
  await waitFor(() => expect(location.hash).toBe(`#/history/run/${core.data.runs[0]?.id}`));
});
