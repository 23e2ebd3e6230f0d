import type { Page } from '@playwright/test';
import { startSinkServer } from '../helpers/sink-server.ts';
import { expect, test } from './hosts.ts';

/* What is told is chosen in the window: which sources, when not, and where besides the desktop. */

const open = async (page: Page, hash: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
};

test('a source is chosen on its page, and the settings count it', async ({ launchDemo }) => {
  const { page } = await launchDemo();
  await open(page, '#/settings/notifications');
  await expect(page.getByRole('radio', { name: 'None' })).toBeChecked();
  await open(page, '#/sources/demo-slow-databases');
  const tell = page.getByRole('switch', { name: 'Tell me of new posts' });
  await expect(tell).toHaveAttribute('aria-checked', 'false');
  await tell.click();
  await expect(tell).toHaveAttribute('aria-checked', 'true');
  // Who chooses one wants to be told.
  await open(page, '#/settings/notifications');
  await expect(page.getByRole('radio', { name: 'Chosen sources' })).toBeChecked();
  await expect(page.getByText('1 source chosen.')).toBeVisible();
  await page.getByText('All sources', { exact: true }).click();
  await open(page, '#/sources/demo-slow-databases');
  await expect(page.getByText('as those of all sources')).toBeVisible();
});

test('quiet hours and a webhook are set up, tried, and there after the next start', async ({ launchDemo, launch, demo }) => {
  const sink = await startSinkServer();
  try {
    const first = await launchDemo();
    const { page } = first;
    await open(page, '#/settings/notifications');
    await page.getByRole('switch', { name: 'Quiet hours' }).click();
    await page.getByLabel('Quiet until').fill('08:30');
    await page.getByRole('button', { name: 'Set up: Webhook' }).click();
    const form = page.getByRole('form', { name: 'Webhook' });
    await form.getByRole('textbox', { name: 'Address' }).fill('somewhere');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(form.getByText('Write a web address that begins with http:// or https://.')).toBeVisible();
    await form.getByRole('textbox', { name: 'Address' }).fill(`${sink.origin}/hook`);
    await form.getByRole('button', { name: 'Save' }).click();
    const test = page.getByRole('button', { name: 'Send a test message: Webhook' });
    await test.click();
    await expect(page.getByText('This address belongs to the local network. Allow that for it to go on.')).toBeVisible();
    expect(sink.received).toEqual([]);
    await page.getByRole('button', { name: 'Change: Webhook' }).click();
    await form.getByRole('checkbox', { name: /Allow an address of the local network/ }).check();
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(form).toBeHidden();
    await test.click();
    await expect(page.getByText('The webhook took the test message.')).toBeVisible();
    expect(sink.received.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /hook']);
    await first.quit();

    const again = await launch({ env: { TIDINGS_HN_API: demo.server.hackerNewsApi } });
    await open(again.page, '#/settings/notifications');
    await expect(again.page.getByLabel('Quiet until')).toHaveValue('08:30');
    await expect(again.page.getByText(`Each message is posted to ${new URL(sink.origin).host}.`)).toBeVisible();
    await again.page.getByRole('button', { name: 'Remove: Webhook' }).click();
    await expect(again.page.getByRole('button', { name: 'Set up: Webhook' })).toBeVisible();
  } finally {
    await sink.close();
  }
});
