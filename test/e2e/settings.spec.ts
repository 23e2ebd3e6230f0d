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
  await expect(dueIn(page)).not.toHaveText(/^In \d+ min/);

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

test('another region is seen at once everywhere: in times, dates, numbers and weeks, and in a window that is open beside', async ({
  launchDemo,
}, info) => {
  const { page } = await launchDemo();
  await open(page, '#/settings');
  // The desktop has one window; in a browser there may be two.
  const beside = info.project.name === 'headless' ? page.context().waitForEvent('page') : undefined;
  if (beside) await page.evaluate(() => window.open('#/sources/demo-vessel-point'));
  const second = await beside;
  await second?.getByRole('heading', { name: 'Vessel Point Gazette', level: 1 }).waitFor();
  const region = page.getByRole('combobox', { name: 'Dates and numbers' });
  const example = page.getByRole('status', { name: 'Example' });
  await expect(example).toContainText('2 Oct 2024; 18,402.5; a week begins on Monday');

  await region.selectOption('en-US');
  await expect(example).toContainText('Oct 2, 2024; 18,402.5; a week begins on Sunday');
  await expect(page.getByRole('contentinfo').locator('time')).toHaveText(/[AP]M/);
  if (second) await expect(second.getByRole('table', { name: 'Fetch jobs' }).locator('time').first()).toHaveText(/[AP]M/);
  if (second) await open(second, '#/history?range=all');
  if (second) await expect(second.locator('main time', { hasText: /\d\s[AP]M/ }).first()).toBeVisible();

  await region.selectOption('de-DE');
  if (second) await expect(second.locator('main time', { hasText: /\d\s[AP]M/ })).toHaveCount(0);
  await expect(example).toContainText('2. Okt. 2024; 18.402,5; a week begins on Montag');
  await open(page, '#/sources/demo-vessel-point');
  const times = page.getByRole('table', { name: 'Fetch jobs' }).locator('time');
  await expect(times.first()).toHaveText(/^(Mo|Di|Mi|Do|Fr|Sa|So)\.?, \d+\. \w+\.?/);
  await open(page, '#/schedules/new');
  await page.getByText('Weekly', { exact: true }).click();
  await expect(page.getByRole('checkbox').first()).toHaveAccessibleName('Montag');

  await open(page, '#/settings');
  await page.getByRole('button', { name: 'Back to default: Dates and numbers, as this computer' }).click();
  await expect(region).toHaveValue('system');
  await expect(example).toContainText('2 Oct 2024');
});

test('a setting is found by a word of its help, refuses what it cannot be at its field, and goes back to its default', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo();
  await open(page, '#/settings');
  await page.getByRole('searchbox', { name: 'Find a setting' }).fill('gentler line');
  const lanes = page.getByRole('textbox', { name: 'Requests at once' });
  await expect(lanes).toBeVisible();
  await expect(page.getByRole('switch', { name: 'Run schedules' })).toBeHidden();
  await lanes.fill('65');
  await lanes.press('Enter');
  await expect(page.getByText('At most 64 requests.')).toBeVisible();
  await lanes.fill('4');
  await lanes.press('Enter');
  const back = page.getByRole('button', { name: 'Back to default: Requests at once, 64 requests' });
  await back.click();
  await expect(lanes).toHaveValue('64');
  await expect(back).toBeHidden();
  await page.getByRole('searchbox', { name: 'Find a setting' }).press('Escape');
  await expect(page.getByRole('switch', { name: 'Run schedules' })).toBeVisible();
});
