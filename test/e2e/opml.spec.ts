import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { provedHostile } from './hostile.ts';
import { expect, test } from './hosts.ts';

/* Lists of sources in and out of the window, and what is dropped or pasted on it. */

const open = async (page: Page, hash: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
};
const list = (...urls: string[]): string =>
  `<?xml version="1.0"?><opml version="2.0"><head><title>My list</title></head><body><outline text="Sea"><outline text="Deep">${urls
    .map((url, place) => `<outline type="rss" text="Feed ${place}" xmlUrl="${url}"/>`)
    .join('')}</outline></outline></body></opml>`;

test('a list from another reader is imported with its folders, and bad addresses are named', async ({ launch, demo }) => {
  const { page } = await launch({ env: { TIDINGS_HN_API: demo.server.hackerNewsApi } });
  await open(page, '#/sources/add?kind=opml');
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  const text = list('https://one.example/feed', 'https://two.example/feed', 'javascript:alert(1)');
  await (await choosing).setFiles({ name: 'list.opml', mimeType: 'text/x-opml', buffer: Buffer.from(text) });
  await expect(page.getByText('3 sources in the list: 2 added, 1 refused.')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Refused' }).getByText('javascript:alert(1)')).toBeVisible();
  await open(page, '#/sources');
  await expect(page.getByRole('main').getByText('Feed 0')).toBeVisible();
  await expect(page.getByRole('main').getByText('one.example')).toBeVisible();
});

test('the export is a file with every source and folder', async ({ launchDemo }) => {
  const { page } = await launchDemo();
  await open(page, '#/sources/add?kind=opml');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export OPML' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/\.opml$/);
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toContain('<opml version="2.0"');
  for (const title of ['Vessel Point Gazette', 'Slow Databases', '川の石', 'Северный берег']) expect(text).toContain(title);
  expect(text.match(/xmlUrl="/g)).toHaveLength(15);
  expect(text).toMatch(/<outline text="Weather and water"/);
});

test('what is dropped on the window never takes it away; a list dropped on its place is imported', async ({ launch, demo }) => {
  const { page } = await launch({ env: { TIDINGS_HN_API: demo.server.hackerNewsApi } });
  await open(page, '#/sources/add?kind=opml');
  await page.locator('.drop').waitFor();
  const address = page.url();
  const drop = (selector: string, text: string, name: string) =>
    page.locator(selector).evaluate(
      (target, { content, fileName }) => {
        const data = new DataTransfer();
        data.items.add(new File([content], fileName, { type: 'text/html' }));
        data.setData('text/uri-list', 'https://evil.example/');
        data.setData('text/html', '<img src=x onerror="window.__pwned=1">');
        const events = ['dragenter', 'dragover', 'drop'].map(
          (type) => new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }),
        );
        for (const event of events) target.dispatchEvent(event);
        return events.slice(1).every((event) => event.defaultPrevented);
      },
      { content: text, fileName: name },
    );
  for (const place of ['body', '.side', '.wire', 'main:visible']) {
    expect(await drop(place, '<h1>evil</h1>', 'evil.html'), `a drop on ${place} is held back`).toBe(true);
  }
  expect(page.url()).toBe(address);
  expect(await drop('.drop', list('https://dropped.example/feed'), 'list.opml')).toBe(true);
  await expect(page.getByText('1 source in the list: 1 added.')).toBeVisible();
  expect(page.url()).toBe(address);
  expect(await page.evaluate(() => (window as { __pwned?: unknown }).__pwned)).toBeUndefined();
  provedHostile(163, 'OK');
});

test('ten megabytes pasted into the address are cut, and the next key is answered within a tenth of a second', async ({
  launch,
  demo,
}) => {
  const { page } = await launch({ env: { TIDINGS_HN_API: demo.server.hackerNewsApi } });
  await open(page, '#/sources/add');
  const field = page.getByLabel('Address of a site or a feed');
  await field.click();
  await expect(field).toBeFocused();
  // A paste as the browser does it: text goes in where the caret is, and the field's own limit applies.
  const paste = (text: string) =>
    field.evaluate((input, content) => {
      (input as HTMLElement).focus();
      document.execCommand('insertText', false, content);
    }, text);
  await paste('x'.repeat(10_000_000));
  expect((await field.inputValue()).length).toBe(2048);
  await field.fill('');
  await paste('<b>line</b>\n'.repeat(10_000));
  const value = await field.inputValue();
  expect(value.length).toBeLessThanOrEqual(2048);
  expect(value).not.toContain('\n');
  await field.fill('exampl');
  const took = await field.evaluate(
    (input) =>
      new Promise<number>((resolve) => {
        const began = performance.now();
        input.addEventListener('input', () => requestAnimationFrame(() => resolve(performance.now() - began)), { once: true });
        document.execCommand('insertText', false, 'e');
      }),
  );
  expect(took).toBeLessThan(100);
  provedHostile(164, 'OK');
});
