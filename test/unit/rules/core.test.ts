import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../../main/core.ts';
import type { Announcement, MethodName, Params, Result } from '../../../preload/contract/contract.ts';
import type { NewRule } from '../../../preload/contract/rule.ts';
import { announced, askOver, directTransport, makeFolder, openTestCore, runThrough } from '../../helpers/core-kit.ts';
import { createFakeClock, type FakeClock } from '../../helpers/fake-clock.ts';
import { type SmallWeb, startSmallWeb } from '../../helpers/small-web.ts';

const START = '2026-11-21T12:00:00.000Z';
const HOUR = 3_600_000;

let web: SmallWeb;
let clock: FakeClock;
let core: Core;
let folder: Awaited<ReturnType<typeof makeFolder>>;
let sourceId = '';
let heard: Announcement[] = [];

const ask = <Name extends MethodName>(method: Name, params: Params<Name>): Promise<Awaited<Result<Name>>> =>
  askOver(directTransport(core), method, params);
const open = async (): Promise<void> => {
  core = await openTestCore(folder.dir, { hackerNewsApi: web.hackerNewsApi, clock });
  core.onEvent((announcement) => heard.push(announcement));
  await core.start();
};
const fetchNow = () => runThrough(directTransport(core), 'sources.fetch', { ids: [sourceId] });
const rule = (value: string, actions: NewRule['actions'], fields: Partial<NewRule> = {}): NewRule => ({
  name: value,
  match: 'all',
  conditions: [{ field: 'title', operator: 'contains', value }],
  actions,
  ...fields,
});
const titles = async (query: Params<'posts.list'> = {}): Promise<string[]> =>
  (await ask('posts.list', query)).rows.map(({ title }) => title).sort();
const unread = async () => {
  const [counts, status, sources] = await Promise.all([ask('posts.counts', {}), ask('app.status', {}), ask('sources.list', {})]);
  return [counts.unread, status.unread, sources.find(({ source }) => source.id === sourceId)?.unread];
};

beforeEach(async () => {
  heard = [];
  web = await startSmallWeb();
  clock = createFakeClock(START);
  folder = await makeFolder();
  await open();
  const source = await ask('sources.add', { kind: 'feed', feedUrl: web.feedUrl, allowLocalNetwork: true });
  sourceId = source.id;
});
afterEach(async () => {
  await core.stop();
  await folder.remove();
  await web.close();
});

describe('a rule that mutes', () => {
  test('hides what comes from every list and count, and a view lists what it hides', async () => {
    const { id } = await ask('rules.add', rule('second', { mute: {}, markRead: false, notify: true }));
    await fetchNow();
    expect(await titles()).toEqual(['First', 'Third']);
    expect(await unread()).toEqual([2, 2, 2]);
    expect(await titles({ view: 'unread' })).toEqual(['First', 'Third']);
    expect(await titles({ view: 'muted', rule: id })).toEqual(['Second']);
    expect(await titles({ search: 'is:muted' })).toEqual(['Second']);
    expect(await titles({ search: 'second' })).toEqual([]);
    expect(await ask('rules.list', {})).toMatchObject([{ rule: { id }, muted: 1, isMuteOver: false }]);
    expect((await ask('posts.counts', {})).muted).toBe(1);
    expect((await ask('sources.removal', { id: sourceId })).posts).toBe(3);
    expect(heard.filter(({ name }) => name === 'rules.noticed')).toEqual([]);
  });

  test('shows it again within a minute after its end, with the marks it had', async () => {
    await ask('rules.add', rule('second', { mute: { until: '2026-11-21T14:00:00.000Z' }, star: true }));
    await fetchNow();
    await clock.pass(2 * HOUR - 1000);
    expect(await titles()).toEqual(['First', 'Third']);
    heard = [];
    await clock.pass(60_000);
    expect(heard.map(({ name }) => name)).toEqual(expect.arrayContaining(['posts.changed', 'rules.changed', 'status.changed']));
    expect(await titles()).toEqual(['First', 'Second', 'Third']);
    expect(await titles({ view: 'starred' })).toEqual(['Second']);
    expect(await unread()).toEqual([3, 3, 3]);
    expect(await ask('rules.list', {})).toMatchObject([{ muted: 0, isMuteOver: true }]);
  });

  test('has ended at a start after its end', async () => {
    await ask('rules.add', rule('second', { mute: { until: '2026-11-21T14:00:00.000Z' } }));
    await fetchNow();
    await core.stop();
    clock.sleep(3 * HOUR);
    await open();
    expect(await unread()).toEqual([3, 3, 3]);
  });

  test('gives back what it hid when it is switched off, removed or narrowed, and takes it again when put back', async () => {
    const { id } = await ask('rules.add', rule('second', { mute: {} }));
    await fetchNow();
    await ask('rules.update', { id, patch: { enabled: false } });
    expect(await unread()).toEqual([3, 3, 3]);
    await ask('rules.update', { id, patch: { enabled: true } });
    expect(await unread()).toEqual([2, 2, 2]);
    const { rule: removed, released } = await ask('rules.remove', { id });
    expect(released).toBe(1);
    expect(await unread()).toEqual([3, 3, 3]);
    const { addedAt: _addedAt, ...back } = removed;
    await ask('rules.add', back);
    expect(await unread()).toEqual([2, 2, 2]);
    await ask('rules.update', { id, patch: { conditions: [{ field: 'title', operator: 'contains', value: 'fifth' }] } });
    expect(await unread()).toEqual([3, 3, 3]);
  });

  test('keeps what it hides out of the lists of top posts', async () => {
    await ask('rules.add', rule('one', { mute: {} }));
    await runThrough(directTransport(core), 'runs.start', { jobKind: 'collect-hacker-news' });
    clock.sleep(2 * HOUR);
    const run = await runThrough(directTransport(core), 'runs.start', { jobKind: 'discover-top' });
    const page = JSON.stringify(await ask('top.get', { id: run.id }));
    expect(page).toContain('Three');
    expect(page).not.toContain('one.example');
  });
});

