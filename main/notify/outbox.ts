import type { AppError } from '../../preload/contract/errors.ts';
import type { Message, MessageDelivery, MessageSink } from '../../preload/contract/message.ts';
import { type Clock, toInstant } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Outcome } from './outcome.ts';
import { joinHeld } from './parts.ts';

/** Where messages are kept. */
export type MessageRows = {
  all: () => Message[];
  get: (id: string) => Message | undefined;
  /** In one durable write. */
  put: (messages: readonly Message[]) => Promise<void>;
  remove: (ids: readonly string[]) => Promise<number>;
};

export type OutboxDeps = {
  rows: MessageRows;
  /** Hands over once, never rejects; undefined when the sink is not set up any more. */
  send: (sink: MessageSink, message: Message, signal: AbortSignal) => Promise<Outcome | undefined>;
  /** The sinks that are set up. */
  sinks: () => readonly MessageSink[];
  /** Whether quiet hours are on now. */
  isQuiet: () => boolean;
  /** A message is to be shown now. */
  show: (message: Pick<Message, 'id' | 'parts'>) => void;
  onChange: () => void;
  /** A sink fails for long, or works again (without an error). */
  onFailing: (sink: MessageSink, error?: AppError) => void;
  clock: Clock;
  log: Log;
};

/** Messages on their way: told now or held back, handed to each sink at most once, over restarts. */
export type Outbox = {
  /** Tells it, or holds it back. A message with a known id is not told again. */
  add: (message: Pick<Message, 'id' | 'parts'>) => Promise<void>;
  /** What an earlier process had in its hands is in doubt; then everything that is due goes out. */
  start: () => Promise<void>;
  /** Looks at the clock and the settings now. */
  look: () => void;
  /** Settles when nothing is being written or sent. */
  idle: () => Promise<void>;
  /** Breaks off what is being sent, and settles when that is written down. */
  stop: () => Promise<void>;
};

const SINKS: readonly MessageSink[] = ['webhook', 'telegram'];
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** From one try to the next; after the last one the message is given up. Milliseconds. */
export const WAITS = [1, 2, 5, 15, 30, 60].map((minutes) => minutes * MINUTE);
/** Tries without success after which the owner is told. */
const FAILING_AFTER = 4;
/** News older than this is none. */
const STALE_MS = DAY;
/** Messages kept after their end, and held back at once. */
const MOST_KEPT = 200;
const MOST_HELD = 50;
/** How often the clock is looked at while something waits. */
const LOOK_MS = 30_000;

const isOpen = (delivery: MessageDelivery | undefined): delivery is MessageDelivery =>
  delivery?.state === 'planned' || delivery?.state === 'deferred';
const isWaiting = ({ isHeld, deliveries }: Message): boolean => isHeld || SINKS.some((sink) => isOpen(deliveries[sink]));

type Work = OutboxDeps & {
  end: AbortController;
  /** One write after the other, each seeing what the one before wrote. */
  line: Promise<unknown>;
  busy: Map<MessageSink, Promise<void>>;
  cancel: () => void;
};

const inLine = <Value>(work: Work, act: () => Promise<Value>): Promise<Value> => {
  const next = work.line.then(act);
  work.line = next.catch(() => {});
  return next;
};

const nowOf = ({ clock }: Work): string => toInstant(clock.now());

/** Writes one delivery of a message as it is by then. */
const move = (work: Work, id: string, sink: MessageSink, delivery: Omit<MessageDelivery, 'changedAt'>): Promise<void> =>
  inLine(work, async () => {
    const message = work.rows.get(id);
    if (!message) return;
    const deliveries = { ...message.deliveries, [sink]: { ...delivery, changedAt: nowOf(work) } };
    await work.rows.put([{ ...message, deliveries }]);
    work.onChange();
  });

const plan = (work: Work): Message['deliveries'] =>
  Object.fromEntries(work.sinks().map((sink) => [sink, { state: 'planned', attempts: 0, changedAt: nowOf(work) }]));

/* The oldest first: messages arrive in their order. */
const nextFor = ({ rows }: Work, sink: MessageSink): Message | undefined =>
  rows.all().find((message) => !message.isHeld && isOpen(message.deliveries[sink]));

const errorOf = (error: AppError): Pick<MessageDelivery, 'errorCode' | 'errorMessage'> => ({
  errorCode: error.code,
  errorMessage: error.message,
});

/** What becomes of a delivery that surely did not arrive. Being offline is no try. */
const later = (work: Work, attempts: number, { error, afterMs = 0 }: Extract<Outcome, { kind: 'again' }>) => {
  const isOffline = error.code === 'OFFLINE' || error.code === 'CANCELLED';
  const wait = WAITS[isOffline ? 0 : attempts - 1];
  if (wait === undefined) return { state: 'refused' as const, attempts, ...errorOf(error) };
  const nextAt = toInstant(work.clock.now() + Math.max(wait, afterMs));
  return { state: 'deferred' as const, attempts: isOffline ? attempts - 1 : attempts, nextAt, ...errorOf(error) };
};

const note = (work: Work, sink: MessageSink, outcome: Outcome, attempts: number): void => {
  if (outcome.kind === 'sent') {
    work.onFailing(sink);
    return;
  }
  const { error } = outcome;
  work.log.warn('Message not handed over', { sink, outcome: outcome.kind, code: error.code, status: error.details.status });
  if (outcome.kind === 'refused' || (outcome.kind === 'again' && attempts >= FAILING_AFTER && error.code !== 'OFFLINE'))
    work.onFailing(sink, error);
};

