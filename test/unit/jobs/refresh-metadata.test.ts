import { afterEach, describe, expect, test } from 'vitest';
import { readPageHead } from '../../../main/feeds/page-head.ts';
import { defaultSchedules } from '../../../main/jobs/index.ts';
import { nextDues } from '../../../main/scheduler/next-due.ts';
import type { PostDraft } from '../../../main/store/repositories.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import { body, createJobsBench, type JobsBench, notModified } from '../../helpers/jobs-bench.ts';

const DAY = 86_400_000;
let bench: JobsBench;
afterEach(() => bench?.close());

const story = (id: number): PostDraft => ({
  fingerprint: `hn:${id}`,
  title: `Story ${id}`,
  url: `https://s.example/${id}`,
  domain: 's.example',
  summary: '',
  hn: { id, score: 60, commentCount: 1, type: 'story', isDead: false },
});
const post = (id: string, fields: Partial<PostDraft> = {}): PostDraft => ({
  fingerprint: id,
  title: `Post ${id}`,
  url: `https://site.example/${id}`,
  domain: 'site.example',
  summary: '',
  ...fields,
});
const save = (sourceId: string, drafts: PostDraft[], daysAgo = 0) =>
  bench.store.posts.save(sourceId, drafts, { now: new Date(bench.clock.now() - daysAgo * DAY).toISOString() });
const item = (id: number, fields: object): void => {
  const answer = { id, type: 'story', by: 'oda', time: 1, title: `Story ${id}`, url: `https://s.example/${id}`, ...fields };
  bench.web.set(`http://hn.test/v0/item/${id}.json`, () => body(JSON.stringify(answer), { contentType: 'application/json' }));
};
const page = (id: string, title: string, validators = {}): void => {
  const html = `<!doctype html><html><head><title>${title}</title><link rel="canonical" href="/own/${id}"><link rel="icon" href="/i.png"></head><body><p>x</p></body></html>`;
  const answer = () => body(html, { contentType: 'text/html', finalUrl: `https://site.example/${id}`, validators });
  bench.web.set(`https://site.example/${id}`, ({ validators: sent }) => (sent?.etag ? notModified() : answer()));
};
const titles = async () => (await bench.posts()).map(({ title }) => title).sort();
const find = async (fingerprint: string) => (await bench.posts()).find((one) => one.fingerprint === fingerprint);

