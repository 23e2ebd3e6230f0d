import type { AppError } from '../../preload/contract/errors.ts';
import type { MessageParts, MessageSink, Notifications } from '../../preload/contract/message.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { Alert } from '../../preload/contract/status.ts';
import { createOutbox, type Outbox } from '../notify/outbox.ts';
import { isEmpty, joinParts, NO_PARTS } from '../notify/parts.ts';
import { isQuiet } from '../notify/quiet.ts';
import { sendOnce } from '../notify/send.ts';
import { inWords } from '../notify/words.ts';
import type { Noticing } from './rule-watch.ts';
import { newsOfRun } from './run-news.ts';
import type { Messages, Services } from './services.ts';

/** From the raising of an alert outside of any run to its telling: what comes together is told together. Milliseconds. */
const SETTLE_MS = 2000;
/** Runs that ended while nobody could tell of them, looked at after a start. */
const MOST_RUNS = 200;
const NOTE = 'messages-told-until';
/** How long the last messages have to leave when Tidings stops, milliseconds. */
const LEAVE_MS = 3000;

type Needs = Pick<Services, 'store' | 'events' | 'clock' | 'log' | 'alerts' | 'secrets' | 'machine' | 'running'>;
type Watch = Needs & {
  outbox: Outbox;
  /** Alerts that were told, or need not be. */
  known: Set<string>;
  /** What is being gathered. */
  open: Set<Promise<void>>;
  cancel: () => void;
  isStarted: boolean;
};

const SINK_NAMES: Readonly<Record<MessageSink, string>> = { webhook: 'your webhook', telegram: 'your Telegram chat' };
const alertId = (sink: MessageSink): string => `messages-failing-${sink}`;

const settingsOf = ({ store }: Pick<Needs, 'store'>): Notifications => store.settings.get().notifications;
const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

const viewOfAlert = ({ kind, subjectId }: Alert): string => {
  if (kind === 'source-failing') return `#/sources/${encodeURIComponent(subjectId)}`;
  if (kind === 'domains-failing') return '#/domains';
  if (kind === 'digest-in-doubt') return `#/digests/${encodeURIComponent(subjectId)}`;
  return `#/history?schedule=${encodeURIComponent(subjectId)}`;
};

/** Alerts raised since the last look. A cause that is over may be told again when it comes back. */
const newProblems = (watch: Watch): MessageParts['problems'] => {
  const { problems, digests } = settingsOf(watch);
  const present = new Set(watch.alerts.ids());
  for (const id of watch.known) if (!present.has(id)) watch.known.delete(id);
  const raised = watch.alerts.list().filter(({ id }) => !watch.known.has(id));
  for (const { id } of raised) watch.known.add(id);
  // A sink that fails cannot tell it; the window does.
  const isWanted = ({ kind }: Alert): boolean => (kind === 'digest-in-doubt' ? digests || problems : problems);
  return raised
    .filter((alert) => alert.kind !== 'messages-failing' && isWanted(alert))
    .map((alert) => ({ id: alert.id, view: viewOfAlert(alert), text: alert.text.slice(0, 300) }));
};

const gather = (watch: Watch, work: Promise<void>): void => {
  const guarded = work.catch((error: unknown) => watch.log.error('What is new could not be told', { error }));
  const held: Promise<void> = guarded.finally(() => watch.open.delete(held));
  watch.open.add(held);
};

const tellRun = async (watch: Watch, run: Run, noticing: Promise<readonly Noticing[]>): Promise<void> => {
  const { store, clock, outbox } = watch;
  const settings = settingsOf(watch);
  const problems = newProblems(watch);
  const noticed = await noticing;
  const rules = settings.rules ? noticed.map(({ ruleId, name, total }) => ({ id: ruleId, name: name.slice(0, 200), total })) : [];
  const parts = joinParts([await newsOfRun(store, run, settings, clock.now()), { ...NO_PARTS, rules, problems }]);
  if (!isEmpty(parts)) await outbox.add({ id: `run-${run.id}`, parts });
  if (settings.posts !== 'off' && 'endedAt' in run) await store.notes.put(NOTE, run.endedAt);
};

/* Alerts that no run brings to the end: told a moment after they were raised. */
const tellProblems = async (watch: Watch): Promise<void> => {
  const problems = newProblems(watch);
  const [first] = problems;
  if (first)
    await watch.outbox.add({ id: `alert-${watch.clock.now()}-${first.id}`.slice(0, 120), parts: { ...NO_PARTS, problems } });
};

