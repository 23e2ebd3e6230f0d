import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { pictureFor } from '../../main/demo/pictures.ts';
import { provedHostile } from './hostile.ts';
import { expect, test } from './hosts.ts';

/* A post is opened and read: its images, its updates, its article, its files. The site it comes from writes down what it is asked. */

const TIDINGS = fileURLToPath(new URL('../../dist/main/tidings.js', import.meta.url));
const run = promisify(execFile);
const PICTURE = pictureFor('/pictures/coast-2.png') ?? Buffer.alloc(0);

let server: Server;
let asked: string[] = [];
let extra = '';
let keepers = 'ninety';

const article = '<p>Until that winter nobody had asked whether the tables were any good, and the answer is long.</p>'.repeat(6);
const filler = '<p>The keepers were told to write down what the water did, not what the book said it would do.</p>'.repeat(14);
const bodyOf = (name: string): string =>
  `<p>The harbour kept its own tables for ${keepers} years.</p><img src="/${name}.png" width="960" height="540" alt="A coast">
   ${filler}<img src="/${name}-late.png"><img src="http://127.9.9.9/private.png" alt="Private">
   <img src="/count.gif?reader=${name}" width="1" height="1">`;
const escaped = (html: string): string => html.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const item = (name: string, html: string): string =>
  `<item><guid>${name}</guid><title>Post ${name}</title><link>/posts/${name}</link><description>${escaped(html)}</description>
   <enclosure url="/${name}.mp3" type="audio/mpeg" length="18000000"/></item>`;
const feed = (): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Tables</title><link>/</link>${extra}${['one', 'two', 'three']
    .map((name) => item(name, bodyOf(name)))
    .join('')}</channel></rss>`;

test.beforeEach(async () => {
  asked = [];
  extra = '';
  keepers = 'ninety';
  server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push(path);
    if (path === '/feed') return void response.writeHead(200, { 'Content-Type': 'application/rss+xml' }).end(feed());
    if (path.endsWith('.png')) return void response.writeHead(200, { 'Content-Type': 'image/png' }).end(PICTURE);
    if (path === '/posts/whole')
      return void response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<article><h1>Whole</h1>${article}</article>`);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
test.afterEach(() => {
  server.closeAllConnections();
  server.close();
});
const files = (): string[] => asked.filter((path) => path !== '/feed' && !path.startsWith('/v0/'));

