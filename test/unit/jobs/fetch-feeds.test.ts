import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { whenNext } from '../../../main/jobs/due-sources.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { body, createJobsBench, type JobsBench, notModified, rss, rssItem } from '../../helpers/jobs-bench.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let bench: JobsBench;
beforeEach(async () => {
  bench = await createJobsBench();
});
afterEach(() => bench.close());

const status = (code: ConstructorParameters<typeof AppError>[0], number: number, retryAfterMs?: number): AppError =>
  new AppError(code, `The server answered ${number}.`, { status: number, ...(retryAfterMs ? { retryAfterMs } : {}) });
const feedOf = (...ids: string[]) => body(rss(ids.map((id) => rssItem(id))));
const codesOf = (run: { fetchJobs: { status: string; errorCode?: string }[] }): string[] =>
  run.fetchJobs.map((job) => job.errorCode ?? 'OK');

describe('fetching feeds', () => {
  test('A-1: one good and one missing source make two rows; the failed one names 404', async () => {
    await bench.addFeed('good');
    await bench.addFeed('bad');
    bench.web.set('https://good.example/feed', () => feedOf('1', '2'));
    const run = await bench.run('fetch-feeds');
    expect(run.error).toBeUndefined();
    expect(run.counts).toMatchObject({ sources: 2, new_posts: 2, failed: 1, not_modified: 0 });
    const [good, bad] = ['good', 'bad'].map((id) => bench.store.fetchJobs.latestFor(id));
    expect(good).toMatchObject({ status: 'completed', outcome: 'new-posts', postsCount: 2, itemsCount: 2, httpStatus: 200 });
    expect(bad).toMatchObject({ status: 'failed', errorCode: 'HTTP_4XX', postsCount: 0, httpStatus: 404 });
    expect(bad).toHaveProperty('errorMessage', 'The server answered 404.');
    for (const job of [good, bad]) expect(job).toHaveProperty('endedAt', '2026-11-21T12:00:00.000Z');
  });

  test('A-2: a queued job cannot be completed; the row stays as it was', async () => {
    await bench.addFeed('a');
    const job = { id: 'j1', runId: 'r1', sourceId: 'a', queuedAt: '2026-11-21T12:00:00.000Z' };
    const queued = await bench.store.fetchJobs.queue(job);
    const end = { endedAt: '2026-11-21T12:00:01.000Z', outcome: 'new-posts' as const, postsCount: 1 };
    expect(await bench.store.fetchJobs.complete('j1', end)).toBeNull();
    expect(bench.store.fetchJobs.get('j1')).toEqual(queued);
  });

  test('A-3: five quick wishes for a slow source make one request and one row', async () => {
    await bench.addFeed('slow');
    let answerNow = (): void => {};
    const waits = new Promise<void>((resolve) => {
      answerNow = resolve;
    });
    bench.web.set('https://slow.example/feed', async () => {
      await waits;
      return feedOf('1');
    });
    const runs = [1, 2, 3, 4, 5].map(() => bench.run('fetch-feeds', { sourceIds: ['slow'] }));
    await bench.clock.pass(0);
    answerNow();
    const ended = await Promise.all(runs);
    expect(bench.asked).toHaveLength(1);
    expect(bench.store.fetchJobs.all()).toHaveLength(1);
    expect(ended.map((run) => run.counts.already_running ?? 0)).toEqual([0, 1, 1, 1, 1]);
    expect(ended.every((run) => run.error === undefined)).toBe(true);
  });

  test('A-4: nothing of a fetch is kept on the source itself', async () => {
    const before = await bench.addFeed('a', { siteUrl: 'https://a.example/' });
    bench.web.set('https://a.example/feed', () => feedOf('1'));
    await bench.run('fetch-feeds');
    expect(bench.store.sources.get('a')).toEqual(before);
    await bench.store.fetchJobs.remove(bench.store.fetchJobs.all().map((job) => job.id));
    expect(bench.store.fetchJobs.latestFor('a')).toBeNull();
  });

  test('A-6: each move is announced with the whole row: queued, ongoing, completed', async () => {
    await bench.addFeed('a');
    bench.web.set('https://a.example/feed', () => feedOf('1'));
    await bench.run('fetch-feeds');
    const rows = bench.heard.flatMap((event) => (event.name === 'fetch-jobs.changed' ? [event.data.fetchJob] : []));
    expect(rows.map((row) => row.status)).toEqual(['queued', 'ongoing', 'completed']);
    expect(new Set(rows.map((row) => row.id)).size).toBe(1);
    expect(rows[2]).toEqual(bench.store.fetchJobs.latestFor('a'));
    expect(bench.heard.filter((event) => event.name === 'posts.changed')).toEqual([
      { name: 'posts.changed', data: { added: 1, sourceIds: ['a'] } },
    ]);
  });

  test('A-8: one source that cannot be parsed does not stop the other nine', async () => {
    for (let n = 0; n < 10; n += 1) {
      await bench.addFeed(`s${n}`);
      bench.web.set(`https://s${n}.example/feed`, () => (n === 3 ? body('this is no feed') : feedOf('1')));
    }
    const run = await bench.run('fetch-feeds');
    expect(run.fetchJobs.filter((job) => job.status === 'completed')).toHaveLength(9);
    expect(bench.store.fetchJobs.latestFor('s3')).toMatchObject({ status: 'failed', errorCode: 'NOT_A_FEED' });
    expect(run.progress.at(-1)).toEqual([10, 10]);
  });

  test('A-13: the same feed three times gives its posts once', async () => {
    await bench.addFeed('a');
    let n = 0;
    // A comment that changes, so that the body is parsed each time.
    bench.web.set('https://a.example/feed', () => body(`${rss([rssItem('1'), rssItem('2')])}<!-- ${n++} -->`));
    for (let time = 0; time < 3; time += 1) await bench.run('fetch-feeds');
    expect(n).toBe(3);
    expect(bench.store.posts.count()).toBe(2);
    expect(bench.store.fetchJobs.latestFor('a')).toMatchObject({ outcome: 'nothing-new', postsCount: 0, itemsCount: 2 });
  });

  test('A-15: starred sources are asked first, then the most overdue, then those with least failures', async () => {
    await bench.store.settings.update({ lanes: 1 });
    const ids = ['twice', 'once', 'overdue', 'starred', 'recent'];
    for (const id of ids) await bench.addFeed(id, { starred: id === 'starred', feedUrl: `https://one.example/${id}` });
    const answerFor = (working: string[]) => {
      for (const id of ids)
        bench.web.set(`https://one.example/${id}`, () => (working.includes(id) ? feedOf(id) : undefined) as never);
    };
    answerFor(['overdue', 'starred', 'recent']);
    await bench.run('fetch-feeds', { sourceIds: ['overdue', 'twice'] });
    await bench.clock.pass(HOUR);
    await bench.run('fetch-feeds', { sourceIds: ['once', 'twice'] });
    await bench.clock.pass(HOUR);
    await bench.run('fetch-feeds', { sourceIds: ['recent', 'starred'] });
    await bench.clock.pass(HOUR);
    bench.asked.length = 0;
    await bench.run('fetch-feeds', {}, { cause: 'schedule' });
    expect(bench.asked.map(({ url }) => url.replace('https://one.example/', ''))).toEqual([
      'starred',
      'overdue',
      'once',
      'twice',
      'recent',
    ]);
  });

  test('A-19: each failure is a line of the run and a row of the source, with its time and the next try', async () => {
    await bench.addFeed('a', { title: 'Example' });
    for (let n = 0; n < 25; n += 1) {
      await bench.run('fetch-feeds');
      await bench.clock.pass(MINUTE);
    }
    const run = await bench.run('fetch-feeds');
    expect(run.lines).toContainEqual({
      level: 'warn',
      message: 'Example: The server answered 404. Next try in 24 hours at the earliest.',
    });
    const last = bench.store.fetchJobs.recentFor('a', 20);
    expect(last).toHaveLength(20);
    for (const job of last) expect(job).toMatchObject({ status: 'failed', errorCode: 'HTTP_4XX' });
    expect(new Set(last.map((job) => ('endedAt' in job ? job.endedAt : ''))).size).toBe(20);
  });

  test('by schedule only what is due is asked, by hand everything', async () => {
    await bench.addFeed('a');
    bench.web.set('https://a.example/feed', () => feedOf('1'));
    await bench.run('fetch-feeds', {}, { cause: 'schedule' });
    await bench.clock.pass(5 * MINUTE);
    const early = await bench.run('fetch-feeds', {}, { cause: 'schedule' });
    expect(early.counts.sources).toBe(0);
    expect(early.lines).toEqual([{ level: 'info', message: 'No source is due. Next is a in 25 minutes. Every 30 minutes.' }]);
    expect((await bench.run('fetch-feeds')).counts.sources).toBe(1);
    await bench.clock.pass(30 * MINUTE);
    expect((await bench.run('fetch-feeds', {}, { cause: 'schedule' })).counts.sources).toBe(1);
  });

  test('A-9: a shorter interval in the settings counts at once, without a restart', async () => {
    const source = await bench.addFeed('a');
    bench.web.set('https://a.example/feed', () => feedOf('1'));
    await bench.run('fetch-feeds', {}, { cause: 'schedule' });
    await bench.clock.pass(12 * MINUTE);
    const nextTry = () => {
      const recent = bench.store.fetchJobs.recentFor('a', 20);
      const memory = bench.store.fetchMemory.get('a');
      const { fetchIntervalMinutes } = bench.store.settings.get();
      return whenNext({ source, memory, recent, fetchIntervalMinutes }, bench.clock.now()).nextTryAt;
    };
    expect(nextTry()).toBe('2026-11-21T12:30:00.000Z');
    expect((await bench.run('fetch-feeds', {}, { cause: 'schedule' })).counts.sources).toBe(0);
    await bench.store.settings.update({ fetchIntervalMinutes: 10 });
    expect(nextTry()).toBe('2026-11-21T12:12:00.000Z');
    expect((await bench.run('fetch-feeds', {}, { cause: 'schedule' })).counts.sources).toBe(1);
    expect(nextTry()).toBe('2026-11-21T12:22:00.000Z');
  });

  test('a source without a title or site gets those of its feed, and keeps its own', async () => {
    await bench.addFeed('a', { title: 'https://a.example/feed' });
    await bench.addFeed('b', { title: 'Mine', siteUrl: 'https://mine.example/' });
    for (const id of ['a', 'b']) bench.web.set(`https://${id}.example/feed`, () => feedOf('1'));
    await bench.run('fetch-feeds');
    expect(bench.store.sources.get('a')).toMatchObject({ title: 'The feed', siteUrl: 'https://example.org/' });
    expect(bench.store.sources.get('b')).toMatchObject({ title: 'Mine', siteUrl: 'https://mine.example/' });
    expect(bench.heard).toContainEqual({ name: 'sources.changed', data: { ids: ['a'] } });
  });

  test("the owner's own time limit and leave for the local network go with the request", async () => {
    await bench.addFeed('a', { timeoutSeconds: 7, allowLocalNetwork: true });
    await bench.addFeed('b');
    await bench.run('fetch-feeds');
    expect(bench.asked.find(({ url }) => url.includes('//a.'))).toMatchObject({ timeoutMs: 7000, allowLocalNetwork: true });
    expect(bench.asked.find(({ url }) => url.includes('//b.'))).toMatchObject({ timeoutMs: 30_000 });
  });

  test('a cancelled run ends every row without blame and leaves the posts of the others', async () => {
    const stop = new AbortController();
    await bench.addFeed('a');
    await bench.addFeed('b');
    bench.web.set('https://a.example/feed', () => feedOf('1'));
    bench.web.set('https://b.example/feed', (request) => {
      stop.abort(new AppError('CANCELLED', 'The run was cancelled.'));
      return request.signal?.reason as AppError;
    });
    const run = await bench.run('fetch-feeds', {}, { signal: stop.signal });
    expect(run.error?.code).toBe('CANCELLED');
    expect(bench.store.fetchJobs.unfinished()).toEqual([]);
    expect(bench.store.fetchJobs.latestFor('b')).toMatchObject({ errorCode: 'CANCELLED', isBlameless: true });
    expect(bench.store.fetchMemory.get('b')).toBeUndefined();
  });

  test('a full disk stops the cycle, blames no source, and the next run goes on', async () => {
    await bench.store.settings.update({ lanes: 1 });
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      await bench.addFeed(id);
      bench.web.set(`https://${id}.example/feed`, () => feedOf('1'));
    }
    const { save } = bench.store.posts;
    bench.services.store.posts.save = async () => {
      throw new AppError('STORE_FULL', 'The disk is full.');
    };
    const full = await bench.run('fetch-feeds');
    expect(full.error?.code).toBe('STORE_FULL');
    expect(bench.asked.length).toBeLessThan(5);
    for (const id of ['a', 'b', 'c', 'd', 'e']) expect(bench.store.fetchMemory.get(id)).toBeUndefined();
    // The runner writes the end of the run, and of the rows it can.
    const times = {
      queuedAt: '2026-11-21T12:00:00.000Z',
      startedAt: '2026-11-21T12:00:00.000Z',
      endedAt: '2026-11-21T12:00:00.000Z',
    };
    const row = { id: full.runId, jobKind: 'fetch-feeds', name: 'x', cause: 'manual' as const, counts: {}, log: [], ...times };
    await bench.store.runs.put({ ...row, status: 'failed', errorCode: 'STORE_FULL', errorMessage: 'Full.' });
    bench.services.store.posts.save = save;
    expect((await bench.run('fetch-feeds')).counts).toMatchObject({ sources: 5, new_posts: 5, failed: 0 });
  });

  test('rows that a dead run left open are ended and the source is asked again', async () => {
    await bench.addFeed('a');
    bench.web.set('https://a.example/feed', () => feedOf('1'));
    const times = {
      queuedAt: '2026-11-21T11:00:00.000Z',
      startedAt: '2026-11-21T11:00:00.000Z',
      endedAt: '2026-11-21T11:10:00.000Z',
    };
    const run = { id: 'dead', jobKind: 'fetch-feeds', name: 'x', cause: 'manual' as const, counts: {}, log: [], ...times };
    await bench.store.runs.put({ ...run, status: 'failed', errorCode: 'STORE_FULL', errorMessage: 'Full.' });
    await bench.store.fetchJobs.queue({ id: 'left', runId: 'dead', sourceId: 'a', queuedAt: times.queuedAt });
    expect((await bench.run('fetch-feeds')).counts.new_posts).toBe(1);
    expect(bench.store.fetchJobs.get('left')).toMatchObject({ status: 'failed', errorCode: 'INTERRUPTED', isBlameless: true });
  });

  test('a source removed during its fetch leaves nothing behind', async () => {
    await bench.addFeed('a');
    bench.web.set('https://a.example/feed', async () => {
      await bench.store.sources.remove('a');
      return feedOf('1');
    });
    const run = await bench.run('fetch-feeds');
    expect(run.error).toBeUndefined();
    expect(bench.store.posts.count()).toBe(0);
    expect(bench.store.fetchMemory.get('a')).toBeUndefined();
    expect(bench.store.fetchJobs.all()).toEqual([]);
  });
});

