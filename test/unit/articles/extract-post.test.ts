import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../main/core.ts';
import { extractArticleOf } from '../../../main/jobs/extract-article.ts';
import { toAppError } from '../../../preload/contract/errors.ts';
import { askOver, directTransport, makeFolder, openTestCore, runThrough } from '../../helpers/core-kit.ts';
import { body, createJobsBench } from '../../helpers/jobs-bench.ts';
import { type SmallWeb, startSmallWeb } from '../../helpers/small-web.ts';

let web: SmallWeb;
let core: Core;
let remove: () => Promise<void>;
const transport = () => directTransport(core);

beforeEach(async () => {
  web = await startSmallWeb();
  const folder = await makeFolder();
  core = await openTestCore(folder.dir, { hackerNewsApi: web.hackerNewsApi });
  remove = folder.remove;
});
afterEach(async () => {
  await core.stop();
  await web.close();
  await remove();
});

const readFeed = async (): Promise<string> => {
  const source = await askOver(transport(), 'sources.add', { kind: 'feed', feedUrl: web.feedUrl, allowLocalNetwork: true });
  await runThrough(transport(), 'sources.fetch', { ids: [source.id] });
  const { rows } = await askOver(transport(), 'posts.list', { sourceId: source.id });
  return rows[0]?.id ?? '';
};

test('B-20 `posts.extract` shows the article of a post, and as Markdown it has its title and no navigation; `back` undoes it', async () => {
  const id = await readFeed();
  const before = await askOver(transport(), 'posts.get', { id });
  const detail = await askOver(transport(), 'posts.extract', { id });
  expect(detail).toMatchObject({ isExtracted: true, id });
  expect(detail.html).toContain('written by the baker');
  const { text } = await askOver(transport(), 'posts.markdown', { id });
  expect(text.startsWith(`# ${detail.title}\n`)).toBe(true);
  expect(text).toContain('written by the baker');
  expect(text).not.toMatch(/Home|<p>|<nav>/);
  const back = await askOver(transport(), 'posts.extract', { id, back: true });
  expect(back.html).toBe(before.html);
  expect(back.isExtracted).toBeUndefined();
});

test('a page on the local network is asked for only where the owner allowed that very host', async () => {
  const bench = await createJobsBench();
  try {
    await bench.addFeed('a', { feedUrl: 'http://192.168.1.5/feed', allowLocalNetwork: true });
    const own = 'http://192.168.1.5/post';
    const other = 'http://192.168.1.6/post';
    for (const url of [own, other]) bench.web.set(url, () => body('<p>x</p>', { contentType: 'text/html' }));
    for (const url of [own, other]) await extractArticleOf(bench.services, { id: 'p', url }).catch(() => undefined);
    expect(bench.asked.map(({ url, allowLocalNetwork = false }) => [url, allowLocalNetwork])).toEqual([
      [own, true],
      [other, false],
    ]);
  } finally {
    await bench.close();
  }
});

const PAGE = `<!doctype html><title>Bread</title><article><h1>Bread</h1>${'<p>A long day in the life of an oven, told by its baker, with every loaf it made and who ate them.</p>'.repeat(12)}</article>`;

/** A bench with one post whose page answers when `open` is called. */
const slowPage = async () => {
  const bench = await createJobsBench();
  await bench.addFeed('a');
  const url = 'https://a.example/bread';
  const draft = { fingerprint: url, secondKey: 'k', url, domain: 'a.example', title: 'Bread', summary: 'Short.' };
  const { added } = await bench.store.posts.save('a', [draft], { now: '2026-11-21T11:00:00.000Z' });
  const gate = Promise.withResolvers<void>();
  bench.web.set(url, async ({ signal }) => {
    const stopped = new Promise<never>((_resolve, reject) =>
      signal?.addEventListener('abort', () => reject(toAppError(signal.reason))),
    );
    await Promise.race([gate.promise, stopped]);
    return body(PAGE, { contentType: 'text/html' });
  });
  const [post] = added;
  if (!post) throw new Error('The post was not kept');
  return { bench, post, open: gate.resolve };
};

test('a page that is being asked for is not asked for again: a run and the window get one article', async () => {
  const { bench, post, open } = await slowPage();
  try {
    const both = [extractArticleOf(bench.services, post, new AbortController().signal), extractArticleOf(bench.services, post)];
    open();
    for (const taken of await Promise.all(both)) expect(taken.isExtracted).toBe(true);
    expect(bench.asked).toHaveLength(1);
    await extractArticleOf(bench.services, post);
    expect(bench.asked).toHaveLength(2);
  } finally {
    await bench.close();
  }
});

test('when the run that asked for a page is stopped, who waited beside it asks by itself; when the one who waits is stopped, the other goes on', async () => {
  const { bench, post, open } = await slowPage();
  try {
    const run = new AbortController();
    const [first, second] = [extractArticleOf(bench.services, post, run.signal), extractArticleOf(bench.services, post)];
    run.abort();
    await expect(first).rejects.toBeTruthy();
    const waiting = new AbortController();
    const third = extractArticleOf(bench.services, post, waiting.signal);
    waiting.abort();
    await expect(third).rejects.toBeTruthy();
    open();
    expect((await second).isExtracted).toBe(true);
    expect(bench.asked).toHaveLength(2);
  } finally {
    await bench.close();
  }
});

test('an article that a run took meanwhile is shown without asking its page again', async () => {
  const id = await readFeed();
  await askOver(transport(), 'posts.extract', { id });
  const asked = web.asked.length;
  expect(await askOver(transport(), 'posts.extract', { id })).toMatchObject({ isExtracted: true, id });
  expect(web.asked).toHaveLength(asked);
});

test('what is no web page gives no article', async () => {
  const bench = await createJobsBench();
  try {
    bench.web.set('https://a.example/file.pdf', () => body('%PDF-1.7', { contentType: 'application/pdf' }));
    await expect(extractArticleOf(bench.services, { id: 'p', url: 'https://a.example/file.pdf' })).rejects.toMatchObject({
      code: 'DOC_MALFORMED',
    });
    await expect(extractArticleOf(bench.services, { id: 'p', url: '' })).rejects.toMatchObject({ code: 'USAGE' });
  } finally {
    await bench.close();
  }
});
