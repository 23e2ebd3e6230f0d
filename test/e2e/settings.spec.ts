import type { Page } from '@playwright/test';
import { expect, test } from './hosts.ts';

/* What is set takes effect at once and is there after the next start. */

const open = async (page: Page, hash: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
};
const look = (page: Page) => page.evaluate(() => ({ ...document.documentElement.dataset }));

test('light, dark and compact take effect at once and survive a restart', async ({ launchDemo, launch, demo }) => {
  const first = await launchDemo();
  await open(first.page, '#/settings');
  const paper = () => first.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await first.page.getByText('Dark', { exact: true }).click();
  await expect.poll(() => look(first.page)).toMatchObject({ theme: 'dark' });
  expect(await paper()).not.toBe(light);
  await first.page.getByText('Compact', { exact: true }).click();
  await expect.poll(() => look(first.page)).toMatchObject({ density: 'compact' });
  await first.quit();

  const { page } = await launch({ env: { TIDINGS_HN_API: demo.server.hackerNewsApi } });
  await expect.poll(() => look(page)).toMatchObject({ theme: 'dark', density: 'compact' });
  await open(page, '#/settings');
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Compact' })).toBeChecked();
});

test('A-9: a shorter interval changes when each feed is asked next at once, without a restart, and is kept', async ({
  launchDemo,
  launch,
  demo,
}) => {
  const first = await launchDemo();
  const { page } = first;
  const dueIn = (from: Page) => from.getByRole('button', { name: /Why Vessel Point Gazette is asked then/ });
  await open(page, '#/settings');
  const interval = page.getByRole('textbox', { name: 'Look at a feed every' });
  await interval.fill('600');
  await interval.press('Enter');
  await open(page, '#/sources');
  const before = await dueIn(page).innerText();
  expect(before).not.toMatch(/^In \d+ min/);

  await open(page, '#/settings');
  await interval.fill('10');
  await interval.press('Enter');
  // It posts about three times a week: it is asked seldomer than that until the owner says otherwise.
  await open(page, '#/sources');
  await expect(dueIn(page)).toHaveText(/^(In \d+ h|Tomorrow)/);
  await dueIn(page).click();
  await expect(page.getByText(/posts a week, so it is asked \d+ times less often/)).toBeVisible();
  await page.keyboard.press('Escape');
  await open(page, '#/settings');
  await page.getByRole('switch', { name: 'Ask quiet feeds less often' }).click();
  await open(page, '#/sources');
  await expect(dueIn(page)).toHaveText(/^(In \d+ min|Now|In a moment|Due now)/i);
  await first.quit();

  const again = await launch({ env: { TIDINGS_HN_API: demo.server.hackerNewsApi } });
  await open(again.page, '#/settings');
  await expect(again.page.getByRole('textbox', { name: 'Look at a feed every' })).toHaveValue('10');
  await expect(again.page.getByRole('switch', { name: 'Ask quiet feeds less often' })).not.toBeChecked();
});