describe('asking only for what changed', () => {
  test('validators go with the next request and a 304 writes no post', async () => {
    await bench.addFeed('a');
    bench.web.set('https://a.example/feed', ({ validators }) =>
      validators?.etag === '"1"' ? notModified() : body(rss([rssItem('1')]), { validators: { etag: '"1"' } }),
    );
    await bench.run('fetch-feeds');
    const run = await bench.run('fetch-feeds');
    expect(bench.asked[1]?.validators).toEqual({ etag: '"1"' });
    expect(run.counts).toMatchObject({ not_modified: 1, new_posts: 0 });
    expect(bench.store.fetchJobs.latestFor('a')).toMatchObject({ outcome: 'not-modified', httpStatus: 304 });
  });

  test('validators belong to an address: a new one is asked plainly', async () => {
    const source = await bench.addFeed('a');
    bench.web.set('https://a.example/feed', () => body(rss([rssItem('1')]), { validators: { etag: '"1"' } }));
    await bench.run('fetch-feeds');
    await bench.store.sources.put([{ ...source, feedUrl: 'https://a.example/other' }]);
    await bench.run('fetch-feeds');
    expect(bench.asked[1]?.validators).toBeUndefined();
  });

  test('the body we have is not parsed again', async () => {
    await bench.addFeed('a');
    bench.web.set('https://a.example/feed', () => feedOf('1'));
    await bench.run('fetch-feeds');
    let parsed = 0;
    bench.services.parser.parsePosts = async () => {
      parsed += 1;
      throw new Error('not wanted');
    };
    const run = await bench.run('fetch-feeds');
    expect(parsed).toBe(0);
    expect(run.counts).toMatchObject({ nothing_new: 1, failed: 0 });
  });

  test('a document that stops in the middle gives its whole items, and its validators are not kept', async () => {
    await bench.addFeed('a');
    const cut = rss([rssItem('1'), rssItem('2')]).replace(/<description>Words of 2.*$/s, '<descr');
    bench.web.set('https://a.example/feed', () => body(cut, { validators: { etag: '"cut"' } }));
    await bench.run('fetch-feeds');
    expect((await bench.posts()).map((post) => post.title)).toContain('Post 1');
    expect(bench.store.fetchMemory.get('a')).not.toHaveProperty('etag');
    expect(bench.store.fetchMemory.get('a')).not.toHaveProperty('bodyHash');
    expect(bench.store.fetchJobs.latestFor('a')).toMatchObject({ status: 'completed' });
  });

  hostileCase(35, 'an unasked 304 is an error, the validators are forgotten and the next question is plain', async () => {
    await bench.addFeed('a');
    bench.web.set('https://a.example/feed', () => notModified());
    const first = await bench.run('fetch-feeds');
    expect(bench.store.fetchMemory.get('a')).toMatchObject({ mustBePlain: true });
    bench.web.set('https://a.example/feed', () => body(rss([rssItem('1')]), { validators: { etag: '"1"' } }));
    const second = await bench.run('fetch-feeds');
    expect(bench.asked[1]?.validators).toBeUndefined();
    expect(second.counts.new_posts).toBe(1);
    return [...codesOf(first), ...codesOf(second)];
  });

  hostileCase(36, 'a new body under the same ETag is stored as new', async () => {
    await bench.addFeed('a');
    bench.web.set('https://a.example/feed', () => body(rss([rssItem('1')]), { validators: { etag: '"same"' } }));
    await bench.run('fetch-feeds');
    bench.web.set('https://a.example/feed', () => body(rss([rssItem('1'), rssItem('2')]), { validators: { etag: '"same"' } }));
    const run = await bench.run('fetch-feeds');
    expect(run.counts.new_posts).toBe(1);
    return codesOf(run);
  });
});

