import type { Announcement, Handlers } from '../preload/contract/contract.ts';
import type { Settings } from '../preload/contract/settings.ts';
import type { Clock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import type { AddressPolicy, Resolve } from './net/address-policy.ts';

/** What a host gives the core. Everything optional has the real thing as its default. */
export type CoreDeps = {
  dataDir: string;
  host: 'desktop' | 'headless';
  version: string;
  log: Log;
  /** `read` takes no lock, starts nothing and writes nothing. */
  mode?: 'write' | 'read';
  /** False keeps the timer off: nothing starts by itself (`--no-schedule`). */
  withSchedule?: boolean;
  /** Overrides the setting (`TIDINGS_HN_API`). */
  hackerNewsApi?: string;
  clock?: Clock;
  addressPolicy?: AddressPolicy;
  resolve?: Resolve;
  /** What the desktop can do for us; absent on a server. */
  desktop?: {
    getStartAtLogin: () => Promise<boolean>;
    setStartAtLogin: (on: boolean) => Promise<void>;
    reveal: (path: string) => Promise<void>;
  };
};

/** Everything that exists, wired once. */
export type Core = {
  handlers: Handlers;
  onEvent: (listener: (announcement: Announcement) => void) => () => void;
  /** Repairs what a crash left, starts the timer. */
  start: () => Promise<void>;
  /** Waits, bounded, for what runs; then marks the rest and closes the store. */
  stop: () => Promise<void>;
  /** For hosts: keeps where the window was and what was told once. */
  remember: (patch: Partial<Pick<Settings, 'window' | 'toldAboutTray'>>) => Promise<void>;
  /** The machine woke up or the network came back: look at the clock now. */
  wake: () => void;
};
