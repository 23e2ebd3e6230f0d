// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { FetchJob } from '../../../preload/contract/fetch-job.ts';
import type { SourceRow } from '../../../preload/contract/source.ts';
import { arrivalOf } from '../../../renderer/welcome/arrival.ts';
import { FirstSteps } from '../../../renderer/welcome/first-steps.tsx';
import type { FakeCore } from '../../helpers/fake-core.ts';
import { showScreen } from './screen-kit.tsx';

type Standing = 'never' | 'ongoing' | 'well' | 'failed';
const AT = '2026-10-14T08:48:00.000Z';
const job = (standing: Standing): FetchJob[] => {
  if (standing === 'never') return [];
  const common = { id: 'j', runId: 'r', sourceId: 's', queuedAt: AT };
  if (standing === 'ongoing') return [{ ...common, status: 'ongoing', startedAt: AT } as FetchJob];
  const ended = { ...common, startedAt: AT, endedAt: AT };
  return [
    (standing === 'well'
      ? { ...ended, status: 'completed', outcome: 'items', postsCount: 3 }
      : { ...ended, status: 'failed', errorCode: 'HTTP_5XX', errorMessage: 'The server answered 503.' }) as FetchJob,
  ];
};
const rowsOf = (standings: Standing[], posts: number): SourceRow[] =>
  standings.map(
    (standing, place) =>
      ({
        source: {
          id: `s${place}`,
          kind: 'feed',
          title: `Source ${place}`,
          paused: false,
          folder: [],
          feedUrl: 'https://a.example/',
        },
        recent: job(standing),
        posts: place === 0 ? posts : 0,
        why: [],
      }) as unknown as SourceRow,
  );

test('how the first fetch goes is read off the sources, and a paused one is not waited for', () => {
  const rows = rowsOf(['well', 'failed', 'ongoing', 'never'], 12);
  expect(arrivalOf(rows)).toMatchObject({ all: 4, done: 2, posts: 12, hasBegun: true, isOver: false });
  expect(arrivalOf(rows).failed).toEqual([{ id: 's1', title: 'Source 1', message: 'The server answered 503.' }]);
  const paused = rows.map((row, place) => (place > 1 ? { ...row, source: { ...row.source, paused: true } } : row));
  expect(arrivalOf(paused)).toMatchObject({ all: 2, done: 2, isOver: true });
  expect(arrivalOf(rowsOf(['never', 'never'], 0))).toMatchObject({ hasBegun: false });
});

const show = (standings: Standing[], posts: number, prepare?: (core: FakeCore) => void) =>
  showScreen(
    () => <FirstSteps status={undefined} />,
    '#/posts/today',
    (core) => {
      core.answers['sources.list'] = () => rowsOf(standings, posts);
      prepare?.(core);
    },
  );

const said = async () => within(await screen.findByRole('region', { name: 'First steps' })).findByRole('status');

test('while sources are fetched it says how many are done and what came so far', async () => {
  await show(['well', 'ongoing', 'ongoing'], 12);
  expect((await said()).textContent).toBe('Fetching: 1 of 3 sources done, 12 posts so far');
  expect(screen.getByRole('progressbar').getAttribute('value')).toBe('1');
});

test('who failed is named with the sentence of the server, and it is said that this harms nothing', async () => {
  await show(['well', 'failed'], 12);
  expect((await said()).textContent).toBe('1 source fetched: 12 posts');
  expect(screen.getByRole('link', { name: 'Source 1: The server answered 503.' }).getAttribute('href')).toBe('#/sources/s1');
  expect(screen.getByText(/it is tried again by itself/)).toBeTruthy();
});

test('where nothing at all came, all can be tried again with one press', async () => {
  const { askedFor } = await show(['failed', 'failed', 'failed', 'failed'], 0);
  expect((await said()).textContent).toContain('Nothing could be fetched yet');
  expect(screen.getByText(/and 1 more/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(askedFor('sources.fetch')).toEqual([{ ids: ['s0', 's1', 's2', 's3'] }]));
});

test('without a fetch only the keys are shown; put away, they do not come back', async () => {
  const { askedFor } = await show(['never'], 0);
  expect(screen.getByText('all keys')).toBeTruthy();
  expect(screen.queryByRole('progressbar')).toBeNull();
  expect(screen.queryByText(/Fetching|fetched/)).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Put away the first steps' }));
  await waitFor(() => expect(askedFor('settings.update')).toEqual([{ patch: { firstSteps: false } }]));
});
