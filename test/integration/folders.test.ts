import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Source } from '../../preload/contract/source.ts';
import { cli, jsonOf } from '../helpers/cli-kit.ts';
import { askOver, directTransport, makeFolder, openTestCore } from '../helpers/core-kit.ts';

/* Data folders as people have them: profiles, folders that moved, folders of an older version. */

let dir = '';
let removeFolder: () => Promise<void>;
beforeEach(async () => {
  ({ dir, remove: removeFolder } = await makeFolder());
});
afterEach(() => removeFolder());

const feeds = (rows: readonly Source[]): string[] =>
  rows.flatMap((source) => (source.kind === 'feed' ? [source.feedUrl] : [])).sort();
const OPML = (host: string): string =>
  `<opml version="2.0"><body><outline type="rss" text="${host}" xmlUrl="https://${host}/feed"/></body></opml>`;

/** Adds a feed to a folder the way the desktop holds it: a core that writes. */
const addFeed = async (folder: string, host: string): Promise<void> => {
  const core = await openTestCore(folder, { host: 'desktop' });
  try {
    await askOver(directTransport(core), 'sources.importOpml', { text: OPML(host) });
  } finally {
    await core.stop();
  }
};

describe('profiles', () => {
  test('D-16: two profiles have disjoint lists, settings and locks, whichever host writes and reads them', async () => {
    const env = { XDG_DATA_HOME: dir };
    const list = async (...words: string[]) =>
      feeds(jsonOf<Source[]>(await cli(['source', 'list', '--json', ...words], { env })));
    await addFeed(join(dir, 'tidings-work'), 'work.test');
    await addFeed(join(dir, 'tidings-home'), 'home.test');
    expect(await list('--profile', 'work')).toEqual(['https://work.test/feed']);
    expect(await list('--profile', 'home')).toEqual(['https://home.test/feed']);
    expect(await list()).toEqual([]);

    // One is being written by a desktop: the other can be written at the same time, and knows nothing of it.
    const desktop = await openTestCore(join(dir, 'tidings-work'), { host: 'desktop' });
    try {
      await askOver(directTransport(desktop), 'settings.update', { patch: { density: 'compact' } });
      const there = await cli(['schedule', 'pause', 'fetch_feeds', '--profile', 'work'], { env });
      expect([there.code, there.err]).toEqual([3, expect.stringContaining('is using this data folder')]);
      expect((await cli(['schedule', 'pause', 'fetch_feeds', '--profile', 'home'], { env })).code).toBe(0);
      const rows = await askOver(directTransport(desktop), 'schedules.list', {});
      expect(rows.find(({ schedule }) => schedule.id === 'fetch_feeds')?.schedule.enabled).toBe(true);
    } finally {
      await desktop.stop();
    }
    const home = await openTestCore(join(dir, 'tidings-home'));
    expect((await askOver(directTransport(home), 'settings.get', {})).density).toBe('comfortable');
    await home.stop();
    expect(readdirSync(dir).sort()).toEqual(['tidings', 'tidings-home', 'tidings-work']);
  });
});

describe('a data folder that moves', () => {
  test('is whole in the new place after a backup and a restore, and the old one is left as it was', async () => {
    const [from, to, file] = [join(dir, 'old'), join(dir, 'new place'), join(dir, 'moving.tar.gz')];
    await addFeed(from, 'moved.test');
    expect((await cli(['backup', file, '--data', from])).code).toBe(0);
    expect((await cli(['restore', file, '--data', to])).code).toBe(0);
    for (const data of [from, to])
      expect(feeds(jsonOf<Source[]>(await cli(['source', 'list', '--json', '--data', data])))).toEqual([
        'https://moved.test/feed',
      ]);
  });
});

describe('a folder of the first version', () => {
  const FIRST = join(import.meta.dirname, '../fixtures/store-v1');

  test('opens in the whole core with what it holds, and what was not thought of then as it is at first', async () => {
    cpSync(FIRST, join(dir, 'data'), { recursive: true });
    const core = await openTestCore(join(dir, 'data'));
    await core.start();
    await core.loaded;
    const transport = directTransport(core);
    try {
      const { rows } = await askOver(transport, 'posts.list', {});
      expect(rows).toHaveLength(3);
      expect((await askOver(transport, 'sources.list', {})).map(({ source }) => source.id).sort()).toEqual(['one', 'two']);
      expect(await askOver(transport, 'settings.get', {})).toMatchObject({ lanes: 8, updateCheck: false, mail: null });
      expect(await askOver(transport, 'runs.list', {})).toMatchObject({ rows: [expect.objectContaining({ id: 'run' })] });
      expect((await askOver(transport, 'app.status', {})).storeProblem).toBeUndefined();
    } finally {
      await core.stop();
    }
  });

  test('can be backed up without being opened for writing, and its backup restored', async () => {
    const [data, file] = [join(dir, 'data'), join(dir, 'first.tar.gz')];
    cpSync(FIRST, data, { recursive: true });
    const before = readdirSync(data).sort();
    expect((await cli(['backup', file, '--data', data])).code).toBe(0);
    expect(readdirSync(data).sort()).toEqual(before);
    expect((await cli(['restore', file, '--data', join(dir, 'again')])).code).toBe(0);
    expect(existsSync(join(dir, 'again', 'restore-plan.json'))).toBe(false);
    const posts = jsonOf<unknown[]>(await cli(['posts', '--json', '--data', join(dir, 'again')]));
    expect(posts).toHaveLength(3);
  });
});