describe('waiting', () => {
  hostileCase(38, 'a 429 with Retry-After pauses the source and its host, also by hand', async () => {
    await bench.addFeed('a', { feedUrl: 'https://one.example/a' });
    await bench.addFeed('b', { feedUrl: 'https://one.example/b' });
    await bench.addFeed('c');
    bench.web.set('https://one.example/a', () => status('HTTP_429', 429, 2 * MINUTE));
    for (const url of ['https://one.example/b', 'https://c.example/feed']) bench.web.set(url, () => feedOf('1'));
    const first = await bench.run('fetch-feeds', { sourceIds: ['a'] });
    bench.asked.length = 0;
    await bench.clock.pass(2 * MINUTE - 1);
    const early = await bench.run('fetch-feeds');
    expect(bench.asked.map(({ url }) => url)).toEqual(['https://c.example/feed']);
    expect(early.counts.sources).toBe(1);
    await bench.clock.pass(1);
    await bench.run('fetch-feeds');
    expect(bench.asked.map(({ url }) => url)).toContain('https://one.example/b');
    return codesOf(first);
  });

  test('in the same cycle the other sources of such a host are not asked any more, without blame', async () => {
    await bench.store.settings.update({ lanes: 1 });
    for (const id of ['a', 'b', 'c', 'd']) await bench.addFeed(id, { feedUrl: `https://one.example/${id}` });
    for (const id of ['a', 'b', 'c', 'd']) bench.web.set(`https://one.example/${id}`, () => status('HTTP_429', 429, 10 * MINUTE));
    await bench.run('fetch-feeds');
    expect(bench.asked.map(({ url }) => url)).toEqual(['https://one.example/a', 'https://one.example/b']);
    expect(bench.store.fetchJobs.latestFor('d')).toMatchObject({ errorCode: 'HTTP_429', isBlameless: true });
    expect(bench.store.fetchMemory.get('d')).toBeUndefined();
  });

  hostileCase(39, 'the time a server names is kept as the downloader clamped it', async () => {
    await bench.addFeed('a');
    bench.web.set('https://a.example/feed', () => status('HTTP_429', 429, 24 * HOUR));
    const run = await bench.run('fetch-feeds');
    expect(bench.store.fetchMemory.get('a')).toMatchObject({
      notBefore: '2026-11-22T12:00:00.000Z',
      notBeforeReason: 'retry-after',
    });
    await bench.clock.pass(23 * HOUR);
    expect((await bench.run('fetch-feeds')).counts.sources).toBe(0);
    return codesOf(run);
  });

  hostileCase(43, 'a source that was missing recovers by itself and its waits begin anew', async () => {
    await bench.addFeed('a');
    const codes: string[] = [];
    for (const minutes of [30, 60, 120]) {
      codes.push(...codesOf(await bench.run('fetch-feeds', {}, { cause: 'schedule' })));
      const wait = Date.parse(bench.store.fetchMemory.get('a')?.notBefore ?? '') - bench.clock.now();
      expect(wait).toBe(minutes * MINUTE);
      await bench.clock.pass(wait - 1);
      expect((await bench.run('fetch-feeds', {}, { cause: 'schedule' })).counts.sources).toBe(0);
      await bench.clock.pass(1);
    }
    bench.web.set('https://a.example/feed', () => feedOf('1'));
    codes.push(...codesOf(await bench.run('fetch-feeds', {}, { cause: 'schedule' })));
    expect(bench.store.fetchMemory.get('a')).toMatchObject({ failures: 0 });
    expect(bench.store.fetchMemory.get('a')).not.toHaveProperty('notBefore');
    expect(codes).toEqual(['HTTP_4XX', 'HTTP_4XX', 'HTTP_4XX', 'OK']);
    return codes;
  });

  hostileCase(44, 'a feed that is gone is paused after three answers over two days; its posts stay', async () => {
    await bench.addFeed('a');
    bench.web.set('https://a.example/feed', () => feedOf('1'));
    await bench.run('fetch-feeds');
    bench.web.set('https://a.example/feed', () => status('HTTP_GONE', 410));
    const codes: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      codes.push(...codesOf(await bench.run('fetch-feeds')));
      expect(bench.store.sources.get('a')?.paused, `after ${n + 1}`).toBe(n === 3);
      await bench.clock.pass(16 * HOUR);
    }
    expect(bench.store.posts.count()).toBe(1);
    expect((await bench.run('fetch-feeds')).counts.sources).toBe(0);
    await bench.store.sources.put([{ ...(await bench.addFeed('a')), paused: false }]);
    bench.web.set('https://a.example/feed', () => feedOf('1', '2'));
    expect((await bench.run('fetch-feeds')).counts.new_posts).toBe(1);
    return codes;
  });

  test('an answer that says how long it is good is not asked for again before', async () => {
    await bench.addFeed('a');
    bench.web.set('https://a.example/feed', () => body(rss([rssItem('1')]), { freshForMs: 3 * HOUR }));
    await bench.run('fetch-feeds', {}, { cause: 'schedule' });
    await bench.clock.pass(2 * HOUR);
    expect((await bench.run('fetch-feeds', {}, { cause: 'schedule' })).counts.sources).toBe(0);
    await bench.clock.pass(HOUR);
    expect((await bench.run('fetch-feeds', {}, { cause: 'schedule' })).counts.sources).toBe(1);
  });
});

