import type { Page } from '@playwright/test';
import { COMMANDS, type CommandId } from '../../renderer/ui/commands.ts';
import { words } from '../../renderer/words/words.ts';
import { choose, exactly, pressKeys } from '../helpers/by-keys.ts';
import { expect, test } from './hosts.ts';

/* Everything in the window without a pointer: each place and thing by its key and by the palette, each part by F6. */

const palette = (page: Page) => page.getByRole('dialog', { name: words.palette.name });
const ids = Object.keys(COMMANDS) as CommandId[];
test('the palette goes everywhere that a key goes, and what was used last stands first', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  for (const id of ids.filter((each) => COMMANDS[each].where === 'going')) {
    const keys = COMMANDS[id].keys[0];
    await choose(page, words.commands.names[id]);
    const there = new URL(page.url()).hash;
    expect(there, id).not.toBe('');
    if (keys) {
      await pressKeys(page, there === '#/settings' ? 'g t' : 'g ,');
      await expect.poll(() => new URL(page.url()).hash).not.toBe(there);
      await pressKeys(page, keys);
      await expect.poll(() => new URL(page.url()).hash, `${id} by ${keys}`).toBe(there);
    }
  }
  await pressKeys(page, ':');
  const used = palette(page).getByRole('group', { name: words.palette.kinds.used });
  await expect(used.getByRole('option').first()).toHaveText('Welcome');
});

test('the palette finds sources, folders, settings and posts, takes the focus there, and gives it back when it is closed', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  const hash = () => decodeURIComponent(new URL(page.url()).hash);

  await choose(page, 'Vessel Point Gazette', 'vessel gaz');
  await expect.poll(hash).toBe('#/posts/source/demo-vessel-point');
  await expect(page.getByRole('listbox', { name: /Posts in Vessel Point Gazette/ })).toBeFocused();
  await choose(page, 'Systems');
  await expect.poll(hash).toBe('#/posts/folder/Systems');
  await choose(page, 'Requests at once');
  await expect.poll(hash).toBe('#/settings/fetching');
  await expect(page.getByRole('textbox', { name: 'Requests at once' })).toBeFocused();
  await choose(page, 'Why the fog signal was turned towards the town', 'fog signal');
  await expect(page.locator('.reader-title')).toContainText('Why the fog signal was turned');

  // From within the text of a post, and from a field.
  await page.frameLocator('.article-frame').locator('body').focus();
  await pressKeys(page, 'Mod+k');
  await expect(palette(page)).toBeVisible();
  await pressKeys(page, 'Mod+k');
  await expect(palette(page)).toBeHidden();
  await pressKeys(page, '/');
  const search = page.getByRole('combobox', { name: 'Search posts' });
  await page.keyboard.type('fog');
  await pressKeys(page, 'Mod+k');
  await page.keyboard.type('nothing is called like this');
  await expect(palette(page).getByText(words.palette.nothing)).toBeVisible();
  await expect(palette(page).getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('fog');
});

test('the palette leads to every setting on the Settings screen', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await pressKeys(page, 'g ,');
  await page.locator('.setting').first().waitFor();
  for (const { name } of Object.values(words.settings.rows)) {
    const row = page.locator('.setting').filter({ has: page.locator('.setting-name', { hasText: exactly(name) }) });
    if ((await row.count()) === 0) continue;
    await choose(page, name);
    await expect(row.locator(':focus')).toHaveCount(1);
  }
});

test('F6 goes through the parts of the window and Shift+F6 back, each time to where one was', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await pressKeys(page, 'g a');
  await page.getByRole('option').first().waitFor();
  await pressKeys(page, 'j');
  await page.locator('.reader-title').waitFor();
  const part = () =>
    page.evaluate(() => {
      const parts = ['.side', '.pane-first', '.pane-second', '.wire'];
      return parts.find((each) => document.activeElement?.closest(each)) ?? 'none';
    });
  await page.getByRole('listbox').focus();
  const round = ['.pane-second', '.wire', '.side', '.pane-first'];
  for (const expected of round) {
    await pressKeys(page, 'F6');
    expect(await part()).toBe(expected);
  }
  for (const expected of ['.side', '.wire', '.pane-second']) {
    await pressKeys(page, 'Shift+F6');
    expect(await part()).toBe(expected);
  }
});

test('the first Tab offers a way past the sidebar', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: words.shell.skipToList })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox')).toBeFocused();
});

test('another screen takes the focus to its heading and says its name', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  for (const [keys, title] of [
    ['g h', 'History'],
    ['g i', 'Stats'],
    ['g f', 'Sources'],
  ] as const) {
    await pressKeys(page, keys);
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeFocused();
    await expect(page.getByRole('status').filter({ hasText: title }).first()).toBeAttached();
  }
  await pressKeys(page, 'g u');
  await expect(page.getByRole('listbox', { name: 'Posts in Unread' })).toBeFocused();
});
