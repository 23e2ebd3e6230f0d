import { type KeyboardEvent, type PointerEvent, useState } from 'react';

/** Which mark of a drawing is looked at, and what makes it another. */
export type Steps = {
  /** Undefined while none is. */
  at: number | undefined;
  /** For the element that takes the focus: arrow keys, Home and End step; Enter opens; Escape lets go. */
  keys: { onKeyDown: (event: KeyboardEvent) => void; onBlur: () => void };
  /** For each mark. */
  pointer: (place: number) => { onPointerEnter: (event: PointerEvent) => void; onPointerLeave: () => void };
};

const nextOf = (key: string, at: number | undefined, count: number): number | undefined => {
  const last = count - 1;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return at === undefined ? 0 : Math.min(last, at + 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return at === undefined ? last : Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
};

/** Stepping through `count` marks by key or pointer. */
export const useSteps = (count: number, onOpen?: (place: number) => void): Steps => {
  const [at, setAt] = useState<number>();
  const shown = at !== undefined && at < count ? at : undefined;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = count > 0 ? nextOf(event.key, shown, count) : undefined;
    const opens = event.key === 'Enter' && shown !== undefined && onOpen !== undefined;
    const letsGo = event.key === 'Escape' && shown !== undefined;
    if (next === undefined && !opens && !letsGo) return;
    // The page would scroll, or a key of the window would ring.
    event.preventDefault();
    event.stopPropagation();
    if (opens) onOpen(shown);
    else setAt(next);
  };
  return {
    at: shown,
    keys: { onKeyDown, onBlur: () => setAt(undefined) },
    pointer: (place) => ({ onPointerEnter: () => setAt(place), onPointerLeave: () => setAt(undefined) }),
  };
};
