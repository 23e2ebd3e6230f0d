const EVENT = 'tidings-announce';

/** Has a screen reader say something when it is done with what it says now. Nothing is seen. */
export const announce = (text: string): void => {
  dispatchEvent(new CustomEvent(EVENT, { detail: text }));
};

/** Calls back with what is to be said; returns how to stop. */
export const onAnnounce = (listener: (text: string) => void): (() => void) => {
  const hear = (event: Event) => listener((event as CustomEvent<string>).detail);
  addEventListener(EVENT, hear);
  return () => removeEventListener(EVENT, hear);
};