const hearStatus = (watch: Watch): void => {
  const isNew = watch.alerts.ids().some((id) => !watch.known.has(id));
  if (!isNew || !watch.isStarted) return;
  watch.cancel();
  watch.cancel = watch.clock.after(SETTLE_MS, () => {
    // While something runs, its end takes them along.
    if ((watch.running()?.runner.running().length ?? 0) === 0) gather(watch, tellProblems(watch));
  });
};

/** Runs that ended between their last row and the telling of it: a crash lay between. */
const catchUp = async (watch: Watch): Promise<void> => {
  const { store, outbox, clock } = watch;
  const settings = settingsOf(watch);
  const until = store.notes.get(NOTE);
  if (settings.posts === 'off' || typeof until !== 'string') return;
  const { rows } = store.runs.list({ status: ['completed', 'failed', 'cancelled', 'abandoned'], limit: MOST_RUNS });
  const missed = rows.filter((run) => 'endedAt' in run && run.endedAt > until);
  for (const run of missed.toReversed()) {
    const parts = await newsOfRun(store, run, settings, clock.now());
    if (!isEmpty(parts)) await outbox.add({ id: `run-${run.id}`, parts });
  }
};

const onFailing = ({ alerts }: Needs, sink: MessageSink, error: AppError | undefined): void => {
  if (!error) {
    alerts.clear(alertId(sink));
    return;
  }
  const text = `Messages do not reach ${SINK_NAMES[sink]}. ${error.message}`;
  alerts.raise({ id: alertId(sink), kind: 'messages-failing', subjectId: sink, text });
};

const sinksOf = (needs: Pick<Needs, 'store'>): MessageSink[] => {
  const { webhook, telegram } = settingsOf(needs);
  return [...(webhook ? (['webhook'] as const) : []), ...(telegram ? (['telegram'] as const) : [])];
};

/** An address that was changed is a new chance. */
const hearSettings = (watch: Watch, before: Notifications, after: Notifications): void => {
  for (const sink of ['webhook', 'telegram'] as const)
    if (JSON.stringify(before[sink]) !== JSON.stringify(after[sink])) watch.alerts.clear(alertId(sink));
  // What ended before it was switched on is no news.
  if (before.posts === 'off' && after.posts !== 'off')
    gather(watch, watch.store.notes.put(NOTE, new Date(watch.clock.now()).toISOString()));
  if (watch.isStarted) watch.outbox.look();
};

/** Gathers what is to be told and hands it on. Until `start` nothing goes out; `stop` gives the last messages a moment. */
export const createMessages = (needs: Needs): Messages => {
  const { store, events, clock } = needs;
  const quiet = (): boolean => isQuiet(settingsOf(needs).quiet, clock.now(), timeZone());
  const outbox = createOutbox({
    rows: store.messages,
    clock,
    log: needs.log,
    isQuiet: quiet,
    sinks: () => sinksOf(needs),
    send: async (sink, message, signal) => {
      const { post } = await needs.machine();
      return sendOnce({ post, secrets: needs.secrets, settings: () => settingsOf(needs) }, sink, message, signal);
    },
    show: ({ id, parts }) => {
      if (settingsOf(needs).desktop) events.emit('messages.told', { id, ...inWords(parts) });
    },
    onChange: () => events.emit('messages.changed', {}),
    onFailing: (sink, error) => onFailing(needs, sink, error),
  });
  const watch: Watch = { ...needs, outbox, known: new Set(), open: new Set(), cancel: () => {}, isStarted: false };
  let settings = settingsOf(needs);
  const stopListening = events.onEvent(({ name, data }) => {
    if (name === 'status.changed') hearStatus(watch);
    if (name !== 'settings.changed') return;
    const before = settings;
    settings = data.settings.notifications;
    hearSettings(watch, before, settings);
  });
  const idle = async (): Promise<void> => {
    while (watch.open.size > 0) await Promise.all(watch.open);
    await outbox.idle();
  };
  return {
    look: () => {
      if (watch.isStarted) outbox.look();
    },
    isQuiet: quiet,
    sinks: () => sinksOf(needs),
    runOver: (run, noticed) => {
      if (watch.isStarted) gather(watch, tellRun(watch, run, noticed));
    },
    start: async () => {
      watch.isStarted = true;
      watch.known = new Set(watch.alerts.ids());
      await outbox.start();
      gather(watch, catchUp(watch));
    },
    stop: async () => {
      watch.cancel();
      stopListening();
      await Promise.race([idle(), new Promise<void>((resolve) => clock.after(LEAVE_MS, resolve))]);
      watch.isStarted = false;
      await outbox.stop();
    },
    idle,
  };
};