describe('feeds that move', () => {
  const movedBody = (...ids: string[]) => body(rss(ids.map((id) => rssItem(id))), { movedTo: 'https://new.example/feed' });

  hostileCase(
    32,
    'the address changes after three fetches over two days that brought the same feed, and can be undone',
    async () => {
      await bench.addFeed('a');
      bench.web.set('https://a.example/feed', () => feedOf('1'));
      await bench.run('fetch-feeds');
      const observed: string[] = [];
      for (let n = 1; n <= 3; n += 1) {
        bench.web.set('https://a.example/feed', () => movedBody('1', `new-${n}`));
        const run = await bench.run('fetch-feeds');
        const moved = bench.store.sources.get('a');
        expect(moved, `after ${n}`).toMatchObject({ feedUrl: n < 3 ? 'https://a.example/feed' : 'https://new.example/feed' });
        observed.push(
          ...run.fetchJobs.flatMap((job) => (job.status === 'completed' ? (job.warnings ?? []) : [])).map(({ code }) => code),
        );
        await bench.clock.pass(24 * HOUR);
      }
      expect(observed).toEqual(['W_MOVED']);
      expect(bench.store.sources.get('a')).toMatchObject({ movedFrom: 'https://a.example/feed' });
      expect(bench.store.posts.count()).toBe(4);
      bench.web.set('https://new.example/feed', () => feedOf('1', 'later'));
      expect((await bench.run('fetch-feeds')).counts.new_posts).toBe(1);
      return observed;
    },
  );

  test('an address that the owner came back from is not followed again', async () => {
    const source = await bench.addFeed('a');
    bench.web.set('https://a.example/feed', () => movedBody('1'));
    bench.web.set('https://new.example/feed', () => feedOf('1'));
    const fetchDaily = async (times: number) => {
      for (let n = 0; n < times; n += 1) {
        await bench.run('fetch-feeds');
        await bench.clock.pass(24 * HOUR);
      }
    };
    await fetchDaily(5);
    expect(bench.store.sources.get('a')).toMatchObject({ feedUrl: 'https://new.example/feed' });
    await bench.store.sources.put([source]);
    await fetchDaily(6);
    expect(bench.store.sources.get('a')).toMatchObject({ feedUrl: 'https://a.example/feed' });
  });

  test('an address that another source reads is not taken', async () => {
    await bench.addFeed('a');
    await bench.addFeed('b', { feedUrl: 'https://new.example/feed', paused: true });
    bench.web.set('https://a.example/feed', () => movedBody('1'));
    for (let n = 0; n < 5; n += 1) {
      await bench.run('fetch-feeds');
      await bench.clock.pass(24 * HOUR);
    }
    expect(bench.store.sources.get('a')).toMatchObject({ feedUrl: 'https://a.example/feed' });
  });

  hostileCase(34, 'many feeds that move to one page of a domain seller keep their addresses', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    for (const id of ids) {
      await bench.addFeed(id);
      bench.web.set(`https://${id}.example/feed`, () => feedOf('1'));
    }
    await bench.run('fetch-feeds');
    const codes = new Set<string>();
    for (const id of ids) {
      const page = '<!doctype html><html><head><title>This domain is for sale</title></head><body>Buy it</body></html>';
      bench.web.set(`https://${id}.example/feed`, () =>
        body(page, { movedTo: 'https://parking.example/', contentType: 'text/html' }),
      );
    }
    for (let n = 0; n < 4; n += 1) {
      for (const code of codesOf(await bench.run('fetch-feeds'))) codes.add(code);
      await bench.clock.pass(24 * HOUR);
    }
    for (const id of ids) expect(bench.store.sources.get(id)).toMatchObject({ feedUrl: `https://${id}.example/feed` });
    expect(bench.store.posts.count()).toBe(5);
    return [...codes];
  });
});

