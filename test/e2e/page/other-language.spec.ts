import type { Page, WebSocket } from '@playwright/test';
import { buildPseudoPage, type PseudoPage, showPseudoPage } from '../../helpers/pseudo-page.ts';
import { cutTexts, plainTexts } from '../../helpers/read-screen.ts';
import { DEMO_SCREENS, showScreen } from '../../helpers/screens.ts';
import { expect, test } from '../hosts.ts';

/*
 * The whole window in a language nobody speaks, with words 40 % longer, over the screens of the demo: whatever is in plain
 * letters did not come from the catalogue. What the core and the sources say stays as it is: titles and texts of posts, names of
 * sources, schedules and jobs, sentences of runs and errors, the words of a trigger.
 */

test.setTimeout(180_000);

/* Names of things, which are the same in every language. */
const NAMES =
  /^(Tidings|Hacker News|RSS|Atom|JSON|JSON Feed|RDF|ETag|Last-Modified|OPML|UTC|Cron|MIT|HTTP|API|ISO|px|[A-Z]\w+\/[\w/+-]+|[A-Z][A-Z0-9_]{2,}|https?|#\/\S*)$/;

/** Every string the core has sent, in small letters; asked whether it said a text. */
const listenToCore = (page: Page): ((text: string) => boolean) => {
  const said = new Set<string>();
  const take = (value: unknown): void => {
    if (typeof value === 'string') said.add(value.toLowerCase().replaceAll(/\s+/g, ' '));
    else if (value !== null && typeof value === 'object')
      for (const [name, one] of Object.entries(value)) {
        said.add(name.toLowerCase());
        take(one);
      }
  };
  page.on('websocket', (socket: WebSocket) => {
    socket.on('framereceived', ({ payload }) => take(JSON.parse(String(payload))));
  });
  return (text) => {
    const wanted = text.toLowerCase().replaceAll(/\s+/g, ' ');
    return said.has(wanted) || [...said].some((one) => one.includes(wanted));
  };
};

/* The parts of a text in plain letters: between words of the catalogue, commas, dots and brackets. */
const plainParts = (text: string): string[] =>
  [text, ...text.split(/[^\x20-\x7e]+|[,;:()·]\s*|\.\s+|\s[–-]\s|\n/)]
    .map((part) => part.replace(/^[\W\d]+|[\W]+$/g, ''))
    .filter((part) => /[A-Za-z]{2,}/.test(part));
/* Languages are named by the browser, in the language of the words where it knows that. */
const LANGUAGES = new Set(
  ['ar', 'de', 'en', 'fr', 'ja', 'ru'].map((tag) => new Intl.DisplayNames(['en'], { type: 'language' }).of(tag)),
);
const isExplained = (text: string, isSaid: (part: string) => boolean): boolean => {
  const [whole, ...parts] = plainParts(text);
  if (whole === undefined || NAMES.test(whole) || LANGUAGES.has(whole) || isSaid(whole)) return true;
  return (
    parts.length > 0 &&
    parts.every((part) => NAMES.test(part) || isSaid(part) || part.split(' ').every((word) => NAMES.test(word)))
  );
};

let files: PseudoPage;
test.beforeAll(async () => {
  files = await buildPseudoPage();
});

test('in another language no English is left but what the core and the sources say, and longer words fit at 900x600', async ({
  launchDemo,
}) => {
  const { page } = await launchDemo({ viewport: { width: 900, height: 600 } });
  const isSaid = listenToCore(page);
  await showPseudoPage(page, files);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-XA');

  const left: string[] = [];
  const cut: string[] = [];
  const look = async (name: string): Promise<void> => {
    for (const { text, place } of await plainTexts(page)) {
      if (!isExplained(text, isSaid) && !decodeURIComponent(page.url()).includes(text))
        left.push(`${name}: ${JSON.stringify(text)} in ${place}`);
    }
    for (const { text, place } of await cutTexts(page)) cut.push(`${name}: ${JSON.stringify(text)} in ${place}`);
  };
  for (const { name, hash } of DEMO_SCREENS) {
    await test.step(name, async () => {
      await showScreen(page, { name, hash });
      await look(name);
    });
  }
  await test.step('an open post, the keys, a run and a schedule', async () => {
    await showScreen(page, { name: 'open', hash: '#/posts/all' });
    await page.getByRole('option').first().click();
    await page.locator('.reader-title').waitFor();
    await look('open post');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await look('keys');
    await page.keyboard.press('Escape');
    for (const [hash, link] of [
      ['#/history?problems=1&range=all', 'main a[href^="#/history/run/"]'],
      ['#/schedules', 'main a[href^="#/schedules/"]:not([href$="/new"])'],
    ] as const) {
      await showScreen(page, { name: hash, hash });
      const to = await page.locator(link).first().getAttribute('href');
      await showScreen(page, { name: String(to), hash: String(to) });
      await look(String(to).split('/')[1] ?? '');
    }
  });
  expect([...new Set(left)]).toEqual([]);
  expect([...new Set(cut)]).toEqual([]);
});
