import type { Handlers } from '../../preload/contract/contract.ts';
import type { AppStatus } from '../../preload/contract/status.ts';
import { toInstant } from '../lib/clock.ts';
import { dismissReceipt, readReceipt } from '../lib/receipt.ts';
import type { Store } from '../store/repositories.ts';
import type { Machine, Services } from './services.ts';
import { didNothing, FAILING, failuresInARow, runInWords } from './views.ts';

const countFailing = (store: Store): number =>
  store.sources.all().filter((source) => !source.paused && failuresInARow(store, source.id, FAILING) >= FAILING).length;

/**
 * Kept per source by the store, so that nothing is counted through whenever the tray asks. A story of several sources counts once,
 * as it does in the list of unread posts.
 */
const countUnread = (store: Store): number => {
  const muted = new Set(store.sources.all().flatMap((source) => (source.muted ? source.id : [])));
  const counted = store.sources.all().filter(({ id }) => !muted.has(id));
  const sum = counted.reduce((unread, { id }) => unread + store.posts.unreadBySource(id), 0);
  return store.settings.get().groupDuplicates ? sum - store.posts.unreadAgain({ isMuted: (id) => muted.has(id) }) : sum;
};

const nextDue = (store: Store): AppStatus['next'] => {
  const due = store.schedules
    .all()
    .flatMap(({ id, name, enabled, nextDueAt }) => (enabled && nextDueAt ? [{ scheduleId: id, name, dueAt: nextDueAt }] : []));
  return due.sort((left, right) => left.dueAt.localeCompare(right.dueAt))[0];
};

/** Runs looked at to find the last one that did something. */
const LOOKED_AT = 50;

const lastRun = (store: Store): AppStatus['last'] => {
  const { rows } = store.runs.list({ status: ['completed', 'failed'], limit: LOOKED_AT });
  const run = rows.find((row) => !didNothing(row)) ?? rows[0];
  return run && { runId: run.id, name: run.name, words: runInWords(run) };
};

type Facts = Pick<AppStatus, 'storeProblem' | 'running' | 'pausedUntil' | 'failingSources'>;
/** A failing source whose alert was put away asks for no attention any more. */
const stateOf = ({ storeProblem, running, pausedUntil }: Facts, alerts: number): AppStatus['state'] => {
  if (storeProblem) return 'attention';
  if (running.length > 0) return 'working';
  if (pausedUntil) return 'paused';
  return alerts > 0 ? 'attention' : 'idle';
};

const waitingIn = (live: Machine | undefined): Pick<AppStatus, 'waiting'> => {
  const waiting = live?.scheduler.status().waiting ?? [];
  return waiting.length > 0 ? { waiting } : {};
};

const updateIn = ({ updates }: Services): Pick<AppStatus, 'update'> => {
  const { newer, page, isOn } = updates.state();
  return newer && isOn ? { update: { version: newer.version, page } } : {};
};

/** What the tray, the wire and the health strip say now. */
export const readStatus = (services: Services): AppStatus => {
  const { store, clock } = services;
  store.rules.lookAtMutes();
  const now = toInstant(clock.now());
  const { pausedUntil, schedulerEnabled } = store.settings.get();
  const live = services.running();
  const next = live ? live.scheduler.status().next : nextDue(store);
  const last = lastRun(store);
  const offlineSince = services.offlineSince();
  const loading = store.loadingProgress();
  const storeProblem = store.problem()?.message;
  const alerts = services.alerts.list();
  const receipt = readReceipt(store.notes);
  const facts: Facts = {
    running: live?.runner.running() ?? [],
    failingSources: countFailing(store),
    ...(pausedUntil && pausedUntil > now ? { pausedUntil } : {}),
    ...(storeProblem ? { storeProblem } : {}),
  };
  return {
    version: services.version,
    host: services.host,
    dataDir: store.dir,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
    now,
    state: stateOf(facts, alerts.length),
    schedulerRunning: schedulerEnabled && (live?.scheduler.isRunning() ?? false),
    ...facts,
    ...(next ? { next } : {}),
    ...waitingIn(live),
    ...updateIn(services),
    ...(last ? { last } : {}),
    unread: countUnread(store),
    ...(offlineSince ? { offlineSince } : {}),
    notices: services.notices(),
    ...(alerts.length > 0 ? { alerts } : {}),
    ...(receipt ? { receipt } : {}),
    ...(loading < 1 ? { loading } : {}),
    can: { startAtLogin: services.desktop !== undefined, revealFile: services.desktop !== undefined },
  };
};

type StatusHandlers = Pick<Handlers, 'app.status' | 'app.dismissReceipt' | 'app.dismissAlert'>;

/** What the screen can ask about the whole. */
export const createStatusHandlers = (services: Services): StatusHandlers => ({
  'app.status': () => readStatus(services),
  'app.dismissReceipt': async () => {
    if (await dismissReceipt(services.store.notes)) services.events.emit('status.changed', {});
    return readStatus(services);
  },
  'app.dismissAlert': async ({ id }) => {
    await services.alerts.dismiss(id);
    return readStatus(services);
  },
});
