import { beforeEach, describe, expect, it, test } from 'vitest';
import type { AppStatus } from '../../../preload/contract/status.ts';
import { alsoInWords } from '../../../renderer/posts/also-in.tsx';
import { emptyWords } from '../../../renderer/posts/empty-words.ts';
import { groupRows, headDay } from '../../../renderer/posts/group-rows.ts';
import { listMeta } from '../../../renderer/posts/list-pane.tsx';
import { placeParams, placeQuery, readPlace } from '../../../renderer/posts/post-view.ts';
import { placeOf } from '../../../renderer/posts/use-opening.ts';
import { folderKey, foldersIn, readFolder, treeLines } from '../../../renderer/shell/folder-tree.ts';
import { rememberUndo, takeBack, undoLast } from '../../../renderer/ui/undo.ts';
import { inventData } from '../../helpers/invented-data.ts';

const NOW = Date.parse('2026-10-14T10:30:00.000Z');
const data = inventData(NOW);
const place = (hash: string, params: Record<string, string> = {}) => readPlace({ path: hash.split('/'), params });

describe('why a list is empty', () => {
  const said = (hash: string, params: Record<string, string> = {}, more: object = {}) =>
    emptyWords(place(hash, params), { sources: data.sources, status: undefined, isGone: false, unread: 0, ...more }, NOW);
  it('says what comes next, and when', () => {
    const status = {
      next: { scheduleId: 's', name: 'Fetch feeds', dueAt: new Date(NOW + 12 * 60_000).toISOString() },
    } as AppStatus;
    expect(said('posts/today', {}, { status }).reason).toContain('Next: Fetch feeds in 12 min.');
    expect(said('posts/today', {}, { status: { ...status, pausedUntil: status.next?.dueAt } }).reason).not.toContain('Next');
    expect(said('posts/starred', {}, { status }).reason).not.toContain('Next');
  });
  it('leads from an empty day to what is unread from before', () => {
    expect(said('posts/today', {}, { unread: 5 }).actions).toEqual(['showUnread', 'fetch']);
    expect(said('posts/today').actions).toEqual(['fetch']);
  });
  it.each([
    ['posts/all', { q: 'x' }, {}, 'clearSearch'],
    ['posts/today', { q: 'x' }, {}, 'searchAll'],
    ['posts/all', {}, { sources: [] }, 'addSource'],
    ['posts/source/gone', {}, { isGone: true }, 'showEverything'],
    ['posts/folder/Nowhere', {}, {}, 'showEverything'],
    ['posts/folder/Systems', {}, {}, 'fetch'],
    ['posts/all', { unread: '1' }, {}, 'showAll'],
    ['posts/hacker-news', {}, { sources: data.sources.filter(({ source }) => source.kind === 'feed') }, 'addHackerNews'],
    ['posts/last-hour', {}, {}, 'fetch'],
  ] as const)('%s %j offers the way on', (hash, params, more, action) => {
    expect(said(hash, { ...params }, more).actions).toEqual([action]);
  });
  it('tells of a paused source that nothing comes in', () => {
    const [row] = data.sources;
    const paused = data.sources.map((other) => (other === row ? { ...other, source: { ...other.source, paused: true } } : other));
    expect(said(`posts/source/${row?.source.id}`, {}, { sources: paused }).actions).toEqual(['toSource']);
  });
});

describe('the order of a list', () => {
  it('stands in its address and in its question, newest first in neither', () => {
    const oldest = place('posts/all', { sort: 'oldest' });
    expect(placeQuery(oldest)).toMatchObject({ sort: 'oldest' });
    expect(placeParams(oldest)).toMatchObject({ sort: 'oldest' });
    expect(placeQuery(place('posts/all', { sort: 'newest' }))).not.toHaveProperty('sort');
    expect(placeQuery(place('posts/all', { sort: 'sideways' }))).not.toHaveProperty('sort');
  });
  it('is said under the title', () => {
    const meta = (sort: string) =>
      listMeta(
        place('posts/starred', { sort }),
        { isLoading: false, isPrevious: false, total: 3 },
        { counts: undefined, source: undefined },
      );
    expect(meta('oldest')).toBe('3 posts, oldest first');
    expect(meta('score')).toBe('3 posts, highest score first');
    expect(meta('newest')).toBe('3 posts');
  });
  it('parts posts by their day', () => {
    const lines = groupRows(data.posts, 'day', false);
    const days = lines.flatMap((line) => (line.kind === 'head' ? [new Date(line.firstAt).toDateString()] : []));
    expect(days.length).toBeGreaterThan(1);
    expect(new Set(days).size).toBe(days.length);
    expect(headDay(new Date(NOW).toISOString(), NOW)).toBe('Today');
    expect(headDay(new Date(NOW - 86_400_000).toISOString(), NOW)).toBe('Yesterday');
  });
});

