import { expect, test } from '../hosts.ts';

/* The page of the headless host when the host goes away, and when somebody comes without a link. */

test('when the host stops, a band says so and what was shown stays to be read', async ({ launchDemo }) => {
  const { page, stopHost } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('link', { name: /^All posts/ }).click();
  await page.getByRole('option').first().click();
  const title = await page.locator('.reader-title').innerText();
  await stopHost?.();
  await expect(page.getByText('The connection to Tidings is lost.', { exact: true })).toBeVisible();
  await expect(page.locator('.reader-title')).toHaveText(title);
  await expect(page.getByRole('option').first()).toBeVisible();
});

test('without its link the page says how to get one, and shows nothing of the desk', async ({ launchDemo, browser }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  const { origin } = new URL(page.url());
  const stranger = await browser.newContext();
  const other = await stranger.newPage();
  for (const address of [`${origin}/`, `${origin}/#k=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa`]) {
    await other.goto('about:blank');
    await other.goto(address);
    await expect(other.getByRole('heading', { name: 'This page needs a fresh link' })).toBeVisible();
    await expect(other.getByText('tidings open', { exact: true })).toBeVisible();
    await expect(other.getByRole('navigation', { name: 'Views' })).toHaveCount(0);
  }
  await stranger.close();
});
