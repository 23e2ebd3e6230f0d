// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Run } from '../../../../preload/contract/run.ts';
import { SchedulesScreen } from '../../../../renderer/schedules/schedules-screen.tsx';
import { refuse, showScreen } from '../screen-kit.tsx';

const openMenu = async (name: string, item: string) => {
  fireEvent.click(screen.getByRole('button', { name: `More for ${name}` }));
  fireEvent.click(await screen.findByRole('menuitem', { name: item, hidden: true }));
};

test('each schedule is a row with its switch, its words and its zone', async () => {
  const { askedFor } = await showScreen(SchedulesScreen, '#/schedules', ({ answers, data }) => {
    answers['schedules.update'] = () => data.schedules[0]?.schedule as never;
  });
  const row = screen.getByRole('switch', { name: 'Fetch feeds on' }).closest('tr');
  expect(row?.textContent).toContain('Every 30 minutes Europe/Vienna');
  fireEvent.click(screen.getByRole('switch', { name: 'Fetch feeds on' }));
  await waitFor(() => expect(askedFor('schedules.update')).toEqual([{ id: 'fetch-feeds', patch: { enabled: false } }]));
});

test('B-11 a stopped scheduler is said in red words, and a running one is said too', async () => {
  const { core, announce } = await showScreen(SchedulesScreen, '#/schedules');
  expect(screen.getByText('Scheduler').parentElement?.textContent).toBe('Scheduler Running');
  core.data.status = { ...core.data.status, schedulerRunning: false };
  await announce({ name: 'status.changed', data: {} });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Scheduler: Stopped.');
  expect(alert.className).toBe('note');
  expect(screen.queryByText('Scheduler')).toBeNull();
});

test('B-10 a run by hand ends with a message of its counters', async () => {
  const run: Run = {
    id: 'by-hand',
    scheduleId: 'collect-hacker-news',
    jobKind: 'collect-hacker-news',
    name: 'Collect Hacker News',
    cause: 'manual',
    queuedAt: '2026-10-14T10:00:00.000Z',
    status: 'queued',
  };
  const { announce, askedFor } = await showScreen(SchedulesScreen, '#/schedules', ({ answers }) => {
    answers['runs.start'] = () => ({ run, alreadyRunning: false });
  });
  fireEvent.click(screen.getByRole('button', { name: 'Run Collect Hacker News now' }));
  await waitFor(() => expect(askedFor('runs.start')).toEqual([{ scheduleId: 'collect-hacker-news' }]));
  const worked = { startedAt: run.queuedAt, counts: { posts_fetched: 100, posts_saved: 25, duplicates_skipped: 75 } };
  await announce({ name: 'runs.changed', data: { run: { ...run, ...worked, status: 'running' } } });
  expect(screen.queryByText('Collect Hacker News: 25 new, 75 known')).toBeNull();
  await announce({
    name: 'runs.changed',
    data: { run: { ...run, ...worked, status: 'completed', endedAt: run.queuedAt, log: [] } },
  });
  expect(await screen.findByText('Collect Hacker News: 25 new, 75 known')).toBeTruthy();
});

