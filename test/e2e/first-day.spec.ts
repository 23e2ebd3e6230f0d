import type { Page } from '@playwright/test';
import { type DemoServer, startDemoServer } from '../../main/demo/server.ts';
import { expect, test } from './hosts.ts';

let server: DemoServer;
test.beforeAll(async () => {
  server = await startDemoServer(Date.now());
});
test.afterAll(() => server.close());

const goTo = (page: Page, name: string) => page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name }).click();
const title = 'The harbour that kept its own tide tables for a century';

test('a newcomer adds a site and Hacker News, reads, searches, sees the run, pauses, quits, and finds everything again', async ({
  launch,
}) => {
  const env = { TIDINGS_HN_API: server.hackerNewsApi };
  const first = await launch({ env });
  const { page } = first;

  await test.step('the first start offers something to read', async () => {
    await expect(page.getByRole('main', { name: 'Welcome' })).toBeVisible();
    await page.getByRole('button', { name: 'Not now' }).click();
  });

  await test.step('a site is added by its address; the feed behind it is found', async () => {
    await goTo(page, 'Sources');
    await page.getByRole('link', { name: 'Add a source' }).first().click();
    await page.getByLabel('Address of a site or a feed').fill(server.baseOf('vessel-point'));
    await page.getByLabel('Address of a site or a feed').press('Enter');
    await page.getByRole('button', { name: 'Allow local network for this source' }).click();
    await expect(page.getByText(title)).toBeVisible();
    await page.getByRole('button', { name: /^Add / }).click();
    await expect(page.getByRole('heading', { name: 'Vessel Point Gazette', level: 1 })).toBeVisible();
  });

  await test.step('a Hacker News list is added with a threshold that says what it would keep', async () => {
    await goTo(page, 'Sources');
    await page.getByRole('link', { name: 'Add a source' }).first().click();
    await page.getByText('Hacker News', { exact: true }).last().click();
    await expect(page.getByText(/would keep \d+ of 100/i)).toBeVisible();
    await page.getByLabel(/list/i).first().selectOption('best');
    await page.getByRole('button', { name: /^Add / }).click();
    await expect(page.getByRole('heading', { name: 'Hacker News: best', level: 1 })).toBeVisible();
  });

  await test.step('a run by hand brings the posts without a reload', async () => {
    await goTo(page, 'Schedules');
    await page.getByRole('button', { name: 'Run Collect Hacker News now' }).click();
    await goTo(page, 'All posts');
    await expect(page.getByRole('option', { name: /The file format that outlived three companies/ }).first()).toBeVisible();
    await goTo(page, 'Schedules');
    await page.getByRole('button', { name: 'Run Fetch feeds now' }).click();
    await goTo(page, 'Vessel Point Gazette');
    await expect(page.getByRole('option', { name: new RegExp(title) })).toBeVisible();
  });

  await test.step('a post opens beside the list', async () => {
    await page.getByRole('option', { name: new RegExp(title) }).click();
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
    await expect(page.frameLocator('iframe').getByText('For ninety-one years the harbour office')).toBeVisible();
  });

  await test.step('a search finds one', async () => {
    await page.getByRole('combobox', { name: 'Search posts' }).fill('fog signal');
    await expect(page.getByRole('option', { name: /Why the fog signal was turned/ })).toBeVisible();
    await expect(page.getByRole('option', { name: new RegExp(title) })).toBeHidden();
  });

  await test.step('the run and its fetch jobs are on record', async () => {
    await goTo(page, 'History');
    await page.getByRole('main').locator('a[href^="#/history/run/"]', { hasText: 'Fetch feeds' }).first().click();
    await expect(page.getByRole('main').getByText('Vessel Point Gazette')).toBeVisible();
    await expect(page.getByRole('main').getByText('Completed').first()).toBeVisible();
  });

  await test.step('a schedule is paused', async () => {
    await goTo(page, 'Schedules');
    await page.getByRole('button', { name: /^Pause all/ }).click();
    await page.getByRole('menuitem', { name: 'Until I resume' }).click();
    await expect(page.getByRole('contentinfo').getByText(/Paused/)).toBeVisible();
  });

  await first.quit();
  const { page: again } = await launch({ env });

  await test.step('after the next start everything is still there', async () => {
    await goTo(again, 'Vessel Point Gazette');
    await expect(again.getByRole('option', { name: new RegExp(title) })).toBeVisible();
    await expect(again.getByRole('contentinfo').getByText(/Paused/)).toBeVisible();
    await goTo(again, 'Sources');
    await expect(again.getByRole('main').getByText('Vessel Point Gazette').first()).toBeVisible();
    await goTo(again, 'History');
    await expect(
      again
        .getByRole('main')
        .getByRole('link', { name: /Fetch feeds/ })
        .first(),
    ).toBeVisible();
  });
});
