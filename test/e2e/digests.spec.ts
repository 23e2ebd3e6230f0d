import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { choose, pressKeys, tabAndPress, tabTo } from '../helpers/by-keys.ts';
import { expect, test } from './hosts.ts';

/* Digests: made, looked at while they are edited, given readers, tried, and looked back at. The demo has no account for mail. */

const open = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);
const mail = (page: Page) => page.frameLocator('.mail-frame');
const pane = (page: Page) => page.getByRole('region', { name: 'Preview of the mail' });
/** What axe finds wrong with the screen as it is; the mail in its frame is looked at where it is made. */
const faults = async (page: Page): Promise<string[]> => {
  const axe = new AxeBuilder({ page }).setLegacyMode().exclude('iframe').withTags(['wcag2a', 'wcag2aa', 'wcag22aa']);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
};

test('D-1: a digest is made from a template, seen as the mail it will be while it is edited, and listed with its next time', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });

  await test.step('a template fills the form, and the mail of it stands beside', async () => {
    await open(page, '#/digests');
    await page.getByRole('button', { name: 'Make a digest' }).click();
    await page.getByRole('menuitem', { name: 'Weekly roundup' }).click();
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Weekly roundup');
    await expect(page.getByRole('list', { name: 'The next five times' }).getByRole('listitem')).toHaveCount(5);
    await expect(mail(page).getByRole('heading', { name: 'Weekly roundup' })).toBeVisible();
    expect(await faults(page)).toEqual([]);
  });

  await test.step('what is typed shows in the mail without being saved', async () => {
    await page.getByRole('textbox', { name: 'Name' }).fill('The week, in short');
    await expect(mail(page).getByRole('heading', { name: 'The week, in short' })).toBeVisible();
    const most = page.locator('form').getByRole('textbox', { name: 'At most' }).last();
    await most.fill('2');
    await expect(pane(page).getByText(/^2 posts, /)).toBeVisible();
    await page.getByRole('radio', { name: 'Plain text' }).check();
    await expect(pane(page).locator('.mail-text')).toContainText('The week, in short');
    await page.getByRole('radio', { name: 'HTML' }).check();
    await page.getByRole('radio', { name: 'Phone, 360' }).check();
    await expect.poll(async () => (await page.locator('.mail-frame').boundingBox())?.width).toBe(360);
  });

  await test.step('D-17: what cannot be is said at its field, and nothing is saved', async () => {
    const most = page.locator('form').getByRole('textbox', { name: 'At most' }).last();
    await most.fill('many');
    await page.getByRole('button', { name: 'Save digest' }).click();
    await expect(most).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByText('Give a whole number, 1 to 200.')).toBeVisible();
    await page.getByRole('radio', { name: 'Cron' }).check();
    await most.fill('2');
    await page.getByRole('textbox', { name: 'Cron line' }).fill('99 * * * *');
    await page.getByRole('button', { name: 'Save digest' }).click();
    await expect(page.getByRole('textbox', { name: 'Cron line' })).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByRole('heading', { level: 1, name: 'New digest' })).toBeVisible();
  });

  await test.step('saved, it stands in the list with its next time', async () => {
    await page.getByRole('radio', { name: 'Weekly' }).check();
    await page.getByRole('button', { name: 'Save digest' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'The week, in short' })).toBeVisible();
    await page.getByRole('link', { name: 'Digests', exact: true }).first().click();
    const row = page.getByRole('row').filter({ hasText: 'The week, in short' });
    await expect(row).toContainText(/Mondays at 10:00/);
    await expect(row).toContainText(/Due in|Tomorrow|day/);
    await expect(row).toContainText('Active');
    await expect(row).toContainText('Nobody yet');
  });
});

test('people are pasted with a bad line, which stays with its reason; one is suspended and taken back', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await open(page, '#/digests/demo-morning-desk/people');
  await expect(page.getByText('12 active, 1 suspended, 1 left')).toBeVisible();
  const field = page.getByRole('textbox', { name: 'Addresses, one a line' });
  await field.fill('petra@readers.example\nnot an address\nada@readers.example');
  await page.getByRole('button', { name: 'Add them' }).click();
  await expect(page.getByText('1 person added, 1 known')).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('Line 2, “not an address”');
  await expect(field).toHaveValue('not an address');
  await expect(page.getByText('13 active, 1 suspended, 1 left')).toBeVisible();
  expect(await faults(page)).toEqual([]);

  await page.getByRole('button', { name: 'More for petra@readers.example' }).click();
  await page.getByRole('menuitem', { name: 'Suspend' }).click();
  await expect(page.getByText('12 active, 2 suspended, 1 left')).toBeVisible();
  await page.keyboard.press('z');
  await expect(page.getByText('13 active, 1 suspended, 1 left')).toBeVisible();

  await open(page, '#/digests/demo-morning-desk');
  await expect(page.getByText('13 people, each alone')).toBeVisible();
});

