import { existsSync, readdirSync } from 'node:fs';
import type { Announcement, Handlers } from '../preload/contract/contract.ts';
import { toAppError } from '../preload/contract/errors.ts';
import type { Settings } from '../preload/contract/settings.ts';
import { watchAlerts } from './api/alert-watch.ts';
import { writeDefaults } from './api/defaults-once.ts';
import { createHandlers } from './api/handlers.ts';
import { createMessages } from './api/message-watch.ts';
import { watchMutes } from './api/mute-ends.ts';
import { watchOutbox } from './api/outbox-watch.ts';
import { watchRules } from './api/rule-watch.ts';
import { createSearch, type Search } from './api/search.ts';
import { createSearchCounts } from './api/search-counts.ts';
import type { Desktop, Machine, Services } from './api/services.ts';
import { changeSettings } from './api/settings.ts';
import { createUpdates } from './api/updates.ts';
import type { Mailer } from './digest/mailer.ts';
import { recoverDeliveries } from './digest/outbox-recovery.ts';
import { createHandingOver, type HandOver } from './handing-over.ts';
import { restoreFolder } from './keeping.ts';
import { createAlerts } from './lib/alerts.ts';
import { type Clock, systemClock, toInstant } from './lib/clock.ts';
import type { Connection } from './lib/connection.ts';
import { createEventBus } from './lib/events.ts';
import type { Log } from './lib/log.ts';
import type { Hint, Senses } from './lib/power.ts';
import { listenToRuns, type RunListeners } from './lib/run-listeners.ts';
import type { Vault } from './lib/secrets.ts';
import type { MachineDeps } from './machine.ts';
import type { AddressPolicy, Resolve } from './net/address-policy.ts';
import type { Limits } from './net/limits.ts';
import { createPower, type Power } from './power.ts';
import { watchReach } from './reach.ts';
import { createSecrets } from './secrets/secrets.ts';
import { SECRETS_FILE } from './secrets/secrets-file.ts';
import type { NotesRepository, Store } from './store/repositories.ts';
import type { Restored } from './store/restore.ts';
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
  /** The list of published versions, instead of the homepage's (`TIDINGS_RELEASES`). */
  releasesUrl?: string;
  /** Overrides the setting (`TIDINGS_HN_API`). */
  hackerNewsApi?: string;
  clock?: Clock;
  addressPolicy?: AddressPolicy;
  resolve?: Resolve;
  /** Limits of requests other than the real world's; for tests. */
  netLimits?: Partial<Limits>;
  /** Hands over mail in place of the real world's; for tests. */
  mailer?: Mailer;
  desktop?: Desktop;
  /** What the host can tell of power and network; nothing by default. */
  senses?: Senses;
  /** The key store of this system; without it secrets are kept in a file of our own. */
  vault?: Vault;
  /** Where files with secrets of the owner's are named; none by default. */
  env?: Readonly<Record<string, string | undefined>>;
};

/** Everything that exists, wired once. */
export type Core = {
  handlers: Handlers;
  onEvent: (listener: (announcement: Announcement) => void) => () => void;
  /** Hears of runs that completed, failed or were missed; returns how to stop. */
  onRun: (listeners: RunListeners) => () => void;
  /** Repairs what a crash left, starts the timer. */
  start: () => Promise<void>;
  /** Waits, bounded, for what runs; then marks the rest and closes the store. */
  stop: () => Promise<void>;
  /** The machine woke up or the network came back: look at the clock now. */
  wake: () => void;
  /** Something happened to this computer. Only a hint: what is due is decided by the clock. */
  hint: (hint: Hint) => void;
  /** Changes settings the screen may not: the window's place, what the owner was told. */
  remember: (patch: Partial<Settings>) => Promise<Settings>;
  /** Settles when everything that happened so far was told, or is held back. */
  whenTold: () => Promise<void>;
  /** Small durable values of a host. */
  notes: NotesRepository;
  /** Settles when the older months are read too. */
  readonly loaded: Promise<void>;
};
export { backUpFolder, type MadeBackup, restoreFolder } from './keeping.ts';
export { createFeedReader, type FeedReader, nextInstants, readOpmlText } from './tools.ts';
export type { TrayAction, TrayItem, TrayView } from './tray/menu.ts';
export { createTrayDesk } from './tray/tray.ts';
export type { Restored };
export { createSecrets };

