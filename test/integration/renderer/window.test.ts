import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../helpers/browser.ts';
import { createFakeCore, type FakeCore } from '../../helpers/fake-core.ts';
import { inventData } from '../../helpers/invented-data.ts';
import { giveFakeCore, type ServedPage, servePage } from '../../helpers/page-with-fake-core.ts';

/* The built page in a real browser, under the real policy, over an invented news desk. */
const executablePath = findBrowser();
if (!executablePath) console.log('Skipped the window in a browser: no Chrome or Chromium is installed.');

let served: ServedPage;
let browser: Browser;
let context: BrowserContext | undefined;
const troubles: string[] = [];

type Options = {
  hash?: string;
  posts?: number;
  dark?: boolean;
  width?: number;
  height?: number;
  before?: (core: FakeCore) => void;
};
const openWindow = async (options: Options = {}): Promise<{ page: Page; core: FakeCore }> => {
  context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    colorScheme: options.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const core = createFakeCore(inventData(Date.now(), options.posts ?? 300));
  options.before?.(core);
  await giveFakeCore(context, core);
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(String(error)));
  await page.goto(`${served.url}${options.hash ?? '#/posts/all'}`);
  await page.waitForSelector('.app');
  return { page, core };
};
/** Waits for a value to become right; generous, for a machine that does much else. */
const poll = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 15_000, interval: 50 });
const openPost = (page: Page) => page.locator('.post-open .post-title').innerText();

