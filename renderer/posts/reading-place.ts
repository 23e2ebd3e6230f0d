import { type RefObject, useCallback, useEffect, useRef } from 'react';

/** How far down each post was read, while the window lives: CSS pixels from its top, by id. */
const places = new Map<string, number>();
const MOST = 500;

const remember = (id: string, top: number): void => {
  places.delete(id);
  if (top > 0) places.set(id, top);
  const [oldest] = places.keys();
  if (places.size > MOST && oldest !== undefined) places.delete(oldest);
};

/**
 * Opens each post where it was left, a new one at its top. Answers what to call when its text is there: only then is it tall enough
 * to be scrolled. `isThere`: the scroller is drawn.
 */
export const useReadingPlace = (scroller: RefObject<HTMLElement | null>, id: string, isThere: boolean): (() => void) => {
  const wanted = useRef(0);
  const restore = useCallback(() => {
    const element = scroller.current;
    if (!element || wanted.current === 0) return;
    element.scrollTop = wanted.current;
    wanted.current = 0;
  }, [scroller]);
  useEffect(() => {
    const element = scroller.current;
    if (!element || !isThere) return;
    element.scrollTop = 0;
    wanted.current = places.get(id) ?? 0;
    const scrolled = (): void => {
      // Until the text is there, the scroller is at its top for want of height.
      if (wanted.current === 0) remember(id, element.scrollTop);
    };
    const meant = (): void => {
      wanted.current = 0;
    };
    element.addEventListener('scroll', scrolled, { passive: true });
    element.addEventListener('wheel', meant, { passive: true });
    return () => {
      element.removeEventListener('scroll', scrolled);
      element.removeEventListener('wheel', meant);
    };
  }, [scroller, id, isThere]);
  return restore;
};