test('without an account for mail a test run says what is missing, and the band leads to where it is set', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await open(page, '#/digests/demo-morning-desk');
  await page.getByRole('button', { name: 'Send a test to me' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send a test to me' });
  await expect(dialog.getByText('Mail is not set up.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Your address' }).fill('me');
  await dialog.getByRole('button', { name: 'Send the test' }).click();
  await expect(dialog.getByText('Write one address such as you@example.org.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Your address' }).fill('me@readers.example');
  await dialog.getByRole('button', { name: 'Send the test' }).click();
  await expect(page).toHaveURL(/#\/history\/run\//);
  await expect(page.getByRole('main')).toContainText('No mail server is set up');

  await open(page, '#/digests');
  await page.getByRole('main').getByRole('link', { name: 'Set up mail' }).click();
  const section = page.getByRole('region', { name: 'Mail', exact: true });
  await section.getByRole('button', { name: 'Set up' }).click();
  await section.getByRole('textbox', { name: 'Server', exact: true }).fill('smtp.readers.example');
  await section.getByRole('textbox', { name: 'Sender', exact: true }).fill('nobody');
  await section.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(section.getByText('Write one address, such as desk@example.org.')).toBeVisible();
  await section.getByRole('textbox', { name: 'Sender', exact: true }).fill('desk@readers.example');
  await section.getByRole('textbox', { name: 'User' }).fill('desk');
  await section.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(section.getByText('smtp.readers.example, port 587.')).toBeVisible();

  await section.getByRole('button', { name: 'Set: Password of the mail server' }).click();
  await page.keyboard.type('a secret of the journey');
  await page.keyboard.press('Enter');
  await expect(section.getByRole('button', { name: 'Replace: Password of the mail server' })).toBeVisible();
  expect(await page.content()).not.toContain('a secret of the journey');
  await section.getByRole('button', { name: 'Remove: Password of the mail server' }).click();
  await expect(section.getByRole('button', { name: 'Set: Password of the mail server' })).toBeVisible();
  expect(await faults(page)).toEqual([]);

  await open(page, '#/digests');
  await expect(page.getByText('The password for mail is missing.')).toBeVisible();
});

test('D-12: an old edition is opened with its three steps; what is in doubt is decided, and stays decided', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await open(page, '#/digests/demo-morning-desk');
  const unclear = page.getByRole('listitem').filter({ hasText: '1 of 12 unclear' });
  await unclear.getByRole('link').click();

  await expect(page.getByRole('heading', { level: 1, name: /^Morning desk, no\. \d+$/ })).toBeVisible();
  const cards = page.getByRole('list', { name: 'How it was made' }).getByRole('listitem');
  await expect(cards).toHaveCount(3);
  await expect(cards.nth(0)).toContainText('new posts from 12 sources');
  await expect(cards.nth(1)).toContainText('looked at');
  await expect(cards.nth(2)).toContainText('In doubt: 1 of 12 unclear');
  await expect(mail(page).getByRole('heading', { name: 'Morning desk' })).toBeVisible();
  await expect(page.getByText('One delivery is in doubt.')).toBeVisible();
  expect(await faults(page)).toEqual([]);

  await page.getByRole('button', { name: 'It arrived: hana@readers.example' }).click();
  await expect(page.getByText('Sent once, to 12 of 12')).toBeVisible();
  await expect(page.getByText('One delivery is in doubt.')).toBeHidden();
  await page.reload();
  await expect(page.getByText('Sent once, to 12 of 12')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'hana@readers.example' })).toContainText('Decided by you');
});

test('D-7 a digest is paused and goes on, and is removed after it was said what goes', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await open(page, '#/digests');
  const row = page.getByRole('row').filter({ hasText: 'Morning desk' });
  const menu = async (item: string) => {
    await page.getByRole('button', { name: 'More for Morning desk' }).click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  await expect(row).toContainText('Active');
  await menu('Pause');
  await expect(row).toContainText('Paused');
  await menu('Resume');
  await expect(row).toContainText('Active');
  await menu('Switch off');
  await expect(row).toContainText('Disabled');
  await menu('Remove');
  const dialog = page.getByRole('dialog', { name: 'Remove Morning desk?' });
  await expect(dialog).toContainText('14 addresses');
  await dialog.getByRole('button', { name: 'Keep the digest' }).click();
  await expect(row).toBeVisible();
  await menu('Remove');
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByText('No digest yet')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Begin with' }).getByRole('link', { name: /^Weekly roundup/ })).toBeVisible();
  expect(await faults(page)).toEqual([]);
});

test('by keys alone a digest is made, its sections put in another order, saved, and sent: the live run opens', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await pressKeys(page, 'g m');
  await expect(page.getByRole('heading', { level: 1, name: 'Digests' })).toBeVisible();
  await choose(page, 'Make a digest');
  await tabTo(page, page.getByRole('textbox', { name: 'Name' }));
  await page.keyboard.type('By keys');
  await tabAndPress(page, page.getByRole('button', { name: 'Add a section' }));
  const parts = page.getByRole('list', { name: 'Sections of the digest' }).locator(':scope > li');
  await expect(parts).toHaveCount(2);
  await tabTo(page, page.getByRole('button', { name: 'Move Hacker News up' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(parts.first()).toContainText('Hacker News');
  // The button keeps the focus while its section moves, and Alt with an arrow moves it on.
  await page.keyboard.press('Alt+ArrowDown');
  await expect(parts.last()).toContainText('Hacker News');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(parts.first()).toContainText('Hacker News');
  await tabTo(page, page.getByRole('textbox', { name: 'Name' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'By keys' })).toBeVisible();

  await choose(page, 'Send this digest now');
  const dialog = page.getByRole('dialog', { name: 'Send By keys now?' });
  await expect(dialog.getByRole('button', { name: 'Not now' })).toBeFocused();
  await tabAndPress(page, dialog.getByRole('button', { name: 'Send now' }));
  await expect(page).toHaveURL(/#\/history\/run\//);
  await expect(page.getByRole('heading', { level: 1, name: /^By keys/ })).toBeVisible();
});