/** One try. The intent is on the disk before anything goes out. */
const attempt = async (work: Work, sink: MessageSink, message: Message, before: MessageDelivery): Promise<void> => {
  const attempts = before.attempts + 1;
  await move(work, message.id, sink, { state: 'sending', attempts });
  const outcome = await work.send(sink, message, work.end.signal);
  if (!outcome) return move(work, message.id, sink, { state: 'refused', attempts, errorMessage: 'It was switched off.' });
  note(work, sink, outcome, attempts);
  if (outcome.kind === 'sent') return move(work, message.id, sink, { state: 'sent', attempts });
  if (outcome.kind === 'again') return move(work, message.id, sink, later(work, attempts, outcome));
  await move(work, message.id, sink, { state: outcome.kind, attempts, ...errorOf(outcome.error) });
};

const isDue = ({ clock }: Work, { nextAt }: MessageDelivery): boolean => !nextAt || Date.parse(nextAt) <= clock.now();

/** Hands over what is due, one after the other. */
const drain = async (work: Work, sink: MessageSink): Promise<void> => {
  for (;;) {
    const message = nextFor(work, sink);
    const delivery = message?.deliveries[sink];
    if (!message || !delivery || work.end.signal.aborted || work.isQuiet()) return;
    const isStale = work.clock.now() - Date.parse(message.at) > STALE_MS;
    if (isStale)
      await move(work, message.id, sink, {
        ...delivery,
        state: 'refused',
        errorMessage: delivery.errorMessage ?? 'It was too old.',
      });
    else if (isDue(work, delivery)) await attempt(work, sink, message, delivery);
    else return;
  }
};

/** Tells what quiet hours held back, as one message and in one write. */
const release = (work: Work): Promise<void> =>
  inLine(work, async () => {
    const held = work.rows.all().filter(({ isHeld }) => isHeld);
    if (held.length === 0 || work.isQuiet() || work.end.signal.aborted) return;
    const joined = { ...joinHeld(held, nowOf(work)), isHeld: false, deliveries: plan(work) };
    const told = held.filter(({ id }) => id !== joined.id).map((message) => ({ ...message, isHeld: false }));
    await work.rows.put([...told, joined]);
    work.show(joined);
    work.onChange();
  });

/** Many that are held become one that is held, and what has ended long ago goes. */
const tidy = async (work: Work): Promise<void> => {
  const held = work.rows.all().filter(({ isHeld }) => isHeld);
  if (held.length > MOST_HELD) {
    const joined = { ...joinHeld(held, nowOf(work)), isHeld: true, deliveries: {} };
    await work.rows.put([...held.map((message) => ({ ...message, isHeld: false })), joined]);
  }
  const ended = work.rows.all().filter((message) => !isWaiting(message));
  if (ended.length > MOST_KEPT) await work.rows.remove(ended.slice(0, ended.length - MOST_KEPT / 2).map(({ id }) => id));
};

const begin = (work: Work, sink: MessageSink): void => {
  if (work.busy.has(sink)) return;
  const running = drain(work, sink)
    .catch((error: unknown) => work.log.warn('A message could not be written down', { error }))
    .finally(() => work.busy.delete(sink));
  work.busy.set(sink, running);
};

const look = (work: Work): void => {
  work.cancel();
  if (work.end.signal.aborted) return;
  release(work)
    .catch((error: unknown) => work.log.warn('A message could not be written down', { error }))
    .finally(() => {
      for (const sink of SINKS) if (nextFor(work, sink)) begin(work, sink);
      if (work.rows.all().some(isWaiting) && !work.end.signal.aborted) {
        work.cancel();
        work.cancel = work.clock.after(LOOK_MS, () => look(work));
      }
    });
};

const add = (work: Work, { id, parts }: Pick<Message, 'id' | 'parts'>): Promise<void> =>
  inLine(work, async () => {
    if (work.rows.get(id)) return;
    const isHeld = work.isQuiet();
    await work.rows.put([{ id, at: nowOf(work), parts, isHeld, deliveries: isHeld ? {} : plan(work) }]);
    if (!isHeld) work.show({ id, parts });
    await tidy(work);
    work.onChange();
  });

const recover = (work: Work): Promise<void> =>
  inLine(work, async () => {
    const cut = work.rows.all().filter(({ deliveries }) => SINKS.some((sink) => deliveries[sink]?.state === 'sending'));
    const ended = (delivery: MessageDelivery): MessageDelivery =>
      delivery.state === 'sending'
        ? { ...delivery, state: 'in-doubt', changedAt: nowOf(work), errorMessage: 'Tidings stopped while it was being sent.' }
        : delivery;
    const mend = ({ deliveries, ...message }: Message): Message => ({
      ...message,
      deliveries: Object.fromEntries(Object.entries(deliveries).map(([sink, delivery]) => [sink, ended(delivery)])),
    });
    if (cut.length > 0) await work.rows.put(cut.map(mend));
  });

const idle = async (work: Work): Promise<void> => {
  for (;;) {
    const line = work.line;
    await Promise.all([line, ...work.busy.values()]);
    // Whoever began after the write before is in the map one turn later.
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (line === work.line && work.busy.size === 0) return;
  }
};

/** The outbox over the messages of a store. */
export const createOutbox = (deps: OutboxDeps): Outbox => {
  const work: Work = { ...deps, end: new AbortController(), line: Promise.resolve(), busy: new Map(), cancel: () => {} };
  return {
    add: async (message) => {
      await add(work, message);
      look(work);
    },
    start: async () => {
      await recover(work);
      look(work);
    },
    look: () => look(work),
    idle: () => idle(work),
    stop: async () => {
      work.cancel();
      work.end.abort();
      await idle(work);
    },
  };
};
