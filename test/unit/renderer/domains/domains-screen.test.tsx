// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Domain, DomainRow, DomainStatus } from '../../../../preload/contract/domain.ts';
import { DomainsScreen } from '../../../../renderer/domains/domains-screen.tsx';
import { AddPage } from '../../../../renderer/sources/add-page.tsx';
import type { FakeCore } from '../../../helpers/fake-core.ts';
import { refuse, showScreen } from '../screen-kit.tsx';

const NOW = Date.now();
const ago = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString();
const common = (id: string) => ({ id, pinned: false, addedAt: ago(9000), attempts: 0, feeds: [] });
const pending = (id: string): Domain => ({ ...common(id), status: 'pending' });
const processing = (id: string, seconds: number): Domain => ({
  ...common(id),
  status: 'processing',
  startedAt: ago(seconds),
  runId: 'r',
  step: 'fetching',
});
const completed = (id: string): Domain => ({
  ...common(id),
  status: 'completed',
  title: `The ${id}`,
  description: 'Notes on maps',
  faviconUrl: `https://${id}/icon.png`,
  language: 'pt-BR',
  feeds: [{ url: `https://${id}/feed.xml`, title: 'All posts' }],
  endedAt: ago(120),
  checkedAt: ago(120),
  ms: 300,
});
const failed = (id: string): Domain => ({
  ...common(id),
  status: 'error',
  endedAt: ago(60),
  ms: 200,
  errorCode: 'HTTP_5XX',
  errorMessage: 'The server answered 500.',
  notBefore: new Date(NOW + 31 * 60_000).toISOString(),
});

/** A core that holds these domains and answers as the real one would. */
const withDomains = (domains: Domain[]) => (core: FakeCore) => {
  const rows = (status?: DomainStatus, search = ''): DomainRow[] =>
    domains
      .filter((domain) => (!status || domain.status === status) && domain.id.includes(search))
      .map((domain) => ({ domain, posts: 3 }));
  core.answers['domains.list'] = ({ status, search, cursor, limit = 100 }) => {
    const all = rows(status, search);
    const from = Number(cursor ?? 0);
    const more = from + limit < all.length ? { next: String(from + limit) } : {};
    return { rows: all.slice(from, from + limit), total: all.length, ...more };
  };
  core.answers['domains.stats'] = () => ({
    counts: {
      pending: rows('pending').length,
      processing: rows('processing').length,
      completed: rows('completed').length,
      error: rows('error').length,
    },
  });
};
const FOUR = () => [pending('a.example'), processing('b.example', 12), completed('c.example'), failed('d.example')];
const rowOf = (id: string): HTMLElement => {
  const row = screen.getByTitle(id).closest('tr');
  if (!row) throw new Error(`no row for ${id}`);
  return row;
};
const counter = (name: string): HTMLElement => screen.getByRole('button', { name: new RegExp(`^${name} `) });

test('C-2 C-16 each row says its state in a word, with step and time, error and next try', async () => {
  await showScreen(DomainsScreen, '#/domains', withDomains(FOUR()));
  expect(rowOf('a.example').textContent).toContain('Pending');
  expect(rowOf('b.example').textContent).toMatch(/Fetching, 1[2-5] s/);
  expect(rowOf('d.example').textContent).toContain('The server answered 500.');
  expect(rowOf('d.example').textContent).toContain('Tried again by itself. Due in 30 min');
  const done = screen.getByText('The c.example').closest('tr') as HTMLElement;
  for (const words of ['c.example', 'Notes on maps', 'Completed', 'Portuguese', '1 feed', '3'])
    expect(done.textContent).toContain(words);
  expect(['Pending', 'Processing', 'Completed', 'Error'].map((name) => counter(name).textContent)).toEqual([
    'Pending 1',
    'Processing 1',
    'Completed 1',
    'Error 1',
  ]);
});

test('no picture of a site is asked for: the first letter stands for it', async () => {
  const { view } = await showScreen(DomainsScreen, '#/domains', withDomains(FOUR()));
  expect(view.container.querySelectorAll('img, [style*="url("]')).toHaveLength(0);
  expect(rowOf('d.example').querySelector('.domains-letter')?.textContent).toBe('D');
});

test('C-5 the row and the four counters show what the core has after each announcement, nothing before it', async () => {
  const domains = [pending('a.example')];
  const { announce, askedFor } = await showScreen(DomainsScreen, '#/domains', (core) => {
    withDomains(domains)(core);
    core.answers['runs.start'] = () => ({ run: core.data.runs[0] as never, alreadyRunning: false });
  });
  fireEvent.click(screen.getByRole('button', { name: 'Process pending now (1)' }));
  await waitFor(() => expect(askedFor('runs.start')).toHaveLength(1));
  // Asked for, but nothing was announced: nothing is claimed.
  expect(rowOf('a.example').textContent).toContain('Pending');
  const moves: [Domain, string, string][] = [
    [processing('a.example', 0), 'Fetching', 'Processing 1'],
    [failed('a.example'), 'Error', 'Error 1'],
    [pending('a.example'), 'Pending', 'Pending 1'],
  ];
  for (const [domain, words, count] of moves) {
    domains[0] = domain;
    await announce({ name: 'domains.changed', data: { domain } });
    expect(rowOf('a.example').textContent).toContain(words);
    await waitFor(() => expect(counter(count.split(' ')[0] ?? '').textContent).toBe(count));
  }
});

