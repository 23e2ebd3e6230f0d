// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { TopEdition, TopPage } from '../../../../preload/contract/top-list.ts';
import { TopScreen } from '../../../../renderer/top/top-screen.tsx';
import type { FakeCore } from '../../../helpers/fake-core.ts';
import { refuse, showScreen } from '../screen-kit.tsx';

const edition: TopEdition = {
  id: 'run-1',
  madeAt: '2026-11-22T03:00:00.000Z',
  from: '2026-11-15T03:00:00.000Z',
  to: '2026-11-22T03:00:00.000Z',
  lists: 2,
  posts: 2,
  lead: { title: 'A quieter queue', url: 'https://q.example/' },
};
const common = { madeAt: edition.madeAt, runId: 'run-1', from: edition.from, to: edition.to };
const post = (id: string, title: string, why: string) => ({
  postId: id,
  title,
  url: `https://q.example/${id}`,
  domain: 'q.example',
  sourceTitle: 'Slow Databases',
  why,
});
const page: TopPage = {
  edition,
  kept: ['p1'],
  lists: [
    { ...common, id: 'l1', scope: { kind: 'hacker-news' }, considered: 86, posts: [post('p1', 'A quieter queue', '312 points')] },
    {
      ...common,
      id: 'l2',
      scope: { kind: 'folder', folder: [] },
      considered: 1,
      posts: [post('p2', 'Gone by now', 'In 2 sources')],
    },
  ],
};
const withEditions = (core: FakeCore): void => {
  core.answers['top.list'] = () => [edition];
  core.answers['top.get'] = () => page;
};

test('editions stand by their week, newest first, and open', async () => {
  await showScreen(TopScreen, '#/top', withEditions);
  const link = screen.getByRole('link', { name: /15 Nov.* to 22 Nov.*A quieter queue.*2 lists, 2 posts/ });
  expect(link.getAttribute('href')).toBe('#/top/run-1');
});

test('an edition has a list each for Hacker News and the folders; a post that is kept opens in the reader, another its site', async () => {
  await showScreen(TopScreen, '#/top/run-1', withEditions);
  const news = screen.getByRole('region', { name: /Hacker News/ });
  expect(news.textContent).toContain('1 of 86 posts');
  expect(within(news).getByRole('link', { name: 'A quieter queue' }).getAttribute('href')).toBe('#/posts/all?post=p1');
  const rest = screen.getByRole('region', { name: /Without a folder/ });
  expect(within(rest).getByRole('link', { name: 'Gone by now' }).getAttribute('href')).toBe('https://q.example/p2');
  expect(rest.textContent).toContain('No longer kept');
  expect(rest.textContent).toContain('In 2 sources');
});

test('without an edition the screen says what comes, and makes one at once', async () => {
  const { askedFor } = await showScreen(TopScreen, '#/top', (core) => {
    core.answers['top.list'] = () => [];
  });
  expect(screen.getByRole('heading', { name: 'No edition yet' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Make one now' }));
  await waitFor(() => expect(askedFor('runs.start')).toHaveLength(1));
});

test('an edition that is not there is said, with the way back', async () => {
  await showScreen(TopScreen, '#/top/nope', (core) => refuse(core, 'top.get', { code: 'NOT_FOUND', message: 'No.' }));
  expect(screen.getByRole('heading', { name: 'There is no such edition' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'All editions' }).getAttribute('href')).toBe('#/top');
});

test('what cannot be read is an error with a way to try again', async () => {
  await showScreen(TopScreen, '#/top', (core) =>
    refuse(core, 'top.list', { code: 'STORE_IO', message: 'The disk could not be read.' }),
  );
  expect(within(await screen.findByRole('alert')).getByRole('button', { name: 'Try again' })).toBeTruthy();
});
