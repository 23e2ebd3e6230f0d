import { cp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { choose, pressKeys, tabAndPress, tabTo } from '../helpers/by-keys.ts';
import { leaveForNineHours } from '../helpers/left-alone.ts';
import { expect, test } from './hosts.ts';

/* Whole pieces of work with keys alone, as their owner would do them. No pointer is used here. */

test.describe.configure({ timeout: 180_000 });

test('a source is added, renamed and paused by keys alone', async ({ launch, demo }) => {
  const { page } = await launch({ env: { TIDINGS_HN_API: demo.server.hackerNewsApi } });
  await page.getByRole('main', { name: 'Welcome' }).waitFor();
  await pressKeys(page, '+');
  await expect(page.getByLabel('Address of a site or a feed')).toBeFocused();
  await page.keyboard.type(demo.server.baseOf('vessel-point'));
  await page.keyboard.press('Enter');
  await tabAndPress(page, page.getByRole('button', { name: 'Allow local network for this source' }));
  await tabAndPress(page, page.getByRole('button', { name: /^Add / }));
  await expect(page.getByRole('heading', { name: 'Vessel Point Gazette', level: 1 })).toBeVisible();

  const more = page.getByRole('button', { name: 'More for Vessel Point Gazette' });
  await tabAndPress(page, more);
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('E');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Harbour news');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Harbour news', level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: 'More for Harbour news' })).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('P');
  await page.keyboard.press('Enter');
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeVisible();
  await pressKeys(page, 'z');
  await expect(undo).toBeHidden();
});

test('a list of sources is imported and saved by keys alone', async ({ launch, demo }) => {
  const { page } = await launch({ env: { TIDINGS_HN_API: demo.server.hackerNewsApi } });
  await page.getByRole('main', { name: 'Welcome' }).waitFor();
  await choose(page, 'Import a list of sources (OPML)', 'import');
  const choosing = page.waitForEvent('filechooser');
  await tabAndPress(page, page.getByRole('button', { name: 'Choose a file' }));
  const text = '<opml version="2.0"><body><outline type="rss" text="One" xmlUrl="https://one.example/feed"/></body></opml>';
  await (await choosing).setFiles({ name: 'list.opml', mimeType: 'text/x-opml', buffer: Buffer.from(text) });
  await expect(page.getByText('1 added')).toBeVisible();
  const downloading = page.waitForEvent('download');
  await choose(page, 'Save all sources as a list (OPML)', 'save all');
  expect((await downloading).suggestedFilename()).toMatch(/\.opml$/);
});

test('a schedule is made, run, paused with all others and resumed by keys alone', async ({ launchDemo }) => {
  const { page } = await launchDemo();
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await choose(page, 'Make a schedule');
  const name = page.getByRole('textbox', { name: 'Name' });
  await tabTo(page, name);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('At night');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Schedules', level: 1 })).toBeVisible();
  await expect(page.getByRole('switch', { name: 'At night on' })).toBeVisible();

  await choose(page, 'Pause all schedules until I resume', 'pause all');
  await expect(page.getByRole('contentinfo')).toContainText('Paused');
  await choose(page, 'Resume all schedules', 'resume');
  await expect(page.getByRole('contentinfo')).not.toContainText('Paused');

  await choose(page, 'Run Fetch feeds now', 'run fetch');
  await expect(page.getByRole('button', { name: 'Open the run' })).toBeVisible();
});

test('a run that went wrong is found, opened and tried again by keys alone', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await choose(page, 'History, problems only', 'problems');
  const row = page.getByRole('main').getByRole('row', { name: /15 sources, 1 failed/ });
  await tabAndPress(page, row.first().getByRole('link').first());
  await expect.poll(() => new URL(page.url()).hash).toContain('#/history/run/');
  const before = page.url();
  await tabAndPress(page, page.getByRole('button', { name: 'Retry failed only' }));
  await expect.poll(() => page.url()).not.toBe(before);
});