describe('a story of several sources', () => {
  const twin = (id: string, sourceTitle: string) => ({ id, sourceId: id, sourceTitle, isRead: false });
  const [post, other] = data.posts;
  it('names each other source once', () => {
    if (!post) throw new Error('No posts were invented');
    expect(alsoInWords({ ...post, alsoIn: [twin('a', 'One'), twin('b', 'Two'), twin('c', 'One')] })).toBe('Also in One, Two');
    expect(alsoInWords(post)).toBe('');
  });
  it('is found in a list by any of its posts', () => {
    if (!post || !other) throw new Error('No posts were invented');
    const rows = [other, { ...post, alsoIn: [twin('a', 'One')] }];
    expect(placeOf(rows, 'a')).toBe(1);
    expect(placeOf(rows, other.id)).toBe(0);
    expect(placeOf(rows, undefined)).toBe(-1);
  });
});

describe('the tree without what is read', () => {
  const read = data.sources.map((row) => ({ ...row, unread: 0, failures: 0 }));
  const titles = (rows: typeof data.sources, here = '') =>
    treeLines(rows, new Set(), { hidesRead: true, here }).map((line) =>
      line.kind === 'folder' ? line.name : line.row.source.title,
    );
  it('is empty when all is read', () => expect(titles(read)).toEqual([]));
  it('keeps what has unread posts, what fails and what is open, with the folders they stand in', () => {
    const rows = read.map((row, at) => ({ ...row, unread: at === 0 ? 2 : 0, failures: at === 1 ? 3 : 0 }));
    const open = rows[2];
    const shown = titles(rows, open?.source.id);
    for (const row of rows.slice(0, 3)) expect(shown).toContain(row.source.title);
    for (const row of rows.slice(3)) expect(shown).not.toContain(row.source.title);
  });
  it('keeps all of an open folder', () => {
    const folder = read.find(({ source }) => source.folder.length > 0)?.source.folder.slice(0, 1) ?? [];
    const inside = read.filter(({ source }) => source.folder[0] === folder[0]);
    const shown = titles(read, folderKey(folder));
    for (const row of inside) expect(shown).toContain(row.source.title);
  });
  it('reads folders as they are typed, and lists those above a folder, too', () => {
    expect(readFolder(' Systems /  Databases// ')).toEqual(['Systems', 'Databases']);
    expect(foldersIn(data.sources)).toContain('Systems');
    expect(foldersIn(data.sources)).toContain('Systems / Languages');
  });
});

describe('what is taken back', () => {
  beforeEach(() => {
    while (undoLast());
  });
  test('is the newest first, each once, the last fifty', () => {
    const done: number[] = [];
    for (let number = 0; number < 60; number += 1) rememberUndo({ text: `${number}`, undo: () => void done.push(number) });
    for (let count = 0; count < 20; count += 1) undoLast();
    expect(done).toEqual(Array.from({ length: 20 }, (_, at) => 59 - at));
    while (undoLast());
    expect(done).toHaveLength(50);
  });
  test('is not taken back again by key after it was by its message', () => {
    const done: string[] = [];
    const step = { text: 'b', undo: () => void done.push('b') };
    rememberUndo({ text: 'a', undo: () => void done.push('a') });
    rememberUndo(step);
    takeBack(step);
    takeBack(step);
    expect(undoLast()?.text).toBe('a');
    expect(undoLast()).toBeUndefined();
    expect(done).toEqual(['b', 'a']);
  });
});