/** Any command on an empty folder first writes the defaults, also one that only reads. */
const fillEmptyFolder = async (deps: CoreDeps): Promise<void> => {
  if (existsSync(deps.dataDir) && readdirSync(deps.dataDir).some((name) => name !== SECRETS_FILE)) return;
  try {
    const core = await createCore({ ...deps, mode: 'write', withSchedule: false });
    await core.stop();
  } catch (error) {
    // Another process is just doing the same.
    if (toAppError(error).code !== 'STORE_LOCKED') throw error;
  }
};

type Working = Machine & { close: () => Promise<void>; warmUp: () => Promise<void> };
type LazyMachine = { get: () => Promise<Working>; present: () => Working | undefined };
type Parts = Pick<Services, 'store' | 'events' | 'clock' | 'log' | 'version' | 'alerts' | 'secrets'>;

/** Makes the machine when it is first needed, and once. */
const lazyMachine = (deps: CoreDeps, parts: Parts, hints: Pick<MachineDeps, 'isOnline' | 'power'>): LazyMachine => {
  let made: Promise<Working> | undefined;
  let present: Working | undefined;
  const make = async (): Promise<Working> => {
    const { createMachine } = await import('./machine.ts');
    const { hackerNewsApi, releasesUrl, addressPolicy, resolve, netLimits, mailer } = deps;
    present = createMachine({ ...parts, hackerNewsApi, releasesUrl, addressPolicy, resolve, netLimits, mailer, ...hints });
    return present;
  };
  return {
    get: () => {
      made ??= make();
      return made;
    },
    present: () => present,
  };
};

/** Everything that exists, before it is started. */
type Wired = {
  deps: CoreDeps;
  services: Services;
  machine: LazyMachine;
  connection: Connection;
  power: Power;
  search: Search;
  watch: ReturnType<typeof watchAlerts>;
  mutes: ReturnType<typeof watchMutes>;
  outbox: ReturnType<typeof watchOutbox>;
  rules: ReturnType<typeof watchRules>;
};

const wire = (deps: CoreDeps, clock: Clock, opened: Store, restore: Services['restore']): Wired => {
  const { log, host, version, desktop } = deps;
  const events = createEventBus(log);
  const search = createSearch(opened, clock);
  const { store } = search;
  const openedAt = toInstant(clock.now());
  const alerts = createAlerts({ notes: store.notes, events, clock, log });
  const onChange = (): void => events.emit('secrets.changed', {});
  const secrets = createSecrets({ dir: deps.dataDir, clock, log, vault: deps.vault, env: deps.env, onChange });
  const parts = { store, events, clock, log, version, alerts, secrets };
  const connection = watchReach(parts, { hackerNewsApi: deps.hackerNewsApi, isOnline: deps.senses?.isOnline }, () =>
    machine.present()?.scheduler.wake(),
  );
  const power = createPower({
    senses: deps.senses ?? {},
    settings: store.settings.get,
    clock,
    log,
    lookAgain: () => {
      connection.look();
      machine.present()?.scheduler.wake();
    },
  });
  const machine = lazyMachine(deps, parts, { isOnline: connection.isUp, power });
  const services: Services = {
    ...parts,
    host,
    machine: machine.get,
    running: machine.present,
    search,
    searchCounts: createSearchCounts({ store, search, clock, events }),
    updates: createUpdates({ ...parts, machine: machine.get }),
    restore,
    notices: () => [
      ...store.notices.map((text) => ({ at: openedAt, text })),
      ...(machine.present()?.scheduler.status().notices ?? []).map(({ at, text }) => ({ at, text })),
    ],
    offlineSince: () => {
      const since = connection.downSince();
      return since === undefined ? undefined : toInstant(since);
    },
    desktop,
    messages: createMessages({ ...parts, machine: machine.get, running: machine.present }),
  };
  store.onProblem(() => events.emit('status.changed', {}));
  store.undo.onChange(() => events.emit('undo.changed', {}));
  store.domains.onMove((domain) => events.emit('domains.changed', { domain }));
  store.domains.onListed((change) => events.emit('domains.listed', change));
  return {
    deps,
    services,
    machine,
    connection,
    power,
    search,
    watch: watchAlerts(services),
    mutes: watchMutes(services),
    outbox: watchOutbox(services),
    rules: watchRules(parts, services.messages.runOver),
  };
};