beforeAll(async () => {
  if (!executablePath) return;
  served = await servePage();
  browser = await chromium.launch({ executablePath, chromiumSandbox: false });
});
afterEach(async () => {
  await context?.close();
  context = undefined;
  expect(troubles.splice(0)).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

describe.skipIf(!executablePath)('reading', () => {
  it('a post is opened, read, starred and left by keys alone', async () => {
    const { page, core } = await openWindow();
    await page.waitForSelector('.post');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const second = core.data.posts[1];
    await poll(() => openPost(page)).toBe(second?.title);
    await poll(() => second?.isRead).toBe(true);
    await page.keyboard.press('m');
    await poll(() => second?.isRead).toBe(false);
    const was = second?.isStarred;
    await page.keyboard.press('s');
    await poll(() => second?.isStarred).toBe(!was);
    await page.keyboard.press('o');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('reader-scroll');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('post-list');
    expect(new URL(page.url()).hash).toBe('#/posts/all');
  });

  it('what is read stays in the list of unread posts until it is left', async () => {
    const { page, core } = await openWindow({ hash: '#/posts/unread' });
    await page.waitForSelector('.post');
    await page.keyboard.press('j');
    const title = await openPost(page);
    await poll(() => core.data.posts.find((post) => post.title === title)?.isRead).toBe(true);
    await page.keyboard.press('j');
    await poll(() => page.locator('.post-read').count()).toBe(2);
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.waitForURL(/posts\/all/);
    await page.keyboard.press('g');
    await page.keyboard.press('u');
    await page.waitForURL(/posts\/unread/);
    await poll(() => page.locator('.post-read').count()).toBe(0);
  });

  it('all marked as read can be undone from the message', async () => {
    const { page, core } = await openWindow();
    await page.waitForSelector('.post');
    const unread = () => core.data.posts.filter((post) => !post.isRead).length;
    const before = unread();
    await page.keyboard.press('A');
    await page.getByText(`Marked ${before} posts as read`).waitFor();
    expect(unread()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await poll(unread).toBe(before);
  });

  it('typing searches, says how many it found, and marks the words', async () => {
    const { page } = await openWindow();
    await page.waitForSelector('.post');
    await page.keyboard.press('/');
    await page.keyboard.type('harbour kept', { delay: 10 });
    await poll(() => page.locator('.post-title mark').first().innerText()).toBe('harbour');
    await poll(() => page.locator('.list-head-meta').innerText()).toMatch(/^\d+ posts?$/);
    await poll(() => new URL(page.url()).hash).toContain('q=harbour+kept');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await poll(() => page.locator('.list .screen-title').innerText()).toBe('Starred');
    await poll(() => page.locator('mark').count()).toBe(0);
  });

  it('the place survives a reload', async () => {
    const { page } = await openWindow();
    await page.waitForSelector('.post');
    await page.keyboard.press('j');
    const title = await openPost(page);
    await page.reload();
    await poll(() => page.locator('.reader-title').innerText()).toBe(title);
  });
});

describe.skipIf(!executablePath)('the body of a post', () => {
  const HOSTILE =
    '<p id="text">Text <a id="good" href="https://good.example/">good</a> <a id="bad" href="javascript:parent.hacked=1">bad</a></p>' +
    '<script>parent.hacked = 1</script><img src="https://bug.example/x.gif" onerror="parent.hacked = 1"><p style="color:red">styled</p>';
  const withHostileBody = (core: FakeCore) => {
    const get = core.answers['posts.get'];
    core.answers['posts.get'] = (params) => ({ ...(get?.(params) as ReturnType<NonNullable<typeof get>>), html: HOSTILE });
  };

  it('even unsanitised runs nothing, loads nothing and opens only web links', async () => {
    const { page } = await openWindow({ before: withHostileBody });
    const answered: string[] = [];
    page.on('response', (response) => answered.push(new URL(response.url()).host));
    await page.evaluate(() => {
      const spy = window as unknown as { opened: unknown[]; open: unknown };
      spy.opened = [];
      spy.open = (...args: unknown[]) => spy.opened.push(args);
    });
    await page.waitForSelector('.post');
    await page.keyboard.press('j');
    const frame = page.frameLocator('.article-frame');
    await frame.locator('#text').waitFor();
    await frame.locator('#bad').click();
    await frame.locator('#good').click();
    const spied = await page.evaluate(() => {
      const { opened, hacked } = window as unknown as { opened: unknown[]; hacked: unknown };
      return { opened, hacked };
    });
    expect(spied).toEqual({ opened: [['https://good.example/', '_blank', 'noopener,noreferrer']], hacked: undefined });
    expect(await page.locator('.article-frame').getAttribute('sandbox')).toBe('allow-same-origin');
    expect(new Set(answered)).toEqual(new Set([new URL(served.url).host]));
    // The browser says what it held back; that is what is wanted here.
    expect(troubles.splice(0).every((text) => /Content Security Policy|sandboxed/.test(text))).toBe(true);
  });

  it('is set in the serif of the page, follows light and dark, and is as tall as its text', async () => {
    const { page } = await openWindow({ hash: '#/posts/source/vessel' });
    await page.waitForSelector('.post');
    await page.keyboard.press('j');
    const frame = page.frameLocator('.article-frame');
    await frame.locator('blockquote').waitFor();
    const look = () =>
      frame.locator('body').evaluate((body) => {
        const style = getComputedStyle(body);
        return {
          font: style.fontFamily.split(',')[0],
          ink: style.color,
          height: body.ownerDocument.documentElement.scrollHeight,
        };
      });
    await poll(async () => (await look()).font).toBe('"Source Serif 4 Variable"');
    const light = await look();
    expect(await page.locator('.article-frame').evaluate((element) => element.clientHeight)).toBeGreaterThanOrEqual(
      light.height - 1,
    );
    await page.getByRole('button', { name: 'Switch between light and dark' }).click();
    await poll(async () => (await look()).ink).not.toBe(light.ink);
  });

  it('hands its key presses to the window', async () => {
    const { page } = await openWindow({ hash: '#/posts/source/vessel' });
    await page.waitForSelector('.post');
    await page.keyboard.press('j');
    await page.frameLocator('.article-frame').locator('p').first().click();
    const first = await openPost(page);
    await page.keyboard.press('j');
    await poll(() => openPost(page)).not.toBe(first);
  });
});

describe.skipIf(!executablePath)('the list', () => {
  const bring = (core: FakeCore, amount: number) => {
    const [first] = core.data.posts;
    if (!first) throw new Error('There are no posts.');
    const fresh = Array.from({ length: amount }, (_, place) => ({
      ...first,
      id: `fresh${core.data.posts.length}-${place}`,
      title: `Fresh ${place}`,
      runId: 'fresh-run',
      isRead: false,
      collectedAt: new Date(core.data.now + 1000).toISOString(),
    }));
    core.data.posts.unshift(...fresh);
    core.announce({ name: 'posts.changed', data: { added: amount } });
  };

  it('new posts appear by themselves at the top', async () => {
    const { page, core } = await openWindow();
    await page.waitForSelector('.post');
    bring(core, 3);
    await page.getByText('Fresh 0').waitFor();
    expect(await page.locator('.post-title').first().innerText()).toBe('Fresh 0');
  });

  it('new posts above do not move what is read; a button says how many came', async () => {
    const { page, core } = await openWindow();
    await page.waitForSelector('.post');
    const list = page.locator('.post-list');
    await list.evaluate((element) => element.scrollTo({ top: 1800 }));
    const topRow = () =>
      list.evaluate((element) => {
        const box = element.getBoundingClientRect();
        const row = [...element.querySelectorAll('[role=option]')].find((each) => each.getBoundingClientRect().top >= box.top);
        return { id: row?.id, top: Math.round((row?.getBoundingClientRect().top ?? 0) - box.top) };
      });
    await poll(async () => (await topRow()).id).toMatch(/^post-p/);
    const before = await topRow();
    bring(core, 12);
    const more = page.getByRole('button', { name: '12 new posts' });
    await more.waitFor();
    const after = await topRow();
    expect(after.id).toBe(before.id);
    expect(Math.abs(after.top - before.top)).toBeLessThanOrEqual(2);
    await more.click();
    await page.getByText('Fresh 0').waitFor();
  });

  it('new posts do not push the open post away, even at the top', async () => {
    const { page, core } = await openWindow();
    await page.waitForSelector('.post');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const topOfOpen = async () => (await page.locator('.post-open').boundingBox())?.y ?? Number.NaN;
    const before = await topOfOpen();
    bring(core, 30);
    await page.getByRole('button', { name: '30 new posts' }).waitFor();
    await poll(async () => Math.abs((await topOfOpen()) - before) <= 2).toBe(true);
  });

  it('rows keep their own height when another list is shown', async () => {
    const { page } = await openWindow();
    await page.waitForSelector('.post');
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.waitForURL(/starred/);
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.waitForURL(/all/);
    const gaps = () =>
      page.locator('.post-line').evaluateAll((lines) => {
        const boxes = lines.map((line) => line.getBoundingClientRect()).sort((a, b) => a.top - b.top);
        return boxes.slice(1).filter((box, place) => Math.abs(box.top - (boxes[place]?.bottom ?? 0)) > 1).length;
      });
    await poll(gaps).toBe(0);
  });

  it('of a hundred thousand posts only what is seen is drawn, and more is read on the way down', async () => {
    const { page } = await openWindow({ posts: 100_000 });
    await page.waitForSelector('.post');
    const list = page.locator('.post-list');
    let most = 0;
    const goDown = async (): Promise<number> => {
      await list.evaluate((element) => element.scrollBy({ top: 6000 }));
      most = Math.max(most, await page.locator('.post').count());
      return list.evaluate((element) => element.scrollHeight);
    };
    await poll(goDown).toBeGreaterThan(60_000);
    expect(most).toBeLessThan(60);
    await page.locator('.post').first().waitFor();
  });
});

describe.skipIf(!executablePath)('settings and welcome', () => {
  it('a change takes effect at once, and a wrong number is said beside its field and not kept', async () => {
    const { page, core } = await openWindow({ hash: '#/settings' });
    await page.getByText('Compact', { exact: true }).click();
    await poll(() => page.evaluate(() => document.documentElement.dataset.density)).toBe('compact');
    const interval = page.getByRole('textbox', { name: 'Look at a feed every' });
    await interval.fill('3');
    await interval.press('Enter');
    await page.getByText('At least 5 minutes.').waitFor();
    expect(core.data.settings.fetchIntervalMinutes).toBe(30);
    await interval.fill('45');
    await interval.press('Enter');
    await poll(() => core.data.settings.fetchIntervalMinutes).toBe(45);
  });

  it('C-19 each setting has a help text', async () => {
    const { page } = await openWindow({ hash: '#/settings' });
    await page.getByText('Data folder').waitFor();
    const helps = await page.locator('.setting .sub').allInnerTexts();
    expect(helps.length).toBe(await page.locator('.setting').count());
    expect(helps.length).toBeGreaterThanOrEqual(10);
    expect(helps.filter((text) => text.trim().length < 10)).toEqual([]);
  });

  it('what is kept is shown with the numbers of the core, and its folder is shown where that can be done', async () => {
    const { page, core } = await openWindow({ hash: '#/settings' });
    let shown = 0;
    core.answers['desktop.revealData'] = () => {
      shown += 1;
      return { shown: true };
    };
    await page.getByText(core.data.storage.dataDir).waitFor();
    const { counts } = core.data.storage;
    const lines = await page.locator('.storage').first().locator('dd').allInnerTexts();
    const wanted = [counts.posts, counts.bodies, counts.sources, counts.runs, counts.fetchJobs, counts.hackerNewsIndex];
    expect(lines.map((text) => Number(text.replaceAll(',', '')))).toEqual(wanted);
    await page.getByText('212 MB in 4 files').waitFor();
    await page.getByRole('button', { name: 'Show the folder' }).click();
    await poll(() => shown).toBe(1);
  });

  it('what the core refuses is taken back and said beside its field', async () => {
    const { page } = await openWindow({
      hash: '#/settings',
      before: (core) => {
        core.answers['settings.update'] = () => {
          throw new Error('The disk is full, so nothing new can be stored.');
        };
      },
    });
    const tray = page.getByRole('switch', { name: 'Unread count in the tray' });
    await tray.click();
    await page.getByText('The disk is full').waitFor();
    expect(await tray.getAttribute('aria-checked')).toBe('true');
  });

  it('the first minute: Hacker News is ticked, a feed is added with one tick, and both are fetched', async () => {
    const done: string[] = [];
    const { page, core } = await openWindow({
      hash: '#/posts/today',
      before: (fake) => {
        fake.data.settings.welcomed = false;
        fake.data.sources = fake.data.sources.slice(0, 1).map((row) => ({ ...row, posts: 0 }));
        const [row] = fake.data.sources;
        fake.answers['sources.add'] = (params) => {
          done.push(`add ${params.kind === 'feed' ? params.feedUrl : ''}`);
          return (row as NonNullable<typeof row>).source;
        };
        const fetch = fake.answers['sources.fetch'];
        fake.answers['sources.fetch'] = (params) => {
          done.push(`fetch ${params.ids.join()}`);
          return (fetch as NonNullable<typeof fetch>)(params);
        };
        fake.answers['sources.list'] = () => fake.data.sources;
      },
    });
    expect(await page.getByRole('checkbox', { name: /Hacker News/ }).isChecked()).toBe(true);
    await page.getByRole('checkbox', { name: /The Long Weather/ }).check();
    await page.getByRole('button', { name: 'Fetch these 2 now' }).click();
    await page.waitForSelector('.post-list');
    expect(done).toEqual(['add https://longweather.example/rss', 'fetch hn-top']);
    expect(core.data.settings.welcomed).toBe(true);
  });

  it('without a link the page says how to get one', async () => {
    context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(served.url);
    await page.getByRole('heading', { name: 'This page needs a fresh link' }).waitFor();
    expect(await page.locator('code').innerText()).toBe('tidings open');
  });
});

describe.skipIf(!executablePath)('for everybody', () => {
  const pages = [
    { name: 'posts with one open', hash: '#/posts/all', open: true },
    { name: 'a search', hash: '#/posts/all?q=tide', open: true },
    { name: 'settings', hash: '#/settings', open: false },
  ];
  for (const dark of [false, true]) {
    it.each(pages)(`$name has no fault that axe finds, ${dark ? 'dark' : 'light'}`, async ({ hash, open }) => {
      const { page } = await openWindow({ hash, dark });
      if (open) {
        await page.waitForSelector('.post');
        await page.keyboard.press('j');
        await page.waitForSelector('.article-frame, .reader-summary');
      } else await page.waitForSelector('.setting');
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode()
        .exclude('iframe')
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)).toEqual(
        [],
      );
    });
  }

  it('at the smallest window and at half its width nothing scrolls sideways', async () => {
    const { page } = await openWindow({ width: 900, height: 600 });
    const isWide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(await isWide()).toBe(false);
    await page.setViewportSize({ width: 450, height: 300 });
    await page.waitForSelector('.post');
    expect(await isWide()).toBe(false);
    await page.keyboard.press('j');
    await page.locator('.reader-title').waitFor();
    expect(await page.locator('.post-list').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await page.locator('.post-list').waitFor();
  });

  it('the line between the panes is moved by keys and remembered', async () => {
    const { page, core } = await openWindow();
    await page.getByRole('separator', { name: 'Width of the list' }).focus();
    await page.keyboard.press('ArrowRight');
    await poll(() => core.data.settings.panes.posts).toBe(400);
  });
});
