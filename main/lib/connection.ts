import { networkInterfaces } from 'node:os';
import type { Clock } from './clock.ts';

const LOOK_MS = 15_000;

/** True when this computer has an address beside its own loopback. */
export const hasInterface = (): boolean =>
  Object.values(networkInterfaces()).some((addresses) => addresses?.some((address) => !address.internal));

/** Whether there is a connection, as far as this computer can tell without asking anybody. */
export type Connection = {
  isUp: () => boolean;
  /** Since when there is none, milliseconds; undefined while there is one. */
  downSince: () => number | undefined;
  /** A request found nobody, or reached somebody. */
  note: (isUp: boolean) => void;
  /** Looks now instead of in up to 15 s. */
  look: () => void;
  stop: () => void;
};

/** Watches the interfaces every 15 s; `onChange` hears when the connection goes or comes back. */
export const watchConnection = (clock: Clock, look: () => boolean, onChange: (isUp: boolean) => void): Connection => {
  let since = look() ? undefined : clock.now();
  let hadInterface = since === undefined;
  const note = (isUp: boolean): void => {
    if (isUp === (since === undefined)) return;
    since = isUp ? undefined : clock.now();
    onChange(isUp);
  };
  let cancel = (): void => {};
  const lookNow = (): void => {
    const has = look();
    // Only a change of the interfaces says something: an interface that is up may still lead nowhere.
    if (has !== hadInterface) note(has);
    hadInterface = has;
  };
  const beat = (): void => {
    lookNow();
    cancel = clock.after(LOOK_MS, beat);
  };
  cancel = clock.after(LOOK_MS, beat);
  return { isUp: () => look(), downSince: () => since, note, look: lookNow, stop: () => cancel() };
};