/** What an earlier process had in its hands is pending again. */
const recoverDomains = async ({ domains }: Store): Promise<void> => {
  await domains.putBack(domains.processing().map(({ id }) => id));
};

const start = async ({ deps, services, machine, search, watch, mutes, outbox, rules }: Wired): Promise<void> => {
  const { store, events, log } = services;
  const { runner, scheduler, warmUp } = await machine.get();
  // A full disk keeps us from mending what a crash left, not from being read.
  await runner.recover().catch((error: unknown) => log.error('Runs of the last start could not be closed', { error }));
  await recoverDomains(store).catch((error: unknown) =>
    log.error('Domains of the last start could not be given back', { error }),
  );
  await recoverDeliveries(services).catch((error: unknown) =>
    log.error('Deliveries of the last start could not be looked at', { error }),
  );
  watch.start();
  mutes.start();
  services.updates.start();
  rules.start();
  await services.messages.start().catch((error: unknown) => log.error('Messages of the last start could not go on', { error }));
  if (deps.withSchedule !== false) await scheduler.start();
  if (deps.withSchedule !== false) outbox.start();
  const older = store.loaded
    .then(() => events.emit('status.changed', {}))
    .then(search.prepare)
    .then(() => void search.prepareBodies().catch((error: unknown) => log.error('Full texts could not be read', { error })))
    .then(search.quiet)
    .then(warmUp);
  older.catch((error: unknown) => log.error('Older posts could not be read', { error }));
};

/** How long connections and workers have to close, milliseconds. */
const CLOSE_MS = 2000;
const atMost = (clock: Clock, ms: number, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, new Promise<void>((resolve) => clock.after(ms, resolve))]);

const stop = async ({ services, machine, connection, watch, mutes, outbox, rules, search }: Wired): Promise<void> => {
  connection.stop();
  search.bodies.stop();
  watch.stop();
  mutes.stop();
  outbox.stop();
  services.updates.stop();
  rules.stop();
  const present = machine.present();
  try {
    await present?.scheduler.stop();
    await present?.runner.stop();
    await services.messages.stop();
    if (present) await atMost(services.clock, CLOSE_MS, present.close());
  } finally {
    // Whatever happened before: what was written is synced, and the folder is given back.
    await services.store.close();
  }
};

/** Wires everything once, for the data folder as it is now. */
const openOnce = async (deps: CoreDeps, handOver: HandOver): Promise<Core> => {
  const { log, clock = systemClock, mode = 'write' } = deps;
  const restore = (file: string): Promise<Restored> => handOver(() => restoreFolder({ dir: deps.dataDir, file, log }));
  if (mode === 'read') await fillEmptyFolder(deps);
  const wired = wire(deps, clock, await openStore({ dir: deps.dataDir, log, clock, mode }), restore);
  const { services, machine } = wired;
  const { store, events } = services;
  try {
    if (mode === 'write') await writeDefaults(services);
  } catch (error) {
    await stop(wired);
    throw error;
  }
  let stopping: Promise<void> | undefined;
  return {
    handlers: createHandlers(services),
    onEvent: events.onEvent,
    onRun: (listeners) => listenToRuns(events.onEvent, listeners),
    start: async () => {
      if (mode === 'write') await start(wired);
    },
    stop: () => {
      stopping ??= stop(wired);
      return stopping;
    },
    hint: wired.power.hear,
    wake: () => {
      machine.present()?.scheduler.wake();
      services.messages.look();
    },
    remember: (patch) => changeSettings(services, patch),
    whenTold: services.messages.idle,
    notes: store.notes,
    get loaded() {
      return store.loaded;
    },
  };
};

/** Everything that exists, wired. Throws STORE_LOCKED, STORE_NEWER, STORE_IO ... when the data folder cannot be used. */
export const createCore = async (deps: CoreDeps): Promise<Core> => {
  const held = await createHandingOver((handOver) => openOnce(deps, handOver), deps.log);
  const { handlers, onEvent, start: begin, stop: end, present } = held;
  return {
    handlers,
    onEvent,
    onRun: (listeners) => listenToRuns(onEvent, listeners),
    start: begin,
    stop: end,
    hint: (hint) => present().hint(hint),
    wake: () => present().wake(),
    whenTold: () => present().whenTold(),
    remember: (patch) => present().remember(patch),
    get notes() {
      return present().notes;
    },
    get loaded() {
      return present().loaded;
    },
  };
};