describe('refreshing posts', () => {
  test('E-4 stories and pages are asked again, and every one is counted as processed, and as succeeded or failed', async () => {
    bench = await createJobsBench();
    await bench.addHackerNews('hn');
    await bench.addFeed('a');
    await save('hn', [story(1), story(2), story(3)], 3);
    await save('a', [post('x'), post('y'), post('gone')], 40);
    item(1, { score: 400, descendants: 90 });
    item(2, { score: 60, descendants: 1, title: 'Story 2, corrected' });
    item(3, { score: 60, descendants: 1, dead: true });
    page('x', 'Post x');
    page('y', 'Post y');

    const run = await bench.run('refresh-metadata', { scope: 'full' });
    expect(run.error).toBeUndefined();
    expect(run.counts).toEqual({ processed: 6, succeeded: 5, failed: 1, changed: 5, not_modified: 0 });
    expect(bench.store.posts.byHackerNewsId(1)?.hn).toMatchObject({ score: 400, commentCount: 90 });
    expect(bench.store.posts.byHackerNewsId(2)?.title).toBe('Story 2, corrected');
    expect(bench.store.posts.byHackerNewsId(3)?.hn?.isDead).toBe(true);
    expect(await find('x')).toMatchObject({
      title: 'Post x',
      canonicalUrl: 'https://site.example/own/x',
      iconUrl: 'https://site.example/i.png',
    });
    expect(run.lines.map(({ message }) => message)).toEqual(['site.example: The server answered 404.']);
    expect(run.progress.at(-1)).toEqual([6, 6]);
  });

  test('E-4 the full schedule is due on the 1st at 04:00 only', () => {
    const full = defaultSchedules.find(({ id }) => id === 'refresh_metadata_full');
    expect(full).toMatchObject({ enabled: false, options: { scope: 'full' } });
    if (!full) return;
    expect(nextDues(full.trigger, 'UTC', '2026-11-01T04:00:00.000Z', 2)).toEqual([
      '2026-12-01T04:00:00.000Z',
      '2027-01-01T04:00:00.000Z',
    ]);
  });

  test('E-5 the recent one, on Sundays at 04:30, leaves posts of 30 days and more untouched', async () => {
    const recent = defaultSchedules.find(({ id }) => id === 'refresh_metadata_recent');
    expect(recent?.trigger).toEqual({ type: 'weekly', days: ['sun'], time: '04:30' });
    bench = await createJobsBench();
    await bench.addHackerNews('hn');
    await bench.addFeed('a');
    await save('hn', [story(1)], 31);
    await save('hn', [story(2)], 29);
    await save('a', [post('old')], 30.01);
    await save('a', [post('new')], 1);
    for (const id of [1, 2]) item(id, { score: 999, descendants: 9 });
    for (const id of ['old', 'new']) page(id, `Post ${id}`);
    const before = [await find('old'), bench.store.posts.byHackerNewsId(1)];
    const { counts } = await bench.run('refresh-metadata', recent?.options as object);
    expect(counts).toMatchObject({ processed: 2, changed: 2 });
    expect([await find('old'), bench.store.posts.byHackerNewsId(1)]).toEqual(before);
    expect(bench.asked.map(({ url }) => url)).toEqual(['http://hn.test/v0/item/2.json', 'https://site.example/new']);
    expect(bench.store.posts.byHackerNewsId(2)?.hn?.score).toBe(999);
  });

  test('goes on where the last run stopped: those looked at longest ago first', async () => {
    bench = await createJobsBench();
    await bench.addFeed('a');
    const ids = ['1', '2', '3', '4', '5'];
    await save(
      'a',
      ids.map((id) => post(id)),
    );
    for (const id of ids) page(id, `Post ${id}`);
    const asked: string[][] = [];
    for (let run = 0; run < 3; run += 1) {
      const before = bench.asked.length;
      await bench.run('refresh-metadata', { maxRequests: 2 });
      asked.push(bench.asked.slice(before).map(({ url }) => url.slice(-1)));
      await bench.clock.pass(1000);
    }
    expect(new Set(asked.slice(0, 2).flat()).size).toBe(4);
    expect(asked.flat().filter((id) => !asked.slice(0, 2).flat().includes(id))).toHaveLength(1);
    expect(asked.map((list) => list.length)).toEqual([2, 2, 2]);
  });

  test('asks a page with its validators the second time, and keeps to the bound of a site', async () => {
    bench = await createJobsBench();
    await bench.addFeed('a');
    await save('a', [post('1'), post('2'), post('3')]);
    for (const id of ['1', '2', '3']) page(id, `Post ${id}`, { etag: '"e"' });
    expect((await bench.run('refresh-metadata', { maxPerHost: 2 })).counts).toMatchObject({ processed: 2, not_modified: 0 });
    await bench.clock.pass(1000);
    expect((await bench.run('refresh-metadata')).counts).toMatchObject({ processed: 3, not_modified: 2, succeeded: 3 });
  });

  test('takes a title from a page that was renamed, and the next reading of the feed does not take it back', async () => {
    bench = await createJobsBench();
    await bench.addFeed('a');
    await save('a', [post('1'), post('2', { title: '' }), post('3', { title: 'Three' })]);
    page('1', 'Post 1');
    page('2', 'A title at last');
    page('3', 'Three | The site');
    await bench.run('refresh-metadata');
    expect(await titles()).toEqual(['A title at last', 'Post 1', 'Three']);
    page('1', 'Post 1, mended');
    page('3', 'Three | The site, renamed');
    await bench.run('refresh-metadata');
    expect(await titles()).toEqual(['A title at last', 'Post 1, mended', 'Three']);
    await save('a', [post('1'), post('2', { title: '' })]);
    expect(await titles()).toEqual(['A title at last', 'Post 1, mended', 'Three']);
    await save('a', [post('1', { title: 'The feed says so' })]);
    expect(await titles()).toEqual(['A title at last', 'The feed says so', 'Three']);
  });

  test('a dry run lists what would change and changes nothing', async () => {
    bench = await createJobsBench();
    await bench.addHackerNews('hn');
    await bench.addFeed('a');
    await save('hn', [story(1)]);
    await save('a', [post('1')]);
    item(1, { score: 75, descendants: 1 });
    page('1', 'Post 1');
    const before = await bench.posts();
    const run = await bench.run('refresh-metadata', { dryRun: true });
    expect(run.plan.map(({ verb, text }) => `${verb} ${text}`)).toEqual([
      'change Story 1: score 60 to 75',
      'change Post 1: its own address, its icon',
    ]);
    expect(run.counts.changed).toBe(2);
    expect(await bench.posts()).toEqual(before);
    expect(bench.store.undo.list()).toEqual([]);
  });

  test('what it rewrote can be undone', async () => {
    bench = await createJobsBench();
    await bench.addHackerNews('hn');
    await save('hn', [story(1), story(2)]);
    item(1, { score: 75, descendants: 1 });
    item(2, { score: 60, descendants: 1 });
    const run = await bench.run('refresh-metadata');
    const [entry] = bench.store.undo.list();
    expect(entry).toMatchObject({ runId: run.runId, jobKind: 'refresh-metadata', rows: 1 });
    await bench.store.undo.apply(entry?.id ?? '');
    expect(bench.store.posts.byHackerNewsId(1)?.hn?.score).toBe(60);
  });

  test('leaves a site alone that asks for a pause, now and in the next run, and stops when there is no network', async () => {
    bench = await createJobsBench();
    await bench.addFeed('a');
    await save('a', [post('1'), post('2')]);
    const slow = new AppError('HTTP_429', 'The server asked us to slow down.', { status: 429, retryAfterMs: 3_600_000 });
    for (const id of ['1', '2']) bench.web.set(`https://site.example/${id}`, () => slow);
    const { counts } = await bench.run('refresh-metadata');
    expect(counts).toMatchObject({ failed: 0, postponed: 2 });
    const before = bench.asked.length;
    expect((await bench.run('refresh-metadata')).counts).toMatchObject({ postponed: 2, processed: 0 });
    expect(bench.asked).toHaveLength(before);

    await save('a', [post('3', { url: 'https://other.example/3' })]);
    bench.web.set('https://other.example/3', () => new AppError('OFFLINE', 'This computer has no network connection.'));
    expect((await bench.run('refresh-metadata')).error?.code).toBe('OFFLINE');
  });
});

describe('the head of a page', () => {
  const read = (html: string) => readPageHead({ bytes: new TextEncoder().encode(html), url: 'https://a.example/x/' });
  test('gives title, address and icon, and nothing from its body', () => {
    expect(
      read(
        '<head><title>One | Site</title><meta property="og:title" content="One"><link rel="canonical" href="y"><link rel="shortcut icon" href="/i.ico"></head><body><title>Two</title><link rel="canonical" href="https://evil.example/"></body>',
      ),
    ).toEqual({ title: 'One', canonicalUrl: 'https://a.example/x/y', iconUrl: 'https://a.example/i.ico' });
  });
  test.each(['', '<', '<title></title>', '<link rel=canonical href="javascript:alert(1)">', '<link rel=icon href="data:x">'])(
    'is empty for %j',
    (html) => expect(read(html)).toEqual({}),
  );
});
