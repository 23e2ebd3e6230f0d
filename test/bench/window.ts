/* U1, U2, F1: the window over the built headless host, in a real browser, with 1,000 and 100,000 posts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { silentLog } from '../../main/lib/log.ts';
import type { PostDraft } from '../../main/store/repositories.ts';
import { openStore } from '../../main/store/store.ts';
import type { Source } from '../../preload/contract/source.ts';
import { startHeadless } from '../e2e/hosts.ts';
import { findBrowser } from '../helpers/browser.ts';
import { dice } from '../helpers/invented-data.ts';
import type { Row } from './rows.ts';

const SOURCES = 200;
const MONTHS = 12;
const DAY = 86_400_000;
const SYLLABLES = ['ka', 'lo', 'mer', 'tin', 'sa', 'ver', 'do', 'pal', 'rin', 'cu', 'bel', 'ost', 'ga', 'hem', 'nor', 'fi'];

/** 4,096 invented words; the low ones are common, as in life. */
const words = Array.from({ length: 4096 }, (_, index) =>
  [index >> 8, (index >> 4) & 15, index & 15].map((place) => SYLLABLES[place] ?? '').join(''),
);
const sentence = (chance: () => number, length: number): string =>
  Array.from({ length }, () => words[Math.floor(4096 * chance() ** 3)]).join(' ');

const fill = async (dir: string, posts: number): Promise<void> => {
  const chance = dice(11);
  const store = await openStore({ dir, log: silentLog });
  const now = Date.now();
  const source = (index: number): Source => ({
    ...{ id: `s${index}`, kind: 'feed', title: `Source ${index}`, folder: [`Folder ${index % 12}`], paused: true },
    ...{ muted: false, starred: false, addedAt: new Date(now - 400 * DAY).toISOString() },
    feedUrl: `https://site${index}.example/feed`,
  });
  await store.sources.put(Array.from({ length: SOURCES }, (_, index) => source(index)));
  await store.settings.update({ welcomed: true });
  const chunk = 100;
  for (let from = 0; from < posts; from += chunk) {
    const at = new Date(now - (1 - from / posts) * MONTHS * 30 * DAY).toISOString();
    const drafts = Array.from({ length: chunk }, (_, index): PostDraft => {
      const url = `https://site${(from / chunk) % SOURCES}.example/posts/${from + index}`;
      return {
        ...{ fingerprint: url, secondKey: `k${from + index}`, url, domain: `site${(from / chunk) % SOURCES}.example` },
        ...{ title: sentence(chance, 8), summary: sentence(chance, 40).slice(0, 400), publishedAt: at },
      };
    });
    await store.posts.save(`s${(from / chunk) % SOURCES}`, drafts, { now: at });
  }
  await store.close();
};

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
const median = (values: readonly number[]): number => percentile(values, 0.5);

/** From the start of the navigation to the first frame that shows a post, milliseconds; a page that is loaded anew. */
const timeToList = async (page: Page): Promise<number> => {
  await page.reload();
  await page.waitForFunction(() => 'benchShownAt' in globalThis);
  return page.evaluate(() => (globalThis as unknown as { benchShownAt: number }).benchShownAt);
};
const noteFirstList = (): void => {
  const look = (): void => {
    if (!document.querySelector('.post-line[role=option]')) return void requestAnimationFrame(look);
    requestAnimationFrame(() => Object.assign(globalThis, { benchShownAt: performance.now() }));
  };
  look();
};

