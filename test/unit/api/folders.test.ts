import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../../main/core.ts';
import { silentLog } from '../../../main/lib/log.ts';
import { openStore } from '../../../main/store/store.ts';
import { announced, askOver, directTransport, makeFolder, openTestCore } from '../../helpers/core-kit.ts';
import { feedSource } from '../../helpers/store-kit.ts';

const BEFORE: Record<string, string[]> = { a: ['One'], b: ['One', 'Two'], c: ['One', 'Two', 'Three'], d: ['Other'], e: [] };
let core: Core;
let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeEach(async () => {
  folder = await makeFolder();
  const store = await openStore({ dir: folder.dir, log: silentLog });
  await store.sources.put(Object.entries(BEFORE).map(([id, path]) => ({ ...feedSource(id), folder: path })));
  await store.close();
  core = await openTestCore(folder.dir);
});
afterEach(async () => {
  await core.stop();
  await folder.remove();
});
const over = () => directTransport(core);
const folders = async (): Promise<Record<string, string[]>> =>
  Object.fromEntries(
    (await askOver(over(), 'sources.list', {})).flatMap(({ source }) =>
      source.id in BEFORE ? [[source.id, source.folder]] : [],
    ),
  );
const move = (from: string[], to: string[], only?: string[]) =>
  askOver(over(), 'sources.renameFolder', { from, to, ...(only ? { only } : {}) });

test('a folder is renamed with all that is in it, at once', async () => {
  const heard = announced(over(), 'sources.changed');
  const { changed } = await move(['One', 'Two'], ['One', 'Second']);
  expect(changed.toSorted()).toEqual(['b', 'c']);
  expect((await heard).ids.toSorted()).toEqual(['b', 'c']);
  expect(await folders()).toEqual({ ...BEFORE, b: ['One', 'Second'], c: ['One', 'Second', 'Three'] });
});
test('a folder that is removed leaves its sources in the one above, and that is undone exactly', async () => {
  const { changed } = await move(['One'], []);
  expect(await folders()).toEqual({ ...BEFORE, a: [], b: ['Two'], c: ['Two', 'Three'] });
  await move([], ['One'], changed);
  expect(await folders()).toEqual(BEFORE);
});
test('a folder that is moved into another joins what is there', async () => {
  await move(['Other'], ['One', 'Two']);
  expect((await folders()).d).toEqual(['One', 'Two']);
});
test('a folder that would stand too deep is left as it is, all of it', async () => {
  await expect(move(['One'], ['1', '2', '3', '4', '5', '6', '7'])).rejects.toMatchObject({ code: 'IPC_INVALID' });
  expect(await folders()).toEqual(BEFORE);
});
test('the rules of a folder go with its new name and come back with it, but never hold for another folder', async () => {
  const { id } = await askOver(over(), 'rules.add', {
    name: 'Quiet',
    match: 'all',
    conditions: [{ field: 'folder', operator: 'is', value: ['One', 'Two'] }],
    actions: { mute: {} },
  });
  const folderOfRule = async (): Promise<unknown> => {
    const rows = await askOver(over(), 'rules.list', {});
    const condition = rows.find(({ rule }) => rule.id === id)?.rule.conditions[0];
    return condition?.field === 'folder' ? condition.value : undefined;
  };
  const { changed } = await move(['One'], ['First']);
  expect(await folderOfRule()).toEqual(['First', 'Two']);
  await move(['First'], ['One'], changed);
  expect(await folderOfRule()).toEqual(['One', 'Two']);
  await move(['One', 'Two'], ['Other']);
  expect(await folderOfRule()).toEqual(['One', 'Two']);
});
test('a folder that is gone is said to be', async () => {
  await expect(move(['Nowhere'], ['One'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

describe('searches that ask for a folder by its name', () => {
  const save = (search: string) => askOver(over(), 'searches.save', { name: search, search });
  const searches = async () => (await askOver(over(), 'searches.list', {})).map(({ search }) => search);

  test('go with its new name, wherever it stands in them, and come back with it', async () => {
    await save('folder:other tide');
    await save('-folder:"Other" OR folder:Others is:unread');
    const heard = announced(over(), 'searches.changed');
    await move(['Other'], ['Far shore']);
    await heard;
    expect(await searches()).toEqual(['folder:"Far shore" tide', '-folder:"Far shore" OR folder:Others is:unread']);
    await move(['Far shore'], ['Other']);
    expect(await searches()).toEqual(['folder:Other tide', '-folder:Other OR folder:Others is:unread']);
  });
  test('stay as they are where another folder has that name', async () => {
    await move(['Other'], ['Other', 'Two']);
    await save('folder:two tide');
    await move(['One', 'Two'], ['One', 'Second']);
    expect(await searches()).toEqual(['folder:two tide']);
  });
  test.each([
    ['its sources join another folder', ['One']],
    ['the new name cannot be written in quotes', ['The "far" shore']],
  ])('stay as they are where %s', async (_why, to) => {
    await save('folder:other tide');
    await move(['Other'], to);
    expect(await searches()).toEqual(['folder:other tide']);
  });
});
