import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expect, test } from './hosts.ts';

/* Runs as they go: progress, cancel, problems, and trying again what failed. */

const open = async (page: Page, hash: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
};

const TIDINGS = fileURLToPath(new URL('../../dist/main/tidings.js', import.meta.url));
const FEED = '<rss version="2.0"><channel><title>Patience</title><item><title>One</title><guid>1</guid></item></channel></rss>';

/** A feed that answers at first, so that it can be added, and then keeps everybody waiting. */
const startPatience = async (): Promise<{ url: string; keepWaiting: () => void; close: () => void }> => {
  let isWaiting = false;
  const server = createServer((_request, response) => {
    if (!isWaiting) response.writeHead(200, { 'Content-Type': 'application/rss+xml' }).end(FEED);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`,
    keepWaiting: () => {
      isWaiting = true;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

test('a run with a slow source shows its progress as it goes, and is cancelled in the window', async ({ launch, dataDir }) => {
  const patience = await startPatience();
  await promisify(execFile)(process.execPath, [TIDINGS, 'source', 'add', patience.url, '--allow-local', '--data', dataDir]);
  patience.keepWaiting();
  const { page } = await launch();
  await open(page, '#/sources');
  await page.getByRole('main').getByRole('link', { name: 'Patience' }).click();
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
  patience.close();
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
