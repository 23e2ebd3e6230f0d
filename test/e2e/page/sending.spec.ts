import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startSmtp, type TestSmtp } from '../../helpers/smtp-server.ts';
import { makeTestCertificates } from '../../helpers/test-certificates.ts';
import { expect, test } from '../hosts.ts';

/* A mail server on loopback, with TLS and a password: set up in the window, looked at, and used for a digest of the demo. The test's own
   authority is handed to Node, so this runs on the headless host. */

const PASSWORD = 'open the letterbox';
const READERS = ['ada@readers.test', 'bob@readers.test', 'cyd@readers.test'];
const open = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

let folder: string;
let smtp: TestSmtp;
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidings-sending-'));
  const certificates = makeTestCertificates();
  writeFileSync(join(folder, 'ca.pem'), certificates.ca);
  smtp = await startSmtp({ tls: certificates.good, users: { ada: PASSWORD } });
});
test.afterAll(async () => {
  await smtp.close();
  rmSync(folder, { recursive: true, force: true });
});

test('D-23: mail is set up, found to work, and an edition goes to each reader in a message of their own', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo({ args: ['--no-schedule'], env: { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') } });

  let digest = '';
  await test.step('the account and its password are typed', async () => {
    await open(page, '#/digests');
    await page.getByRole('main').getByRole('link', { name: 'Set up mail' }).click();
    const section = page.getByRole('region', { name: 'Mail', exact: true });
    await section.getByRole('button', { name: 'Set up' }).click();
    await section.getByRole('textbox', { name: 'Server', exact: true }).fill('127.0.0.1');
    await section.getByRole('textbox', { name: 'Port' }).fill(String(smtp.port));
    await section.getByRole('textbox', { name: 'User' }).fill('ada');
    await section.getByRole('textbox', { name: 'Sender', exact: true }).fill('Desk@Sender.test');
    await section.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(section.getByText(`127.0.0.1, port ${smtp.port}. Mail comes from Desk@sender.test.`)).toBeVisible();
    await section.getByRole('button', { name: 'Set: Password of the mail server' }).click();
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await expect(section.getByRole('button', { name: 'Replace: Password of the mail server' })).toBeVisible();
  });

  await test.step('the look says that server, TLS and password are good, and sends nothing', async () => {
    await page.getByRole('button', { name: 'Check now' }).click();
    const findings = page.getByRole('status', { name: 'What was found' });
    await expect(findings).toContainText('The user and the password are accepted.');
    await expect(findings).toContainText(/TLSv1\.\d; the certificate is good for \d more day/);
    expect(smtp.accepted).toEqual([]);
  });

  await test.step('a digest with three readers is made from a template', async () => {
    await open(page, '#/digests');
    await page.getByRole('button', { name: 'Make a digest' }).click();
    await page.getByRole('menuitem', { name: 'Weekly roundup' }).click();
    await page.getByText('More: steps, test mode').click();
    await page.getByRole('checkbox', { name: 'Get new posts first' }).uncheck();
    await page.getByRole('button', { name: 'Save digest' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Weekly roundup' })).toBeVisible();
    await expect(page).toHaveURL(/#\/digests\/(?!new)[\w-]+$/);
    digest = await page.evaluate(() => location.hash);
    await open(page, `${digest}/people`);
    await page.getByRole('textbox', { name: 'Addresses, one a line' }).fill(READERS.join('\n'));
    await page.getByRole('button', { name: 'Add them' }).click();
    await expect(page.getByText('3 people added')).toBeVisible();
  });

  await test.step('sent now, each reader gets one message, and none gets a second', async () => {
    for (const isFirst of [true, false]) {
      await open(page, digest);
      await page.getByRole('button', { name: 'More for Weekly roundup' }).click();
      await page.getByRole('menuitem', { name: 'Send now' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Send now' }).click();
      await expect(page).toHaveURL(/#\/history\/run\//);
      await expect(page.getByRole('main')).toContainText(/Status\s*Completed/, { timeout: 30_000 });
      await expect(page.getByRole('main')).toContainText(isFirst ? /Sent\s*3/ : /Sent\s*−3\s*0/);
    }
    expect(smtp.accepted.map(({ to }) => to.join()).toSorted()).toEqual(READERS);
    for (const { raw, user } of smtp.accepted) {
      expect(user).toBe('ada');
      expect(raw).toMatch(/^From: .*Desk@sender\.test/m);
    }
  });
});
