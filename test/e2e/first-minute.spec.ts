import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { type DemoServer, startDemoServer } from '../../main/demo/server.ts';
import { expect, test } from './hosts.ts';

/* From the first start to the first read post: a newcomer who has read no manual, the mouse or the keys alone. */

let server: DemoServer;
test.beforeAll(async () => {
  server = await startDemoServer(Date.now());
});
test.afterAll(() => server.close());

const posts = (page: Page) => page.locator('.post-list').getByRole('option');
const firstSteps = (page: Page) => page.getByRole('region', { name: 'First steps' });
const MINUTE_MS = 60_000;

test('two clicks lead from the first start to a read post, in well under a minute, and only Hacker News was ticked', async ({
  launch,
}) => {
  const begun = Date.now();
  const { page, quit } = await launch({ env: { TIDINGS_HN_API: server.hackerNewsApi } });
  await expect(page.getByRole('main', { name: 'Welcome' })).toBeVisible();
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(1);
  await expect(page.getByRole('checkbox', { checked: true, name: /Hacker News/ })).toHaveCount(1);

  await page.getByRole('button', { name: 'Fetch this one now' }).click();
  await expect(firstSteps(page)).toBeVisible();
  await posts(page).first().click();
  await expect(page.locator('.reader').getByRole('heading', { level: 1 })).toBeVisible();
  const took = Date.now() - begun;
  expect(took).toBeLessThan(MINUTE_MS);
  test.info().annotations.push({ type: 'first read post', description: `${took} ms, 2 clicks` });

  await expect(firstSteps(page).getByRole('status')).toContainText(/1 source fetched: \d+ posts/);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('.first-steps').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
  await firstSteps(page).getByRole('button', { name: 'Put away the first steps' }).click();
  await expect(firstSteps(page)).toBeHidden();
  await quit();

  const again = await launch({ env: { TIDINGS_HN_API: server.hackerNewsApi } });
  await expect(posts(again.page).first()).toBeVisible();
  await expect(firstSteps(again.page)).toBeHidden();
});

test('with the keyboard alone it is two keys: Enter fetches, j opens the first post', async ({ launch }) => {
  const { page } = await launch({ env: { TIDINGS_HN_API: server.hackerNewsApi } });
  await expect(page.getByRole('button', { name: 'Fetch this one now' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(posts(page).first()).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.locator('.reader').getByRole('heading', { level: 1 })).toBeVisible();
});

test('a first fetch that reaches nobody says so, loses nothing, and one press tries it again', async ({ launch }) => {
  // A port that was free a moment ago: nothing listens there until the server of the demo is put behind it.
  const place = createServer();
  await new Promise<void>((resolve) => place.listen(0, '127.0.0.1', resolve));
  const { port } = place.address() as AddressInfo;
  await new Promise((resolve) => place.close(resolve));
  const { page } = await launch({ env: { TIDINGS_HN_API: `http://127.0.0.1:${port}/v0` } });
  await page.getByRole('button', { name: 'Fetch this one now' }).click();
  await expect(firstSteps(page).getByText('Nothing could be fetched yet')).toBeVisible();
  await expect(firstSteps(page)).toContainText(/Nothing is lost/);

  const relay = createServer(async (request, response) => {
    const answer = await fetch(new URL(request.url ?? '/', server.hackerNewsApi));
    response.writeHead(answer.status, { 'Content-Type': 'application/json' });
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => relay.listen(port, '127.0.0.1', resolve));
  await firstSteps(page).getByRole('button', { name: 'Try again' }).click();
  await expect(posts(page).first()).toBeVisible();
  await expect(firstSteps(page).getByRole('status')).toContainText(/1 source fetched/);
  relay.closeAllConnections();
  await new Promise((resolve) => relay.close(resolve));
});
