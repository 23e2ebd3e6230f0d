import { useEffect, useRef } from 'react';
import { announce } from '../ui/announce.ts';
import { settleFocus } from './parts.ts';

/** Whether the focus may be taken along: nobody is typing, and it is not in the new screen already. */
const isFree = (): boolean => {
  const now = document.activeElement;
  // A field of a dialog that has just closed keeps the focus until the page is drawn again.
  if (!now || now === document.body || !now.checkVisibility()) return true;
  if (now.matches('input, textarea, select') || document.querySelector('dialog[open]')) return false;
  return now.closest('.screen, .panes') === null;
};

/**
 * Stands beside a screen. When another screen (`place`) has come, it brings the focus there and has its title said; the
 * first screen leaves the focus at the beginning.
 */
export const Arrival = ({ place }: { place: string }) => {
  const before = useRef(place);
  useEffect(() => {
    if (before.current === place) return undefined;
    before.current = place;
    const title = document.documentElement.dataset.screen;
    if (title) announce(title);
    return isFree() ? settleFocus() : undefined;
  }, [place]);
  return null;
};
