import { afterEach, expect, test } from 'vitest';
import { storyKey } from '../../../main/jobs/story-key.ts';
import type { PostDraft } from '../../../main/store/repositories.ts';
import type { TopList } from '../../../preload/contract/top-list.ts';
import { createJobsBench, type JobsBench } from '../../helpers/jobs-bench.ts';

const DAY = 86_400_000;
let bench: JobsBench;
afterEach(() => bench?.close());

const draft = (id: string, fields: Partial<PostDraft> = {}): PostDraft => ({
  fingerprint: id,
  title: `Post ${id}`,
  url: `https://example.org/${id}`,
  domain: 'example.org',
  summary: '',
  ...fields,
});
const story = (id: number, score: number, commentCount = 3): PostDraft =>
  draft(`hn:${id}`, { hn: { id, score, commentCount, type: 'story', isDead: false } });
const save = (sourceId: string, drafts: PostDraft[], daysAgo = 0) =>
  bench.store.posts.save(sourceId, drafts, { now: new Date(bench.clock.now() - daysAgo * DAY).toISOString() });
const listOf = (folder?: string): TopList | undefined =>
  bench.store.topLists
    .all()
    .find(({ scope }) =>
      folder === undefined ? scope.kind === 'hacker-news' : scope.kind === 'folder' && scope.folder[0] === folder,
    );

test('E-3 a week of stories gives the ten best by score, and a folder that is switched off has no list', async () => {
  bench = await createJobsBench();
  await bench.addHackerNews('hn');
  await bench.addFeed('a', { folder: ['Systems'] });
  await bench.addFeed('b', { folder: ['Harbour', 'North'] });
  await bench.addFeed('c', { folder: ['Noise'] });
  await save(
    'hn',
    Array.from({ length: 30 }, (_, at) => story(at + 1, 50 + ((at * 37) % 30) * 10)),
  );
  await save('hn', [story(99, 5000)], 8);
  for (const id of ['a', 'b', 'c']) await save(id, [draft(`${id}1`), draft(`${id}2`)], 2);

  const run = await bench.run('discover-top', { skipFolders: ['noise'] });
  expect(run.error).toBeUndefined();
  const scores = listOf()?.posts.map(({ score }) => score ?? 0) ?? [];
  expect(scores).toEqual(Array.from({ length: 10 }, (_, at) => 340 - at * 10));
  expect(listOf()?.posts[0]).toMatchObject({ sourceTitle: 'hn', why: '340 points, 3 comments' });
  expect(listOf('Systems')?.posts).toHaveLength(2);
  expect(listOf('Harbour')?.posts).toHaveLength(2);
  expect(listOf('Noise')).toBeUndefined();
  expect(run.counts).toEqual({ considered: 36, lists: 3, posts: 14, folders_skipped: 1 });
  expect(bench.heard).toContainEqual({ name: 'top.changed', data: { id: run.runId } });
});

test('a folder ranks by how many sources link a story, stars, points elsewhere and age, and says why', async () => {
  bench = await createJobsBench();
  await bench.addHackerNews('hn');
  for (const id of ['a', 'b', 'c']) await bench.addFeed(id, { folder: ['Systems'] });
  const shared = { url: 'https://www.story.example/one/?utm_source=a#top' };
  await save('a', [draft('a-shared', shared), draft('a-plain')], 6);
  await save('b', [draft('b-shared', { url: 'https://story.example/one' }), draft('b-star')], 5);
  await save('c', [draft('c-points', { url: 'https://points.example/x' }), draft('c-new')], 1);
  await save('hn', [
    draft('hn:7', { url: 'http://points.example/x', hn: { id: 7, score: 30, commentCount: 1, type: 'story', isDead: false } }),
  ]);
  const star = (await bench.posts()).find(({ title }) => title === 'Post b-star');
  await bench.store.posts.mark([star?.id ?? ''], { isStarred: true });

  await bench.run('discover-top', { count: 5 });
  const rows = listOf('Systems')?.posts.map(({ title, why, score }) => [title, why, score]);
  expect(rows).toEqual([
    ['Post c-points', 'In 2 sources, 30 points on Hacker News', 30],
    ['Post b-star', 'Starred', undefined],
    ['Post a-shared', 'In 2 sources', undefined],
    ['Post c-new', 'Among the newest of its source', undefined],
    ['Post a-plain', 'Among the newest of its source', undefined],
  ]);
});

test('one source that writes much does not fill a list alone', async () => {
  bench = await createJobsBench();
  await bench.addFeed('loud', { folder: ['F'] });
  await bench.addFeed('quiet', { folder: ['F'] });
  await save('quiet', [draft('q1'), draft('q2')], 5);
  await save(
    'loud',
    Array.from({ length: 40 }, (_, at) => draft(`l${at}`)),
    0,
  );
  await bench.run('discover-top');
  const from = listOf('F')?.posts.map(({ sourceTitle }) => sourceTitle);
  expect(from).toHaveLength(10);
  expect(from?.filter((title) => title === 'quiet')).toHaveLength(2);
});

test('a list outlives its posts, and leaves out what is dead or muted', async () => {
  bench = await createJobsBench();
  await bench.addFeed('a');
  await bench.addFeed('m', { folder: ['Muted'], muted: true });
  await bench.addHackerNews('hn');
  await save('a', [draft('one')]);
  await save('m', [draft('two')]);
  await save('hn', [draft('hn:1', { hn: { id: 1, score: 900, commentCount: 0, type: 'story', isDead: true } }), story(2, 60)]);
  await bench.run('discover-top');
  expect(bench.store.topLists.all()).toHaveLength(2);
  expect(listOf()?.posts.map(({ score }) => score)).toEqual([60]);
  await bench.store.posts.remove((await bench.posts()).map(({ id }) => id));
  expect(bench.store.topLists.all()[1]?.posts).toMatchObject([{ title: 'Post one', url: 'https://example.org/one' }]);
});

test('a week without posts makes no list and says so', async () => {
  bench = await createJobsBench();
  const run = await bench.run('discover-top');
  expect(run.lines).toMatchObject([{ message: 'No posts were collected in the last 7 days.' }]);
  expect(bench.store.topLists.all()).toEqual([]);
});

test.each([
  ['https://www.a.example/x/', 'http://a.example/x#part'],
  ['https://a.example/x?b=2&a=1', 'https://a.example/x?a=1&b=2&utm_campaign=z'],
])('%s and %s are one story', (one, other) => {
  expect(storyKey(one)).toBe(storyKey(other));
});
test.each([
  ['https://a.example/x', 'https://a.example/y'],
  ['https://a.example/?id=1', 'https://a.example/?id=2'],
  ['https://a.example:8080/', 'https://a.example/'],
])('%s and %s are two', (one, other) => {
  expect(storyKey(one)).not.toBe(storyKey(other));
});
