import { expect, type Page } from '@playwright/test';

/** One screen of the demo: where it is, and how one gets to what is worth looking at. */
export type DemoScreen = {
  name: string;
  hash: string;
  arrange?: (page: Page) => Promise<void>;
  /** Leaves the receipt of a sleep and alerts above the screen. */
  keepsNotices?: boolean;
};

const goTo = async (page: Page, hash: string): Promise<void> => {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
};

/** Waits until nothing on the screen is still loading. */
const settled = async (page: Page): Promise<void> => {
  // In a narrow window the posts are a list without the reader beside it.
  await page.locator('main:visible, .list:visible').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('.bars, main[aria-busy="true"]'));
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  // The pointer rests where nothing reacts to it.
  await page.mouse.move(0, 0);
};

/** Opens the post of that name in the list that is shown, and waits for its text. */
const openNewest = async (page: Page, name: RegExp): Promise<void> => {
  const row = page.getByRole('option', { name });
  const title = page.getByRole('heading', { name, level: 1 });
  await page.getByRole('option').first().waitFor();
  // In a low window the list draws few rows; there one goes down to it.
  if (await row.isVisible()) await row.click();
  else for (let down = 0; down < 30 && !(await title.isVisible()); down += 1) await page.keyboard.press('j');
  await title.waitFor();
  await page.frameLocator('.article-frame').locator('p').first().waitFor();
};

