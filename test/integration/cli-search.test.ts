import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../main/lib/log.ts';
import { openStore } from '../../main/store/store.ts';
import type { PostRow } from '../../preload/contract/post.ts';
import { cli, jsonOf } from '../helpers/cli-kit.ts';
import { makeFolder } from '../helpers/core-kit.ts';
import { draft } from '../helpers/store-kit.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;
const run = (...args: string[]) => cli([...args, '--data', folder.dir]);
const titles = async (...args: string[]): Promise<string[]> =>
  jsonOf<PostRow[]>(await run('posts', ...args, '--json')).map(({ title }) => title);

beforeAll(async () => {
  folder = await makeFolder();
  const store = await openStore({ dir: folder.dir, log: silentLog });
  await store.posts.save(
    's1',
    [
      draft(1, { title: 'Tide tables', author: 'Ada Lovelace' }),
      draft(2, { title: 'Nothing new', content: '<p>A lantern over the tide.</p>' }),
      draft(3, { title: 'Bread' }),
    ],
    { now: '2026-11-20T10:00:00.000Z' },
  );
  const addedAt = '2026-11-20T10:00:00.000Z';
  await store.searches.put([{ id: 'q1', name: 'By Ada', search: 'author:ada is:unread', place: 0, addedAt }]);
  await store.close();
});
afterAll(() => folder.remove());

test('posts --search understands operators, and reads full texts where they are asked for', async () => {
  expect(await titles('--search', 'tide author:"Ada Lovelace"')).toEqual(['Tide tables']);
  expect(await titles('--search', 'body:lantern')).toEqual(['Nothing new']);
  expect(await titles('--search', 'before:2026-11-20')).toEqual([]);
});

test('posts --saved lists what a saved search finds, by its name', async () => {
  expect(await titles('--saved', 'by ada')).toEqual(['Tide tables']);
  expect(await titles('--saved', 'By Ada', '--search', 'bread')).toEqual([]);
  const unknown = await run('posts', '--saved', 'nobody');
  expect(unknown.code).toBe(2);
  expect(unknown.err).toContain('There is no saved search "nobody".');
});

test('a date that is none is passed over, and the command says so', async () => {
  const found = await run('posts', '--search', 'bread after:2026-13');
  expect(found.out).toContain('Bread');
  expect(found.err).toContain('after:2026-13 is no date');
});