describe('when the network is to blame', () => {
  const login = '<!doctype html><html><head><title>Welcome to our Wi-Fi</title></head><body><form></form></body></html>';
  const goodFeeds = async (ids: string[]) => {
    for (const id of ids) {
      await bench.addFeed(id);
      bench.web.set(`https://${id}.example/feed`, () => feedOf('1'));
    }
    await bench.run('fetch-feeds');
    bench.asked.length = 0;
  };

  hostileCase(46, 'three hosts that turn into web pages at once stop the cycle and blame nobody', async () => {
    await bench.store.settings.update({ lanes: 1 });
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    await goodFeeds(ids);
    for (const id of ids) bench.web.set(`https://${id}.example/feed`, () => body(login, { contentType: 'text/html' }));
    const run = await bench.run('fetch-feeds');
    expect(run.error?.code).toBe('CAPTIVE_PORTAL');
    expect(bench.asked.length).toBeLessThan(ids.length);
    for (const job of run.fetchJobs) expect(job).toMatchObject({ status: 'failed', isBlameless: true });
    for (const id of ids) expect(bench.store.fetchMemory.get(id)).toMatchObject({ failures: 0 });
    for (const id of ids) bench.web.set(`https://${id}.example/feed`, () => feedOf('1', '2'));
    await bench.clock.pass(31 * MINUTE);
    expect((await bench.run('fetch-feeds', {}, { cause: 'schedule' })).counts).toMatchObject({ sources: 8, new_posts: 8 });
    return codesOf(run);
  });

  test('two that turn while others are well are their own fault', async () => {
    await goodFeeds(['a', 'b', 'c', 'd']);
    for (const id of ['a', 'b']) bench.web.set(`https://${id}.example/feed`, () => body(login, { contentType: 'text/html' }));
    for (const id of ['c', 'd']) bench.web.set(`https://${id}.example/feed`, () => feedOf('1', '2'));
    const run = await bench.run('fetch-feeds');
    expect(run.error).toBeUndefined();
    expect(codesOf(run).sort()).toEqual(['NOT_A_FEED', 'NOT_A_FEED', 'OK', 'OK']);
    expect(bench.store.fetchMemory.get('a')).toMatchObject({ failures: 1 });
  });

  hostileCase(53, 'offline, every source says so, none is blamed, and all are due when the network is back', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    await goodFeeds(ids);
    await bench.clock.pass(31 * MINUTE);
    for (const id of ids)
      bench.web.set(`https://${id}.example/feed`, () => new AppError('DNS_FAIL', 'The host could not be found.'));
    const run = await bench.run('fetch-feeds', {}, { cause: 'schedule' });
    expect(run.error?.code).toBe('OFFLINE');
    for (const job of run.fetchJobs) expect(job).toMatchObject({ status: 'failed', isBlameless: true });
    for (const id of ids) bench.web.set(`https://${id}.example/feed`, () => feedOf('1', '2'));
    expect((await bench.run('fetch-feeds', {}, { cause: 'schedule' })).counts).toMatchObject({
      sources: 5,
      new_posts: 5,
      failed: 0,
    });
    return codesOf(run);
  });

  test("one name that is not found while others answer is that source's own trouble", async () => {
    await goodFeeds(['a', 'b']);
    bench.web.set('https://a.example/feed', () => new AppError('DNS_FAIL', 'The host could not be found.'));
    const run = await bench.run('fetch-feeds');
    expect(run.error).toBeUndefined();
    expect(bench.store.fetchJobs.latestFor('a')).toMatchObject({ errorCode: 'DNS_FAIL' });
    expect(bench.store.fetchMemory.get('a')).toMatchObject({ failures: 1 });
  });

  test('a single source says offline without blame', async () => {
    await goodFeeds(['a']);
    bench.web.set('https://a.example/feed', () => new AppError('OFFLINE', 'This computer has no network connection.'));
    const run = await bench.run('fetch-feeds');
    expect(run.error?.code).toBe('OFFLINE');
    expect(bench.store.fetchJobs.latestFor('a')).toMatchObject({ errorCode: 'OFFLINE', isBlameless: true });
    expect(bench.store.fetchMemory.get('a')).toMatchObject({ failures: 0 });
  });
});

