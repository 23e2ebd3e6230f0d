import type { Page } from '@playwright/test';
import { expect, test } from './hosts.ts';

/* Runs as they go: progress, cancel, problems, and trying again what failed. */

const open = async (page: Page, hash: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
};

test('a run with a slow source shows its progress as it goes, and is cancelled in the window', async ({ launchDemo }) => {
  const { page } = await launchDemo();
  await open(page, '#/sources/demo-tin-roof');
  await page.getByRole('button', { name: 'Fetch now' }).click();
  await open(page, '#/history');
  const going = page.getByRole('region', { name: 'Running now' });
  await expect(going.getByRole('progressbar', { name: 'Fetch feeds, progress' })).toBeVisible();
  await expect(page.getByRole('contentinfo').getByRole('link', { name: /^Fetch feeds, / })).toBeVisible();
  await going.getByRole('link', { name: 'Fetch feeds' }).click();
  await expect(page.locator('.run-going')).toContainText('0 of 1');
  await expect(page.getByRole('table', { name: 'Fetch jobs' }).getByText('Running')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('main').getByText('Cancelled').first()).toBeVisible();
  await expect(page.getByRole('main')).toContainText(/othing is lost|is kept/);
  await open(page, '#/history');
  await expect(going.getByText('Nothing runs.')).toBeVisible();
});

test('problems only narrows the history to what went wrong, and a run tries again only what failed', async ({ launchDemo }) => {
  const { page } = await launchDemo();
  await open(page, '#/history');
  await page.getByRole('button', { name: /Problems only/ }).click();
  await expect.poll(() => new URL(page.url()).hash).toContain('problems');
  await page
    .getByRole('main')
    .getByRole('row', { name: /15 sources, 1 failed/ })
    .first()
    .getByRole('link')
    .click();
  const jobs = page.getByRole('table', { name: 'Fetch jobs' });
  await expect(jobs.getByText('Umbra Notes')).toBeVisible();
  const retry = page.getByRole('button', { name: 'Retry failed only' });
  const before = page.url();
  await retry.click();
  await expect.poll(() => page.url()).not.toBe(before);
  await expect(page.getByRole('main').getByText('Retry', { exact: true })).toBeVisible();
  await expect(jobs.getByRole('row')).toHaveCount(2);
  await expect(jobs.getByText('Umbra Notes')).toBeVisible();
});