test('rules tell once a run of all that came, and the posts can be listed', async () => {
  const { id } = await ask(
    'rules.add',
    rule('*ir*', { notify: true }, { conditions: [{ field: 'title', operator: 'matches', value: 'ir' }] }),
  );
  const noticed = announced(directTransport(core), 'rules.noticed');
  await fetchNow();
  const told = await noticed;
  expect(told).toMatchObject({ ruleId: id, name: '*ir*', total: 2 });
  expect(told.postIds).toHaveLength(2);
  expect(await titles({ rule: id })).toEqual(['First', 'Third']);
  heard = [];
  await fetchNow();
  expect(heard.filter(({ name }) => name === 'rules.noticed')).toEqual([]);
});

describe('a rule before it is saved', () => {
  test('is tried on the posts here, with the words marked', async () => {
    await fetchNow();
    const found = await ask('rules.test', {
      question: { match: 'any', conditions: [{ field: 'title', operator: 'contains', value: 'SECOND' }] },
      ticket: 'form',
    });
    expect(found).toMatchObject({
      looked: 3,
      total: 3,
      matched: 1,
      posts: [{ title: 'Second', inTitle: [[0, 6]], isRead: false }],
    });
    expect((await ask('posts.counts', {})).unread).toBe(3);
  });

  test('ends the test before it, and refuses a bad pattern at its field', async () => {
    await fetchNow();
    const question = (value: string) => ({
      match: 'all' as const,
      conditions: [{ field: 'title' as const, operator: 'matches' as const, value }],
    });
    const first = ask('rules.test', { question: question('first'), ticket: 'form' });
    const second = ask('rules.test', { question: question('second'), ticket: 'form' });
    await expect(first).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await second).toMatchObject({ matched: 1 });
    await expect(ask('rules.test', { question: question('('), ticket: 'form' })).rejects.toMatchObject({
      code: 'IPC_INVALID',
      details: { field: 'conditions.0.value' },
    });
    await expect(ask('rules.add', { name: 'x', ...question('('), actions: { star: true } })).rejects.toMatchObject({
      code: 'IPC_INVALID',
    });
    expect(await ask('rules.list', {})).toEqual([]);
  });
});

test('rules are judged in the order they were put into', async () => {
  const first = await ask('rules.add', rule('second', { labels: ['Mine'] }));
  const second = await ask('rules.add', rule('second', { star: true, stop: true }));
  await ask('rules.reorder', { ids: [second.id, first.id] });
  await fetchNow();
  expect((await ask('posts.list', { view: 'starred' })).rows).toMatchObject([{ title: 'Second' }]);
  expect((await ask('posts.counts', {})).labels).toEqual([]);
  await expect(ask('rules.reorder', { ids: [first.id] })).rejects.toMatchObject({ code: 'CONFLICT' });
});

