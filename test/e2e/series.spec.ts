import { expect, test } from './hosts.ts';

test('a gap in a series is seen, looked for again, and a found part is read; an author is followed from a post', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo();
  await page.getByRole('link', { name: /^Sources/ }).click();
  await page.getByRole('link', { name: 'Series and authors' }).click();
  const strip = page.getByRole('list', { name: 'Parts of Drawing a coast' });
  await expect(strip.getByRole('listitem')).toHaveCount(4);
  await expect(strip.getByLabel('Part 2, missing')).toBeVisible();

  await page.getByRole('button', { name: 'Try again: Drawing a coast' }).click();
  await expect(page.getByText('Nothing more was found')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('1 of 4 is missing')).toBeVisible();

  await strip.getByRole('link', { name: /^Part 3, found later/ }).click();
  await expect(page.getByRole('heading', { name: 'Drawing a coast, Part 3 of 4', level: 1 })).toBeVisible();
  await expect(page.locator('.reader-by')).toContainText('found later');

  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('link', { name: /^Slow Databases/ })
    .click();
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: 'More for this post' }).click();
  await page.getByRole('menuitem', { name: 'Follow Tomas Reinholt' }).click();
  await expect(page.getByText('You follow Tomas Reinholt')).toBeVisible();
  await page.getByRole('link', { name: /^Sources/ }).click();
  await page.getByRole('link', { name: 'Series and authors' }).click();
  await expect(page.getByRole('heading', { name: 'Tomas Reinholt' })).toBeVisible();
});
