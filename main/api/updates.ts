import { z } from 'zod';
import type { Handlers } from '../../preload/contract/contract.ts';
import { toAppError } from '../../preload/contract/errors.ts';
import type { UpdateState } from '../../preload/contract/update.ts';
import { toInstant } from '../lib/clock.ts';
import { newestAfter, RELEASES_PAGE } from './releases.ts';
import type { Services, Updates } from './services.ts';

/** Between two looks that nobody asked for. */
const DAY_MS = 86_400_000;
/** After a start, and between two looks at the clock. */
const FIRST_MS = 60_000;
const LOOK_MS = 30 * 60_000;
/** By hand, an answer of just now is as good as a new one. */
const FRESH_MS = 60_000;
const NOTE = 'updates';

const noteSchema = z.object({
  checkedAt: z.string(),
  newest: z.object({ version: z.string().max(64), at: z.string().max(30).optional() }).optional(),
  problem: z.string().max(300).optional(),
});
type Note = z.infer<typeof noteSchema>;

type Deps = Pick<Services, 'store' | 'events' | 'clock' | 'log' | 'version' | 'machine'>;

const noteOf = ({ store }: Pick<Deps, 'store'>): Note | undefined => noteSchema.safeParse(store.notes.get(NOTE)).data;

/** What is known now. What was found before this version was installed is compared again. */
const stateOf = (deps: Deps): UpdateState => {
  const { store, version: current } = deps;
  const note = noteOf(deps);
  const newer = note?.newest && newestAfter(current, [{ version: note.newest.version }]) ? note.newest : undefined;
  return {
    current,
    isOn: store.settings.get().updateCheck,
    page: RELEASES_PAGE,
    ...(note ? { checkedAt: note.checkedAt } : {}),
    ...(newer ? { newer: { version: newer.version, ...(newer.at ? { at: newer.at } : {}) } } : {}),
    ...(note?.problem ? { problem: note.problem } : {}),
  };
};

/** One question to the homepage; what came of it is noted, good or bad. */
const look = async (deps: Deps): Promise<void> => {
  const { store, clock, log, events, version, machine } = deps;
  const checkedAt = toInstant(clock.now());
  try {
    const { releases } = await machine();
    const newest = newestAfter(version, await releases());
    await store.notes.put(NOTE, { checkedAt, ...(newest ? { newest } : {}) } satisfies Note);
    log.info('Looked for a newer version', { found: newest?.version });
  } catch (thrown) {
    const { code, message } = toAppError(thrown);
    log.warn('Newer versions could not be looked for', { code });
    const newest = noteOf(deps)?.newest;
    await store.notes.put(NOTE, { checkedAt, problem: message.slice(0, 300), ...(newest ? { newest } : {}) } satisfies Note);
  }
  events.emit('status.changed', {});
};

/** How long ago the last look was, by whichever side of now its note is. */
const age = (deps: Deps): number => {
  const at = Date.parse(noteOf(deps)?.checkedAt ?? '');
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : Math.abs(deps.clock.now() - at);
};

/** Looks once a day where its owner asked for that, and whenever it is told to. Two looks at a time are one. */
export const createUpdates = (deps: Deps): Updates => {
  const { clock, events, log, store } = deps;
  let looking: Promise<void> | undefined;
  let cancel = (): void => {};
  let stopListening = (): void => {};
  const lookNow = (): Promise<void> => {
    looking ??= look(deps).finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const lookIfDue = (): void => {
    if (!store.settings.get().updateCheck || age(deps) < DAY_MS) return;
    lookNow().catch((error: unknown) => log.warn('What is known of versions was not kept', { error }));
  };
  const goOn = (ms: number): void => {
    cancel = clock.after(ms, () => {
      lookIfDue();
      goOn(LOOK_MS);
    });
  };
  return {
    state: () => stateOf(deps),
    check: async () => {
      if (age(deps) >= FRESH_MS) await lookNow();
      return stateOf(deps);
    },
    start: () => {
      goOn(FIRST_MS);
      let wasOn = store.settings.get().updateCheck;
      stopListening = events.onEvent(({ name, data }) => {
        if (name !== 'settings.changed') return;
        const { updateCheck } = data.settings;
        if (updateCheck && !wasOn) lookIfDue();
        wasOn = updateCheck;
      });
    },
    stop: () => {
      cancel();
      stopListening();
    },
  };
};

/** What the screen can ask about newer versions. */
export const createUpdateHandlers = ({
  updates,
}: Pick<Services, 'updates'>): Pick<Handlers, 'updates.get' | 'updates.check'> => ({
  'updates.get': () => updates.state(),
  'updates.check': () => updates.check(),
});