type Scrolled = { frames: number[]; longest: number; blanks: number; rows: number };
/** Scrolls down the list until `rows` have passed: 20 rows a frame, as a fast hand does. */
const scroll = (page: Page, rows: number): Promise<Scrolled> =>
  page.evaluate(
    (wanted) =>
      new Promise<Scrolled>((resolve) => {
        const list = document.querySelector('.post-list') as HTMLElement;
        const box = list.getBoundingClientRect();
        const told: Scrolled = { frames: [], longest: 0, blanks: 0, rows: 0 };
        const watcher = new PerformanceObserver((seen) => {
          for (const { duration } of seen.getEntries()) told.longest = Math.max(told.longest, duration);
        });
        watcher.observe({ type: 'longtask' });
        let last = performance.now();
        const began = last;
        const step = (): void => {
          const now = performance.now();
          told.frames.push(now - last);
          last = now;
          const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
          if (!seen?.closest('.post-line')) told.blanks += 1;
          told.rows = Number(seen?.closest('[aria-posinset]')?.getAttribute('aria-posinset') ?? told.rows);
          if (told.rows >= wanted || now - began > 60_000) {
            // Long tasks are told a little later.
            setTimeout(() => resolve(told), 200);
            return;
          }
          list.scrollTop += 1480;
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    rows,
  );

/** The same on a page that holds nothing but a height: what the machine gives at best. */
const emptyFrames = async (browser: Browser): Promise<number[]> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.setContent('<div style="height:4000000px"></div>');
  const frames = await page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const found: number[] = [];
        let last = performance.now();
        const step = (): void => {
          const now = performance.now();
          found.push(now - last);
          last = now;
          if (found.length > 300) return void resolve(found);
          scrollBy(0, 1480);
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
  );
  await page.close();
  return frames;
};

/** From each key to the frame in which every row seen is an answer to what stands in the field, milliseconds. */
const searchTimes = async (page: Page, questions: readonly string[]): Promise<number[]> => {
  await page.evaluate(() => {
    const times: number[] = [];
    const before = globalThis as unknown as { benchOver?: AbortController };
    before.benchOver?.abort();
    const over = new AbortController();
    Object.assign(globalThis, { benchSearch: times, benchOver: over });
    const field = document.querySelector<HTMLInputElement>('.find .input') as HTMLInputElement;
    field.addEventListener(
      'keydown',
      (event) => {
        if (event.key.length !== 1) return;
        const began = performance.now();
        const look = (): void => {
          const typed = field.value.toLowerCase();
          const lines = [...document.querySelectorAll('.post-line[role=option]')];
          const isAnswer = (line: Element): boolean =>
            [...line.querySelectorAll('mark')].some((mark) => mark.textContent?.toLowerCase().startsWith(typed));
          if (lines.length > 0 && lines.every(isAnswer)) {
            requestAnimationFrame(() => times.push(performance.now() - began));
          } else if (performance.now() - began < 5000) requestAnimationFrame(look);
          else times.push(5000);
        };
        requestAnimationFrame(look);
      },
      { capture: true, signal: over.signal },
    );
  });
  const field = page.getByRole('combobox', { name: 'Search posts' }).first();
  let expected = 0;
  for (const question of questions) {
    await field.fill('');
    await field.focus();
    for (const letter of question) {
      await page.keyboard.press(letter);
      expected += 1;
      await page.waitForFunction(
        (count) => (globalThis as unknown as { benchSearch: number[] }).benchSearch.length >= count,
        expected,
      );
    }
  }
  return page.evaluate(() => (globalThis as unknown as { benchSearch: number[] }).benchSearch);
};

/** From `j` to the frame that shows the next post as open, milliseconds. */
const stepTimes = async (page: Page, steps: number): Promise<number[]> => {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(globalThis, { benchSteps: times });
    const openNow = (): string | undefined => document.querySelector('.post-line[aria-selected=true]')?.id;
    addEventListener(
      'keydown',
      () => {
        const began = performance.now();
        const before = openNow();
        const look = (): void => {
          const now = openNow();
          if (now && now !== before) requestAnimationFrame(() => times.push(performance.now() - began));
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      },
      { capture: true },
    );
  });
  await page.locator('.post-list').focus();
  for (let step = 1; step <= steps; step++) {
    await page.keyboard.press('j');
    await page.waitForFunction((count) => (globalThis as unknown as { benchSteps: number[] }).benchSteps.length >= count, step);
  }
  return page.evaluate(() => (globalThis as unknown as { benchSteps: number[] }).benchSteps);
};

const row = (id: string, what: string, measured: number, goal: number, unit: Row['unit'], note = ''): Row => ({
  ...{ id, what, measured, goal, unit, note },
});

/** What the owner of a large desk feels. Needs a browser; without one there are no rows. */
export const windowRows = async (): Promise<Row[]> => {
  const executablePath = findBrowser();
  if (!executablePath) {
    console.log('skipped: figures of the window (no Chrome or Chromium is installed)');
    return [];
  }
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
  const dirs = [1000, 100_000].map((posts) => ({ posts, dir: mkdtempSync(join(tmpdir(), 'tidings-bench-')) }));
  try {
    const lists: number[][] = [];
    let rows: Row[] = [];
    for (const { posts, dir } of dirs) {
      await fill(dir, posts);
      const app = await startHeadless({ dataDir: dir, args: ['--no-schedule'] }, browser);
      const { page } = app;
      await page.addInitScript(noteFirstList);
      await page.evaluate(() => {
        location.hash = '#/posts/all';
      });
      await page.locator('.post-line[role=option]').first().waitFor();
      const times: number[] = [];
      for (let round = 0; round < 5; round++) times.push(await timeToList(page));
      lists.push(times);
      if (posts === 100_000) rows = await feel(browser, page);
      await app.quit();
    }
    const [small = 0, large = 0] = lists.map(median);
    return [
      row(
        'U1',
        'time to the list with 100k posts / with 1k',
        large / small,
        1.2,
        'x',
        `${Math.round(large)} against ${Math.round(small)} ms`,
      ),
      row('U1a', 'time to the list with 100k posts', large, 1000, 'ms'),
      ...rows,
    ];
  } finally {
    await browser.close();
    for (const { dir } of dirs) rmSync(dir, { recursive: true, force: true });
  }
};

const QUESTIONS = ['merkalo', 'tinver', 'kakaka', 'dopal', 'ostga', 'norfi', 'lokasa', 'rincu'];

const feel = async (browser: Browser, page: Page): Promise<Row[]> => {
  // The first time the index is still being made, right after the start; then it is there.
  const searches = await searchTimes(page, QUESTIONS);
  const laterSearches = await searchTimes(page, QUESTIONS);
  await page.getByRole('combobox', { name: 'Search posts' }).first().fill('');
  await page.evaluate(() => {
    location.hash = '#/posts/all';
  });
  await page.locator('.post-line[role=option]').first().waitFor();
  const steps = await stepTimes(page, 40);
  const empty = await emptyFrames(browser);
  const scrolled = await scroll(page, 10_000);
  const p95 = percentile(scrolled.frames, 0.95);
  const emptyP95 = percentile(empty, 0.95);
  return [
    row(
      'U2',
      'scroll frame p95 / on an empty page',
      p95 / emptyP95,
      1.15,
      'x',
      `${p95.toFixed(1)} against ${emptyP95.toFixed(1)} ms, ${scrolled.rows} rows`,
    ),
    row('U2b', 'frames without a row while scrolling', scrolled.blanks, 0, 'frames'),
    row('U2t', 'longest task while scrolling 10,000 rows', scrolled.longest, 50, 'ms'),
    row('U2k', 'key to the next post, p95', percentile(steps, 0.95), 50, 'ms', `median ${median(steps).toFixed(0)} ms`),
    row(
      'F1w',
      'key to the answer of a search, p95',
      percentile(searches, 0.95),
      50,
      'ms',
      `median ${median(searches).toFixed(0)} ms of ${searches.length} keys, the slowest ${Math.max(...searches).toFixed(0)}: right after the start`,
    ),
    row(
      'F1r',
      'the same once the index is made, p95',
      percentile(laterSearches, 0.95),
      50,
      'ms',
      `median ${median(laterSearches).toFixed(0)} ms, the slowest ${Math.max(...laterSearches).toFixed(0)}`,
    ),
  ];
};
