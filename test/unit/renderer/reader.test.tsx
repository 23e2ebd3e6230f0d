// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { PostsScreen } from '../../../renderer/posts/posts-screen.tsx';
import { trailPoints, trailWords } from '../../../renderer/posts/score-trail.tsx';
import type { FakeCore } from '../../helpers/fake-core.ts';
import { showScreen } from './screen-kit.tsx';

afterEach(() => vi.restoreAllMocks());

const samples = [
  { at: '2026-11-21T10:00:00.000Z', score: 50, commentCount: 2 },
  { at: '2026-11-21T11:00:00.000Z', score: 120, commentCount: 30 },
  { at: '2026-11-21T16:00:00.000Z', score: 312, commentCount: 90 },
];

/** A story and a feed's post of the invented data, the story with its samples. */
const prepare = (core: FakeCore) => {
  const story = core.data.posts.find(({ hn }) => hn);
  if (story?.hn) story.hn = { ...story.hn, id: 4242, samples };
};
const openStory = async () => {
  const kit = await showScreen(PostsScreen, '#/posts/all', prepare);
  const story = kit.core.data.posts.find(({ hn }) => hn?.id === 4242);
  location.hash = `#/posts/all?post=${story?.id}`;
  await screen.findByRole('toolbar', { name: 'This post' });
  return kit;
};

describe('the reader of a story', () => {
  test('B-22 says how many points and comments it has, and `c` opens its item page', async () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null);
    await openStory();
    expect(await screen.findByText(/points, .* comments? on Hacker News/)).toBeTruthy();
    fireEvent.keyDown(document.body, { key: 'c' });
    expect(open.mock.calls[0]?.[0]).toBe('https://news.ycombinator.com/item?id=4242');
    expect(open.mock.calls[0]?.[2]).toContain('noopener');
  });

  test('draws how its points went, and says it in words', async () => {
    await openStory();
    const drawing = await screen.findByRole('img', { name: /^Points: 50 at .*, 120 at .*, 312 at / });
    expect(drawing.querySelector('polyline')?.getAttribute('points')?.split(' ')).toHaveLength(3);
  });

  test('`d` asks for the article of its page, and says when there is none', async () => {
    const { core, askedFor } = await openStory();
    core.answers['posts.extract'] = () => {
      throw new Error('No article was found on this page.');
    };
    fireEvent.keyDown(document.body, { key: 'd' });
    await waitFor(() => expect(askedFor('posts.extract')).toHaveLength(1));
    expect(await screen.findByText(/No article was found on this page/)).toBeTruthy();
  });
});

describe('the points of a story', () => {
  const now = Date.parse('2026-11-21T18:00:00.000Z');
  test('are told with their times, and with the day where there are several', () => {
    expect(trailWords(samples, now, 'UTC')).toBe('50 at 10:00, 120 at 11:00, 312 at 16:00');
    const later = [...samples, { at: '2026-11-22T10:00:00.000Z', score: 1320, commentCount: 1 }];
    expect(trailWords(later, now, 'UTC')).toContain('1,320 at Sun 22 Nov, 10:00');
  });
  test('go from left to right, the most at the top, also when nothing moved', () => {
    const points = trailPoints(samples);
    expect(points.map(({ x }) => x)).toEqual([...points.map(({ x }) => x)].sort((a, b) => a - b));
    expect(points.at(-1)?.y).toBeLessThan(points[0]?.y ?? 0);
    const still = trailPoints([samples[0], samples[0]].flatMap((one) => one ?? []));
    expect(still.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
  });
});
