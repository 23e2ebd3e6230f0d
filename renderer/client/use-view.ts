import { useMemo, useSyncExternalStore } from 'react';
import { parseView, type ViewState, viewHref } from './view-state.ts';

const PLACE = 'tidings.place';
const onMove = (listener: () => void): (() => void) => {
  addEventListener('hashchange', listener);
  addEventListener('popstate', listener);
  return () => {
    removeEventListener('hashchange', listener);
    removeEventListener('popstate', listener);
  };
};

/** The present place of the window; follows links, the back button and `go`. */
export const useView = (): ViewState => {
  const hash = useSyncExternalStore(onMove, () => location.hash);
  return useMemo(() => parseView(hash), [hash]);
};

/** Moves the window. `replace` writes over the present place instead of adding one to go back to. */
export const go = (
  path: readonly string[],
  params: Record<string, string | undefined> = {},
  how: 'push' | 'replace' = 'push',
): void => {
  const href = viewHref(path, params);
  if (href === location.hash) return;
  if (how === 'push') history.pushState(null, '', href);
  else history.replaceState(null, '', href);
  dispatchEvent(new PopStateEvent('popstate'));
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
