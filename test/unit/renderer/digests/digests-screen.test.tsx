// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { DigestRow, EditionRow } from '../../../../preload/contract/digest.ts';
import type { Run } from '../../../../preload/contract/run.ts';
import type { Schedule } from '../../../../preload/contract/schedule.ts';
import { EMPTY_OPTIONS } from '../../../../renderer/digests/digest-draft.ts';
import { DigestsScreen } from '../../../../renderer/digests/digests-screen.tsx';
import { RemoveDigest } from '../../../../renderer/digests/remove-digest.tsx';
import type { FakeCore } from '../../../helpers/fake-core.ts';
import { refuse, showScreen } from '../screen-kit.tsx';

const NOW = Date.now();
const at = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();
const schedule: Schedule = {
  id: 'desk',
  name: 'Morning desk',
  jobKind: 'send-digest',
  options: EMPTY_OPTIONS,
  trigger: { type: 'daily', time: '06:30' },
  timeZone: 'UTC',
  enabled: true,
  nextDueAt: at(600),
  missed: 'ask',
  jitterSeconds: 0,
  timeoutMinutes: 60,
  retries: 4,
  retryMinutes: 5,
  isBuiltIn: false,
  totals: { runs: 4, completed: 3, failed: 1 },
};
const digest = (part: Partial<DigestRow> = {}): DigestRow => ({
  row: { schedule, jobTitle: 'Send a digest', words: 'Every day at 06:30', next: [at(600)], why: '', recent: [] },
  options: EMPTY_OPTIONS,
  badge: 'active',
  recipients: { active: 12, suspended: 1, unsubscribed: 0 },
  nextNumber: 5,
  stats: { runs: 4, completed: 3, failed: 1, successRate: 0.75, averageMs: 12_000 },
  ...part,
});
const edition = (number: number): EditionRow => ({
  id: `e${number}`,
  scheduleId: 'desk',
  number,
  madeAt: at(-number * 1440),
  at: at(-number * 1440),
  subject: `Issue ${number}`,
  items: 3,
  runId: 'r1',
  deliveries: { sent: 12 },
});
const run: Run = { id: 'r9', jobKind: 'send-digest', name: 'Morning desk', cause: 'manual', queuedAt: at(0), status: 'queued' };

/** The core of a page with one digest. */
const withDigest =
  (row = digest(), more: (core: FakeCore) => void = () => undefined) =>
  (core: FakeCore): void => {
    core.answers['digests.list'] = () => [row];
    core.answers['digests.get'] = () => row;
    core.answers['digests.templates'] = () => [];
    core.answers['digests.editions'] = () => ({ rows: [], total: 0 });
    core.answers['secrets.list'] = () => [];
    more(core);
  };

test.each([
  ['active', 'Active'],
  ['paused', 'Paused'],
  ['disabled', 'Disabled'],
  ['failed', 'Failed'],
] as const)('D-7: a digest that is %s has the badge %s, and one that failed still says when it is next', async (badge, word) => {
  await showScreen(DigestsScreen, '#/digests', withDigest(digest({ badge })));
  const row = (await screen.findByRole('link', { name: 'Morning desk' })).closest('tr') as HTMLElement;
  expect(within(row).getAllByText(word).length).toBeGreaterThan(0);
  if (badge === 'failed') expect(row.textContent).toMatch(/Due in|Tomorrow/);
});

test('D-8 D-14: each digest counts its runs, how many went well, the share of them and how long they take', async () => {
  await showScreen(DigestsScreen, '#/digests', withDigest());
  const row = (await screen.findByRole('link', { name: 'Morning desk' })).closest('tr');
  expect(row?.textContent).toContain('4: 3 well, 1 failed');
  expect(row?.textContent).toContain('75 %, usually 12 s');
  expect(row?.textContent).toContain('12 people');
  expect(row?.textContent).toContain('1 suspended');
});

test('D-13: sixty editions are shown newest first as fifty, and then ten more', async () => {
  const all = Array.from({ length: 60 }, (_, index) => edition(60 - index));
  const { askedFor } = await showScreen(
    DigestsScreen,
    '#/digests/desk/editions',
    withDigest(digest(), (core) => {
      core.answers['digests.editions'] = ({ cursor, limit = 50 }) => {
        const from = cursor ? all.findIndex(({ id }) => id === cursor) + 1 : 0;
        const rows = all.slice(from, from + limit);
        const last = rows.at(-1);
        return { rows, total: all.length, ...(last && from + limit < all.length ? { next: last.id } : {}) };
      };
    }),
  );
  await waitFor(() => expect(document.querySelectorAll('.edition-subject')).toHaveLength(50));
  expect(document.querySelector('.edition-subject')?.textContent).toBe('No. 60 Issue 60');
  fireEvent.click(screen.getByRole('button', { name: 'Load more' }));
  await waitFor(() => expect(document.querySelectorAll('.edition-subject')).toHaveLength(60));
  expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull();
  expect(askedFor('digests.editions').map(({ limit }) => limit)).toEqual([50, 50]);
});

