import { useEffect } from 'react';
import type { Settings } from '../../preload/contract/settings.ts';

/** What `public/first-paint.js` reads at the next start. */
const LOOK = 'tidings.look';

/** Puts the owner's look on the page: light or dark, density, reading size. */
export const useAppearance = (settings: Settings | undefined): void => {
  useEffect(() => {
    if (!settings) return;
    const root = document.documentElement;
    if (settings.appearance === 'system') delete root.dataset.theme;
    else root.dataset.theme = settings.appearance;
    root.dataset.density = settings.density;
    const theme = settings.appearance === 'system' ? undefined : settings.appearance;
    localStorage.setItem(LOOK, JSON.stringify({ theme, density: settings.density }));
    root.style.setProperty('--text-read', `${settings.readingSize / 16}rem`);
  }, [settings]);
};

/** Light or dark as the page shows now, whoever decided it. */
export const isDarkNow = (): boolean => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme:dark)').matches;
};
