import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedDigests } from '../../main/demo/digests-past.ts';
import { silentLog } from '../../main/lib/log.ts';
import { openStore } from '../../main/store/store.ts';
import type { DigestPreview, EditionRow } from '../../preload/contract/digest.ts';
import { cli, jsonOf } from '../helpers/cli-kit.ts';
import { makeFolder } from '../helpers/core-kit.ts';
import { draft, feedSource } from '../helpers/store-kit.ts';

type Told = {
  id: string;
  status: string;
  counts: Record<string, number>;
  steps: { name: string; result?: string; error?: string }[];
};
const OWN = 'Only files';
let folder: { dir: string; remove: () => Promise<void> };
const digest = (...args: string[]) => cli(['digest', ...args, '--data', folder.dir]);

beforeAll(async () => {
  folder = await makeFolder();
  await cli(['posts', '--data', folder.dir]);
  const now = Date.now();
  const store = await openStore({ dir: folder.dir, log: silentLog });
  await store.sources.put([feedSource('one')]);
  const drafts = Array.from({ length: 8 }, (_, at) => ({ ...draft(at), publishedAt: new Date(now - 3_600_000).toISOString() }));
  await store.posts.save('one', drafts, { now: new Date(now - 1_800_000).toISOString() });
  await seedDigests(store, now);
  await store.close();
  const options = ['actions=["generate","send"]', 'sinks={"mail":false,"eml":true}', 'maxItems=5', 'maxPerDomain=null'];
  const trigger = ['--trigger', '{"type":"daily","time":"06:30"}', '--zone', 'UTC'];
  const given = options.flatMap((option) => ['--option', option]);
  const added = ['schedule', 'add', '--name', OWN, '--job', 'send-digest', ...trigger, ...given, '--data', folder.dir];
  expect(await cli(added)).toMatchObject({ code: 0 });
});
afterAll(() => folder.remove());

test('`tidings digest list` prints each digest with its words, its next time, its people and its last edition', async () => {
  const rows = jsonOf<{ id: string; name: string; badge: string; recipients: { active: number } }[]>(
    await digest('list', '--json'),
  );
  expect(rows.map(({ name }) => name).toSorted()).toEqual(['Morning desk', OWN]);
  expect(rows.find(({ id }) => id === 'demo-morning-desk')).toMatchObject({ badge: 'active', recipients: { active: 12 } });
  const { out, code } = await digest('list');
  expect(code).toBe(0);
  expect(out).toMatch(/demo-morning-desk +Morning desk +Monday to Friday at 06:30 .+active +12 people +no\. 212: 12 sent/);
  expect(out).toContain('no edition yet');
});

test('`tidings digest preview` prints the mail as text, as HTML or as one JSON document, and keeps and sends nothing', async () => {
  const made = jsonOf<DigestPreview>(await digest('preview', OWN, '--json'));
  expect(made.content.items).toHaveLength(5);
  expect(made.html).toMatch(/^<!DOCTYPE html/i);
  const text = await digest('preview', OWN);
  expect(text.out).toContain(`Subject: ${made.subject}`);
  expect(text.out).toContain(made.content.items[0]?.title);
  expect(text.err).toContain('5 posts, chosen from 8. Nothing is kept or sent.');
  expect((await digest('preview', OWN, '--html')).out).toBe(made.html);
  expect(jsonOf<EditionRow[]>(await digest('editions', OWN, '--json'))).toEqual([]);
});

test('`tidings digest replay` shows what an edition would have been then', async () => {
  const asOf = new Date(Date.now() - 86_400_000).toISOString();
  const then = jsonOf<DigestPreview>(await digest('replay', OWN, '--as-of', asOf, '--json'));
  expect(then.content.items).toEqual([]);
  expect(then.content.at).toBe(asOf);
  expect(await digest('replay', OWN)).toMatchObject({ code: 2, err: expect.stringContaining('--as-of') });
  expect(await digest('replay', OWN, '--as-of', 'yesterday')).toMatchObject({ code: 2 });
});

test('E-22 `tidings digest send` makes and hands over one edition, once: a second time nothing is sent again', async () => {
  const first = jsonOf<Told>(await digest('send', OWN, '--json'));
  expect(first).toMatchObject({ status: 'completed', counts: { items_used: 5, sent: 1 } });
  expect(first.steps.map(({ name }) => name)).toEqual(['Generate', 'Send']);
  const [edition] = jsonOf<EditionRow[]>(await digest('editions', OWN, '--json'));
  expect(edition).toMatchObject({ number: 1, items: 5, deliveries: { sent: 1 } });
  const again = jsonOf<Told>(await digest('send', OWN, '--json'));
  expect(again.counts.sent ?? 0).toBe(0);
  expect(jsonOf<EditionRow[]>(await digest('editions', OWN, '--json'))).toHaveLength(1);
  expect((await digest('editions', OWN)).out).toMatch(/no\. 1 +5 posts +1 sent/);
});

test('`tidings digest send --test-to` without an account for mail ends with 1, says what is missing, and counts as nothing', async () => {
  const told = await digest('send', 'Morning desk', '--test-to', 'me@readers.example');
  expect(told.code).toBe(1);
  expect(told.out).toContain('No mail server is set up');
  const editions = jsonOf<EditionRow[]>(await digest('editions', 'Morning desk', '--json'));
  expect(editions.filter(({ isTest }) => isTest)).toHaveLength(1);
  expect(Math.max(...editions.filter(({ isTest }) => !isTest).map(({ number }) => number))).toBe(212);
});

test.each([
  [['digest'], 'Say what to do with digests: list, preview, send, editions or replay.'],
  [['digest', 'burn'], 'Say what to do with digests'],
  [['digest', 'preview', 'Nowhere'], 'There is no digest "Nowhere".'],
  [['digest', 'preview', 'fetch_feeds'], 'There is no digest "fetch_feeds".'],
  [['digest', 'send', OWN, '--test-to', 'not an address'], 'address'],
  [['digest', 'send', OWN, '--test-to', 'a@b.example', '--edition', 'x'], 'Say --test-to or --edition, not both.'],
  [['digest', 'send', OWN, '--edition', 'nowhere'], 'There is no such edition'],
])('%j is bad usage, said in a sentence, and ends with 2', async (args, sentence) => {
  const { code, err, out } = await cli([...args, '--data', folder.dir]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(sentence);
});
