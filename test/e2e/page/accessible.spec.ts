import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { DEMO_SCREENS, type DemoScreen, showScreen } from '../../helpers/screens.ts';
import { expect, test } from '../hosts.ts';

/* Every screen of the demo, looked over by axe against WCAG 2.2 A and AA and its best practices. */

test.describe.configure({ mode: 'parallel' });

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Best practices that do not fit: the line between two panes belongs to no region, and a setting's name is its label. */
const UNFIT = ['region', 'label-title-only'];
const WIDE = { width: 1280, height: 800 };
const SMALL = { width: 900, height: 600 };
/** What 900 x 600 leaves at 200 %. */
const ZOOMED = { width: 450, height: 300 };

/** What axe finds wrong, a line each with the markup it is about; `rules` narrows to those. */
const faults = async (page: Page, rules?: string[]): Promise<string[]> => {
  // Only faults are told: gathering what is right takes a third of the time.
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .exclude('iframe');
  const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(TAGS).disableRules(UNFIT)).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
};
const scrollsSideways = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

/** Everything in the light; in the dark what a colour can break. */
const lookOver = async (page: Page, screens: readonly DemoScreen[], look: string, isForced = false): Promise<void> => {
  for (const screen of screens) {
    await page.emulateMedia({ colorScheme: 'light' });
    await showScreen(page, screen);
    expect.soft(await faults(page), `${screen.name}, ${look}`).toEqual([]);
    expect.soft(await scrollsSideways(page), `${screen.name}, ${look}, scrolls sideways`).toBe(false);
    // Forced colours are the system's own; there is no dark of ours in them.
    if (isForced) continue;
    await page.emulateMedia({ colorScheme: 'dark' });
    expect.soft(await faults(page, ['color-contrast', 'link-in-text-block']), `${screen.name}, ${look}, dark`).toEqual([]);
  }
};

for (const viewport of [WIDE, SMALL]) {
  const look = `${viewport.width} x ${viewport.height}`;
  test(`axe finds no fault on any screen in the light and in the dark, ${look}`, async ({ launchDemo }) => {
    test.setTimeout(300_000);
    const { page } = await launchDemo({ viewport, args: ['--no-schedule'] });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await lookOver(page, DEMO_SCREENS, look);
  });
}

const at = (hash: string, name: string, arrange: (page: Page) => Promise<void>): DemoScreen => ({ name, hash, arrange });
const openBy =
  (role: 'button' | 'link', name: RegExp, opened: 'menu' | 'dialog') =>
  async (page: Page): Promise<void> => {
    await page.getByRole('main').getByRole(role, { name }).first().click();
    await page.getByRole(opened).first().waitFor();
  };
/** What opens over a screen: menus, popovers, dialogs, the palette. */
const OPENED: DemoScreen[] = [
  at('#/history', 'the menu of what to run', openBy('button', /^Run now$/, 'menu')),
  at('#/history', 'a reason', openBy('button', /Due in|Tomorrow|due/i, 'dialog')),
  at('#/sources', 'the menu of a source', openBy('button', /^More for /, 'menu')),
  at('#/sources/demo-vessel-point', 'the form of a source', async (page) => {
    await page.getByRole('button', { name: /^More for / }).click();
    await page.getByRole('menuitem', { name: /^Edit/ }).click();
    await page.getByRole('dialog', { name: /^Edit / }).waitFor();
  }),
  at('#/sources/demo-vessel-point', 'the question before a source goes', async (page) => {
    await page.getByRole('button', { name: /^More for / }).click();
    await page.getByRole('menuitem', { name: /^Remove/ }).click();
    await page.locator('dialog[open]').waitFor();
  }),
  at('#/schedules', 'the ways to pause', openBy('button', /^Pause all/, 'menu')),
  at('#/posts/today', 'the palette', async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^Find/ }).waitFor();
  }),
  at('#/posts/today', 'the palette with finds', async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^Find/ }).fill('vessel');
    await page.getByRole('option', { name: /^Vessel Point Gazette/ }).waitFor();
  }),
  at('#/posts/today', 'the palette with nothing found', async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^Find/ }).fill('nothing is called like this');
    await page.getByText('Nothing here is called that.').waitFor();
  }),
];

test('axe finds no fault in what opens over a screen, in the light and in the dark', async ({ launchDemo }) => {
  test.setTimeout(180_000);
  const { page } = await launchDemo({ viewport: SMALL, args: ['--no-schedule'] });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await lookOver(page, OPENED, 'opened');
});

test('axe finds no fault at 200 % of the smallest window, and nothing scrolls sideways there', async ({ launchDemo }) => {
  test.setTimeout(240_000);
  const { page } = await launchDemo({ viewport: ZOOMED, args: ['--no-schedule'] });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const screen of DEMO_SCREENS) {
    await showScreen(page, screen);
    expect.soft(await scrollsSideways(page), `${screen.name} scrolls sideways`).toBe(false);
    expect.soft(await faults(page, ['target-size', 'scrollable-region-focusable']), screen.name).toEqual([]);
  }
});

test('axe finds no fault in forced colours, where what is chosen and what has the focus can still be told', async ({
  launchDemo,
}) => {
  test.setTimeout(240_000);
  const { page } = await launchDemo({ viewport: WIDE, args: ['--no-schedule'] });
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
  await lookOver(
    page,
    DEMO_SCREENS.filter(({ name }) =>
      ['posts', 'sources', 'schedules', 'history', 'run', 'stats', 'settings', 'keys'].includes(name),
    ),
    'forced colours',
    true,
  );
});
