import type { Page } from '@playwright/test';
import type { Core } from '../../main/core.ts';
import { exactly, pressKeys, tabTo } from '../helpers/by-keys.ts';
import { openTestCore } from '../helpers/core-kit.ts';
import { type SmallWeb, startSmallWeb } from '../helpers/small-web.ts';
import { expect, test } from './hosts.ts';

/* Rules: built by keys alone, tried before they are saved, seen at work; mutes that end; labels. */

let web: SmallWeb;
test.beforeEach(async () => {
  web = await startSmallWeb();
});
test.afterEach(() => web.close());

/** Fills a folder with the small web's feed and its three posts, and whatever `more` does. */
const prepare = async (dataDir: string, more: (core: Core) => Promise<void> = async () => {}): Promise<void> => {
  const core = await openTestCore(dataDir, { hackerNewsApi: web.hackerNewsApi });
  await core.start();
  const ended = (runId: string): Promise<void> =>
    new Promise((resolve) => {
      core.onRun({ executed: (run) => run.id === runId && resolve() });
    });
  await core.handlers['settings.update']({ patch: { welcomed: true } });
  // Nothing but the feed brings posts here, so that they can be counted.
  for (const { source } of await core.handlers['sources.list']({})) await core.handlers['sources.remove']({ id: source.id });
  const source = await core.handlers['sources.add']({ kind: 'feed', feedUrl: web.feedUrl, allowLocalNetwork: true });
  await more(core);
  const { run } = await core.handlers['sources.fetch']({ ids: [source.id] });
  if (run.status !== 'completed') await ended(run.id);
  await core.stop();
};

const post = (page: Page, title: string) => page.getByRole('option').filter({ hasText: title });
const unread = (page: Page, amount: number) =>
  expect(page.getByRole('link', { name: exactly(`Unread, ${amount} unread`) })).toBeVisible();

test('a rule is built by keys alone, tried, and hides what comes; the counts agree, and all comes back when it goes', async ({
  launch,
  dataDir,
}) => {
  await prepare(dataDir);
  const { page } = await launch({ env: { TIDINGS_HN_API: web.hackerNewsApi } });
  await expect(post(page, 'Third')).toBeVisible();

  await test.step('the builder shows the posts here that fit, while the rule is written', async () => {
    await pressKeys(page, 'g r');
    await expect(page.getByRole('heading', { name: 'No rules yet' })).toBeVisible();
    await tabTo(page, page.getByRole('link', { name: 'New rule' }).first());
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'What condition 1 looks for' })).toBeFocused();
    await page.keyboard.type('SECOND');
    await expect(page.getByText('1 of 3 posts fit')).toBeVisible();
    await expect(page.locator('.fitting mark')).toHaveText('Second');
  });

  await test.step('it is saved and stands in the list', async () => {
    await tabTo(page, page.getByRole('checkbox', { name: 'Hide it' }));
    await page.keyboard.press('Space');
    await tabTo(page, page.getByRole('textbox', { name: 'Name' }));
    await page.keyboard.type('No seconds');
    await page.keyboard.press('Enter');
    await expect(page.getByText('When the title contains “SECOND”: hide it')).toBeVisible();
  });

  await test.step('what comes next is hidden, and every count says so', async () => {
    web.titles.unshift('Fourth', 'Second helping');
    await pressKeys(page, 'g u');
    await pressKeys(page, 'r');
    await expect(post(page, 'Fourth')).toBeVisible();
    await expect(post(page, 'Second helping')).toHaveCount(0);
    await unread(page, 4);
    await expect(page).toHaveTitle(/^\(4\)/);
    await pressKeys(page, 'g r');
    const hidden = page.getByRole('link', { name: 'Show 1 post hidden by No seconds' });
    await tabTo(page, hidden);
    await page.keyboard.press('Enter');
    await expect(post(page, 'Second helping')).toBeVisible();
    await expect(page.getByRole('option')).toHaveCount(1);
  });

  await test.step('removed, it gives back what it hid; one step takes that back', async () => {
    await pressKeys(page, 'g r');
    await tabTo(page, page.getByRole('button', { name: 'More for No seconds' }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: 'Apply to posts already here' })).toBeFocused();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Removed “No seconds”. 1 post came back')).toBeVisible();
    await unread(page, 5);
    await tabTo(page, page.getByRole('button', { name: 'Undo' }));
    await page.keyboard.press('Enter');
    await unread(page, 4);
  });
});

