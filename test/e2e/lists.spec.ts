import type { Locator, Page } from '@playwright/test';
import { expect, test } from './hosts.ts';

/* Lists of posts and the tree of sources: a story of several sources, marks that are taken back, folders by key. */

const STORY = 'Files that only grow';
const rowOf = (page: Page, title: string): Locator => page.getByRole('option').filter({ hasText: title });
const treeLine = (page: Page, name: string): Locator =>
  page.locator('.tree-line').filter({ has: page.getByText(name, { exact: true }) });
const numberOf = (page: Page, name: string): Locator => treeLine(page, name).locator('.nav-count');
const goTo = (page: Page, hash: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

test('a story of several sources stands once, is read in all of them at once, and one undo takes that back', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await goTo(page, '#/posts/folder/The%20city');
  await expect(rowOf(page, 'A town with two clocks')).toContainText('Also in Meridian Rail Journal');
  await expect(rowOf(page, 'A town with two clocks')).toHaveCount(1);
  await goTo(page, '#/posts/folder/Systems');
  const row = rowOf(page, STORY);
  await expect(row).toContainText('Also in Slow Databases, Hacker News');
  await expect(rowOf(page, 'Worth reading: The unreasonable calm')).toHaveCount(0);
  const before = await Promise.all(
    ['Quiet Compiler', 'Slow Databases', 'Hacker News'].map((name) => numberOf(page, name).last().innerText()),
  );
  const less = (place: number): string => String(Number(before[place]) - 1);

  await row.click();
  const also = page.getByRole('article').getByText('Also in');
  await expect(also.getByRole('link')).toHaveText(['Slow Databases', 'Hacker News']);
  await expect(numberOf(page, 'Slow Databases')).toHaveText(less(1));
  await expect(numberOf(page, 'Quiet Compiler')).toHaveText(less(0));
  await page.keyboard.press('z');
  await expect(page.getByText('Undone: marked as read')).toBeVisible();
  await expect(numberOf(page, 'Slow Databases')).toHaveText(before[1] ?? '');
  await expect(numberOf(page, 'Quiet Compiler')).toHaveText(before[0] ?? '');

  // In the list of a source it stands by itself, and says where else it is.
  await also.getByRole('link', { name: 'Slow Databases' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Slow Databases' })).toBeVisible();
  await expect(rowOf(page, 'Worth reading: The unreasonable calm')).toContainText('Also in Quiet Compiler, Hacker News');
});

test('rows below a post are marked read, and taken back', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await goTo(page, '#/posts/unread');
  const meta = page.locator('.list-head-meta');
  await expect(meta).toContainText('unread posts');
  const rows = page.getByRole('option');
  await rows.nth(2).click();
  await expect(page.getByRole('button', { name: /Mark unread/ })).toBeVisible();
  await page.keyboard.press('O');
  await expect(page.getByText(/Marked \d+ posts as read/)).toBeVisible();
  // What was read here stays until the list is left.
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(2).locator('.post-dot')).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(page.getByText(/Undone: Marked \d+ posts as read/)).toBeVisible();
  await expect.poll(() => rows.count()).toBeGreaterThan(5);
  await expect(rows.nth(2).locator('.post-dot')).toHaveCount(0);
  await page.keyboard.press('n');
  await expect(rows.nth(3)).toHaveAttribute('aria-selected', 'true');
  // Left and entered again, what was read is gone from it.
  const opened = (await rows.nth(3).locator('.post-title').innerText()).trim();
  await goTo(page, '#/posts/starred');
  await expect(page.getByRole('heading', { level: 1, name: 'Starred' })).toBeVisible();
  await goTo(page, '#/posts/unread');
  await expect(rows.first()).toBeVisible();
  await expect(rowOf(page, opened)).toHaveCount(0);
});

test('sources without unread posts are hidden by a key, and come back by it', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await goTo(page, '#/posts/source/demo-saltmarsh');
  await expect(page.getByRole('heading', { level: 1, name: 'Saltmarsh Systems' })).toBeVisible();
  await page.keyboard.press('A');
  await expect(numberOf(page, 'Saltmarsh Systems')).toHaveCount(0);
  await goTo(page, '#/posts/today');
  await expect(treeLine(page, 'Saltmarsh Systems')).toBeVisible();
  await page.keyboard.press('H');
  await expect(treeLine(page, 'Saltmarsh Systems')).toHaveCount(0);
  // What needs its owner stays.
  await expect(treeLine(page, 'Umbra Notes')).toBeVisible();
  await goTo(page, '#/posts/source/demo-saltmarsh');
  await expect(treeLine(page, 'Saltmarsh Systems')).toBeVisible();
  await page.keyboard.press('H');
  await goTo(page, '#/posts/today');
  await expect(treeLine(page, 'Saltmarsh Systems')).toBeVisible();
});

test('a folder is renamed, removed and put back, all by key', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await goTo(page, '#/posts/folder/Maps');
  await treeLine(page, 'Maps').getByRole('link').focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Mark all as read' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Rename or move Maps' })).toBeVisible();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Drawing / Maps and charts');
  await page.keyboard.press('Enter');
  await expect(treeLine(page, 'Drawing')).toBeVisible();
  await expect(treeLine(page, 'Maps and charts')).toBeVisible();

  await treeLine(page, 'Drawing').getByRole('link').focus();
  await page.keyboard.press('ContextMenu');
  await expect(page.getByRole('menuitem', { name: 'Mark all as read' })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(treeLine(page, 'Drawing')).toHaveCount(0);
  await expect(treeLine(page, 'Maps and charts')).toBeVisible();
  await page.keyboard.press('z');
  await expect(treeLine(page, 'Drawing')).toBeVisible();

  // The menu of a source: marked as read from the sidebar.
  await treeLine(page, 'Plain Cartography').getByRole('link').focus();
  await expect(numberOf(page, 'Plain Cartography')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'More for Plain Cartography' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Mark all as read' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(numberOf(page, 'Plain Cartography')).toHaveCount(0);
});

test('a list keeps how it is sorted, in its address and when it is left', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await goTo(page, '#/posts/hacker-news');
  await page.getByRole('button', { name: 'Order of the list' }).click();
  await page.getByRole('menuitemradio', { name: 'Highest score first' }).click();
  await expect(page.locator('.list-head-meta')).toContainText('highest score first');
  expect(await page.evaluate(() => location.hash)).toContain('sort=score');
  const points = (await page.locator('.post-points').allInnerTexts()).map((text) => Number.parseInt(text.replace(/\D*/, ''), 10));
  expect(points.length).toBeGreaterThan(5);
  expect(points).toEqual(points.toSorted((a, b) => b - a));
  await goTo(page, '#/posts/all');
  await expect(page.locator('.list-head-meta')).not.toContainText('score');
  await goTo(page, '#/posts/hacker-news');
  await expect(page.locator('.list-head-meta')).toContainText('highest score first');
});
