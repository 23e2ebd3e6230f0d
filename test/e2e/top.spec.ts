import { expect, test } from './hosts.ts';

test('a week is chosen, a post of it is read with its whole article, and given back as the feed had it', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  const article = page.frameLocator('.article-frame');

  await test.step('past editions stand in a list, and another is made now', async () => {
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Top posts' }).click();
    await expect(page.locator('.top-edition')).toHaveCount(4);
    await page.getByRole('button', { name: 'Make one now' }).click();
    await expect(page.getByRole('region', { name: /Hacker News/ }).locator('.top-entry')).toHaveCount(10);
    await expect(page.getByRole('region', { name: /Systems/ })).toBeVisible();
  });

  await test.step('a post of the edition opens in the reader', async () => {
    const entry = page
      .getByRole('region', { name: /Systems/ })
      .locator('.top-entry', { hasText: 'Slow Databases' })
      .first();
    const title = (await entry.locator('h3').textContent()) ?? '';
    await entry.getByRole('link').click();
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
  });

  await test.step('`d` brings the article of its page, and again what the feed gave', async () => {
    await page.evaluate(() => {
      location.hash = '#/posts/source/demo-slow-databases';
    });
    await page.getByRole('option').first().click();
    await expect(article.locator('blockquote')).toBeVisible();
    await page.keyboard.press('d');
    await expect(page.getByText(/This is the article as taken from/)).toBeVisible();
    await expect(article.getByText('We kept the slow path.')).toBeVisible();
    await expect(article.getByText('All posts')).toHaveCount(0);
    await page.keyboard.press('d');
    await expect(article.locator('blockquote')).toBeVisible();
  });

  await test.step('a story shows how its points went, in words too', async () => {
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Hacker News' }).first().click();
    // One of some hours ago: what has just come has no second sample yet.
    await page
      .getByRole('option')
      .filter({ hasText: /, part \d/ })
      .nth(5)
      .click();
    await expect(page.getByRole('img', { name: /^Points: \d+ at .*, \d+ at / })).toBeVisible();
  });
});
