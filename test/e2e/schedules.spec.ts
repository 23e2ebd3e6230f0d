import type { Page } from '@playwright/test';
import { expect, test } from './hosts.ts';

/* Edit a schedule: what it will do is seen while it is typed, what cannot be is refused at its field, what is saved stays. */

const open = async (page: Page, hash: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
};
const rowOf = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('switch', { name: `${name} on` }) });
const countOf = (words: string | null): number => Number(/([\d,]+) runs? on time/.exec(words ?? '')?.[1]?.replaceAll(',', ''));

test('E-10 D-17: a schedule is edited with its times before the eyes; a bad cron line is refused at its field and the old rule stays; what is saved survives a restart', async ({
  launchDemo,
  launch,
  demo,
}) => {
  const first = await launchDemo();
  const { page } = first;
  await open(page, '#/schedules');
  await expect(rowOf(page, 'Clean up')).toContainText('Every day at 01:00');
  await rowOf(page, 'Clean up').getByRole('link', { name: 'Edit Clean up' }).click();

  const told = page.getByRole('region', { name: 'What it will do' });
  const days = page.getByRole('img', { name: /^The next 30 days/ });
  await expect(told).toContainText('Every day at 01:00');
  await expect(told.getByRole('list', { name: 'The next five times' }).getByRole('listitem')).toHaveCount(5);
  await page.getByRole('combobox', { name: 'Sleeps on' }).selectOption('no day');
  await expect(days).toHaveAccessibleName(/(29|30) runs on time$/);
  await page.getByRole('combobox', { name: 'Sleeps on' }).selectOption('every day');
  await expect(days).toHaveAccessibleName(/catch-up runs at wake/);
  expect(countOf(await days.getAttribute('aria-label'))).toBe(0);

  await page.getByText('Weekly', { exact: true }).click();
  await page.getByLabel('At', { exact: true }).fill('12:30');
  await expect(told).toContainText('Monday to Friday at 12:30');
  await expect.poll(async () => countOf(await days.getAttribute('aria-label'))).toBeGreaterThan(19);

  await page.getByText('Cron', { exact: true }).click();
  const line = page.getByRole('textbox', { name: 'Cron line' });
  await line.fill('99 * * * *');
  await expect(page.getByRole('alert')).toContainText('99');
  await expect(line).toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('button', { name: 'Save schedule' }).click();
  await expect(line).toBeFocused();
  await expect(line).toHaveValue('99 * * * *');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(rowOf(page, 'Clean up')).toContainText('Every day at 01:00');

  await page.getByRole('button', { name: 'Go back to it' }).click();
  await expect(line).toHaveValue('99 * * * *');
  await line.fill('30 4 * * 1-5');
  await expect(told).toContainText('Monday to Friday at 04:30');
  await page.getByRole('switch', { name: 'Only between two times' }).click();
  await page.getByLabel('From', { exact: true }).fill('04:00');
  await page.getByLabel('To', { exact: true }).fill('06:00');
  await page.getByText('Ask me', { exact: true }).click();
  await page.getByText('More: retries, longest run, jitter').click();
  await page.getByRole('textbox', { name: 'Retries' }).fill('11');
  await page.getByRole('button', { name: 'Save schedule' }).click();
  await expect(page.getByRole('textbox', { name: 'Retries' })).toBeFocused();
  await page.getByRole('textbox', { name: 'Retries' }).fill('3');
  await page.getByRole('button', { name: 'Save schedule' }).click();
  await expect(rowOf(page, 'Clean up')).toContainText('Monday to Friday at 04:30');
  await first.quit();

  const again = await launch({ env: { TIDINGS_HN_API: demo.server.hackerNewsApi } });
  await open(again.page, '#/schedules');
  await expect(rowOf(again.page, 'Clean up')).toContainText('Monday to Friday at 04:30');
  await rowOf(again.page, 'Clean up').getByRole('link', { name: 'Edit Clean up' }).click();
  await expect(again.page.getByRole('textbox', { name: 'Cron line' })).toHaveValue('30 4 * * 1-5');
  await expect(again.page.getByLabel('From', { exact: true })).toHaveValue('04:00');
  await expect(again.page.getByRole('radio', { name: 'Ask me' })).toBeChecked();
  await again.page.getByText('More: retries, longest run, jitter').click();
  await expect(again.page.getByRole('textbox', { name: 'Retries' })).toHaveValue('3');
});

test('a schedule is paused until a time and goes on with or without what was missed; the master switch stops all', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo();
  await open(page, '#/schedules');
  const menu = async (item: string) => {
    await page.getByRole('button', { name: 'More for Fetch feeds' }).click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  await menu('Pause until…');
  const dialog = page.getByRole('dialog', { name: 'Pause Fetch feeds' });
  await dialog.getByLabel('Until').fill('2001-01-01T08:00');
  await dialog.getByRole('button', { name: 'Pause' }).click();
  await expect(dialog.getByRole('alert')).toContainText('This time is over');
  await dialog.getByLabel('Until').fill('2099-01-01T08:00');
  await dialog.getByRole('button', { name: 'Pause' }).click();
  await expect(rowOf(page, 'Fetch feeds')).toContainText('Paused until Thu 1 Jan 2099, 08:00');
  await menu('Resume');
  await expect(rowOf(page, 'Fetch feeds')).not.toContainText('Paused');

  await page.getByRole('switch', { name: 'Scheduler on' }).click();
  await expect(page.getByRole('alert')).toContainText('Scheduler: Stopped.');
  await page.getByRole('button', { name: 'Start the scheduler' }).click();
  await expect(page.getByRole('switch', { name: 'Scheduler on' })).toBeVisible();
});
