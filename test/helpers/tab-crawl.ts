import type { Page } from '@playwright/test';

/* Goes through a whole screen with Tab, and tells what a keyboard does not reach. */

/** What a crawl found; each a short piece of the markup. */
export type Crawl = {
  wanted: number;
  /** Visible controls that never got the focus. */
  missed: string[];
  /** Controls taken out of the order of Tab outside of a group that arrow keys move in. */
  hidden: string[];
  /** Controls that look the same with the focus as without it. */
  unseen: string[];
  /** Controls without a name. */
  nameless: string[];
  /** Parts of the window in the order Tab came to them, each once for each stay. */
  parts: string[];
};
type Crawler = { start: () => number; reached: () => number; end: () => Crawl };
declare global {
  interface Window {
    crawler: Crawler;
  }
}

/** Runs in the page: marks the controls, listens to the focus, and compares. */
const install = (): void => {
  const CONTROLS =
    'a[href], button, input, select, textarea, summary, iframe, [tabindex], [role="button"], [role="switch"], [role="option"]';
  /** In these one has the focus and the arrow keys move. */
  const GROUPS =
    '[role="listbox"], [role="grid"], [role="menu"], [role="tree"], [role="tablist"], [role="radiogroup"], [role="toolbar"]';
  const PARTS: [string, string][] = [
    ['dialog', 'dialog'],
    ['.skip', 'skip'],
    ['.side', 'side'],
    ['.notices', 'notices'],
    ['.pane-first', 'list'],
    ['.pane-handle', 'handle'],
    ['.pane-second', 'reader'],
    ['main', 'screen'],
    ['.wire', 'wire'],
    ['.toasts', 'messages'],
  ];
  const short = (element: Element): string => element.outerHTML.slice(0, 140);
  const look = (element: Element): string => {
    const one = (each: Element, part?: string): string => {
      const style = getComputedStyle(each, part);
      return [style.outline, style.boxShadow, style.backgroundColor, style.borderColor, style.textDecoration].join('|');
    };
    // A list with the focus may point at one of its options, which shows the ring in its stead.
    const pointed = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
    const around = [
      element,
      element.parentElement,
      element.parentElement?.parentElement,
      pointed,
      pointed?.firstElementChild,
    ].filter((each) => each != null);
    return [...around.map((each) => one(each)), one(element, '::after')].join('\n');
  };
  const isSeen = (element: HTMLElement): boolean =>
    element.checkVisibility({ visibilityProperty: true }) && !(element as HTMLButtonElement).disabled;
  const isRestOfRadios = (element: HTMLElement): boolean =>
    element instanceof HTMLInputElement && element.type === 'radio' && !element.checked;
  const nameOf = (element: HTMLElement): string =>
    [
      element.getAttribute('aria-label'),
      ...(element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent),
      ...[...((element as HTMLInputElement).labels ?? [])].map((label) => label.textContent),
      element.textContent,
      element.getAttribute('title'),
      element.querySelector('[aria-label]')?.getAttribute('aria-label'),
    ]
      .join('')
      .trim();

  let wanted = new Map<HTMLElement, string>();
  let hidden: string[] = [];
  const reached = new Set<HTMLElement>();
  const unseen: string[] = [];
  const parts: string[] = [];
  const hear = (event: FocusEvent): void => {
    const element = event.target as HTMLElement;
    const part = PARTS.find(([place]) => element.closest(place))?.[1] ?? element.tagName;
    if (parts.at(-1) !== part) parts.push(part);
    const before = wanted.get(element);
    if (before !== undefined && !reached.has(element) && look(element) === before) unseen.push(short(element));
    reached.add(element);
  };
  const start = (): number => {
    (document.activeElement as HTMLElement | null)?.blur();
    const scope = document.querySelector('dialog[open]') ?? document.body;
    const controls = [...scope.querySelectorAll<HTMLElement>(CONTROLS)].filter(isSeen);
    document.body.tabIndex = -1;
    document.body.focus();
    const isControl = (element: HTMLElement) => !/^(H\d|MAIN|SECTION|DIV|IFRAME)$/.test(element.tagName) || element.role !== null;
    // A field for a file that cannot be seen is opened by the button beside it.
    const isBehindButton = (element: HTMLElement) => (element as HTMLInputElement).type === 'file';
    const out = controls.filter((each) => each.tabIndex < 0 && isControl(each) && !isBehindButton(each));
    hidden = out.filter((each) => !each.parentElement?.closest(GROUPS)).map(short);
    const all = controls.filter((each) => each.tabIndex >= 0 && each.tagName !== 'IFRAME' && !isRestOfRadios(each));
    wanted = new Map(all.map((each) => [each, look(each)]));
    reached.clear();
    unseen.length = 0;
    parts.length = 0;
    document.addEventListener('focusin', hear);
    return wanted.size;
  };
  const missed = () => [...wanted.keys()].filter((each) => !reached.has(each) && each.isConnected && isSeen(each));
  window.crawler = {
    start,
    reached: () => wanted.size - missed().length,
    end: () => {
      document.removeEventListener('focusin', hear);
      const nameless = [...wanted.keys()].filter((each) => each.isConnected && nameOf(each) === '').map(short);
      return { wanted: wanted.size, missed: missed().map(short), hidden, unseen: [...unseen], nameless, parts: [...parts] };
    },
  };
};

/** So many further presses are given to what Tab passes besides: links in an article, and the browser's own. */
const SPARE = 80;
const STRIDE = 25;

/** Presses Tab from the beginning of the page until every control was reached, or nothing new comes any more. */
export const tabCrawl = async (page: Page): Promise<Crawl> => {
  await page.evaluate(install);
  const wanted = await page.evaluate(() => window.crawler.start());
  for (let pressed = 0; pressed < wanted + SPARE; pressed += STRIDE) {
    for (let step = 0; step < STRIDE; step += 1) await page.keyboard.press('Tab');
    if ((await page.evaluate(() => window.crawler.reached())) === wanted) break;
  }
  return page.evaluate(() => window.crawler.end());
};
