// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { HostRow } from '../../../../preload/contract/host.ts';
import { type HostBy, hostsCsv, sortHosts } from '../../../../renderer/stats/host-rows.ts';
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
  expect(
    screen.getByText(
      /^1,530 requests to 2 hosts in 30 days, 87 % answered .* spared them about 42 MB.* 1 host told us to wait\.$/,
    ),
  ).toBeTruthy();
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

const hostRow = (host: string, fields: Partial<HostRow> = {}): HostRow => ({
  host,
  sources: 1,
  requests: 0,
  notModified: 0,
  failed: 0,
  tooMany: 0,
  bytes: 0,
  savedBytes: 0,
  pausesAsked: 0,
  pausesKept: 0,
  score: 100,
  faults: [],
  why: 'x',
  reasons: [],
  ...fields,
});

test('what is equal stands by name, and a host that is not asked again stands last', () => {
  const rows = [hostRow('c'), hostRow('b', { nextAt: '2026-11-21T12:00:00.000Z', savedBytes: 5 }), hostRow('a', { score: 90 })];
  const names = (by: HostBy, isDown: boolean) => sortHosts(rows, { by, isDown }).map(({ host }) => host);
  expect(names('requests', true)).toEqual(['a', 'b', 'c']);
  expect(names('share', false)).toEqual(['a', 'b', 'c']);
  expect(names('next', false)).toEqual(['b', 'a', 'c']);
  expect(names('score', false)).toEqual(['a', 'b', 'c']);
  expect(names('saved', true)).toEqual(['b', 'a', 'c']);
});

test('the ledger as CSV quotes what needs it, and no cell begins like a formula', () => {
  const [heads, line] = hostsCsv([hostRow('a.example', { why: '=1+1, "x"' })]).split('\r\n');
  expect(heads).toMatch(/^host,sources,requests,not_modified,failed,too_many_429,.*,score,next_at,why$/);
  expect(line).toBe('a.example,1,0,0,0,0,0,0,0,0,100,,"\'=1+1, ""x"""');
});

test('a score opens what costs points and why the host is asked then, and hands out the proof for its owner', async () => {
  const { askedFor } = await showScreen(StatsScreen, '#/stats');
  const opener = await screen.findByRole('button', { name: /^81 of 100\. What plainmaps\.example/ });
  fireEvent.click(opener);
  expect(await screen.findByText('1 request before a pause it wanted was over')).toBeTruthy();
  expect(screen.getByText('It asked for 7 pauses; 6 kept.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'JSON' }));
  await waitFor(() => expect(askedFor('sources.hostProof')).toEqual([{ host: 'plainmaps.example', format: 'json' }]));
  expect(await screen.findByText('tidings-plainmaps.example.json is saved')).toBeTruthy();
});
