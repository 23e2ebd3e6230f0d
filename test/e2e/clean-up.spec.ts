import type { Page } from '@playwright/test';
import { expect, test } from './hosts.ts';

/* Dry run of clean-up: a limit is set, its plan is shown, done and undone; nothing goes before it was looked at. */

const open = async (page: Page, hash: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
};
const kept = async (page: Page): Promise<number> => {
  await open(page, '#/settings');
  const text = await page
    .locator('#settings-storage dl.storage')
    .first()
    .getByText('Posts', { exact: true })
    .locator('..')
    .innerText();
  return Number(text.replaceAll(/\D/g, ''));
};

test('dry-run of clean-up: a limit for posts shows its plan, is done by hand, and undone', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  const before = await kept(page);
  await page.getByText('For some days', { exact: true }).click();
  const days = page.getByRole('textbox', { name: 'Keep read posts for' });
  await days.fill('10');
  await days.press('Enter');

  // Without a look at the plan a clean-up by hand leaves the posts alone, and says so.
  await open(page, '#/schedules');
  const more = page.getByRole('button', { name: 'More for Clean up' });
  await more.click();
  await page.getByRole('menuitem', { name: 'Run now' }).click();
  await page.getByRole('button', { name: 'Open the run' }).click();
  await expect(page.getByRole('main')).toContainText('would go by a limit whose plan was not looked at yet');
  expect(await kept(page)).toBe(before);

  await page.getByRole('button', { name: 'Show the plan' }).click();
  const doIt = page.getByRole('button', { name: 'Do it now' });
  await expect(doIt).toBeVisible();
  const note = page.getByRole('status').filter({ has: doIt });
  await expect(note).toContainText(/Would remove \d+ posts \(0 starred, 0 unread\)/);
  const planned = Number(/remove (\d+) posts/.exec(await note.innerText())?.[1]);
  expect(planned).toBeGreaterThan(10);
  await expect(page.getByRole('table', { name: 'Plan' }).getByRole('row').nth(1)).toContainText('post');
  expect(await kept(page)).toBe(before);

  await page.goBack();
  await doIt.click();
  await expect(page.getByRole('main')).toContainText(`Removed ${planned} posts`);
  expect(await kept(page)).toBe(before - planned);

  // The same way back stands in the settings; here it is taken on the page of the run.
  await expect(page.locator('#settings-undo')).toContainText(/Can be undone until/);
  await page.goBack();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('main')).toContainText('This was undone.');
  expect(await kept(page)).toBe(before);
});

test('a backup is made from the settings and listed there, and the schedules can show a plan', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await open(page, '#/settings');
  const backups = page.locator('#settings-backups');
  await expect(backups).toContainText('There is no backup yet');
  await backups.getByRole('button', { name: 'Back up now' }).click();
  await expect(backups).toContainText('Last backup: Just now');
  await backups.getByText('1 backup', { exact: true }).click();
  await expect(backups).toContainText(/tidings-\d{4}-\d{2}-\d{2}T.*\.tar\.gz/);

  await open(page, '#/schedules');
  await page.getByRole('button', { name: 'More for Clean up' }).click();
  await page.getByRole('menuitem', { name: /^Dry run/ }).click();
  await expect(page.getByRole('main')).toContainText(/Would remove|would change nothing/);
});
