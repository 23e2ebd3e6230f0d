/** The parts of the window in the order one reads them; one that is not on the screen is passed over. */
const PARTS = ['.side', '.notices', '.pane-first', '.pane-second', '.app > .screen', '.wire', '.toasts'];
/** Where the focus goes in a part nobody was in before: what it is about, else the first thing to do. */
const BEST = ['[aria-current="page"]', '[role="listbox"]', '.reader-scroll', 'main[tabindex="0"]'].join();
const REACHABLE = [
  'a[href]',
  'button:not(:disabled)',
  'input:not(:disabled)',
  'select:not(:disabled)',
  'textarea:not(:disabled)',
  'summary',
  '[tabindex="0"]',
].join();
const lastIn = new WeakMap<Element, HTMLElement>();

const isSeen = (element: HTMLElement): boolean => element.checkVisibility({ visibilityProperty: true });
const parts = (): HTMLElement[] => PARTS.flatMap((part) => [...document.querySelectorAll<HTMLElement>(part)]).filter(isSeen);
const firstSeen = (part: HTMLElement, what: string): HTMLElement | undefined =>
  [part, ...part.querySelectorAll<HTMLElement>(what)].find(
    (element) => element.matches(what) && element.tabIndex >= 0 && isSeen(element),
  );

const remember = (): void => {
  const now = document.activeElement as HTMLElement | null;
  const part = parts().find((each) => now && each.contains(now));
  if (part && now) lastIn.set(part, now);
};

/** Moves the focus to the next part of the window, or with -1 to the one before; within a part, back to where it was. */
export const moveToPart = (by: 1 | -1): void => {
  const all = parts();
  const at = all.findIndex((part) => part.contains(document.activeElement));
  remember();
  for (let step = 1; step <= all.length; step += 1) {
    const from = at < 0 && by < 0 ? 0 : at;
    const part = all[(from + by * step + all.length * 2) % all.length];
    if (!part) return;
    const last = lastIn.get(part);
    const target = last && part.contains(last) && isSeen(last) ? last : (firstSeen(part, BEST) ?? firstSeen(part, REACHABLE));
    if (!target) continue;
    target.focus();
    return;
  }
};

/** What a screen is about: its list of posts, else its heading. */
const subject = (): HTMLElement | undefined =>
  ['.pane .post-list', 'main :is(h1)', 'h1', 'main']
    .flatMap((what) => [...document.querySelectorAll<HTMLElement>(what)])
    .find(isSeen);

/** Brings the focus to what a screen is about; answers what has it now. */
export const focusScreen = (): HTMLElement | undefined => {
  const target = subject();
  if (!target) return undefined;
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus();
  return target;
};

/** How long a screen may take until what it is about is drawn, in milliseconds. */
const PATIENCE_MS = 4000;

/**
 * Brings the focus to what a screen is about, and once more when that is drawn anew or comes later, as long as the focus
 * was not taken elsewhere. Returns how to stop.
 */
export const settleFocus = (): (() => void) => {
  let ours = focusScreen();
  const watcher = new MutationObserver(() => {
    const now = document.activeElement;
    if (now !== document.body && now !== ours) return stop();
    if (subject() !== now) ours = focusScreen();
  });
  const timer = setTimeout(() => stop(), PATIENCE_MS);
  const stop = (): void => {
    clearTimeout(timer);
    watcher.disconnect();
  };
  watcher.observe(document.body, { childList: true, subtree: true });
  return stop;
};
