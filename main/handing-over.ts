import type { Announcement, Handlers } from '../preload/contract/contract.ts';
import { AppError } from '../preload/contract/errors.ts';
import { createEventBus, type EventBus } from './lib/events.ts';
import type { Log } from './lib/log.ts';

/*
 * A core that can be put in the place of another while its hosts go on: they keep their handlers and their listeners. It is how a backup
 * is restored under an open window. Between the two, questions wait.
 */

/** As much of a core as is handed over here. */
type Inner = {
  handlers: Handlers;
  onEvent: (listener: (announcement: Announcement) => void) => () => void;
  start: () => Promise<void>;
  stop: () => Promise<void>;
};

/** A core by what stays the same when another one takes its place. */
export type HandingOver<Core extends Inner> = Inner & {
  /** The core of now. */
  present: () => Core;
  emit: EventBus['emit'];
};
/** Stops the core of now, does the work, and opens the folder again. Rejects as the work does; the folder is open again all the same. */
export type HandOver = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** `open` is called for the first core and for each that follows it. Throws what it throws. */
export const createHandingOver = async <Core extends Inner>(
  open: (handOver: HandOver) => Promise<Core>,
  log: Log,
): Promise<HandingOver<Core>> => {
  const events = createEventBus(log);
  let isStarted = false;
  let stopping: Promise<void> | undefined;
  let isHandedOver = false;
  let current: Core;
  /** Between two cores: settles with the next one. */
  let waiting: Promise<Core> | undefined;

  const openNext = async (): Promise<Core> => {
    const core = await open(handOver);
    core.onEvent(({ name, data }) => events.emit(name, data));
    return core;
  };
  /** Hosts and windows ask anew: nothing they know is of this folder. */
  const announce = async (core: Core): Promise<void> => {
    const settings = await core.handlers['settings.get']({});
    events.emit('settings.changed', { settings });
    events.emit('schedules.changed', { ids: [] });
    events.emit('posts.changed', { added: 0 });
    events.emit('status.changed', {});
    events.emit('app.restored', {});
  };
  const handOver: HandOver = async (work) => {
    if (isHandedOver || stopping) throw new AppError('CONFLICT', 'Tidings is just being stopped or restored.');
    isHandedOver = true;
    const next = Promise.withResolvers<Core>();
    waiting = next.promise;
    waiting.catch(() => undefined);
    try {
      await current.stop();
      return await work();
    } finally {
      try {
        current = await openNext();
        if (isStarted) await current.start();
        next.resolve(current);
        waiting = undefined;
        await announce(current);
      } catch (error) {
        log.error('The folder could not be opened again', { error });
        next.reject(error);
      }
      isHandedOver = false;
    }
  };

  current = await openNext();
  const names = Object.keys(current.handlers) as (keyof Handlers)[];
  const ask = (core: Core, name: keyof Handlers, params: never): unknown =>
    (core.handlers[name] as (params: never) => unknown)(params);
  // Asked at once where nothing is waited for: an answer is of the moment of its question.
  const asked = names.map((name) => [
    name,
    (params: never) => (waiting ? waiting.then((core) => ask(core, name, params)) : ask(current, name, params)),
  ]);
  return {
    handlers: Object.fromEntries(asked) as Handlers,
    onEvent: events.onEvent,
    emit: events.emit,
    present: () => current,
    start: async () => {
      isStarted = true;
      await current.start();
    },
    stop: () => {
      // What is being handed over is finished first: stopping in between would leave a core nobody stops.
      stopping ??= (waiting ?? Promise.resolve(current)).then(
        (core) => core.stop(),
        () => undefined,
      );
      return stopping;
    },
  };
};
