import type { Page } from '@playwright/test';
import { expect, test } from '../hosts.ts';

/* The window by keys alone, over the demo's month. */

const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const unread = async (page: Page): Promise<number> => {
  const words = (await page.getByRole('contentinfo').textContent()) ?? '';
  return Number(/([\d,]+) unread/.exec(words)?.[1]?.replaceAll(',', '') ?? '0');
};

test('every place in the window is two keys away', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  const places: [string, string][] = [
    ['t', '#/posts/today'],
    ['a', '#/posts/all'],
    ['u', '#/posts/unread'],
    ['s', '#/posts/starred'],
    ['n', '#/posts/hacker-news'],
    ['l', '#/posts/last-hour'],
    ['f', '#/sources'],
    ['d', '#/schedules'],
    ['h', '#/history'],
    ['i', '#/stats'],
    [',', '#/settings'],
  ];
  for (const [key, hash] of places) {
    await press(page, 'g', key);
    await expect.poll(() => new URL(page.url()).hash).toBe(hash);
    await expect(page.locator('main:visible')).toHaveCount(1);
    await expect(page.getByRole('navigation', { name: 'Views' }).locator('[aria-current="page"]')).toHaveCount(1);
  }
});

test('posts are walked through, opened, read, starred, sent to the browser and searched by keys', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await press(page, 'g', 'u');
  await page.getByRole('option').first().waitFor();
  const before = await unread(page);
  const title = () => page.locator('.reader-title').innerText();

  await press(page, 'j');
  await expect(page.locator('.reader-title')).toBeVisible();
  const first = await title();
  await expect.poll(() => unread(page)).toBe(before - 1);
  await press(page, 'j');
  await expect.poll(title).not.toBe(first);
  await press(page, 'k');
  await expect.poll(title).toBe(first);
  await press(page, 'm');
  await expect(page.getByRole('button', { name: /Mark read/ })).toBeVisible();
  await press(page, 's');
  await expect(page.getByRole('button', { name: /^Starred/ })).toBeVisible();

  const opened = page.context().waitForEvent('page');
  await press(page, 'v');
  await (await opened).close();

  await press(page, 'o');
  await expect(page.locator('.reader-scroll')).toBeFocused();
  await press(page, 'Escape');
  await press(page, 'g', 's');
  await expect(page.getByRole('option', { name: first }).first()).toBeVisible();

  await press(page, '/');
  await expect(page.getByRole('combobox', { name: 'Search posts' })).toBeFocused();
  await page.keyboard.type('fog signal');
  await expect(page.locator('.list-head-meta')).toHaveText(/post/);
});

test('all is marked as read by one key, after which one can take it back', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await press(page, 'g', 'a');
  await page.getByRole('option').first().waitFor();
  const before = await unread(page);
  expect(before).toBeGreaterThan(0);
  await press(page, 'Shift+A');
  await expect.poll(() => unread(page)).toBe(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => unread(page)).toBe(before);
});

test('the map of keys opens and closes by key, and gives the focus back', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await press(page, '?');
  const map = page.getByRole('dialog', { name: 'Keys' });
  await expect(map).toBeVisible();
  await expect(map.getByText('Mark all as read')).toBeVisible();
  // While it is open the keys of the screen below rest.
  await press(page, 'g', 'h');
  expect(new URL(page.url()).hash).not.toBe('#/history');
  await press(page, 'Escape');
  await expect(map).toBeHidden();
});

test('r fetches, and says what became of it', async ({ launchDemo }) => {
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await press(page, 'r');
  await expect(page.locator('.toast').first()).toBeVisible();
});

test('with Tab alone every control of every screen is reached, and what has the focus shows it', async ({ launchDemo }) => {
  test.setTimeout(120_000);
  const { page } = await launchDemo({ args: ['--no-schedule'] });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  for (const hash of ['#/sources', '#/sources/add', '#/schedules', '#/schedules/new', '#/settings', '#/stats']) {
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await page.locator('main:visible').first().waitFor();
    await page.waitForFunction(() => !document.querySelector('.bars, main[aria-busy="true"]'));
    await page.mouse.move(0, 0);
    const wanted = await page.evaluate(() => {
      const controls = [
        ...document.querySelectorAll<HTMLElement>(
          'main a[href], main button, main input, main select, main textarea, main summary',
        ),
      ].filter(
        (control) =>
          control.tabIndex >= 0 &&
          !(control as HTMLButtonElement).disabled &&
          control.checkVisibility({ visibilityProperty: true }),
      );
      // Of a group of radio buttons one is in the order of Tab; the arrows reach the others.
      const isRest = (control: HTMLElement): boolean =>
        control instanceof HTMLInputElement && control.type === 'radio' && !control.checked;
      const all = controls.filter((control) => !isRest(control));
      for (const [place, control] of all.entries()) control.dataset.tabbed = String(place);
      document.body.tabIndex = -1;
      document.body.focus();
      return all.length;
    });
    const reached = new Set<string>();
    const hidden: string[] = [];
    for (let step = 0; step < wanted + 120 && reached.size < wanted; step += 1) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const control = document.activeElement as HTMLElement | null;
        const style = control && getComputedStyle(control);
        const isShown =
          style &&
          (style.outlineStyle !== 'none' ||
            style.boxShadow !== 'none' ||
            control.closest(':focus-within:not(body, html, main, .app)') !== control);
        return { place: control?.dataset.tabbed, isShown, html: control?.outerHTML.slice(0, 100) };
      });
      if (at.place !== undefined) reached.add(at.place);
      if (!at.isShown) hidden.push(at.html ?? '');
    }
    expect(reached.size, `${hash}: controls reached by Tab`).toBe(wanted);
    expect(hidden, `${hash}: controls that do not show the focus`).toEqual([]);
  }
});
