import { existsSync, readdirSync } from 'node:fs';
import type { Announcement, Handlers } from '../preload/contract/contract.ts';
import { toAppError } from '../preload/contract/errors.ts';
import type { Settings } from '../preload/contract/settings.ts';
import { createHandlers } from './api/handlers.ts';
import { createSearch } from './api/search.ts';
import type { Desktop, Machine, Services } from './api/services.ts';
import { changeSettings } from './api/settings.ts';
import { type Clock, systemClock, toInstant } from './lib/clock.ts';
import { type Connection, hasInterface, watchConnection } from './lib/connection.ts';
import { createEventBus } from './lib/events.ts';
import type { Log } from './lib/log.ts';
import type { AddressPolicy, Resolve } from './net/address-policy.ts';
import type { Limits } from './net/limits.ts';
import type { NotesRepository, Store } from './store/repositories.ts';
import { openStore } from './store/store.ts';

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
  /** Limits of requests other than the real world's; for tests. */
  netLimits?: Partial<Limits>;
  desktop?: Desktop;
};

/** Everything that exists, wired once. */
export type Core = {
  handlers: Handlers;
  onEvent: (listener: (announcement: Announcement) => void) => () => void;
  /** Repairs what a crash left, starts the timer. */
  start: () => Promise<void>;
  /** Waits, bounded, for what runs; then marks the rest and closes the store. */
  stop: () => Promise<void>;
  /** The machine woke up or the network came back: look at the clock now. */
  wake: () => void;
  /** Changes settings the screen may not: the window's place, what the owner was told. */
  remember: (patch: Partial<Settings>) => Promise<Settings>;
  /** Small durable values of a host. */
  notes: NotesRepository;
  /** Settles when the older months are read too. */
  readonly loaded: Promise<void>;
};
export { createFeedReader, type FeedReader, nextInstants, readOpmlText } from './tools.ts';

/** The stored defaults are written once in the life of a data folder. */
const DEFAULTS_WRITTEN = 'defaults.written';

const writeDefaults = async ({ store, clock, machine }: Services): Promise<void> => {
  if (store.notes.get(DEFAULTS_WRITTEN) === true) return;
  const [{ builtInSchedules, builtInSources }, { jobs }] = await Promise.all([import('./api/defaults.ts'), machine()]);
  const schedules = builtInSchedules(jobs, clock.now()).filter(({ id }) => !store.schedules.get(id));
  if (schedules.length > 0) await store.schedules.put(schedules);
  if (store.sources.all().length === 0) await store.sources.put(builtInSources(clock.now()));
  await store.notes.put(DEFAULTS_WRITTEN, true);
};

/** Any command on an empty folder first writes the defaults, also one that only reads. */
const fillEmptyFolder = async (deps: CoreDeps): Promise<void> => {
  if (existsSync(deps.dataDir) && readdirSync(deps.dataDir).length > 0) return;
  try {
    const core = await createCore({ ...deps, mode: 'write', withSchedule: false });
    await core.stop();
  } catch (error) {
    // Another process is just doing the same.
    if (toAppError(error).code !== 'STORE_LOCKED') throw error;
  }
};

/** A local address needs no interface to the world. */
const isLocalUrl = (url: string): boolean => /^(localhost|127\.[\d.]+|\[::1\])$/.test(URL.parse(url)?.hostname ?? '');
const readsLocally = (store: Store, hackerNewsApi: string | undefined): boolean =>
  isLocalUrl(hackerNewsApi ?? store.settings.get().hackerNewsApi) ||
  store.sources.all().some((source) => source.kind === 'feed' && source.allowLocalNetwork === true);

type Working = Machine & { close: () => Promise<void> };
type Parts = Pick<Services, 'store' | 'events' | 'clock' | 'log' | 'version'>;

/** Makes the machine when it is first needed, and once. */
const lazyMachine = (deps: CoreDeps, parts: Parts, isOnline: () => boolean) => {
  let made: Promise<Working> | undefined;
  let present: Working | undefined;
  const make = async (): Promise<Working> => {
    const { createMachine } = await import('./machine.ts');
    const { hackerNewsApi, addressPolicy, resolve, netLimits } = deps;
    present = createMachine({ ...parts, hackerNewsApi, addressPolicy, resolve, netLimits, isOnline });
    return present;
  };
  return {
    get: (): Promise<Working> => {
      made ??= make();
      return made;
    },
    present: () => present,
  };
};

/** Hears from runs and fetch jobs whether anybody can be reached. */
const learnFromRuns = (connection: Connection, { name, data }: Announcement): void => {
  if (name === 'runs.changed' && data.run.status === 'failed' && data.run.errorCode === 'OFFLINE') connection.note(false);
  if (name === 'fetch-jobs.changed' && data.fetchJob.status === 'completed') connection.note(true);
};

const CLOSE_MS = 2000;
const atMost = (clock: Clock, ms: number, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, new Promise<void>((resolve) => clock.after(ms, resolve))]);

/** Wires everything. Throws STORE_LOCKED, STORE_NEWER, STORE_IO ... when the data folder cannot be used. */
export const createCore = async (deps: CoreDeps): Promise<Core> => {
  const { log, clock = systemClock, mode = 'write', host, version } = deps;
  if (mode === 'read') await fillEmptyFolder(deps);
  const events = createEventBus(log);
  const search = createSearch(await openStore({ dir: deps.dataDir, log, clock, mode }));
  const { store } = search;
  const openedAt = toInstant(clock.now());
  const connection = watchConnection(
    clock,
    () => hasInterface() || readsLocally(store, deps.hackerNewsApi),
    (isUp) => {
      if (isUp) machine.present()?.scheduler.wake();
      events.emit('status.changed', {});
    },
  );
  const parts = { store, events, clock, log, version };
  const machine = lazyMachine(deps, parts, connection.isUp);
  const services: Services = {
    ...parts,
    host,
    machine: machine.get,
    running: machine.present,
    search: search.find,
    notices: () => [
      ...store.notices.map((text) => ({ at: openedAt, text })),
      ...(machine.present()?.scheduler.status().notices ?? []).map(({ at, text }) => ({ at, text })),
    ],
    offlineSince: () => {
      const since = connection.downSince();
      return since === undefined ? undefined : toInstant(since);
    },
    desktop: deps.desktop,
  };
  events.onEvent((announcement) => learnFromRuns(connection, announcement));
  store.onProblem(() => events.emit('status.changed', {}));
  if (mode === 'write') await writeDefaults(services);

  const start = async (): Promise<void> => {
    if (mode === 'read') return;
    const { runner, scheduler } = await machine.get();
    await runner.recover();
    if (deps.withSchedule !== false) await scheduler.start();
    const older = store.loaded.then(() => events.emit('status.changed', {})).then(search.prepare);
    older.catch((error) => log.error('Older posts could not be read', { error }));
  };
  const stopAll = async (): Promise<void> => {
    connection.stop();
    const present = machine.present();
    await present?.scheduler.stop();
    await present?.runner.stop();
    if (present) await atMost(clock, CLOSE_MS, present.close());
    await store.close();
  };
  let stopping: Promise<void> | undefined;
  return {
    handlers: createHandlers(services),
    onEvent: events.onEvent,
    start,
    stop: () => {
      stopping ??= stopAll();
      return stopping;
    },
    wake: () => machine.present()?.scheduler.wake(),
    remember: (patch) => changeSettings(services, patch),
    notes: store.notes,
    get loaded() {
      return store.loaded;
    },
  };
};