test('a run is cancelled by keys alone', async ({ launch, demo }) => {
  let isWaiting = false;
  const feed = '<rss version="2.0"><channel><title>Patience</title><item><title>One</title><guid>1</guid></item></channel></rss>';
  const server = createServer((_request, response) => {
    if (!isWaiting) response.writeHead(200, { 'Content-Type': 'application/rss+xml' }).end(feed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { page } = await launch({ env: { TIDINGS_HN_API: demo.server.hackerNewsApi } });
  await page.getByRole('main', { name: 'Welcome' }).waitFor();
  await pressKeys(page, '+');
  await expect(page.getByLabel('Address of a site or a feed')).toBeFocused();
  await page.keyboard.type(`http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`);
  await page.keyboard.press('Enter');
  await tabAndPress(page, page.getByRole('button', { name: 'Allow local network for this source' }));
  const add = page.getByRole('button', { name: /^Add / });
  await add.waitFor();
  isWaiting = true;
  await tabAndPress(page, add);
  await expect(page.getByRole('heading', { name: 'Patience', level: 1 })).toBeVisible();
  await pressKeys(page, 'g h');
  await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeFocused();
  if (await page.getByText('Nothing runs.').isVisible()) await pressKeys(page, 'r');
  await tabAndPress(page, page.getByRole('button', { name: 'Cancel Fetch feeds' }));
  await expect(page.getByText('Nothing runs.')).toBeVisible();
  server.closeAllConnections();
  server.close();
});

test('a setting is changed and a backup is made by keys alone', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await choose(page, 'Requests at once');
  const lanes = page.getByRole('textbox', { name: 'Requests at once' });
  await expect(lanes).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('8');
  await page.keyboard.press('Enter');
  await choose(page, 'Switch between light and dark', 'dark');
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  await choose(page, 'Back up now');
  await expect(page.locator('.toast').filter({ hasText: 'Back up' })).toBeVisible();
  await choose(page, 'Undo, or what a message offers', 'message');
  await expect.poll(() => new URL(page.url()).hash).toContain('#/history/run/');
  await choose(page, 'Requests at once');
  await expect(lanes).toHaveValue('8');
});

test('the receipt of the night is answered and put away by keys alone, and so are alerts', async ({ launch, demo, dataDir }) => {
  await cp(demo.dir, dataDir, { recursive: true });
  await leaveForNineHours(dataDir);
  const { page } = await launch({ env: { TIDINGS_HN_API: demo.server.hackerNewsApi } });
  const receipt = page.getByRole('region', { name: /^Off / });
  await expect(receipt).toBeVisible();
  await tabAndPress(page, receipt.getByRole('button', { name: 'Let Clean up go' }));
  await expect(receipt.getByRole('button', { name: 'Let Clean up go' })).toBeHidden();
  await choose(page, 'Put the receipt of the night away', 'receipt');
  await expect(receipt).toBeHidden();
  await pressKeys(page, 'g h');
  const alerts = page.getByRole('region', { name: 'Alerts' });
  await expect(alerts).toBeVisible();
  await choose(page, 'Put all alerts away', 'alerts');
  await expect(alerts).toBeHidden();
});

test('a list is filtered, a pane made wider, and posts marked and taken back by keys alone', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await pressKeys(page, 'g a');
  await page.getByRole('option').first().waitFor();
  const handle = page.getByRole('separator', { name: 'Width of the list' });
  await tabTo(page, handle);
  const width = Number(await handle.getAttribute('aria-valuenow'));
  await page.keyboard.press('ArrowRight');
  await expect(handle).toHaveAttribute('aria-valuenow', String(width + 16));
  await page.keyboard.press('Home');
  await expect(handle).toHaveAttribute('aria-valuenow', String(width));
  await pressKeys(page, 'u');
  await expect.poll(() => new URL(page.url()).hash).toContain('unread=1');
  const wire = page.getByRole('contentinfo');
  const unread = await wire.getByText(/^[\d,]+ unread$/).innerText();
  const same = wire.getByText(unread, { exact: true });
  await pressKeys(page, 'A');
  await expect(same).toHaveCount(0);
  await pressKeys(page, 'z');
  await expect(same).toBeVisible();
});
