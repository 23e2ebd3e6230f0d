import { cp } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { leaveForNineHours } from '../helpers/left-alone.ts';
import { expect, test } from './hosts.ts';

/* The laptop slept: what was due meanwhile is one run and one row, and the window says so once. */

test('after nine hours off there is a receipt, one catch-up run, one row for what was missed and a question; each is answered or put away for good', async ({
  launch,
  demo,
  dataDir,
}) => {
  await cp(demo.dir, dataDir, { recursive: true });
  await leaveForNineHours(dataDir);
  const env = { TIDINGS_HN_API: demo.server.hackerNewsApi };
  const first = await launch({ env });
  const { page } = first;
  const receipt = page.getByRole('region', { name: /^Off / });
  await expect(receipt).toBeVisible();
  const line = (name: string) => receipt.getByRole('listitem').filter({ hasText: name });
  await expect(line('Fetch feeds')).toContainText('9 hourly runs became 1 run.');
  await expect(line('Back up')).toContainText('skipped');
  await expect(line('Clean up')).toContainText('make up or let go?');
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .include('.notices')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect((await axe.analyze()).violations.map(({ id }) => id)).toEqual([]);
  }
  await page.setViewportSize({ width: 640, height: 400 });
  await expect(line('Clean up').getByRole('button', { name: 'Let Clean up go' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
  await page.setViewportSize({ width: 1280, height: 800 });

  await line('Clean up').getByRole('button', { name: 'Let Clean up go' }).click();
  await expect(line('Clean up').getByRole('button')).toHaveCount(0);
  await line('Fetch feeds').getByRole('link', { name: 'Fetch feeds' }).click();
  await expect(page.getByRole('complementary', { name: 'Facts' })).toContainText('Catch-up');

  await page.keyboard.press('g');
  await page.keyboard.press('h');
  const missed = page.getByRole('row').filter({ hasText: 'Missed 8 runs' }).filter({ hasText: 'Fetch feeds' });
  await expect(missed).toHaveCount(1);
  await receipt.getByRole('button', { name: 'Put this receipt away' }).click();
  await expect(receipt).toBeHidden();
  await first.quit();

  const again = await launch({ env });
  await again.page.getByRole('navigation', { name: 'Views' }).waitFor();
  await expect(again.page.getByRole('contentinfo')).toContainText('unread');
  await expect(again.page.getByRole('region', { name: /^Off / })).toBeHidden();
});
