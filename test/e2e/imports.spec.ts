import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './hosts.ts';

/* What a newcomer brings along: a backup, settings; and the way back to a backup for who is here already. */

const TIDINGS = fileURLToPath(new URL('../../dist/main/tidings.js', import.meta.url));
const posts = (page: Page) => page.locator('.post-list').getByRole('option');
const goTo = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);
const chooser = async (page: Page, name: RegExp | string, files: { name: string; mimeType: string; buffer: Buffer }) => {
  const waiting = page.waitForEvent('filechooser');
  await page.getByRole('button', { name }).click();
  await (await waiting).setFiles(files);
};
const asFile = (name: string, mimeType: string, text: string | Buffer) => ({ name, mimeType, buffer: Buffer.from(text) });
/** A backup of the demo, made by the command line while nothing runs on it. */
const backupOf = (dir: string, into: string): Buffer => {
  mkdirSync(into, { recursive: true });
  const file = join(into, 'elsewhere.tar.gz');
  execFileSync(process.execPath, [TIDINGS, 'backup', file, '--data', dir], { stdio: 'pipe' });
  return readFileSync(file);
};

test('a newcomer restores a backup of another computer, and its posts stand there without another start', async ({
  launch,
  demo,
}, info) => {
  const backup = backupOf(demo.dir, info.outputPath());
  const { page } = await launch({ env: { TIDINGS_HN_API: demo.server.hackerNewsApi } });
  await expect(page.getByRole('main', { name: 'Welcome' })).toBeVisible();

  await chooser(page, /^Restore a backup/, asFile('holiday.tar.gz', 'application/gzip', 'not a backup at all'));
  await expect(page.getByRole('button', { name: /^Restore a backup/ })).toContainText('This is not a whole backup of Tidings');

  await chooser(page, /^Restore a backup/, asFile('elsewhere.tar.gz', 'application/gzip', backup));
  await expect(posts(page).first()).toBeVisible();
  await expect(page.getByText(/^Restored [\d,]+ posts and \d+ sources\.$/)).toBeVisible();
  await goTo(page, '#/settings');
  await expect(page.getByText('2 backups')).toBeVisible();
});

test('a newcomer takes over settings from a file, and is asked about newer versions, which is off', async ({ launch, demo }) => {
  const { page } = await launch({ env: { TIDINGS_HN_API: demo.server.hackerNewsApi } });
  const settings = { format: 'tidings-settings', version: 1, settings: { appearance: 'dark', density: 'compact' } };
  const button = page.getByRole('button', { name: /^Take over settings/ });
  await chooser(page, /^Take over settings/, asFile('s.json', 'application/json', '{"format":"somebody else\'s"}'));
  await expect(button).toContainText('This is not a file of settings that Tidings wrote.');
  await chooser(page, /^Take over settings/, asFile('s.json', 'application/json', JSON.stringify(settings)));
  await expect(button).toContainText('2 settings taken over');
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');

  const ask = page.getByRole('checkbox', { name: /^Tell me about newer versions/ });
  await expect(ask).not.toBeChecked();
  await ask.click();
  await expect(ask).toBeChecked();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('.welcome').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
});

test('a backup from the list comes back after a warning, in every open window, and the backup made before undoes it', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo();
  await expect(posts(page).first()).toBeVisible();
  await goTo(page, '#/settings');
  await page.getByRole('button', { name: 'Back up now' }).click();
  await expect(page.getByText('Last backup:')).toBeVisible();
  await page.getByText('Compact', { exact: true }).click();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.density)).toBe('compact');

  await page.getByText('1 backup', { exact: true }).click();
  await page.getByRole('button', { name: /^Restore tidings-/ }).click();
  const dialog = page.getByRole('dialog', { name: /^Restore the backup of/ });
  await expect(dialog).toContainText('What is here now is backed up first.');
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('dialog').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText(/^Restored .* posts and .* sources\./)).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.density)).toBe('comfortable');

  await page.getByText('2 backups', { exact: true }).click();
  await page
    .getByRole('button', { name: /^Restore tidings-/ })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.density)).toBe('compact');
});

test('a newer version is only told of: one question, a link that leaves the window, and nothing is loaded', async ({
  launchDemo,
}) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ releases: [{ version: '99.2.0', at: '2026-11-01' }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/releases.json`;
    const { page } = await launchDemo({ env: { TIDINGS_RELEASES: address } });
    await expect(posts(page).first()).toBeVisible();
    await goTo(page, '#/settings/about');
    const about = page.getByRole('region', { name: 'About this copy' });
    await expect(about).toContainText('It was never looked whether there is a newer one.');
    expect(asked).toEqual([]);
    await about.getByRole('button', { name: 'Look now' }).click();
    await expect(about).toContainText(/Version 99\.2\.0 is there; this is 0\./);
    await expect(about.getByRole('link', { name: 'Where it can be had' })).toHaveAttribute('href', /^https:\/\//);
    await about.getByRole('button', { name: 'Look now' }).click();
    await expect(about).toContainText('Last looked');
    expect(asked).toEqual(['/releases.json']);
    const wire = page.locator('.wire').getByRole('link', { name: 'Version 99.2.0 is there' });
    await expect(wire).toBeHidden();
    await about.getByRole('switch', { name: 'Look for newer versions' }).click();
    await expect(wire).toBeVisible();
    expect(asked).toEqual(['/releases.json']);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
