import type { Page } from '@playwright/test';
import { COMMANDS, type CommandId, keyCaps } from '../../../renderer/ui/commands.ts';
import { words } from '../../../renderer/words/words.ts';
import { pressKeys } from '../../helpers/by-keys.ts';
import { DEMO_SCREENS, showScreen } from '../../helpers/screens.ts';
import { tabCrawl } from '../../helpers/tab-crawl.ts';
import { expect, test } from '../hosts.ts';

/* The window by keys alone, over the demo's month. */

test.describe.configure({ mode: 'parallel' });

const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const unread = async (page: Page): Promise<number> => {
  const words = (await page.getByRole('contentinfo').textContent()) ?? '';
  return Number(/([\d,]+) unread/.exec(words)?.[1]?.replaceAll(',', '') ?? '0');
};

test('every place in the window is two keys away', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  const places: [string, string][] = [
    ['t', '#/posts/today'],
    ['a', '#/posts/all'],
    ['u', '#/posts/unread'],
    ['s', '#/posts/starred'],
    ['n', '#/posts/hacker-news'],
    ['l', '#/posts/last-hour'],
    ['f', '#/sources'],
    ['d', '#/schedules'],
    ['h', '#/history'],
    ['i', '#/stats'],
    [',', '#/settings'],
  ];
  for (const [key, hash] of places) {
    await press(page, 'g', key);
    await expect.poll(() => new URL(page.url()).hash).toBe(hash);
    await expect(page.locator('main:visible')).toHaveCount(1);
    await expect(page.getByRole('navigation', { name: 'Views' }).locator('[aria-current="page"]')).toHaveCount(1);
  }
});

test('posts are walked through, opened, read, starred, sent to the browser and searched by keys', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await press(page, 'g', 'u');
  await page.getByRole('option').first().waitFor();
  const before = await unread(page);
  const title = () => page.locator('.reader-title').innerText();

  await press(page, 'j');
  await expect(page.locator('.reader-title')).toBeVisible();
  const first = await title();
  await expect.poll(() => unread(page)).toBe(before - 1);
  await press(page, 'j');
  await expect.poll(title).not.toBe(first);
  await press(page, 'k');
  await expect.poll(title).toBe(first);
  await press(page, 'm');
  await expect(page.getByRole('button', { name: /Mark read/ })).toBeVisible();
  await press(page, 's');
  await expect(page.getByRole('button', { name: /^Starred/ })).toBeVisible();

  const opened = page.context().waitForEvent('page');
  await press(page, 'v');
  await (await opened).close();

  await press(page, 'o');
  await expect(page.locator('.reader-scroll')).toBeFocused();
  await press(page, 'Escape');
  await press(page, 'g', 's');
  await expect(page.getByRole('option', { name: first }).first()).toBeVisible();

  await press(page, '/');
  await expect(page.getByRole('combobox', { name: 'Search posts' })).toBeFocused();
  await page.keyboard.type('fog signal');
  await expect(page.locator('.list-head-meta')).toHaveText(/post/);
});

test('all is marked as read by one key, after which one can take it back', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await press(page, 'g', 'a');
  await page.getByRole('option').first().waitFor();
  const before = await unread(page);
  expect(before).toBeGreaterThan(0);
  await press(page, 'Shift+A');
  await expect.poll(() => unread(page)).toBe(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => unread(page)).toBe(before);
});

test('the map of keys opens and closes by key, and gives the focus back', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await press(page, '?');
  const map = page.getByRole('dialog', { name: 'Keys' });
  await expect(map).toBeVisible();
  await expect(map.getByText('Mark all as read')).toBeVisible();
  // While it is open the keys of the screen below rest.
  await press(page, 'g', 'h');
  expect(new URL(page.url()).hash).not.toBe('#/history');
  await press(page, 'Escape');
  await expect(map).toBeHidden();
});

test('r fetches, and says what became of it', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await press(page, 'r');
  await expect(page.locator('.toast').first()).toBeVisible();
});

const palette = (page: Page) => page.getByRole('dialog', { name: words.palette.name });
const ids = Object.keys(COMMANDS) as CommandId[];
/** Commands that are there only now and then: a message to answer, a pause to end, a receipt, alerts; and those that need no finding. */
const NOW_AND_THEN = new Set<CommandId>([
  'message.act',
  'search.save',
  'schedules.pause',
  'schedules.resume',
  'receipt.putAway',
  'alerts.putAway',
]);
const SELF = new Set<CommandId>(['palette.open', 'pane.next', 'pane.previous']);
const everywhere = ids.filter(
  (id) => ['everywhere', 'going'].includes(COMMANDS[id].where) && !NOW_AND_THEN.has(id) && !SELF.has(id),
);

/** One stay in each part of the window, in the order it is read; the second round is what the crawl presses over. */
const isInOrder = (parts: readonly string[]): boolean => {
  const order = ['skip', 'side', 'notices', 'list', 'handle', 'reader', 'screen', 'wire', 'messages'];
  const places = parts.filter((part) => part !== 'BODY').map((part) => order.indexOf(part));
  const again = places.indexOf(0, 1);
  const once = again < 0 ? places : places.slice(0, again);
  return once.every((place, at) => place >= 0 && (at === 0 || place > (once[at - 1] ?? 0)));
};

test('Tab reaches every control of every screen in the order of reading; each has a name and shows the focus; no key is a trap', async ({
  launchDemo,
}) => {
  test.setTimeout(600_000);
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const screen of DEMO_SCREENS) {
    await showScreen(page, screen);
    const { wanted, parts, ...faults } = await tabCrawl(page);
    expect.soft(faults, screen.name).toEqual({ missed: [], hidden: [], unseen: [], nameless: [] });
    expect.soft(wanted, `${screen.name}: controls`).toBeGreaterThan(0);
    if (!parts.includes('dialog')) expect.soft(isInOrder(parts), `${screen.name}: ${parts.join(', ')}`).toBe(true);
  }
});

test('the palette opens on every screen and offers every command that is there everywhere, each with its key', async ({
  launchDemo,
}) => {
  test.setTimeout(600_000);
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // Over a question that waits for its answer nothing else opens.
  const asking = ['keys', 'palette', 'settings-restore'];
  for (const screen of DEMO_SCREENS.filter(({ name }) => !asking.includes(name))) {
    await showScreen(page, screen);
    await pressKeys(page, 'Mod+k');
    await expect(palette(page).getByRole('combobox')).toBeFocused();
    const lines = (await palette(page).getByRole('option').allTextContents()).join('\n');
    for (const id of everywhere) {
      const [key] = COMMANDS[id].keys;
      expect.soft(lines, screen.name).toContain(`${words.commands.names[id]}${key ? keyCaps(key).join('') : ''}`);
    }
    await page.keyboard.press('Escape');
    await expect(palette(page)).toBeHidden();
  }
});
