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
  expect(within(screen.getByRole('table', { name: 'By hour of arrival' })).getAllByRole('row')).toHaveLength(25);
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
    data.stats.load = { plannedPerHour: 3600, donePerHour: 2000, warning };
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
