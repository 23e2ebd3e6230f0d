import { readFile } from 'node:fs/promises';
import { expect, test } from './hosts.ts';

const numbersIn = (text: string): number[] =>
  [...text.matchAll(/\d[\d,]*/g)].map(([digits]) => Number(digits.replaceAll(',', '')));

test('numbers over a span: the span stays in the address, a sentence and its table agree, and a bar opens its posts', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.evaluate(() => {
    location.hash = '#/stats';
  });
  const drawing = page.getByRole('group', { name: /^Posts per day, as a drawing/ });

  await test.step('a span is chosen, stands in the address, and is there again after a reload', async () => {
    await page.getByRole('radio', { name: '7 days' }).check();
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/stats?days=7');
    await page.reload();
    await expect(page.getByRole('radio', { name: '7 days' })).toBeChecked();
    await expect(page.getByRole('table', { name: 'Posts per day' }).getByRole('row')).toHaveCount(8);
  });

  await test.step('the sentence says what the table adds up to', async () => {
    const rows = await page.getByRole('table', { name: 'Scores on Hacker News' }).getByRole('row').allInnerTexts();
    const steps = rows.slice(1).map(numbersIn);
    const all = steps.reduce((sum, step) => sum + (step.at(-1) ?? 0), 0);
    const high = steps.filter(([from = 0]) => from >= 100).reduce((sum, step) => sum + (step.at(-1) ?? 0), 0);
    await expect(page.getByText(`${high} of ${all} stories have 100 points or more.`)).toBeVisible();
  });

  await test.step('the numbers of a chart are shown in place of its drawing', async () => {
    await page.getByRole('button', { name: 'Numbers of Scores on Hacker News' }).click();
    await expect(page.getByRole('table', { name: 'Scores on Hacker News' })).toBeInViewport();
    await page.getByRole('button', { name: 'Numbers of Scores on Hacker News' }).click();
  });

  await test.step('a drawing is stepped through by key alone, says each bar, and Enter opens the posts of that day', async () => {
    const days = page.getByRole('table', { name: 'Posts per day' }).getByRole('row');
    const [date = '', posts = '', opened = ''] = await days.nth(7).getByRole('cell').allInnerTexts();
    await drawing.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('End');
    await expect(page.getByText(`${date}: ${posts} posts, ${opened} opened`)).toBeVisible();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/^#\/posts\/all\?q=after%3A\d{4}-/);
    await expect(page.getByRole('option').first()).toBeVisible();
  });

  await test.step('the name of an author leads to that author alone', async () => {
    await page.evaluate(() => {
      location.hash = '#/stats';
    });
    await page.getByRole('link', { name: 'Mirela Sand' }).click();
    await expect(page.getByRole('option').first()).toContainText('Quiet Compiler');
  });
});

test('politeness: a score tells its faults and reasons, and hands the owner of a site a proof', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.evaluate(() => {
    location.hash = '#/stats';
  });
  const ledger = page.getByRole('table', { name: 'Hosts' });
  await expect(ledger.getByRole('row')).toHaveCount(11);
  await ledger.getByRole('button', { name: /^Score/ }).click();
  const score = ledger.getByRole('button', { name: /of 100\. What/ }).first();
  const [points = 100] = numbersIn((await score.getAttribute('aria-label')) ?? '');
  expect(points).toBeLessThan(100);
  await score.click();
  const costs = await page.getByRole('list', { name: 'What costs points' }).getByRole('listitem').allInnerTexts();
  expect(costs.reduce((sum, text) => sum + (numbersIn(text)[0] ?? 0), 0)).toBe(100 - points);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'JSON' }).click();
  const file = await (await download).path();
  const proof = JSON.parse(await readFile(file, 'utf8')) as { score: number; feeds: string[]; requests: number };
  expect(proof).toMatchObject({ score: points, savedBytesIsEstimate: true });
  expect(proof.feeds).toHaveLength(1);
});

test('what each source is worth: the filter stays in the address, a fix is applied and taken back', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.evaluate(() => {
    location.hash = '#/stats';
  });
  await page.getByRole('link', { name: 'What each source is worth' }).click();
  const report = page.getByRole('table', { name: 'What each source is worth' });
  const umbra = report.getByRole('row').filter({ hasText: 'Umbra Notes' });

  await test.step('what wants a decision stands first, with the reason', async () => {
    await expect(report.getByRole('row').nth(1)).toContainText('Umbra Notes');
    await expect(umbra).toContainText(/Failing.*Its last \d+ tries failed\. The server answered 503\./s);
  });

  await test.step('a verdict narrows the report, and stands in the address after a reload', async () => {
    await page.getByRole('button', { name: /^Failing 1$/ }).click();
    await expect(report.getByRole('row')).toHaveCount(2);
    await page.reload();
    await expect(report.getByRole('row')).toHaveCount(2);
    await page.getByRole('button', { name: /^All \d+$/ }).click();
  });

  await test.step('it is asked once a day, and that is taken back', async () => {
    await umbra.getByRole('button', { name: 'Ask once a day' }).click();
    await expect(page.getByText('Umbra Notes is asked once a day')).toBeVisible();
    await expect(umbra.getByRole('button', { name: 'Ask once a day' })).toHaveCount(0);
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect(umbra.getByRole('button', { name: 'Ask once a day' })).toBeVisible();
  });

  await test.step('unsubscribing names what goes with it, and can be thought better of', async () => {
    await umbra.getByRole('button', { name: 'More for Umbra Notes' }).click();
    await page.getByRole('menuitem', { name: 'Unsubscribe' }).click();
    await expect(page.getByRole('dialog', { name: 'Unsubscribe from Umbra Notes?' })).toContainText(/\d+ fetch jobs? go with it/);
    await page.getByRole('button', { name: 'Keep it' }).click();
    await expect(umbra).toBeVisible();
  });

  await test.step('sorted by what was received, most first, in the address', async () => {
    await page.getByRole('button', { name: 'Received' }).click();
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/stats/sources?sort=-received');
    await expect(report.getByRole('row').nth(1)).toContainText('Hacker News');
  });
});
