import { useEffect } from 'react';
import type { Settings } from '../../preload/contract/settings.ts';

/** Puts the owner's look on the page: light or dark, density, reading size. */
export const useAppearance = (settings: Settings | undefined): void => {
  useEffect(() => {
    if (!settings) return;
    const root = document.documentElement;
    if (settings.appearance === 'system') delete root.dataset.theme;
    else root.dataset.theme = settings.appearance;
    root.dataset.density = settings.density;
    root.style.setProperty('--text-read', `${settings.readingSize / 16}rem`);
  }, [settings]);
};

/** Light or dark as the page shows now, whoever decided it. */
export const isDarkNow = (): boolean => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme:dark)').matches;
};