describe('posts that are already here', () => {
  const apply = (options: object) =>
    runThrough(directTransport(core), 'runs.start', { jobKind: 'apply-rules', options: options as never });

  test('are judged by a run, and one step takes it all back', async () => {
    await fetchNow();
    const { id } = await ask('rules.add', rule('second', { mute: {}, star: true, labels: ['Later'] }));
    expect(await unread()).toEqual([3, 3, 3]);
    const dry = await apply({ ruleIds: [id], dryRun: true });
    expect(dry).toMatchObject({ status: 'completed', counts: { processed: 3, matched: 1, changed: 1, muted: 1 } });
    expect(await unread()).toEqual([3, 3, 3]);
    const run = await apply({ ruleIds: [id] });
    expect(run).toMatchObject({ status: 'completed', counts: { matched: 1, changed: 1, starred: 1, labelled: 1 } });
    expect(await unread()).toEqual([2, 2, 2]);
    const [undoable] = await ask('undo.list', {});
    expect(undoable).toMatchObject({ id: run.id, text: 'Changed 1 post.', sample: [{ text: 'Second' }] });
    await ask('undo.apply', { id: run.id });
    expect(await unread()).toEqual([3, 3, 3]);
    expect(await titles({ view: 'starred' })).toEqual([]);
    expect((await ask('posts.counts', {})).labels).toEqual([]);
  });

  test('are changed only as the chosen rules want', async () => {
    await fetchNow();
    const one = await ask('rules.add', rule('second', { star: true }));
    await ask('rules.add', rule('third', { star: true }));
    await apply({ ruleIds: [one.id] });
    expect(await titles({ view: 'starred' })).toEqual(['Second']);
    expect((await apply({ ruleIds: ['gone'] })).status).toBe('failed');
  });
});

test('labels are given and taken by the owner, in one spelling', async () => {
  await fetchNow();
  const { rows } = await ask('posts.list', {});
  const ids = rows.map(({ id }) => id);
  await ask('posts.label', { ids: ids.slice(0, 1), add: ['Später'] });
  expect((await ask('posts.label', { ids, add: ['spater'] })).changed).toHaveLength(2);
  expect((await ask('posts.counts', {})).labels).toEqual([{ name: 'Später', total: 3, unread: 3 }]);
  expect((await ask('posts.list', { label: 'SPÄTER' })).total).toBe(3);
  expect((await ask('posts.list', { search: 'label:später' })).total).toBe(3);
  await ask('posts.label', { ids: ids.slice(0, 1), remove: ['später'] });
  expect((await ask('posts.list', { label: 'Später' })).total).toBe(2);
});

test('rules go out as a file and come in from one, each once', async () => {
  await ask('rules.add', rule('second', { star: true }));
  const { fileName, text } = await ask('rules.export', {});
  expect(fileName).toBe('tidings-rules-2026-11-21.json');
  expect(await ask('rules.import', { text })).toEqual({ added: 0, known: 1, refused: 0 });
  const { rules } = JSON.parse(text) as { rules: object[] };
  const other = { ...rules[0], name: 'Other' };
  const broken = { ...rules[0], conditions: [{ field: 'title', operator: 'matches', value: '(' }] };
  const file = JSON.stringify({ format: 'tidings-rules', version: 1, rules: [...rules, other, broken, { name: 'half' }] });
  expect(await ask('rules.import', { text: file })).toEqual({ added: 1, known: 1, refused: 2 });
  expect(await ask('rules.list', {})).toHaveLength(2);
  await expect(ask('rules.import', { text: '{}' })).rejects.toMatchObject({ code: 'IPC_INVALID' });
});

test('there can be 500 rules and not one more', async () => {
  const many = Array.from({ length: 500 }, (_, at) => rule(`word ${at}`, { star: true }));
  const file = JSON.stringify({ format: 'tidings-rules', version: 1, rules: [...many, rule('one more', { star: true })] });
  expect(await ask('rules.import', { text: file })).toEqual({ added: 500, known: 0, refused: 1 });
  await expect(ask('rules.add', rule('and another', { star: true }))).rejects.toMatchObject({ code: 'CONFLICT' });
});