describe('feeds that misbehave over time', () => {
  const answerWith = (text: string) => bench.web.set('https://a.example/feed', () => body(text));
  const fetchTexts = async (...texts: string[]): Promise<string[]> => {
    const codes: string[] = [];
    for (const text of texts) {
      answerWith(text);
      codes.push(...codesOf(await bench.run('fetch-feeds')));
      await bench.clock.pass(HOUR);
    }
    return codes;
  };
  beforeEach(async () => {
    await bench.addFeed('a');
  });

  hostileCase(76, 'dates that move at each fetch make nothing new', async () => {
    const at = (hour: string) => rss([rssItem('1', { date: `Sat, 21 Nov 2026 ${hour}:00:00 GMT` })]);
    const codes = await fetchTexts(at('01'), at('02'), at('03'));
    expect(bench.store.posts.count()).toBe(1);
    return codes;
  });

  hostileCase(77, 'two items under one id are both kept when they differ, and stay two', async () => {
    const text = rss([
      rssItem('same', { link: 'https://example.org/1', title: 'One' }),
      rssItem('same', { link: 'https://example.org/2', title: 'Two' }),
    ]);
    const codes = await fetchTexts(text, text.replace('</channel>', ' </channel>'));
    expect((await bench.posts()).map((post) => post.title).sort()).toEqual(['One', 'Two']);
    return codes;
  });

  hostileCase(78, 'the same id in two feeds is two posts', async () => {
    await bench.addFeed('b');
    bench.web.set('https://b.example/feed', () => feedOf('1'));
    const codes = await fetchTexts(rss([rssItem('1')]));
    expect(bench.store.posts.count()).toBe(2);
    return codes;
  });

  hostileCase(79, 'ids that change at each fetch leave one copy, and after three times a warning', async () => {
    const at = (n: number) => rss([rssItem(`id-${n}`, { link: 'https://example.org/x', title: 'Same' })]);
    const codes = await fetchTexts(at(1), at(2), at(3), at(4));
    expect(bench.store.posts.count()).toBe(1);
    const last = bench.store.fetchJobs.latestCompletedFor('a');
    expect(last?.warnings).toContainEqual({ code: 'W_FIELD_DROPPED', count: 1 });
    return [...codes, ...(last?.warnings ?? []).map(({ code }) => code)];
  });

  hostileCase(99, 'a feed that drops its old items, or all of them, takes no post away', async () => {
    const codes = await fetchTexts(rss([rssItem('1'), rssItem('2')]), rss([rssItem('3')]), rss([]));
    expect((await bench.posts()).map((post) => post.title).sort()).toEqual(['Post 1', 'Post 2', 'Post 3']);
    return codes;
  });

  hostileCase(100, 'an item edited many times stays one post with the latest text and its marks', async () => {
    const edit = (n: number) => rss([rssItem('1', { title: `Edit ${n}`, text: `Text ${n}` })]);
    const codes = await fetchTexts(edit(0));
    const [first] = await bench.posts();
    await bench.store.posts.mark([first?.id ?? ''], { isRead: true, isStarred: true });
    bench.heard.length = 0;
    for (let n = 1; n <= 250; n += 1) codes.push(...(await fetchTexts(edit(n))));
    expect(await bench.posts()).toEqual([
      expect.objectContaining({ id: first?.id, title: 'Edit 250', summary: 'Text 250', isRead: true, isStarred: true }),
    ]);
    const added = bench.heard.flatMap((event) => (event.name === 'posts.changed' ? [event.data.added] : []));
    expect(new Set(added)).toEqual(new Set([0]));
    return [...new Set(codes)];
  });
});
