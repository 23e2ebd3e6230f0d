// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { HistoryScreen } from '../../../../renderer/history/history-screen.tsx';
import { showScreen } from '../screen-kit.tsx';

beforeEach(() => localStorage.clear());

test('what runs now shows its progress as it comes, and can be cancelled', async () => {
  const { announce, askedFor } = await showScreen(HistoryScreen, '#/history', ({ data }) => {
    data.status.running = data.runs.slice(0, 1);
  });
  const bar = await screen.findByRole('progressbar', { name: 'Fetch feeds, progress' });
  expect(bar.getAttribute('aria-valuenow')).toBe('26');
  await announce({
    name: 'runs.progress',
    data: { runId: 'run-running', progress: { done: 31, total: 41, label: 'Alder' }, counts: {} },
  });
  expect(screen.getByText('31 of 41, Alder')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Cancel Fetch feeds' }));
  await waitFor(() => expect(askedFor('runs.cancel')).toEqual([{ id: 'run-running' }]));
});

test('a pause after a space loses neither the space nor what is typed on', async () => {
  await showScreen(({ view }) => <HistoryScreen view={view} />, '#/history');
  const field = await screen.findByRole<HTMLInputElement>('searchbox', { name: 'Name or id of a run' });
  fireEvent.change(field, { target: { value: 'not ' } });
  await waitFor(() => expect(location.hash).toBe('#/history?q=not'));
  expect(field.value).toBe('not ');
  location.hash = '#/history';
  await waitFor(() => expect(field.value).toBe(''));
});

test('the filters stand in the address and narrow what is asked', async () => {
  const { askedFor } = await showScreen(HistoryScreen, '#/history?status=failed');
  expect(askedFor('runs.list').some((query) => query.status?.[0] === 'failed')).toBe(true);
  expect((screen.getByRole('combobox', { name: 'Status' }) as HTMLSelectElement).value).toBe('failed');
  fireEvent.click(screen.getByRole('button', { name: /Problems only/ }));
  await waitFor(() => expect(location.hash).toBe('#/history?status=failed&problems=1'));
  fireEvent.change(screen.getByRole('combobox', { name: 'Schedule' }), { target: { value: 'fetch-feeds' } });
  await waitFor(() => expect(location.hash).toContain('schedule=fetch-feeds'));
});

test('older runs are added below, and a run that changes keeps its place', async () => {
  const { core, announce } = await showScreen(HistoryScreen, '#/history?range=all');
  const links = () => screen.getAllByRole('link').filter((link) => link.getAttribute('href')?.startsWith('#/history/run/'));
  const before = links().length;
  fireEvent.click(await screen.findByRole('button', { name: 'Show older runs' }));
  await waitFor(() => expect(links().length).toBeGreaterThan(before));
  const older = core.data.runs[150];
  if (!older) throw new Error('no runs');
  const changed = { ...older, name: 'Renamed' };
  await announce({ name: 'runs.changed', data: { run: changed } });
  const renamed = await screen.findByRole('link', { name: 'Renamed' });
  expect(renamed.getAttribute('href')).toBe(`#/history/run/${older.id}`);
});

test('a failed run says what happened and what is kept, shows the failed sources, and tries them again', async () => {
  let failedId = '';
  const { askedFor } = await showScreen(HistoryScreen, '#/history/run/broken', ({ answer, answers, data }) => {
    failedId = data.runs.find((run) => run.status === 'failed')?.id ?? '';
    const detail = answer('runs.get', { id: failedId });
    answers['runs.get'] = () => (detail as { result: unknown }).result as never;
    answers['runs.retryFailed'] = () => ({ run: data.runs[0] as never, alreadyRunning: false });
  });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('The run took longer than 10 minutes and was stopped.');
  expect(alert.textContent).toContain('nothing is lost');
  await waitFor(() => expect(alert.textContent).toContain('The next run is'));
  const only = screen.getByRole('button', { name: /^Failed only/ });
  expect(only.getAttribute('aria-pressed')).toBe('true');
  const rows = within(screen.getByRole('table', { name: 'Fetch jobs' }))
    .getAllByRole('row')
    .slice(1);
  expect(rows.every((row) => row.textContent?.startsWith('Failed'))).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'Retry failed only' }));
  await waitFor(() => expect(askedFor('runs.retryFailed')).toEqual([{ id: failedId }]));
  await waitFor(() => expect(location.hash).toBe('#/history/run/run-running'));
});

test('deleting a record asks first and says that sources and posts stay', async () => {
  const { core, askedFor } = await showScreen(HistoryScreen, '#/history/run/run-none', (fake) => {
    const run = fake.data.runs.find((one) => one.status === 'completed');
    fake.answers['runs.get'] = () => ({ run: run as never, fetchJobs: [], attempts: [], recent: [] });
    fake.answers['runs.remove'] = () => ({ fetchJobs: 0 });
  });
  const run = core.data.runs.find((one) => one.status === 'completed');
  fireEvent.click(screen.getByRole('button', { name: 'More' }));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Delete record', hidden: true }));
  expect(screen.getByRole('dialog', { name: 'Delete this record?' }).textContent).toContain('Sources and posts stay.');
  expect(askedFor('runs.remove')).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(askedFor('runs.remove')).toEqual([{ id: run?.id }]));
  await waitFor(() => expect(location.hash).toBe('#/history'));
});

test('a run whose record is gone says so and leads back', async () => {
  await showScreen(HistoryScreen, '#/history/run/long-gone');
  expect(await screen.findByRole('heading', { name: 'This run is no longer kept' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Back to the history' })).toBeTruthy();
});

test('the day strip says in words what it shows', async () => {
  await showScreen(HistoryScreen, '#/history');
  expect(screen.getByRole('img', { name: /^The last 23 hours and the next 3: .*missed/ })).toBeTruthy();
});