/** Every screen of the window over the demo's folder, in the order of the sidebar. */
export const DEMO_SCREENS: readonly DemoScreen[] = [
  { name: 'receipt', hash: '#/posts/today', keepsNotices: true },
  {
    name: 'posts',
    hash: '#/posts/all',
    arrange: async (page) => {
      await page
        .getByRole('option')
        .filter({ hasText: /Vessel Point Gazette|Slow Databases|Quiet Compiler|Saltmarsh Systems/ })
        .first()
        .click();
      await page.frameLocator('.article-frame').locator('p').first().waitFor();
    },
  },
  {
    name: 'reader-images-off',
    hash: '#/posts/source/demo-plain-cartography',
    arrange: (page) => openNewest(page, /Two ways to draw/),
  },
  {
    name: 'reader-images',
    hash: '#/posts/source/demo-plain-cartography',
    arrange: async (page) => {
      await openNewest(page, /Two ways to draw/);
      await page.keyboard.press('i');
      const image = page.frameLocator('.article-frame').getByRole('img', { name: 'The legend, shortened' });
      await image.waitFor({ timeout: 30_000 });
      // The line above the text counts those that are on their way.
      await page.locator('.reader-images[role="status"]').waitFor({ state: 'detached', timeout: 30_000 });
    },
  },
  {
    name: 'reader-updated',
    hash: '#/posts/source/demo-saltmarsh',
    arrange: async (page) => {
      await openNewest(page, /Humidity is a dependency/);
      const changes = page.getByRole('region', { name: 'What changed in this post' });
      if (!(await changes.isVisible())) await page.keyboard.press('e');
      await changes.locator('ins').first().waitFor();
    },
  },
  {
    name: 'reader-podcast',
    hash: '#/posts/source/demo-harbour-radio',
    arrange: async (page) => {
      await openNewest(page, /Episode 31/);
      await page.getByRole('region', { name: 'Attached files' }).scrollIntoViewIfNeeded();
    },
  },
  { name: 'posts-hacker-news', hash: '#/posts/hacker-news' },
  {
    name: 'search',
    hash: '#/posts/all?q=fog+signal',
    arrange: async (page) => void (await page.locator('.list mark').first().waitFor()),
  },
  {
    name: 'search-operators',
    hash: '#/posts/all?q=source:vessel+is:unread+after:2026-13+so',
    arrange: async (page) => {
      await page.locator('.find-band .find-part').first().waitFor();
      const field = page.locator('.find .input:visible');
      await field.focus();
      await field.press('End');
      await field.pressSequentially('u');
      await page.getByRole('option', { name: 'source:' }).waitFor();
    },
  },
  {
    name: 'search-help',
    hash: '#/posts/all?q=fog',
    arrange: async (page) => {
      await page.locator('.find .input:visible').focus();
      await page.getByRole('button', { name: 'How to search' }).click();
      await page.getByRole('dialog', { name: 'Searching' }).waitFor();
    },
  },
  { name: 'posts-saved', hash: '#/posts/saved/demo-fog' },
  { name: 'searches', hash: '#/searches' },
  { name: 'posts-no-folder', hash: '#/posts/folder/Nowhere' },
  {
    name: 'folder-menu',
    hash: '#/posts/folder/Systems',
    arrange: async (page) => {
      const folder = page.locator('.tree-line').getByRole('link', { name: 'Systems' }).first();
      // A narrow window has no tree.
      if (!(await folder.isVisible())) return;
      await folder.click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Rename or move' }).waitFor();
    },
  },
  { name: 'posts-none', hash: '#/posts/all?q=nothingiscalledthis' },
  { name: 'top', hash: '#/top' },
  {
    name: 'top-edition',
    hash: '#/top',
    arrange: async (page) => {
      await page.locator('.top-edition').first().click();
      await page.locator('.top-entry').first().waitFor();
    },
  },
  { name: 'sources', hash: '#/sources' },
  { name: 'source', hash: '#/sources/demo-vessel-point' },
  { name: 'source-failing', hash: '#/sources/demo-umbra' },
  { name: 'series', hash: '#/sources/series' },
  { name: 'add-feed', hash: '#/sources/add' },
  {
    name: 'add-hacker-news',
    hash: '#/sources/add?kind=hacker-news',
    arrange: async (page) => void (await page.getByText(/would keep \d+ of 100/i).waitFor()),
  },
  { name: 'add-opml', hash: '#/sources/add?kind=opml' },
  { name: 'rules', hash: '#/rules' },
  {
    name: 'rule-builder',
    hash: '#/rules/demo-harbour',
    arrange: async (page) => void (await page.locator('.fitting mark').first().waitFor()),
  },
  { name: 'rule-new', hash: '#/rules/new' },
  { name: 'posts-muted', hash: '#/posts/muted' },
  {
    name: 'posts-label',
    hash: '#/posts/label/To%20test',
    arrange: async (page) => {
      await page.getByRole('option').first().click();
      await page.getByRole('button', { name: /^Labels/ }).click();
      await page.getByRole('combobox', { name: 'Find or write a label' }).waitFor();
    },
  },
  { name: 'domains', hash: '#/domains' },
  { name: 'schedules', hash: '#/schedules' },
  {
    name: 'schedule-editor',
    hash: '#/schedules',
    arrange: async (page) => {
      const link = page.getByRole('main').locator('a[href^="#/schedules/"]:not([href$="/new"])').first();
      await goTo(page, (await link.getAttribute('href')) ?? '');
      await page.getByRole('textbox', { name: 'Name' }).waitFor();
    },
  },
  { name: 'schedule-new', hash: '#/schedules/new' },
  // A span of its own, so that no filter of an earlier visit is taken up again.
  { name: 'history', hash: '#/history?range=week' },
  {
    name: 'history-filtered',
    hash: '#/history?status=failed&range=month',
    arrange: async (page) => void (await page.getByRole('button', { name: 'Clear filters' }).waitFor()),
  },
  {
    name: 'grid',
    hash: '#/history/grid',
    arrange: async (page) => {
      await page.getByRole('gridcell').nth(12).click();
      await page.locator('.grid-note').getByText('Open this run').waitFor();
    },
  },
  {
    name: 'run',
    hash: '#/history?problems=1&range=all',
    arrange: async (page) => {
      const link = page.getByRole('main').locator('a[href^="#/history/run/"]', { hasText: 'Fetch feeds' }).first();
      await goTo(page, (await link.getAttribute('href')) ?? '');
      await page.locator('.run-grid').waitFor();
    },
  },
  {
    name: 'run-failed',
    hash: '#/history?status=failed&range=month',
    arrange: async (page) => {
      const link = page.getByRole('main').locator('a[href^="#/history/run/"]', { hasText: 'Fetch feeds' }).first();
      await goTo(page, (await link.getAttribute('href')) ?? '');
      await page.locator('.run-grid').waitFor();
    },
  },
  { name: 'digests', hash: '#/digests' },
  {
    name: 'digest',
    hash: '#/digests/demo-morning-desk',
    arrange: async (page) => void (await page.locator('.mail-frame[data-ready]').waitFor()),
  },
  {
    name: 'digest-new',
    hash: '#/digests/new?template=weekly',
    arrange: async (page) => {
      await page.locator('.mail-frame[data-ready]').waitFor();
      await page
        .getByRole('button', { name: /^Edit the section/ })
        .last()
        .click();
      await page.getByRole('textbox', { name: 'Points' }).scrollIntoViewIfNeeded();
    },
  },
  { name: 'digest-people', hash: '#/digests/demo-morning-desk/people' },
  { name: 'digest-editions', hash: '#/digests/demo-morning-desk/editions' },
  {
    name: 'digest-edition',
    hash: '#/digests/demo-morning-desk/editions',
    arrange: async (page) => {
      const link = page.getByRole('row').filter({ hasText: '1 of 12 unclear' }).getByRole('link');
      await goTo(page, (await link.getAttribute('href')) ?? '');
      await page.locator('.mail-frame[data-ready]').waitFor();
    },
  },
  { name: 'stats', hash: '#/stats' },
  {
    name: 'stats-hosts',
    hash: '#/stats?days=90',
    arrange: async (page) => {
      const score = page.getByRole('button', { name: /^\d+ of 100\. What / }).first();
      await score.scrollIntoViewIfNeeded();
      await score.click();
      await page.getByText('Why then, and not sooner').waitFor();
    },
  },
  { name: 'source-value', hash: '#/stats/sources' },
  // Before a backup is made: its message would stand over the welcome.
  { name: 'welcome', hash: '#/welcome' },
  { name: 'settings', hash: '#/settings' },
  {
    name: 'settings-restore',
    hash: '#/settings/backups',
    arrange: async (page) => {
      const backups = page.getByRole('region', { name: 'Backups' });
      const list = backups.getByText(/^\d+ backups?$/);
      await backups.getByRole('button', { name: 'Back up now' }).waitFor();
      if ((await list.count()) === 0) await backups.getByRole('button', { name: 'Back up now' }).click();
      await list.waitFor();
      if ((await backups.locator('details[open]').count()) === 0) await list.click();
      await backups
        .getByRole('button', { name: /^Restore tidings-/ })
        .first()
        .click();
      await page.getByRole('dialog', { name: /^Restore the backup of/ }).waitFor();
    },
  },
  {
    name: 'settings-notifications',
    hash: '#/settings/notifications',
    arrange: async (page) => {
      const quiet = page.getByRole('switch', { name: 'Quiet hours' });
      if ((await quiet.getAttribute('aria-checked')) === 'false') await quiet.click();
      const webhook = page.getByRole('button', { name: 'Set up: Webhook' });
      if ((await webhook.getAttribute('aria-expanded')) === 'false') await webhook.click();
      await page.getByRole('form', { name: 'Webhook' }).getByRole('button', { name: 'Save' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'settings-mail',
    hash: '#/settings/mail',
    arrange: async (page) => {
      const mail = page.getByRole('region', { name: 'Mail', exact: true });
      const open = mail.getByRole('button', { name: 'Set up' });
      if ((await open.getAttribute('aria-expanded')) === 'false') await open.click();
      await mail.scrollIntoViewIfNeeded();
    },
  },
  { name: 'help', hash: '#/help' },
  {
    name: 'keys',
    hash: '#/posts/today',
    arrange: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    },
  },
  {
    name: 'palette',
    hash: '#/posts/today',
    arrange: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: /^Find/ }).fill('vessel');
      await page.getByRole('option', { name: /^Vessel Point Gazette/ }).waitFor();
    },
  },
];

/** Puts away what stands above the screen. */
const putAway = async (page: Page): Promise<void> => {
  const buttons = page.locator('.receipt-head .button, .alerts .button');
  for (let left = await buttons.count(); left > 0; left -= 1) {
    await buttons.first().click();
    await expect(buttons).toHaveCount(left - 1);
  }
};

/** Brings a screen of the demo before the eyes. */
export const showScreen = async (page: Page, screen: DemoScreen): Promise<void> => {
  await page.keyboard.press('Escape');
  await goTo(page, screen.hash);
  await settled(page);
  if (!screen.keepsNotices) await putAway(page);
  await screen.arrange?.(page);
  await settled(page);
};
