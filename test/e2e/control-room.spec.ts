import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './hosts.ts';

/* The control room: the history narrowed and found again, sources by run, one run step by step, and what can be taken along. */

const open = async (page: Page, hash: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
};
const hashOf = (page: Page): string => new URL(page.url()).hash;
const runLinks = (page: Page) => page.getByRole('main').locator('.history-days a[href^="#/history/run/"]');

/** Opens the newest failed run that fetched feeds. */
const openFailed = async (page: Page): Promise<void> => {
  await open(page, '#/history?status=failed&job=fetch-feeds&range=all');
  await runLinks(page).first().click();
  await expect(page.getByRole('complementary', { name: 'Facts' })).toContainText('Failed');
};

test('the history is narrowed by status and days, opened, come back to by the address, and cleared with one key', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await open(page, '#/history');
  await page.getByRole('combobox', { name: 'Status' }).selectOption('failed');
  await page.getByRole('radio', { name: '30 days' }).check();
  await expect.poll(() => hashOf(page)).toBe('#/history?status=failed&range=month');
  const found = page.locator('.history-found').getByRole('status');
  await expect(found).toHaveText(/^\d+ runs$/);
  const count = Number.parseInt((await found.textContent()) ?? '', 10);
  await expect(runLinks(page)).toHaveCount(count);

  await runLinks(page).first().click();
  await expect(page.getByRole('heading', { name: 'Steps' })).toBeVisible();
  await page.goBack();
  await expect.poll(() => hashOf(page)).toBe('#/history?status=failed&range=month');
  await expect(page.getByRole('combobox', { name: 'Status' })).toHaveValue('failed');
  await expect(runLinks(page)).toHaveCount(count);

  const today = await page.evaluate(() => {
    const now = new Date();
    return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
  });
  await page.getByLabel('From').fill(today);
  await expect.poll(() => hashOf(page)).toContain(`from=${today}`);

  // Left and entered again without an address, it is as it was; x clears it.
  await open(page, '#/schedules');
  await page.getByRole('heading', { name: 'Schedules' }).waitFor();
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('link', { name: /History/ })
    .click();
  await expect.poll(() => hashOf(page)).toContain(`from=${today}`);
  await expect(page.getByRole('button', { name: 'Clear filters' })).toBeVisible();
  await page.locator('main').focus();
  await page.keyboard.press('x');
  await expect.poll(() => hashOf(page)).toBe('#/history');
  await expect(page.getByRole('combobox', { name: 'Status' })).toHaveValue('');
});

test('sources by run are walked by arrows, each dot says what it is, and Enter opens the run at the source', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo();
  await open(page, '#/history');
  await page.getByRole('link', { name: 'Sources by run' }).click();
  const grid = page.getByRole('grid', { name: /^Fetch feeds: sources by the last \d+ runs$/ });
  await expect(grid).toBeVisible();
  const first = grid.getByRole('row').nth(1);
  await expect(first).toContainText(/Failing since|Flaky: \d+ of \d+ failed|Gone since/);
  await grid.locator('[tabindex="0"]').focus();
  const said = (): Promise<string> => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  const source = (await first.getByRole('link').textContent()) ?? '';
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(said).toMatch(new RegExp(`^${source}, run of \\d\\d:\\d\\d, `));
  const before = await said();
  await page.keyboard.press('ArrowDown');
  await expect.poll(said).not.toBe(before);
  await page.keyboard.press('ArrowUp');
  await expect.poll(said).toBe(before);
  await expect(page.locator('.grid-note')).toContainText(source);
  await page.keyboard.press('Enter');
  await expect.poll(() => hashOf(page)).toMatch(/^#\/history\/run\/.*source=/);
  const wanted = page.getByRole('table', { name: 'Fetch jobs' }).locator('tr[aria-selected="true"]');
  await expect(wanted).toContainText(source);
  await expect(page.locator('.run-request')).toContainText('Started');
  await page.goBack();
  await expect(grid).toBeVisible();
});

test('a failed run opens the step it failed in, leads to its other tries, and what failed is tried again as one more', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo();
  await openFailed(page);
  const step = page.getByRole('button', { name: /Fetch and keep/ });
  await expect(step).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('button', { name: /Choose due sources/ })).toHaveAttribute('aria-expanded', 'false');
  await expect(page.getByRole('list', { name: 'Log of Fetch and keep' })).toContainText('took longer than 10 minutes');
  await page.getByRole('button', { name: 'Expand all' }).click();
  await expect(page.getByRole('button', { name: /Choose due sources/ })).toHaveAttribute('aria-expanded', 'true');

  const tries = page.getByRole('navigation', { name: 'Attempts' }).getByRole('link');
  await expect(tries).toHaveCount(2);
  const first = hashOf(page);
  await tries.nth(1).click();
  await expect(page.getByRole('complementary', { name: 'Facts' })).toContainText('2 of 3');
  await tries.nth(0).click();
  await expect.poll(() => hashOf(page)).toBe(first);

  await page.getByRole('button', { name: 'Retry failed only' }).click();
  await expect.poll(() => hashOf(page)).not.toBe(first);
  await expect(tries).toHaveCount(3);
  await expect(tries.nth(2)).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('complementary', { name: 'Facts' }).getByRole('link', { name: 'the run before' })).toHaveAttribute(
    'href',
    first,
  );
  await page.locator('main').focus();
  await page.keyboard.press('[');
  await expect.poll(() => hashOf(page)).not.toContain('source=');
});

test('what the list says is what the export holds, and a run is taken along as JSON and as a report', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await open(page, '#/history?status=failed&range=all');
  const found = page.locator('.history-found').getByRole('status');
  await expect(found).toHaveText(/^\d+ runs$/);
  const count = Number.parseInt((await found.textContent()) ?? '', 10);
  const save = async (press: () => Promise<void>): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent('download'), press()]);
    return readFile(await download.path(), 'utf8');
  };
  const choose = async (button: string, item: string): Promise<void> => {
    await page.getByRole('button', { name: button, exact: true }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const runs = JSON.parse(await save(() => choose('Export', 'These runs as JSON'))) as { id: string; status: string }[];
  expect(runs).toHaveLength(count);
  expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['failed']));
  const table = await save(() => choose('Export', 'These runs as a table (CSV)'));
  expect(table.trim().split('\r\n')).toHaveLength(count + 1);

  await openFailed(page);
  const id = hashOf(page).split('/').at(-1);
  const kept = JSON.parse(await save(() => choose('More', 'Download JSON'))) as { run: { id: string }; fetchJobs: unknown[] };
  expect(kept.run.id).toBe(id);
  expect(kept.fetchJobs).toHaveLength(15);
  await page.getByRole('radio', { name: 'JSON' }).check();
  await expect(page.locator('.run-json')).toContainText(`"id": "${id}"`);

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy report' }).click();
  await expect(page.getByText('The report is on the clipboard')).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain('# Fetch feeds: Failed');
  expect(report).toContain(`- Run: ${id}`);
  expect(report).toContain('Umbra Notes: HTTP\\_5XX: The server answered 503.');
});