test('B-19 why a schedule is not running is answered check by check', async () => {
  await showScreen(SchedulesScreen, '#/schedules', ({ answers }) => {
    answers['schedules.why'] = () => ({
      checks: [
        { ok: true, text: 'The scheduler is running.' },
        { ok: true, text: 'Schedules are switched on.' },
        { ok: false, text: 'This schedule is off.' },
        { ok: false, text: 'It has no next time while it is off.' },
      ],
    });
  });
  await openMenu('Fetch feeds', 'Why isn’t this running?');
  const dialog = screen.getByRole('dialog', { name: 'Why isn’t Fetch feeds running?' });
  await within(dialog).findByText('This schedule is off.');
  expect(
    within(dialog)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual([
    'FineThe scheduler is running.',
    'FineSchedules are switched on.',
    'NoThis schedule is off.',
    'NoIt has no next time while it is off.',
  ]);
});

test('a schedule is paused for a while, and resumed with or without making up', async () => {
  const { core, announce, askedFor } = await showScreen(SchedulesScreen, '#/schedules', ({ answers, data }) => {
    answers['schedules.pause'] = () => data.schedules[0]?.schedule as never;
    answers['schedules.resume'] = () => data.schedules[0]?.schedule as never;
  });
  await openMenu('Fetch feeds', 'Pause 30 minutes');
  await waitFor(() => expect(askedFor('schedules.pause')).toHaveLength(1));
  const until = Date.parse(askedFor('schedules.pause')[0]?.until ?? '');
  expect(Math.abs(until - Date.now() - 30 * 60_000)).toBeLessThan(60_000);
  const first = core.data.schedules[0];
  if (first) core.data.schedules[0] = { ...first, schedule: { ...first.schedule, pausedUntil: new Date(until).toISOString() } };
  await announce({ name: 'schedules.changed', data: { ids: ['fetch-feeds'] } });
  await screen.findAllByText(/^Paused until/);
  await openMenu('Fetch feeds', 'Resume, make up what was missed');
  await waitFor(() => expect(askedFor('schedules.resume')).toEqual([{ id: 'fetch-feeds', makeUp: true }]));
});

test('the editor shows a refused cron line at its field and does not lose what was typed', async () => {
  await showScreen(SchedulesScreen, '#/schedules/collect-hacker-news', (core) => {
    refuse(core, 'schedules.preview', {
      code: 'SCHED_INVALID',
      message: 'A cron line has five fields; this one has 4.',
      field: 'trigger',
    });
  });
  fireEvent.click(screen.getByRole('radio', { name: 'Cron' }));
  fireEvent.change(screen.getByRole('textbox', { name: 'Cron line' }), { target: { value: '0 9 * *' } });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('this one has 4');
  const field = screen.getByRole('textbox', { name: 'Cron line' });
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(field.getAttribute('aria-describedby')).toContain(alert.id);
  fireEvent.click(screen.getByRole('radio', { name: 'Daily' }));
  fireEvent.click(screen.getByRole('radio', { name: 'Cron' }));
  expect((screen.getByRole('textbox', { name: 'Cron line' }) as HTMLInputElement).value).toBe('0 9 * *');
});

test('the editor saves what it says and leaves', async () => {
  const { askedFor } = await showScreen(SchedulesScreen, '#/schedules/fetch-feeds', ({ answers, data }) => {
    answers['schedules.update'] = () => data.schedules[0]?.schedule as never;
  });
  fireEvent.click(screen.getByRole('radio', { name: 'Weekly' }));
  fireEvent.click(screen.getByRole('checkbox', { name: /Friday/ }));
  fireEvent.click(screen.getByRole('button', { name: 'Save schedule' }));
  await waitFor(() => expect(askedFor('schedules.update')).toHaveLength(1));
  expect(askedFor('schedules.update')[0]).toMatchObject({
    id: 'fetch-feeds',
    patch: { trigger: { type: 'weekly', days: ['mon', 'tue', 'wed', 'thu'], time: '06:30' }, timeZone: 'Europe/Vienna' },
  });
  await waitFor(() => expect(location.hash).toBe('#/schedules'));
});

test('removing a schedule says what stays, and asks first', async () => {
  const { askedFor } = await showScreen(SchedulesScreen, '#/schedules', ({ answers }) => {
    answers['schedules.remove'] = () => ({ runs: 1388 });
  });
  await openMenu('Fetch feeds', 'Remove');
  expect(screen.getByRole('dialog', { name: 'Remove Fetch feeds?' }).textContent).toContain(
    'Its run records, sources and posts stay.',
  );
  expect(askedFor('schedules.remove')).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(askedFor('schedules.remove')).toEqual([{ id: 'fetch-feeds' }]));
});
