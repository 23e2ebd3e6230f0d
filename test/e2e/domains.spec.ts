import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expect, test } from './hosts.ts';

/* Sites that posts link to: looked at, failing, and tried again. */

const TIDINGS = fileURLToPath(new URL('../../dist/main/tidings.js', import.meta.url));
const tidings = (...args: string[]) => promisify(execFile)(process.execPath, [TIDINGS, ...args]);

const open = async (page: Page, hash: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
};

/** A site with a feed, whose home page fails until it is mended, and can be made to keep everybody waiting. */
const startSite = async () => {
  let [isBroken, letGo] = [true, (): void => {}];
  let held: Promise<void> | undefined;
  const server = createServer(async (request, response) => {
    const base = `http://${request.headers.host}`;
    if (request.url === '/feed')
      return response
        .writeHead(200, { 'Content-Type': 'application/rss+xml' })
        .end(
          `<rss version="2.0"><channel><title>Mended</title><item><title>One</title><link>${base}/one</link></item></channel></rss>`,
        );
    await held;
    if (isBroken) return response.writeHead(500).end();
    return response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end(
        '<html lang="en"><title>A mended site</title><link rel="alternate" type="application/rss+xml" title="Notes" href="/notes">',
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    feedUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`,
    mend: () => {
      isBroken = false;
    },
    hold: () => {
      held = new Promise((resolve) => {
        letGo = resolve;
      });
    },
    letGo: () => letGo(),
    close: () => {
      letGo();
      server.closeAllConnections();
      server.close();
    },
  };
};

test('a domain fails and is retried: its error, its steps and its state are seen as they change', async ({ launch, dataDir }) => {
  const site = await startSite();
  await tidings('source', 'add', site.feedUrl, '--allow-local', '--data', dataDir);
  await tidings('run', 'fetch-feeds', '--data', dataDir);
  const { page } = await launch({ args: ['--no-schedule'] });
  await open(page, '#/domains');
  const row = page.getByRole('table', { name: 'Domains' }).getByRole('row').nth(1);
  const counter = (name: string) => page.getByRole('button', { name: new RegExp(`^${name} `) });
  await expect(row).toContainText('127.0.0.1');
  await expect(row).toContainText('Pending');
  await expect(counter('Pending')).toHaveText(/Pending 1/);

  await page.getByRole('button', { name: 'Process pending now (1)' }).click();
  await expect(row).toContainText('Error');
  await expect(row).toContainText('The server answered 500.');
  await expect(row).toContainText('Tried again by itself.');
  await expect(counter('Error')).toHaveText(/Error 1/);
  await expect(counter('Pending')).toHaveText(/Pending 0/);

  site.mend();
  site.hold();
  await row.getByRole('button', { name: 'Retry 127.0.0.1 now' }).click();
  await expect(row).toContainText('Fetching');
  await expect(counter('Processing')).toHaveText(/Processing 1/);
  site.letGo();
  await expect(row).toContainText('Completed');
  await expect(row).toContainText('A mended site');
  await expect(row).toContainText('English');
  await expect(counter('Completed')).toHaveText(/Completed 1/);

  await row.getByRole('link', { name: 'Add Notes of 127.0.0.1' }).click();
  await expect(page.getByRole('textbox', { name: 'Address of a site or a feed' })).toHaveValue(/\/notes$/);
  site.close();
});

test('the counters narrow the list, a pin lasts, and the diagnostics say when it goes on', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await open(page, '#/domains');
  const table = page.getByRole('table', { name: 'Domains' });
  await page.getByRole('button', { name: /^Error / }).click();
  await expect.poll(() => new URL(page.url()).hash).toContain('status=error');
  await expect(table.getByText('The server answered 503.')).toBeVisible();
  await page.getByRole('button', { name: /^Error / }).click();
  await page.getByRole('searchbox', { name: 'Find a site' }).fill('Vessel Point');
  await expect(table.getByRole('row')).toHaveCount(2);
  await table.getByRole('button', { name: /^Pin / }).click();
  await expect(table.getByRole('button', { name: /^Unpin / })).toBeVisible();
  await page.reload();
  await expect(table.getByRole('row').nth(1)).toContainText('Vessel Point Gazette');
  await page.getByRole('button', { name: 'Diagnostics' }).click();
  const diagnostics = page.getByRole('region', { name: 'Diagnostics' });
  await expect(diagnostics).toContainText(/nothing starts by itself|next due in/);
  await expect(diagnostics).toContainText('Every 5 minutes.');
});