test('C-7 Retry makes the one domain pending and processes just that', async () => {
  const { askedFor } = await showScreen(DomainsScreen, '#/domains', (core) => {
    withDomains(FOUR())(core);
    core.answers['domains.retry'] = ({ ids }) => ({ changed: ids });
  });
  fireEvent.click(screen.getByRole('button', { name: 'Retry d.example now' }));
  await waitFor(() => expect(askedFor('runs.start')).toHaveLength(1));
  expect(askedFor('domains.retry')).toEqual([{ ids: ['d.example'] }]);
  expect(askedFor('runs.start')).toEqual([{ jobKind: 'process-domains', options: { only: ['d.example'], batchSize: 1 } }]);
});

test('C-9 the button says how many wait and starts a run of so many; without any it is off', async () => {
  const { askedFor, view } = await showScreen(
    DomainsScreen,
    '#/domains',
    withDomains(Array.from({ length: 12 }, (_, index) => pending(`s${index}.example`))),
  );
  fireEvent.click(screen.getByRole('button', { name: 'Process pending now (12)' }));
  await waitFor(() => expect(askedFor('runs.start')).toEqual([{ jobKind: 'process-domains', options: { batchSize: 12 } }]));
  view.unmount();
  await showScreen(DomainsScreen, '#/domains', withDomains([completed('c.example')]));
  expect(screen.getByRole('button', { name: 'Process pending now (0)' })).toHaveProperty('disabled', true);
});

test('C-9 the diagnostics say what stands in the way and how the last run went', async () => {
  await showScreen(DomainsScreen, '#/domains', (core) => {
    withDomains(FOUR())(core);
    const [first] = core.data.schedules;
    if (first) Object.assign(first.schedule, { id: 'domain_processing', jobKind: 'process-domains' });
  });
  fireEvent.click(screen.getByRole('button', { name: 'Diagnostics' }));
  const region = await screen.findByRole('region', { name: 'Diagnostics' });
  expect(await within(region).findByText('This schedule is paused')).toBeTruthy();
  expect(within(region).getByText(/Last run/)).toBeTruthy();
});

test('C-18 pinning asks the core and shows what it has', async () => {
  const { askedFor } = await showScreen(DomainsScreen, '#/domains', (core) => {
    withDomains(FOUR())(core);
    core.answers['domains.pin'] = ({ id }) => ({ domain: pending(id), posts: 3 });
  });
  fireEvent.click(screen.getByRole('button', { name: 'Pin a.example: processed first' }));
  await waitFor(() => expect(askedFor('domains.pin')).toEqual([{ id: 'a.example', pinned: true }]));
});

test('a counter narrows the list through the address, and words narrow it further', async () => {
  const { askedFor } = await showScreen(DomainsScreen, '#/domains', withDomains(FOUR()));
  fireEvent.click(counter('Error'));
  await waitFor(() => expect(location.hash).toBe('#/domains?status=error'));
  await waitFor(() => expect(screen.queryByTitle('a.example')).toBeNull());
  fireEvent.change(screen.getByRole('searchbox', { name: 'Find a site' }), { target: { value: 'nothing' } });
  expect(await screen.findByRole('heading', { name: 'No site matches' })).toBeTruthy();
  expect(askedFor('domains.list').at(-1)).toEqual({ limit: 100, status: 'error', search: 'nothing' });
});

test('thousands are shown a page at a time', async () => {
  const many = Array.from({ length: 2500 }, (_, index) => pending(`s${index}.example`));
  await showScreen(DomainsScreen, '#/domains', withDomains(many));
  expect(screen.getAllByRole('row')).toHaveLength(101);
  fireEvent.click(screen.getByRole('button', { name: 'Older' }));
  expect(await screen.findByText('101 to 200 of 2,500')).toBeTruthy();
  expect(screen.getAllByRole('row')).toHaveLength(101);
  fireEvent.click(screen.getByRole('button', { name: 'Newer' }));
  expect(await screen.findByText('1 to 100 of 2,500')).toBeTruthy();
});

test('with no domain it says where they come from, and an error says that nothing is lost', async () => {
  const { view } = await showScreen(DomainsScreen, '#/domains', withDomains([]));
  expect(screen.getByRole('heading', { name: 'No sites yet' })).toBeTruthy();
  view.unmount();
  await showScreen(DomainsScreen, '#/domains', (core) => {
    withDomains(FOUR())(core);
    refuse(core, 'domains.list', { code: 'STORE_IO', message: 'The disk does not answer.' });
  });
  expect((await screen.findByRole('alert')).textContent).toContain('The domains are kept');
});

test('a feed that is read already leads to its source', async () => {
  await showScreen(DomainsScreen, '#/domains', (core) => {
    withDomains(FOUR())(core);
    const row = core.data.sources.find(({ source }) => source.kind === 'feed');
    if (row) Object.assign(row.source, { id: 'mine', feedUrl: 'https://c.example/feed.xml' });
  });
  expect(await screen.findByRole('link', { name: 'added' })).toHaveProperty('hash', '#/sources/mine');
  expect(screen.queryByRole('link', { name: /^Add / })).toBeNull();
});

test('a found feed is added with its address filled in', async () => {
  const { view } = await showScreen(DomainsScreen, '#/domains', withDomains(FOUR()));
  const link = screen.getByRole('link', { name: 'Add All posts of c.example' });
  const href = link.getAttribute('href') ?? '';
  view.unmount();
  await showScreen(({ view: { params } }) => <AddPage params={params} />, href);
  expect(screen.getByRole('textbox', { name: 'Address of a site or a feed' })).toHaveProperty(
    'value',
    'https://c.example/feed.xml',
  );
});
