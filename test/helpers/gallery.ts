/*
 * Pictures of every screen in every state there is: full, with nothing in it, while it loads, when the core answers an error,
 * without a connection, and with the first steps above it. Run by hand:
 *   node test/helpers/gallery.ts FOLDER STATES LOOKS [names...]     node test/helpers/gallery.ts /tmp/gallery empty,error light,dark
 * Says which screens scroll sideways, and what the page complains about.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findBrowser } from './browser.ts';
import { createFakeCore, type FakeCore } from './fake-core.ts';
import { inventData } from './invented-data.ts';
import { giveFakeCore, servePage } from './page-with-fake-core.ts';

const SCREENS: Record<string, string> = {
  posts: '#/posts/all',
  top: '#/top',
  sources: '#/sources',
  source: '#/sources/hn-top',
  series: '#/sources/series',
  'add-feed': '#/sources/add',
  'add-hacker-news': '#/sources/add?kind=hacker-news',
  'add-opml': '#/sources/add?kind=opml',
  domains: '#/domains',
  schedules: '#/schedules',
  'schedule-new': '#/schedules/new',
  history: '#/history',
  run: '#/history/run/nothing',
  stats: '#/stats',
  rules: '#/rules',
  searches: '#/searches',
  settings: '#/settings',
  help: '#/help',
  welcome: '#/welcome',
};
/** What the frame around a screen asks for; it stays as it is. */
const FRAME = ['settings.get', 'app.status', 'jobs.list'];
type Answer = ReturnType<FakeCore['answer']>;
const changing = (core: FakeCore, change: (method: string, answer: Answer) => Answer | Promise<Answer>): void => {
  const before = core.answer;
  core.answer = (method, params) => change(method, before(method, params)) as Answer;
};
const emptied = (value: unknown): unknown => {
  if (Array.isArray(value)) return [];
  if (typeof value === 'number') return 0;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([name]) => name !== 'next');
  return Object.fromEntries(entries.map(([name, one]) => [name, emptied(one)]));
};
const onlyFrame = (change: (answer: Answer) => Answer | Promise<Answer>) => (core: FakeCore) =>
  changing(core, (method, answer) => (FRAME.includes(method) ? answer : change(answer)));

const STATES: Record<string, (core: FakeCore) => void> = {
  full: () => undefined,
  empty: onlyFrame((answer) => (answer.ok ? { ok: true, result: emptied(answer.result) } : answer)),
  error: onlyFrame(() => ({ ok: false, error: { code: 'STORE_FAILED', message: 'The data folder could not be read.' } })),
  loading: onlyFrame(() => new Promise<Answer>(() => undefined)),
  offline: (core) =>
    changing(core, (method, answer) => {
      if (method !== 'app.status' || !answer.ok) return answer;
      return { ok: true, result: { ...(answer.result as object), offlineSince: new Date(Date.now() - 3_600_000).toISOString() } };
    }),
  'first-run': (core) => {
    core.data.settings.firstSteps = true;
  },
  compact: (core) => {
    core.data.settings.density = 'compact';
  },
};
const LOOKS = {
  light: { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  small: { viewport: { width: 900, height: 600 }, colorScheme: 'light' },
  zoom: { viewport: { width: 640, height: 400 }, colorScheme: 'light', deviceScaleFactor: 2 },
  wide: { viewport: { width: 2560, height: 1440 }, colorScheme: 'light' },
  '4k': { viewport: { width: 3840, height: 2160 }, colorScheme: 'light' },
} as const;
type Look = keyof typeof LOOKS;

/** Waits for what moves into its place: letters, and grey bars, which come only after a while. What moves for ever is left. */
const comeToRest = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await document.fonts.ready;
    const moves = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(moves.map((move) => move.finished));
  });

/** One picture; answers what there is to complain about. */
const take = async (
  browser: Browser,
  url: string,
  folder: string,
  { name, state, look }: { name: string; state: string; look: Look },
): Promise<string[]> => {
  const core = createFakeCore(inventData(Date.now(), state === 'empty' ? 0 : 120));
  STATES[state]?.(core);
  const context = await browser.newContext(LOOKS[look]);
  await giveFakeCore(context, core);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`${url}${SCREENS[name]}`);
  await page.waitForLoadState('networkidle');
  await comeToRest(page);
  await page.screenshot({ path: join(folder, `${name}-${state}-${look}.png`) });
  const isSideways = await page.evaluate(() =>
    [...document.querySelectorAll('html, .screen, .screen-body, .list')].some((one) => one.scrollWidth > one.clientWidth + 1),
  );
  await context.close();
  return isSideways ? [...complaints, 'scrolls sideways'] : complaints;
};

const main = async ([folder = '/tmp/gallery', states = 'empty', looks = 'light', ...names]: string[]): Promise<void> => {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No Chrome or Chromium is installed.');
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
  const served = await servePage();
  try {
    for (const state of states.split(','))
      for (const look of looks.split(',') as Look[])
        for (const name of names.length > 0 ? names : Object.keys(SCREENS)) {
          const complaints = await take(browser, served.url, folder, { name, state, look });
          console.log(`${name}-${state}-${look}.png ${complaints.join('; ').slice(0, 300)}`);
        }
  } finally {
    await browser.close();
    await served.close();
  }
};

await main(process.argv.slice(2));
