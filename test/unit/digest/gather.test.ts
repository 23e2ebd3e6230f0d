import { afterEach, beforeEach, expect, test } from 'vitest';
import { gather, type Wanted } from '../../../main/digest/gather.ts';
import { editionDeps } from '../../../main/jobs/send-digest.ts';
import type { PostDraft } from '../../../main/store/repositories.ts';
import { digestOptionsSchema } from '../../../preload/contract/digest.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import { createJobsBench, type JobsBench } from '../../helpers/jobs-bench.ts';

let bench: JobsBench;
beforeEach(async () => {
  bench = await createJobsBench();
  await bench.addFeed('news');
});
afterEach(() => bench.close());

const draft = (index: number): PostDraft => ({
  fingerprint: `f${index}`,
  title: `Story ${index} of a long day on the coast`,
  url: `https://site${index % 300}.example/${index}`,
  domain: `site${index % 300}.example`,
  summary: 'word '.repeat(95),
  content: `<p>${'word '.repeat(400)}</p>`,
});
const wanted = (more: Partial<Wanted> = {}): Wanted => ({
  scheduleId: undefined,
  name: 'Morning paper',
  timeZone: 'UTC',
  options: digestOptionsSchema.parse({ daysBack: 7 }),
  atMs: bench.clock.now(),
  toMs: bench.clock.now(),
  isTest: false,
  ...more,
});
const never = new AbortController().signal;

test('three thousand posts are looked through for a live preview in less than 200 ms of work', async () => {
  const now = new Date(bench.clock.now()).toISOString();
  await bench.store.posts.save(
    'news',
    Array.from({ length: 3000 }, (_, index) => draft(index)),
    { now },
  );
  const took: number[] = [];
  for (let tries = 0; tries < 5; tries += 1) {
    const before = process.cpuUsage();
    const { content, considered } = await gather(editionDeps(bench.services), wanted(), never);
    const { user, system } = process.cpuUsage(before);
    took.push((user + system) / 1000);
    expect([content.items.length, content.more, considered]).toEqual([20, 2980, 3000]);
  }
  // The work of this process, not the time: what else the machine does is not ours.
  expect(Math.min(...took)).toBeLessThan(200);
});

test('it is given up at once when nobody wants it any more', async () => {
  await bench.store.posts.save('news', [draft(1)], { now: new Date(bench.clock.now()).toISOString() });
  const reason = new AppError('CANCELLED', 'A newer preview took its place.');
  await expect(gather(editionDeps(bench.services), wanted(), AbortSignal.abort(reason))).rejects.toBe(reason);
});

test('a replay knows no post that was collected later, and no edition that was made later', async () => {
  const instant = (ms: number): string => new Date(ms).toISOString();
  const then = bench.clock.now();
  await bench.store.posts.save('news', [draft(1)], { now: instant(then - 1000) });
  await bench.store.posts.save('news', [draft(2)], { now: instant(then + 1000) });
  bench.clock.sleep(5000);
  await bench.run('send-digest', { actions: ['generate'], daysBack: 7 });
  const replay = await gather(
    editionDeps(bench.services),
    wanted({ scheduleId: 'send-digest', atMs: then, toMs: then, isReplay: true }),
    never,
  );
  expect(replay.content).toMatchObject({ number: 1, items: [{ title: draft(1).title }] });
  const live = await gather(editionDeps(bench.services), wanted({ scheduleId: 'send-digest' }), never);
  expect(live.content).toMatchObject({ number: 2, items: [] });
});

test('an item has an http address or none, and its own words', async () => {
  const now = new Date(bench.clock.now()).toISOString();
  const odd = { ...draft(1), url: '', domain: '', commentsUrl: 'https://talk.example/1' };
  await bench.store.posts.save('news', [odd], { now });
  const { content } = await gather(editionDeps(bench.services), wanted(), never);
  expect(content.items).toMatchObject([{ url: 'https://talk.example/1', domain: 'talk.example', title: odd.title }]);
});
