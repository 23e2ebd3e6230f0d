import { useEffect, useRef } from 'react';

/** What a key does: `j`, `Shift+A` is `A`, `Escape`, or two keys one after the other: `g t`. */
export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

const PAIR_MS = 1200;
const layers: { readonly current: KeyMap }[] = [];
let first = '';
let firstAt = 0;

const TYPING = 'input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable]';
const isTyping = (target: EventTarget | null): boolean => (target as Element | null)?.closest?.(TYPING) != null;
const isElsewhere = (): boolean => document.querySelector('dialog[open], :popover-open') !== null;

const find = (key: string): ((event: KeyboardEvent) => void) | undefined => {
  for (let place = layers.length - 1; place >= 0; place -= 1) {
    const action = layers[place]?.current[key];
    if (action) return action;
  }
  return undefined;
};
const beginsPair = (key: string): boolean =>
  layers.some((layer) => Object.keys(layer.current).some((keys) => keys.startsWith(`${key} `)));

/** Does what a key press means on the present screen. Frames hand their key presses here. */
export const handleKey = (event: KeyboardEvent): void => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || isElsewhere()) return;
  const pair = event.timeStamp - firstAt < PAIR_MS && first ? `${first} ${event.key}` : '';
  first = '';
  const action = (pair && find(pair)) || (pair ? undefined : find(event.key));
  if (action) {
    event.preventDefault();
    action(event);
  } else if (!pair && beginsPair(event.key)) {
    first = event.key;
    firstAt = event.timeStamp;
  }
};

/** Lets the keys of `map` work while the component is there; the newest component wins. */
export const useKeys = (map: KeyMap): void => {
  const latest = useRef(map);
  latest.current = map;
  useEffect(() => {
    if (layers.length === 0) addEventListener('keydown', handleKey);
    layers.push(latest);
    return () => {
      layers.splice(layers.indexOf(latest), 1);
      if (layers.length === 0) removeEventListener('keydown', handleKey);
    };
  }, []);
};
