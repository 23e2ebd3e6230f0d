import { useMemo, useSyncExternalStore } from 'react';
import { parseView, type ViewState, viewHref } from './view-state.ts';

const PLACE = 'tidings.place';
const LIVE = 'tidings-live';
/** Browsers write few addresses a second; what is typed shows at once and is written when the hand rests. */
const WRITE_MS = 200;
/** The address that is shown and not written yet. */
let ahead: string | undefined;
let base = '';
let isNewPlace = false;
let writing: ReturnType<typeof setTimeout> | undefined;
const writeAhead = (): void => {
  clearTimeout(writing);
  // A link may have been followed since.
  if (ahead !== undefined && location.hash === base && ahead !== base) {
    if (isNewPlace) history.pushState(null, '', ahead);
    else history.replaceState(null, '', ahead);
  }
  ahead = undefined;
};
/** The owner went elsewhere meanwhile: what was not written is left. */
const leaveAhead = (): void => {
  if (location.hash === base) return;
  clearTimeout(writing);
  ahead = undefined;
};
const hashNow = (): string => ahead ?? location.hash;

const onMove = (listener: () => void): (() => void) => {
  addEventListener(LIVE, listener);
  addEventListener('hashchange', leaveAhead, { capture: true });
  addEventListener('hashchange', listener);
  addEventListener('popstate', listener);
  return () => {
    removeEventListener('hashchange', listener);
    removeEventListener('popstate', listener);
    removeEventListener(LIVE, listener);
  };
};

/** The present place of the window; follows links, the back button and `go`. */
export const useView = (): ViewState => {
  const hash = useSyncExternalStore(onMove, hashNow);
  return useMemo(() => parseView(hash), [hash]);
};

/** Where the window is without what narrows it: the same value for as long as the path is the same. */
export const usePath = ({ path }: ViewState): ViewState => {
  const href = viewHref(path);
  return useMemo(() => parseView(href), [href]);
};

/** Moves the window. `replace` writes over the present place instead of adding one to go back to. */
export const go = (
  path: readonly string[],
  params: Record<string, string | undefined> = {},
  how: 'push' | 'replace' = 'push',
): void => {
  const href = viewHref(path, params);
  writeAhead();
  if (href === location.hash) return;
  if (how === 'push') history.pushState(null, '', href);
  else history.replaceState(null, '', href);
  dispatchEvent(new PopStateEvent('popstate'));
};

/**
 * Shows another place at once and writes its address a moment later, over the present one or, with `push`, as one to go back from:
 * for what follows each key. Writing takes the browser longer than showing.
 */
export const goLive = (
  path: readonly string[],
  params: Record<string, string | undefined>,
  how: 'push' | 'replace' = 'replace',
): void => {
  if (ahead === undefined) {
    base = location.hash;
    isNewPlace = how === 'push';
  }
  ahead = viewHref(path, params);
  clearTimeout(writing);
  writing = setTimeout(writeAhead, WRITE_MS);
  dispatchEvent(new Event(LIVE));
};

/** Moves the window if it is still at `from`, a `location.hash`: an answer that comes late takes nobody away from where they went. */
export const goFrom = (from: string, path: readonly string[]): void => {
  if (location.hash === from) go(path);
};

/** Goes on where the window was last: writes the remembered place into an empty address, and remembers each next one. */
export const rememberPlace = (): void => {
  const last = localStorage.getItem(PLACE);
  if (parseView(location.hash).path.length === 0) go(last ? parseView(last).path : ['posts', 'today'], {}, 'replace');
  onMove(() => localStorage.setItem(PLACE, viewHref(parseView(location.hash).path)));
};
