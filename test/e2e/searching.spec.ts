import type { Page } from '@playwright/test';
import { expect, test } from './hosts.ts';

/* Searching: operators and what is offered while they are typed, what was understood, and searches that are kept. */

const field = (page: Page) => page.getByRole('combobox', { name: 'Search posts' });
/** All posts, with the caret in the field. */
const begin = async (page: Page): Promise<void> => {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'All posts' }).click();
  await expect(page.getByRole('heading', { name: 'All posts' })).toBeVisible();
  await page.keyboard.press('/');
  await expect(field(page)).toBeFocused();
};
const rows = (page: Page) => page.getByRole('listbox', { name: /^Posts in/ }).getByRole('option');

test('operators are offered as one types, taken by key, and said back as they were understood', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await begin(page);
  await page.keyboard.type('sou');
  const offers = page.getByRole('listbox', { name: 'What could be typed' });
  await expect(offers.getByRole('option', { name: 'source:' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(offers.getByRole('option', { name: 'source:' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Tab');
  await expect(field(page)).toHaveValue('source:');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('vessel');
  await expect(offers.getByRole('option', { name: /source:"Vessel Point Gazette"/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('source:"Vessel Point Gazette" ');
  await expect(offers).toBeHidden();
  await page.keyboard.type('is:unread');
  const said = page.getByRole('list', { name: 'What was understood' });
  await expect(said.getByRole('button', { name: 'Remove “from Vessel Point Gazette” from the search' })).toBeVisible();
  await said.getByRole('button', { name: 'Remove “unread” from the search' }).click();
  await expect(field(page)).toHaveValue('source:"Vessel Point Gazette"');
  await expect(rows(page).first()).toContainText('Vessel Point Gazette');
});

test('a date that is none is passed over and says so, and Esc leaves step by step', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await begin(page);
  await page.keyboard.type('fog after:2026-13');
  await expect(page.getByText('after:2026-13 is no date')).toBeVisible();
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.type(' i');
  await expect(page.getByRole('option', { name: 'is:' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('option', { name: 'is:' })).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(field(page)).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(field(page)).not.toBeFocused();
});

test('what stands in a full text alone is found, and the row shows where', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await begin(page);
  await page.keyboard.type('body:keeper');
  await expect(rows(page).first().locator('mark').first()).toHaveText(/^keeper/i);
});

test('a search is saved by key, counts its unread posts, is changed, moved and removed, and comes back', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  const side = page.getByRole('navigation', { name: 'Views' });
  await begin(page);
  await page.keyboard.type('is:unread after:60d');
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('S');
  const dialog = page.getByRole('dialog', { name: 'Save this search' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('To read');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(/#\/posts\/saved\//);
  await expect(page.getByRole('heading', { name: 'To read' })).toBeVisible();
  const mine = side.getByRole('link', { name: /^To read/ });
  await expect(mine).toHaveAttribute('aria-current', 'page');
  // The number is counted in the background and comes after the name.
  await expect(mine).toHaveAccessibleName(/^To read, [1-9]\d* unread$/);
  const unread = Number(/(\d+) unread/.exec((await mine.getAttribute('aria-label')) ?? '')?.[1]);

  await rows(page).first().click();
  await expect(mine).toHaveAccessibleName(unread > 1 ? `To read, ${unread - 1} unread` : 'To read');
  // What was read while the list is open stays in it.
  await expect(rows(page).first()).toBeVisible();

  await side.getByRole('link', { name: 'Searches' }).click();
  await page.getByRole('button', { name: 'Move “To read” up' }).click();
  await expect(side.getByRole('listitem').filter({ hasText: /Fog and harbours|Worth an evening|To read/ })).toHaveText([
    /Fog and harbours/,
    /To read/,
    /Worth an evening/,
  ]);
  await page.getByRole('button', { name: 'Change “To read”' }).click();
  const edit = page.getByRole('dialog', { name: 'Change the search' });
  await edit.getByRole('textbox', { name: 'Name' }).fill('Fog and harbours');
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(edit.getByRole('alert')).toContainText('There is a saved search “Fog and harbours” already');
  await edit.getByRole('textbox', { name: 'Name' }).fill('Later');
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(side.getByRole('link', { name: /^Later/ })).toBeVisible();

  await page.getByRole('button', { name: 'Remove “Later”' }).click();
  await expect(side.getByRole('link', { name: /^Later/ })).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(side.getByRole('link', { name: /^Later/ })).toBeVisible();
});
