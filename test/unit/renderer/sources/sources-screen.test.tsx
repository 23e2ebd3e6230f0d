// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { FetchJob } from '../../../../preload/contract/fetch-job.ts';
import { feedSourceSchema, hackerNewsSourceSchema } from '../../../../preload/contract/source.ts';
import { SourcesScreen } from '../../../../renderer/sources/sources-screen.tsx';
import { refuse, showScreen } from '../screen-kit.tsx';

const rowOf = (title: string): HTMLElement => {
  const row = screen.getByRole('link', { name: title }).closest('tr');
  if (!row) throw new Error(`no row for ${title}`);
  return row;
};
const openMenu = async (title: string, item: string) => {
  fireEvent.click(screen.getByRole('button', { name: `More for ${title}` }));
  fireEvent.click(await screen.findByRole('menuitem', { name: item, hidden: true }));
};

test('A-4 when the runs of a source are gone it says never fetched, and no such field is stored on a source', async () => {
  await showScreen(SourcesScreen, '#/sources', ({ data }) => {
    const row = data.sources.find(({ source }) => source.id === 'saltmarsh');
    if (!row) throw new Error('no source');
    row.recent = [];
    delete row.lastGoodAt;
  });
  expect(rowOf('Saltmarsh Systems').textContent).toContain('never fetched');
  expect(within(rowOf('Saltmarsh Systems')).getByRole('img', { name: 'Saltmarsh Systems: No fetch job yet' })).toBeTruthy();
  const fields = [...Object.keys(feedSourceSchema.shape), ...Object.keys(hackerNewsSourceSchema.shape)];
  expect(fields.filter((field) => /last|status|error|fetched/i.test(field))).toEqual([]);
});

test('A-19 a source shows its last 20 errors with their times', async () => {
  const failed = (place: number): FetchJob => ({
    id: `f${place}`,
    runId: 'r',
    sourceId: 'umbra',
    queuedAt: '2026-10-14T10:00:00.000Z',
    startedAt: '2026-10-14T10:00:00.000Z',
    endedAt: '2026-10-14T10:00:01.000Z',
    status: 'failed',
    errorCode: 'HTTP_5XX',
    errorMessage: `The server answered 503 (${place}).`,
    postsCount: 0,
  });
  const { askedFor } = await showScreen(SourcesScreen, '#/sources/umbra?show=failed', ({ answers }) => {
    answers['sources.fetchJobs'] = ({ limit }) => Array.from({ length: limit ?? 0 }, (_, place) => failed(place));
  });
  expect(askedFor('sources.fetchJobs').at(-1)).toEqual({ id: 'umbra', limit: 20, failedOnly: true });
  const rows = within(screen.getByRole('table', { name: 'Fetch jobs' }))
    .getAllByRole('row')
    .slice(1);
  expect(rows).toHaveLength(20);
  expect(rows[3]?.textContent).toContain('The server answered 503 (3).');
  expect(rows[3]?.querySelector('time')?.getAttribute('datetime')).toBe('2026-10-14T10:00:00.000Z');
});

test('removing a source names what goes with it, and nothing goes before it is confirmed', async () => {
  const { askedFor } = await showScreen(SourcesScreen, '#/sources', ({ answers }) => {
    answers['sources.removal'] = () => ({ posts: 133, starred: 2, fetchJobs: 12 });
    answers['sources.remove'] = () => ({ posts: 133, fetchJobs: 12 });
  });
  await openMenu('Tin Roof Radio', 'Remove');
  const words = 'Its 133 posts, 2 of them starred, and its 12 fetch jobs go with it. This cannot be undone.';
  expect(await screen.findByText(words)).toBeTruthy();
  expect(askedFor('sources.remove')).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(askedFor('sources.remove')).toEqual([{ id: 'tinroof' }]));
});

test('pausing a source is one step and can be taken back from its message', async () => {
  const { askedFor } = await showScreen(SourcesScreen, '#/sources', ({ answers, data }) => {
    answers['sources.update'] = ({ id }) => data.sources.find(({ source }) => source.id === id)?.source as never;
  });
  await openMenu('Saltmarsh Systems', 'Pause');
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() =>
    expect(askedFor('sources.update')).toEqual([
      { id: 'saltmarsh', patch: { paused: true } },
      { id: 'saltmarsh', patch: { paused: false } },
    ]),
  );
});