test('a muted post comes back by itself when the mute is over', async ({ launch, dataDir }) => {
  await prepare(dataDir, async ({ handlers }) => {
    await handlers['rules.add']({
      name: 'For a moment',
      match: 'all',
      enabled: true,
      conditions: [{ field: 'title', operator: 'contains', value: 'second' }],
      actions: { mute: { until: new Date(Date.now() + 12_000).toISOString() }, star: true },
    });
  });
  const { page } = await launch({ env: { TIDINGS_HN_API: web.hackerNewsApi } });
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await pressKeys(page, 'g a');
  await expect(post(page, 'Third')).toBeVisible();
  await expect(post(page, 'Second')).toBeVisible({ timeout: 40_000 });
  await expect(post(page, 'Second').getByLabel('Starred')).toBeVisible();
  await unread(page, 3);
  await pressKeys(page, 'g r');
  await expect(page.getByText('Its mute is over')).toBeVisible();
});

test('a rule highlights, labels and tells once a run; labels are changed by keys; a rule begins from a post', async ({
  launch,
  dataDir,
}) => {
  await prepare(dataDir, async ({ handlers }) => {
    await handlers['rules.add']({
      name: 'Helpings',
      match: 'all',
      enabled: true,
      conditions: [{ field: 'title', operator: 'contains', value: 'help*' }],
      actions: { highlight: true, labels: ['Kitchen'], notify: true },
    });
  });
  const { page } = await launch({ env: { TIDINGS_HN_API: web.hackerNewsApi } });
  await expect(post(page, 'Third')).toBeVisible();

  await test.step('two posts come, and one message tells of them', async () => {
    web.titles.unshift('First helping', 'Second helping');
    await pressKeys(page, 'r');
    await expect(page.getByText('2 new posts match Helpings')).toBeVisible();
    await page.getByRole('button', { name: 'Show them' }).click();
    await expect(page.getByRole('option')).toHaveCount(2);
    await expect(post(page, 'First helping').getByLabel('Stands out by a rule')).toBeVisible();
    await expect(post(page, 'First helping').getByText('Kitchen')).toBeVisible();
  });

  await test.step('a label is given by keys alone', async () => {
    await post(page, 'First helping').click();
    await expect(page.getByRole('heading', { name: 'First helping', level: 1 })).toBeVisible();
    await pressKeys(page, 'l');
    await expect(page.getByRole('combobox', { name: 'Find or write a label' })).toBeFocused();
    await page.keyboard.type('Later');
    await expect(page.getByRole('option', { name: 'New label “Later”' })).toBeVisible();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('article').getByRole('link', { name: 'Later' })).toBeVisible();
    await page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('link', { name: /^Later/ })
      .click();
    await expect(page.getByRole('heading', { name: 'Later', level: 1 })).toBeVisible();
    await expect(post(page, 'First helping')).toBeVisible();
  });

  await test.step('a post begins a rule', async () => {
    await post(page, 'First helping').click();
    await page.getByRole('button', { name: 'More for this post' }).click();
    await page.getByRole('menuitem', { name: 'Mute posts like this…' }).click();
    await expect(page.getByRole('textbox', { name: 'What condition 1 looks for' })).toHaveValue('First helping');
    await expect(page.getByRole('checkbox', { name: 'Hide it' })).toBeChecked();
    await expect(page.getByText('1 of 5 posts fit')).toBeVisible();
    await page.getByRole('checkbox', { name: /^Also apply it/ }).check();
    await page.getByRole('button', { name: 'Save rule' }).click();
    await expect(page.getByText(/changed 1 post$/)).toBeVisible();
    // A message that is pointed at stays.
    const takeBack = page.getByRole('button', { name: 'Undo' }).last();
    await takeBack.hover();
    await pressKeys(page, 'g a');
    await expect(post(page, 'Third')).toBeVisible();
    await expect(post(page, 'First helping')).toHaveCount(0);
    await takeBack.click();
    await expect(post(page, 'First helping')).toBeVisible();
  });
});
