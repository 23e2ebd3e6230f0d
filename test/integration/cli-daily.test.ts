import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { defaultSchedules } from '../../main/jobs/defaults.ts';
import { silentLog } from '../../main/lib/log.ts';
import { openStore } from '../../main/store/store.ts';
import type { PostRow } from '../../preload/contract/post.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { Source } from '../../preload/contract/source.ts';
import { cli, jsonOf, resultOf, startCli } from '../helpers/cli-kit.ts';
import { makeFolder } from '../helpers/core-kit.ts';
import { type SmallWeb, startSmallWeb } from '../helpers/small-web.ts';

type PrintedRun = Pick<Run, 'id' | 'jobKind' | 'status' | 'cause'> & {
  counts: Record<string, number>;
  fetchJobs: { sourceId: string; status: string; outcome?: string; errorCode?: string; postsCount: number }[];
};

describe('the command line, on a small web', () => {
  let web: SmallWeb;
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  beforeAll(async () => {
    web = await startSmallWeb();
  });
  afterAll(() => web.close());
  beforeEach(async () => {
    folder = await makeFolder();
    return () => folder.remove();
  });
  const run = (...args: string[]) => cli([...args, '--data', folder.dir], { env: { TIDINGS_HN_API: web.hackerNewsApi } });
  const json = async <Value>(...args: string[]): Promise<Value> => jsonOf(await run(...args, '--json'));

  test('any command on an empty folder first writes the defaults, also one that only reads', async () => {
    expect(await json('posts')).toEqual([]);
    const schedules = await json<{ id: string; timeZone: string; isBuiltIn: boolean }[]>('schedule', 'list');
    expect(schedules.map(({ id }) => id)).toEqual(defaultSchedules.map(({ id }) => id));
    expect(schedules.every(({ isBuiltIn }) => isBuiltIn)).toBe(true);
    const sources = await json<unknown[]>('source', 'list');
    expect(sources).toMatchObject([{ kind: 'hacker-news', list: 'top', minScore: 50, limit: 100, fetchJob: null }]);
  });

  test('a site is discovered, added, fetched and read; everything is a row', async () => {
    const source = await json<Source>('source', 'add', web.base, '--allow-local', '--folder', 'Tech/Small');
    expect(source).toMatchObject({ kind: 'feed', feedUrl: web.feedUrl, title: 'Small web', folder: ['Tech', 'Small'] });
    const again = await run('source', 'add', web.feedUrl, '--allow-local', '--json');
    expect(jsonOf<Source>(again).id).toBe(source.id);
    expect(again.err).toContain('already read');

    const done = await json<PrintedRun>('run', 'fetch-feeds');
    expect(Object.keys(done).sort()).toEqual(['cause', 'counts', 'endedAt', 'fetchJobs', 'id', 'jobKind', 'startedAt', 'status']);
    expect(done).toMatchObject({ jobKind: 'fetch-feeds', status: 'completed', cause: 'manual' });
    expect(done.fetchJobs).toEqual([{ sourceId: source.id, status: 'completed', outcome: 'new-posts', postsCount: 3 }]);

    const posts = await json<PostRow[]>('posts', '--source', 'small web', '--unread');
    expect(posts.map(({ title }) => title).sort()).toEqual(['First', 'Second', 'Third']);
    expect((await json<PostRow[]>('posts', '--search', 'secon')).map(({ title }) => title)).toEqual(['Second']);
    expect(await json<PostRow[]>('posts', '--limit', '2')).toHaveLength(2);
    expect(await json<PostRow[]>('posts', '--since', '2099-01-01T00:00:00Z')).toEqual([]);
    expect(await json<PostRow[]>('posts', '--starred')).toEqual([]);

    expect(await json<Run[]>('history', '--status', 'completed')).toMatchObject([{ id: done.id, status: 'completed' }]);
    expect(await json('history', 'show', done.id)).toMatchObject({ id: done.id, fetchJobs: [{ sourceTitle: 'Small web' }] });
    const [, listed] = await json<{ id: string; posts: number; fetchJob: { status: string } | null }[]>('source', 'list');
    expect(listed).toMatchObject({ id: source.id, posts: 3, fetchJob: { status: 'completed' } });
    expect(await json('source', 'remove', source.id)).toEqual({ id: source.id, posts: 3, fetchJobs: 1 });
    expect(await json('posts')).toEqual([]);
  });

  test('people get sentences and columns', async () => {
    await run('source', 'add', web.feedUrl, '--allow-local');
    const done = await run('run', 'Fetch feeds');
    expect(done.out).toMatch(/^Fetch feeds: completed in \d+\.\d s/);
    expect((await run('posts')).out).toMatch(/^Just now {2}\* {2}Small web {2}/);
    for (const command of [['source', 'list'], ['schedule', 'list'], ['history'], ['stats'], ['doctor']]) {
      const { code, out } = await run(...command);
      expect(code, command.join(' ')).toBe(0);
      expect(out.length).toBeGreaterThan(20);
      expect(out).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  test('stats as JSON hold the numbers of the screen: the disk, what each source is worth, the ledger of hosts', async () => {
    await run('source', 'add', web.feedUrl, '--allow-local');
    await run('run', 'Fetch feeds');
    const stats = await json<Record<string, unknown>>('stats', '--days', '7');
    expect(stats).toMatchObject({ days: 7, posts: 3, storage: { counts: { posts: 3 } }, disk: { growth: { postsPerDay: 3 } } });
    expect((stats.perWeekHour as number[][]).flat().reduce((sum, posts) => sum + posts, 0)).toBe(3);
    expect(stats.sources).toContainEqual(expect.objectContaining({ verdict: 'new', received: 3, opened: 0 }));
    expect(stats.hosts).toMatchObject([{ requests: 1, savedBytes: 0, score: 100, faults: [] }]);
  });

  test('Hacker News: what is fetched is accounted for, and a second run finds nothing new', async () => {
    const options = ['--option', 'limit=500', '--option', 'minScore=50'];
    const first = await json<PrintedRun>('run', 'collect-hacker-news', ...options);
    const second = await json<PrintedRun>('run', 'hourly_posts_collection', ...options);
    expect(first.counts).toMatchObject({ posts_fetched: 3, posts_saved: 2, below_threshold: 1 });
    expect(second.counts).toMatchObject({ posts_fetched: 3, posts_saved: 0, duplicates_skipped: 2, below_threshold: 1 });
    for (const { counts } of [first, second]) {
      const parts = ['posts_saved', 'duplicates_skipped', 'below_threshold', 'unusable', 'errors'];
      expect(parts.reduce((sum, name) => sum + (counts[name] ?? 0), 0)).toBe(counts.posts_fetched);
    }
    await json('source', 'add', 'hn', '--list', 'best', '--min-score', '10', '--limit', '20');
    expect(await json<Source[]>('source', 'list')).toMatchObject([{ list: 'top' }, { list: 'best', minScore: 10, limit: 20 }]);
  });

  test('a failed fetch is a row and not a crash; a failed run ends with 1', async () => {
    await json('source', 'add', web.feedUrl, '--allow-local');
    const gone = await cli(['run', 'collect-hacker-news', '--json', '--data', folder.dir], {
      env: { TIDINGS_HN_API: 'http://127.0.0.1:9/v0' },
    });
    expect(gone.code).toBe(1);
    const printed = JSON.parse(gone.out) as PrintedRun & { errorCode: string };
    expect(printed).toMatchObject({
      status: 'failed',
      errorCode: 'CONN_REFUSED',
      fetchJobs: [{ status: 'failed', errorCode: 'CONN_REFUSED' }],
    });
  });

  test('schedules are added, paused, resumed and removed', async () => {
    const trigger = '{"type":"weekly","days":["mon"],"time":"06:30"}';
    const added = await json<{ id: string }>(
      'schedule',
      'add',
      '--name',
      'Mondays',
      '--job',
      'fetch-feeds',
      '--trigger',
      trigger,
      '--zone',
      'Europe/Vienna',
    );
    expect(added).toMatchObject({ name: 'Mondays', timeZone: 'Europe/Vienna', enabled: true });
    expect(await json('schedule', 'pause', 'mondays')).toMatchObject({
      id: added.id,
      pausedUntil: expect.stringMatching(/^9999/),
    });
    expect(await json('schedule', 'resume', added.id)).not.toHaveProperty('pausedUntil');
    expect(await json('schedule', 'remove', added.id)).toEqual({ id: added.id, runs: 0 });
    expect(
      (
        await run(
          'schedule',
          'add',
          '--name',
          'x',
          '--job',
          'fetch-feeds',
          '--trigger',
          '{"type":"cron","expression":"99 * * * *"}',
        )
      ).code,
    ).toBe(2);
  });

  test('a schedule is added with a window, a grace and retries; a pause may end by itself; resuming may make up', async () => {
    const window = { days: ['mon', 'tue'], from: '09:00', to: '17:00' };
    const given = ['--name', 'Office', '--job', 'fetch-feeds', '--trigger', '{"type":"interval","minutes":15}', '--zone', 'UTC'];
    const more = ['--window', JSON.stringify(window), '--missed', 'ask', '--grace', '90', '--retries', '4'];
    const added = await json<{ id: string }>('schedule', 'add', ...given, ...more);
    expect(added).toMatchObject({ window, missed: 'ask', graceMinutes: 90, retries: 4, retryMinutes: 1 });
    const rows = await json<{ id: string; words: string }[]>('schedule', 'list');
    expect(rows.find(({ id }) => id === added.id)?.words).toBe('Every 15 minutes, Mondays and Tuesdays 09:00 to 17:00');
    const until = '2036-11-22T08:00:00.000Z';
    expect(await json('schedule', 'pause', added.id, '--until', until)).toMatchObject({ pausedUntil: until });
    expect(await json('schedule', 'pause', added.id, '--minutes', '30')).not.toMatchObject({ pausedUntil: until });
    expect(await json('schedule', 'resume', added.id, '--make-up')).not.toHaveProperty('pausedUntil');
    for (const wrong of [
      ['--window', '{'],
      ['--window', '{"days":[]}'],
      ['--missed', 'never'],
      ['--grace', '1'],
    ])
      expect((await run('schedule', 'add', ...given, ...wrong)).code).toBe(2);
  });

  test('a question about missed times is said in the list and answered on the command line', async () => {
    const given = ['--name', 'Asks', '--job', 'clean-up', '--trigger', '{"type":"interval","minutes":60}', '--zone', 'UTC'];
    const { id } = await json<{ id: string }>('schedule', 'add', ...given, '--missed', 'ask');
    expect((await run('schedule', 'answer', id, '--run')).code).toBe(1);
    const store = await openStore({ dir: folder.dir, log: silentLog });
    const [at, row] = ['2026-11-20T10:00:00.000Z', store.schedules.get(id)];
    if (row) await store.schedules.put([{ ...row, asked: { from: at, to: at, count: 1 } }]);
    await store.close();
    expect((await run('schedule', 'list')).out).toContain('asks about 1 missed');
    expect((await run('schedule', 'answer', id)).code).toBe(2);
    expect(await json('schedule', 'answer', id, '--run')).toMatchObject({
      cause: 'catch-up',
      status: 'completed',
      scheduledFor: at,
    });
    expect((await run('schedule', 'list')).out).not.toContain('asks about');
    await run('schedule', 'remove', id);
  });

  test('next prints UTC instants; cases go line by line, wrong ones as an error', async () => {
    const trigger = '{"type":"daily","time":"08:00"}';
    const args = ['next', trigger, '--zone', 'America/New_York', '--from', '2026-03-07T00:00:00Z', '--count', '3', '--json'];
    expect(jsonOf(await cli(args))).toEqual(['2026-03-07T13:00:00.000Z', '2026-03-08T12:00:00.000Z', '2026-03-09T12:00:00.000Z']);
    const lines = [
      JSON.stringify({ trigger: JSON.parse(trigger), zone: 'UTC', from: '2026-01-01T00:00:00Z', count: 1 }),
      JSON.stringify({
        trigger: { type: 'cron', expression: '0 0 30 2 *' },
        zone: 'UTC',
        from: '2026-01-01T00:00:00Z',
        count: 1,
      }),
      'not json',
    ];
    await writeFile(join(folder.dir, 'cases.jsonl'), lines.join('\n'));
    const { out, code } = await cli(['next', '--cases', 'cases.jsonl'], { cwd: folder.dir });
    expect(code).toBe(0);
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(answers).toMatchObject([['2026-01-01T08:00:00.000Z'], { code: 'SCHED_NEVER' }, { error: 'The line is not JSON.' }]);
  });

  test('parse prints one feed, from a file where it was typed or from an address', async () => {
    await writeFile(
      join(folder.dir, 'feed.xml'),
      `<rss version="2.0"><channel><title>T</title><item><title>A</title><link>/a</link></item></channel></rss>`,
    );
    const fromFile = jsonOf(await cli(['parse', 'feed.xml', '--base', 'https://a.example/feed'], { cwd: folder.dir }));
    expect(fromFile).toMatchObject({
      format: 'rss',
      title: 'T',
      entries: [{ title: 'A', link: 'https://a.example/a', enclosures: [] }],
    });
    const fromWeb = await cli(['parse', web.feedUrl, '--allow-local']);
    expect(jsonOf(fromWeb)).toMatchObject({ title: 'Small web' });
    expect((await cli(['parse', web.feedUrl])).code).toBe(1);
    expect((await cli(['parse', 'absent.xml'], { cwd: folder.dir })).code).toBe(2);
  });

  test('a manifest of files gives a document each, and nothing outside the folder', async () => {
    await mkdir(join(folder.dir, 'in', 'sub'), { recursive: true });
    await writeFile(
      join(folder.dir, 'in', 'sub', 'a.json'),
      JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'J', items: [{ id: '1', content_text: 'x' }] }),
    );
    const cases = [
      { file: 'sub/a.json', http: { url: 'https://a.example/feed.json' }, other: 1 },
      { file: 'sub/absent.xml', http: {} },
    ];
    await writeFile(join(folder.dir, 'in', 'cases.json'), JSON.stringify(cases));
    expect((await cli(['parse', '--manifest', 'in/cases.json', '--out', 'out'], { cwd: folder.dir })).code).toBe(0);
    const read = async (name: string) => JSON.parse(await readFile(join(folder.dir, 'out', name), 'utf8')) as unknown;
    expect(await read('sub/a.json.json')).toMatchObject({ format: 'json', title: 'J', entries: [{ id: '1' }] });
    expect(await read('sub/absent.xml.json')).toEqual({ error: expect.stringContaining('cannot be read'), code: 'USAGE' });
    await writeFile(join(folder.dir, 'in', 'cases.json'), JSON.stringify([{ file: '../../escape' }]));
    expect((await cli(['parse', '--manifest', 'in/cases.json', '--out', 'out'], { cwd: folder.dir })).code).toBe(2);
  });

  test.each([
    ['nonsense'],
    ['posts', '--limit', 'ten'],
    ['posts', '--nope'],
    ['posts', 'extra'],
    ['posts', '--since', 'yesterday'],
    ['source'],
    ['source', 'add', 'hn', '--limit', '501'],
    ['source', 'add', 'ftp://a.example/feed'],
    ['source', 'add', 'https://me:secret@a.example/feed'],
    ['source', 'remove', 'nobody'],
    ['run', 'no-such-job'],
    ['run', 'fetch-feeds', '--option', 'x'],
    ['run', 'fetch-feeds', '--option', 'nope=1'],
    ['run', 'collect-hacker-news', '--option', 'limit=many'],
    ['history', '--status', 'odd'],
    ['next', '{"type":"daily"}'],
    ['serve', '--port', '70000'],
  ])('bad usage ends with 2 and one sentence: %s %s %s %s', async (...args) => {
    const { code, out, err } = await run(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^tidings: .+\n$/);
    expect(err).not.toContain('secret@');
  });

  test('a reader that goes away is no crash', async () => {
    for (let id = 1000; id < 1400; id += 1)
      web.stories.push({ id, title: `Story ${id} ${'x'.repeat(300)}`, score: 60, descendants: 0 });
    await run('run', 'collect-hacker-news', '--option', 'limit=500');
    const child = startCli(['posts', '--json', '--data', folder.dir]);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { code, err } = await resultOf(child);
    expect([code, err]).toEqual([0, '']);
  });
});