test('an address of the local network is asked for only after the owner allowed it, and the source keeps the permission', async () => {
  const { core, askedFor } = await showScreen(SourcesScreen, '#/sources/add', (fake) => {
    fake.answers['sources.add'] = () => fake.data.sources[1]?.source as never;
  });
  const found = core.answer('sources.discover', { url: 'x' });
  core.answer = ((before) => (method, params) => {
    if (method !== 'sources.discover') return before(method, params);
    if ((params as { allowLocalNetwork?: boolean }).allowLocalNetwork) return found;
    return { ok: false, error: { code: 'ADDR_BLOCKED', message: 'This address is in the local network.' } };
  })(core.answer);
  const field = screen.getByRole('textbox', { name: 'Address of a site or a feed' });
  fireEvent.change(field, { target: { value: 'http://192.168.0.9/feed' } });
  fireEvent.submit(field);
  fireEvent.click(await screen.findByRole('button', { name: 'Allow local network for this source' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Add Marrow and Stone' }));
  await waitFor(() => expect(askedFor('sources.add')).toHaveLength(1));
  expect(askedFor('sources.add')[0]).toMatchObject({ feedUrl: 'https://marrow.example/feed.xml', allowLocalNetwork: true });
  await waitFor(() => expect(askedFor('sources.fetch')).toHaveLength(1));
});

test('typing an address looks behind it once, when typing rests', async () => {
  const { askedFor } = await showScreen(SourcesScreen, '#/sources/add');
  const field = screen.getByRole('textbox', { name: 'Address of a site or a feed' });
  for (const value of ['marrow', 'marrow.ex', 'marrow.example']) fireEvent.change(field, { target: { value } });
  expect(askedFor('sources.discover')).toEqual([]);
  expect(await screen.findByRole('heading', { name: 'Marrow and Stone' })).toBeTruthy();
  expect(askedFor('sources.discover')).toEqual([{ url: 'marrow.example' }]);
  expect(screen.getByText('Found 1 in 0.6 s')).toBeTruthy();
});

test('a failed discovery says what happened and what to do', async () => {
  await showScreen(SourcesScreen, '#/sources/add', (core) =>
    refuse(core, 'sources.discover', { code: 'DNS_FAIL', message: 'There is no such host.' }),
  );
  const field = screen.getByRole('textbox', { name: 'Address of a site or a feed' });
  fireEvent.change(field, { target: { value: 'nowhere.example' } });
  fireEvent.submit(field);
  const note = await screen.findByRole('alert');
  expect(note.textContent).toContain('There is no such host. Look for a slip in the address');
  expect(note.textContent).toContain('Nothing was stored.');
});

test('the threshold says live what it would keep, without asking again', async () => {
  const { askedFor } = await showScreen(SourcesScreen, '#/sources/add?kind=hacker-news', ({ answers }) => {
    answers['sources.previewHackerNews'] = () => ({ scores: Array.from({ length: 100 }, (_, place) => (place < 37 ? 60 : 49)) });
  });
  expect((await screen.findAllByText('would keep 37 of 100')).length).toBeGreaterThan(0);
  const before = askedFor('sources.previewHackerNews').length;
  fireEvent.change(screen.getByRole('slider'), { target: { value: '49' } });
  expect(screen.getByText('would keep 100 of 100')).toBeTruthy();
  expect(screen.getByRole('slider').getAttribute('aria-valuetext')).toContain('would keep 100 of 100');
  expect(askedFor('sources.previewHackerNews')).toHaveLength(before);
});

test('more than 500 stories are refused at the field and not sent', async () => {
  const { askedFor } = await showScreen(SourcesScreen, '#/sources/add?kind=hacker-news');
  fireEvent.change(screen.getByRole('textbox', { name: 'Look at' }), { target: { value: '501' } });
  expect(screen.getByText('Give a whole number, 1 to 500.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Add Top stories' }));
  await act(async () => undefined);
  expect(askedFor('sources.add')).toEqual([]);
  expect(askedFor('sources.previewHackerNews').every(({ limit }) => limit <= 500)).toBe(true);
});

test('an imported list tells what was added, known and refused, each refused one with its reason', async () => {
  const { askedFor } = await showScreen(SourcesScreen, '#/sources/add?kind=opml', ({ answers }) => {
    answers['sources.importOpml'] = () => ({
      title: 'My feeds',
      found: 4,
      added: 2,
      known: 1,
      folders: 1,
      refused: [{ url: 'ftp://a.example/x', title: 'Old', reason: 'Only http and https can be read.' }],
    });
  });
  const file = new File(['<opml version="2.0"/>'], 'mine.opml', { type: 'text/x-opml' });
  fireEvent.change(screen.getByLabelText('OPML file', { selector: 'input[type=file]' }), { target: { files: [file] } });
  expect(await screen.findByText('4 sources in the list: 2 added, 1 known already, 1 refused.')).toBeTruthy();
  expect(screen.getByRole('table', { name: 'Refused' }).textContent).toContain('Only http and https can be read.');
  expect(askedFor('sources.importOpml')).toEqual([{ text: '<opml version="2.0"/>' }]);
});

test('with no sources the screen says what to do next', async () => {
  await showScreen(SourcesScreen, '#/sources', ({ data }) => {
    data.sources.length = 0;
  });
  expect(screen.getByRole('heading', { name: 'No sources yet' })).toBeTruthy();
  expect(screen.getAllByRole('link', { name: 'Add a source' }).length).toBeGreaterThan(0);
});

test('a source that is being fetched says so as soon as it is announced', async () => {
  const { announce } = await showScreen(SourcesScreen, '#/sources');
  const at = new Date().toISOString();
  const fetchJob = { id: 'live', runId: 'r', sourceId: 'saltmarsh', queuedAt: at, startedAt: at, postsCount: 0 as const };
  await announce({ name: 'fetch-jobs.changed', data: { fetchJob: { ...fetchJob, status: 'ongoing' } } });
  await waitFor(() => expect(rowOf('Saltmarsh Systems').textContent).toContain('Fetching'));
});
