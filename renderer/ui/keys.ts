import { useLayoutEffect, useRef } from 'react';

/** What a key does: `j`, `Shift+A` is `A`, `Escape`, `F6`, `Mod+k` (Ctrl, or Command), or two one after the other: `g t`. */
export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

const PAIR_MS = 1200;
const layers: { readonly current: KeyMap }[] = [];
let first = '';
let firstAt = 0;

const TYPING = [
  'input:not([type=checkbox]):not([type=radio]):not([type=range])',
  'textarea',
  'select',
  '[contenteditable]',
].join();
const isTyping = (target: EventTarget | null): boolean => {
  const field = (target as Element | null)?.closest?.(TYPING);
  // A field of a dialog that has just closed keeps the focus until the page is drawn again.
  return field?.checkVisibility() ?? false;
};
/** Space does what the thing under the focus does, where it does something. */
const CONTROL = ['button', 'a[href]', 'summary', 'input', '[role=button]', '[role=menuitem]', '[role=tab]'].join();
const isForControl = (name: string, target: EventTarget | null): boolean =>
  name === ' ' && (target as Element | null)?.closest?.(CONTROL) != null;
const isAsked = (): boolean => document.querySelector('dialog[open]') !== null;
const isElsewhere = (): boolean => document.querySelector(':popover-open') !== null;

const find = (key: string): ((event: KeyboardEvent) => void) | undefined => {
  for (let place = layers.length - 1; place >= 0; place -= 1) {
    const action = layers[place]?.current[key];
    if (action) return action;
  }
  return undefined;
};
const beginsPair = (key: string): boolean =>
  layers.some((layer) => Object.keys(layer.current).some((keys) => keys.startsWith(`${key} `)));

const HELD = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock']);
/** What was pressed, as a `KeyMap` writes it; nothing for what Alt is held with, or for a key that is only held. */
const nameOf = (event: KeyboardEvent): string => {
  if (event.altKey || HELD.has(event.key)) return '';
  if (event.ctrlKey || event.metaKey) return `Mod+${event.key.toLowerCase()}`;
  return event.shiftKey && /^F\d+$/.test(event.key) ? `Shift+${event.key}` : event.key;
};
/** Keys that write nothing, so that they work in a field too. */
const isChord = (name: string): boolean => /^(Mod\+|(Shift\+)?F\d+$)/.test(name);

const act = (name: string, event: KeyboardEvent): boolean => {
  const action = find(name);
  if (action) {
    event.preventDefault();
    action(event);
  }
  return action !== undefined;
};

/** Does what a key press means on the present screen. Frames hand their key presses here. */
export const handleKey = (event: KeyboardEvent): void => {
  const name = nameOf(event);
  if (event.defaultPrevented || !name || isAsked()) return;
  if (isChord(name)) {
    first = '';
    act(name, event);
    return;
  }
  if (isTyping(event.target) || isForControl(name, event.target) || isElsewhere()) return;
  const isPair = first !== '' && event.timeStamp - firstAt < PAIR_MS;
  const pair = `${first} ${name}`;
  first = '';
  if (act(isPair ? pair : name, event) || isPair || !beginsPair(name)) return;
  first = name;
  firstAt = event.timeStamp;
};

/** Lets the keys of `map` work while the component is there; the newest component wins. */
export const useKeys = (map: KeyMap): void => {
  const latest = useRef(map);
  latest.current = map;
  // Before it is painted: what is seen hears its keys.
  useLayoutEffect(() => {
    if (layers.length === 0) addEventListener('keydown', handleKey);
    layers.push(latest);
    return () => {
      layers.splice(layers.indexOf(latest), 1);
      if (layers.length === 0) removeEventListener('keydown', handleKey);
    };
  }, []);
};