test('a digest is not removed before it is known what goes with it, and what hindered that is said', async () => {
  const error = { code: 'STORE_IO', message: 'The disk did not answer.' };
  await showScreen(
    () => <RemoveDigest digest={digest()} onClose={() => undefined} />,
    '#/digests',
    withDigest(digest(), (core) => refuse(core, 'digests.editions', error)),
  );
  expect(await screen.findByText(/The disk did not answer\./)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Remove', hidden: true }).matches(':disabled')).toBe(true);
});

test('D-11: *Send now* asks first, starts the digest and goes to its live run', async () => {
  const { askedFor } = await showScreen(
    DigestsScreen,
    '#/digests',
    withDigest(digest(), (core) => {
      core.answers['runs.start'] = () => ({ run, alreadyRunning: false });
    }),
  );
  fireEvent.click(await screen.findByRole('button', { name: 'More for Morning desk' }));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Send now' }));
  expect(await screen.findByText(/goes to 12 people, each alone/)).toBeTruthy();
  expect(askedFor('runs.start')).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Send now' }));
  await waitFor(() => expect(location.hash).toBe('#/history/run/r9'));
  expect(askedFor('runs.start')).toEqual([{ scheduleId: 'desk' }]);
});

test('a test goes to an address that is asked for once and remembered, and what is no address is not sent', async () => {
  localStorage.clear();
  const { askedFor } = await showScreen(
    DigestsScreen,
    '#/digests',
    withDigest(digest(), (core) => {
      core.answers['digests.sendTest'] = () => ({ run, alreadyRunning: false });
    }),
  );
  const ask = async () => {
    fireEvent.click(await screen.findByRole('button', { name: 'More for Morning desk' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Send a test to me' }));
    return screen.findByRole<HTMLInputElement>('textbox', { name: 'Your address' });
  };
  fireEvent.change(await ask(), { target: { value: 'me' } });
  fireEvent.click(screen.getByRole('button', { name: 'Send the test' }));
  expect(await screen.findByText('Write one address such as you@example.org.')).toBeTruthy();
  fireEvent.change(screen.getByRole('textbox', { name: 'Your address' }), { target: { value: ' me@readers.example ' } });
  fireEvent.click(screen.getByRole('button', { name: 'Send the test' }));
  await waitFor(() => expect(askedFor('digests.sendTest')).toEqual([{ scheduleId: 'desk', to: 'me@readers.example' }]));
  expect((await ask()).value).toBe('me@readers.example');
});

test('no digest yet: the templates are offered, and an empty one', async () => {
  await showScreen(
    DigestsScreen,
    '#/digests',
    withDigest(digest(), (core) => {
      core.answers['digests.list'] = () => [];
      core.answers['digests.templates'] = () => [
        {
          id: 'daily',
          title: 'Daily digest',
          about: 'Ten posts, every morning.',
          schedule: { name: 'Daily', jobKind: 'send-digest', options: {}, trigger: { type: 'daily', time: '08:00' } },
        },
      ];
    }),
  );
  const offers = await screen.findByRole('list', { name: 'Begin with' });
  await waitFor(() => expect(within(offers).getAllByRole('link')).toHaveLength(2));
  expect(
    within(offers)
      .getByRole('link', { name: /^Daily digest/ })
      .getAttribute('href'),
  ).toBe('#/digests/new?template=daily');
});

test('what cannot be read is said with a way to try again, and a digest that is gone leads back', async () => {
  const lost = { code: 'STORE_IO', message: 'The disk did not answer.' };
  await showScreen(DigestsScreen, '#/digests', (core) => refuse(core, 'digests.list', lost));
  expect(await screen.findByText('The disk did not answer.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
});

test('D-17: what the core refuses when a digest is saved stands at its field, and the form keeps what was typed', async () => {
  const { askedFor } = await showScreen(
    DigestsScreen,
    '#/digests/desk',
    withDigest(digest(), (core) => {
      core.answers['sources.list'] = () => [];
      refuse(core, 'schedules.update', { code: 'IPC_INVALID', message: 'Is no plain address.', field: 'options.testTo' });
    }),
  );
  fireEvent.change(await screen.findByRole('textbox', { name: 'Name' }), { target: { value: 'Evening desk' } });
  fireEvent.click(screen.getByRole('button', { name: 'Save digest' }));
  expect(await screen.findByText('Is no plain address.')).toBeTruthy();
  expect(askedFor('schedules.update')).toHaveLength(1);
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('Evening desk');
});

test('a run that found nothing new is a line among the editions: nothing new, so no mail', async () => {
  const made = {
    name: 'Generate',
    startedAt: at(-1),
    endedAt: at(-1),
    result: 'Nothing new, so no mail.',
    counts: { items_used: 0 },
  };
  const last: Run = {
    ...run,
    id: 'r8',
    scheduledFor: at(-1),
    queuedAt: at(-1),
    startedAt: at(-1),
    endedAt: at(-1),
    status: 'completed',
    counts: {},
    log: [],
    steps: [made],
  };
  const row = { ...digest().row, last };
  await showScreen(
    DigestsScreen,
    '#/digests/desk',
    withDigest(digest({ row }), (core) => {
      core.answers['sources.list'] = () => [];
      core.answers['digests.editions'] = () => ({ rows: [edition(1)], total: 1 });
    }),
  );
  const line = await screen.findByRole('link', { name: 'Open the run that found nothing new' });
  expect(line.getAttribute('href')).toBe('#/history/run/r8');
  expect(line.closest('li')?.textContent).toMatch(/^Nothing new.*so no mail$/);
});
