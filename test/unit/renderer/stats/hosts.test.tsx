// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { HostRow } from '../../../../preload/contract/host.ts';
import { sortHosts } from '../../../../renderer/stats/hosts.tsx';
import { StatsScreen } from '../../../../renderer/stats/stats-screen.tsx';
import { showScreen } from '../screen-kit.tsx';

const hostsShown = (): string[] =>
  within(screen.getByRole('table', { name: 'Hosts' }))
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('cell')[0]?.textContent ?? '');

test('the ledger of hosts says what was asked, who told us to wait, and sorts by the head that is pressed', async () => {
  await showScreen(StatsScreen, '#/stats');
  await screen.findByRole('table', { name: 'Hosts' });
  expect(screen.getByText(/^1,530 requests to 2 hosts in 30 days, 87 % answered .* 1 host told us to wait\.$/)).toBeTruthy();
  expect(hostsShown()).toEqual(['longweather.example 2 sources', 'plainmaps.example']);
  const head = () => screen.getByRole('columnheader', { name: /^Told to wait/ });
  expect(head().getAttribute('aria-sort')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Told to wait' }));
  await waitFor(() => expect(head().getAttribute('aria-sort')).toBe('descending'));
  expect(hostsShown()[0]).toBe('plainmaps.example');
  fireEvent.click(screen.getByRole('button', { name: /^Told to wait/ }));
  await waitFor(() => expect(head().getAttribute('aria-sort')).toBe('ascending'));
  expect(hostsShown()[0]).toBe('longweather.example 2 sources');
});

test('without hosts there is no section', async () => {
  await showScreen(StatsScreen, '#/stats', ({ answers }) => {
    answers['sources.hosts'] = () => [];
  });
  expect(screen.queryByRole('heading', { name: 'Hosts' })).toBeNull();
});

test('what is equal stands by name, and a host that is not asked again stands last', () => {
  const row = (host: string, fields: Partial<HostRow> = {}): HostRow => ({
    host,
    sources: 1,
    requests: 0,
    notModified: 0,
    failed: 0,
    tooMany: 0,
    bytes: 0,
    why: 'x',
    ...fields,
  });
  const rows = [row('c'), row('b', { nextAt: '2026-11-21T12:00:00.000Z' }), row('a')];
  const names = (by: Parameters<typeof sortHosts>[1]['by'], isDown: boolean) =>
    sortHosts(rows, { by, isDown }).map(({ host }) => host);
  expect(names('requests', true)).toEqual(['a', 'b', 'c']);
  expect(names('share', false)).toEqual(['a', 'b', 'c']);
  expect(names('next', false)).toEqual(['b', 'a', 'c']);
});