const fill = async (dataDir: string): Promise<void> => {
  const { port } = server.address() as AddressInfo;
  await run(process.execPath, [TIDINGS, 'source', 'add', `http://127.0.0.1:${port}/feed`, '--allow-local', '--data', dataDir]);
  await run(process.execPath, [TIDINGS, 'run', 'fetch-feeds', '--data', dataDir]);
};
/** Past the welcome of a new folder, to the posts of the one source. */
const toPosts = async (page: Page): Promise<void> => {
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  const later = page.getByRole('button', { name: 'Not now' });
  await later.or(page.getByRole('option').first()).first().waitFor();
  if (await later.isVisible()) {
    await later.click();
    // It comes above the list, and moves what is to be clicked.
    await page.getByRole('region', { name: 'First steps' }).waitFor();
  }
  // In a narrow window the sources have no links of their own.
  const link = page.getByRole('link', { name: /^Tables/ });
  if (await link.isVisible()) await link.click();
  else await page.getByRole('link', { name: /^All posts/ }).click();
  await page.getByRole('option').first().waitFor();
};
/** The window over the folder that was filled; its Hacker News has nothing to tell. */
const noNews = (): { env: Record<string, string> } => ({
  env: { TIDINGS_HN_API: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v0` },
});
const openPost = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('option', { name: new RegExp(`Post ${name}`) }).click();
  await expect(page.getByRole('heading', { name: `Post ${name}`, level: 1 })).toBeVisible();
};
const text = (page: Page) => page.frameLocator('.article-frame');
/** Waits until an image is drawn. */
const drawn = (page: Page, alt: string): Promise<void> =>
  expect
    .poll(() =>
      text(page)
        .getByRole('img', { name: alt })
        .evaluate((image: HTMLImageElement) => image.naturalWidth)
        .catch(() => 0),
    )
    .toBe(960);

test('images stay off until they are asked for, come through the guard, and always where the source may', async ({
  launch,
  dataDir,
}) => {
  await fill(dataDir);
  const { page } = await launch(noNews());
  await toPosts(page);
  await openPost(page, 'one');
  await expect(text(page).getByText('kept its own tables for ninety years')).toBeVisible();
  await expect(text(page).getByRole('button', { name: /^Image, 127\.0\.0\.1 A coast Load/ })).toBeVisible();
  await expect(page.getByText('3 images are not loaded')).toBeVisible();
  await expect(page.getByText('1 tracker left out.')).toBeVisible();
  expect(files()).toEqual([]);

  await page.keyboard.press('i');
  await drawn(page, 'A coast');
  const refused = text(page).getByRole('button', { name: /^Image, 127\.9\.9\.9 Private/ });
  await expect(refused).toContainText(/local network|not public|address/i);
  await expect(refused).toContainText('Try again');
  await expect(page.getByText('1 image could not be loaded.')).toBeVisible();
  expect(files().toSorted()).toEqual(['/one-late.png', '/one.png']);

  await page.getByRole('button', { name: 'Always for this source' }).click();
  await expect(page.getByText('Images of Tables are loaded from now on')).toBeVisible();
  expect(files()).not.toContain('/two.png');
  await openPost(page, 'two');
  await drawn(page, 'A coast');
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await openPost(page, 'three');
  await expect(page.getByText('3 images are not loaded')).toBeVisible();
  expect(files().filter((path) => path.includes('count') || path.includes('three'))).toEqual([]);
  provedHostile(92, 'OK');
});

test('what is read stays where it is when an image above it comes', async ({ launch, dataDir }) => {
  await fill(dataDir);
  const { page } = await launch(noNews());
  await toPosts(page);
  await openPost(page, 'one');
  await text(page)
    .getByRole('button', { name: /A coast/ })
    .waitFor();
  const scroller = page.locator('.reader-scroll');
  await scroller.evaluate((element) => {
    element.scrollTop = element.scrollHeight;
  });
  const last = text(page).getByText('The keepers were told').last();
  const before = (await last.boundingBox())?.y ?? 0;
  await page.keyboard.press('i');
  await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
  await drawn(page, 'A coast');
  await expect(page.getByText('1 image could not be loaded.')).toBeVisible();
  // The late image stands below the line, the first one above it.
  await expect.poll(async () => Math.abs(((await last.boundingBox())?.y ?? 0) - before)).toBeLessThan(3);
});

test('a post that its author changed stays read, says so and tells what is different', async ({ launch, dataDir }) => {
  await fill(dataDir);
  const { page } = await launch(noNews());
  await toPosts(page);
  await openPost(page, 'one');
  await openPost(page, 'two');
  keepers = 'ninety-one';
  await page.keyboard.press('r');
  await expect(page.getByText(/^Updated/)).toBeVisible();
  await openPost(page, 'one');
  await expect(page.getByText(/^Updated/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Mark unread' })).toBeVisible();
  await page.keyboard.press('e');
  const changes = page.getByRole('region', { name: 'What changed in this post' });
  await expect(changes.locator('ins')).toContainText('-one');
  await page.keyboard.press('e');
  await expect(changes).toBeHidden();
});

test('a source may have its whole articles taken, and a page that has none says so where one reads', async ({
  launch,
  dataDir,
}) => {
  await fill(dataDir);
  const { page } = await launch(noNews());
  await toPosts(page);
  await openPost(page, 'one');
  await page.keyboard.press('d');
  await expect(page.getByText(/The article could not be taken\. The server answered 404\./)).toBeVisible();
  await expect(text(page).getByText('kept its own tables')).toBeVisible();

  await page.evaluate(() => {
    location.hash = '#/sources';
  });
  await page.getByRole('main').getByRole('button', { name: 'More for Tables' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByRole('checkbox', { name: /^Take the whole article/ }).check({ force: true });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Tables is saved')).toBeVisible();
  extra = item('whole', '<p>Only the beginning […]</p>');
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('link', { name: /^Tables/ })
    .click();
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('r');
  // The run takes the article before it ends; opened earlier, the window would ask for it, too.
  await expect(page.locator('.wire')).toContainText('1 new');
  await openPost(page, 'whole');
  await expect(text(page).getByText('nobody had asked whether').first()).toBeVisible();
  await expect(page.getByText('This is the article as taken from 127.0.0.1.')).toBeVisible();
  await page.keyboard.press('d');
  await expect(text(page).getByText('Only the beginning')).toBeVisible();
  expect(asked.filter((path) => path === '/posts/whole')).toHaveLength(1);
});

test('the reader is turned by the space bar and remembers where one was; its files open outside', async ({ launch, dataDir }) => {
  await fill(dataDir);
  const { page } = await launch({ ...noNews(), viewport: { width: 900, height: 600 } });
  await toPosts(page);
  await openPost(page, 'one');
  await text(page)
    .getByRole('button', { name: /A coast/ })
    .waitFor();
  const top = () => page.locator('.reader-scroll').evaluate((element) => element.scrollTop);
  await page.keyboard.press('Space');
  await expect.poll(top).toBeGreaterThan(200);
  const left = await top();
  await openPost(page, 'two');
  await expect.poll(top).toBe(0);
  await openPost(page, 'one');
  await expect.poll(top).toBe(left);
  await expect(page.getByRole('region', { name: 'Attached files' })).toContainText('Audio, 18 MB');
  await expect(page.getByRole('button', { name: 'Play in your player: one.mp3' })).toBeVisible();
  for (let turn = 0; turn < 12; turn += 1) {
    if (await page.getByRole('heading', { name: 'Post three', level: 1 }).isVisible()) break;
    await page.keyboard.press('Space');
  }
  await expect(page.getByRole('heading', { name: 'Post three', level: 1 })).toBeVisible();
});
