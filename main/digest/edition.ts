import type { Edition, RenderedEdition } from '../../preload/contract/digest.ts';
import { toInstant } from '../lib/clock.ts';
import type { EventBus } from '../lib/events.ts';
import { newId } from '../lib/ids.ts';
import type { Store } from '../store/repositories.ts';
import { editionIdOf } from './edition-key.ts';
import { type GatherDeps, gather, type Wanted } from './gather.ts';

/** What editions are made with. */
export type EditionDeps = GatherDeps & {
  events: Pick<EventBus, 'emit'>;
  render: (content: Edition['content']) => Promise<RenderedEdition>;
};

/** What became of the wish for an edition. `begun`: it is there and its sending began, so it stays as it is. */
export type Made = { edition: Edition; how: 'new' | 'again' | 'begun' } | { edition?: undefined; how: 'nothing' };

export type MakeOptions = { key: string; runId: string; now: number; signal: AbortSignal };

/** Test editions of a digest that are kept to be looked at. */
const TESTS_KEPT = 10;

/** The end of the line of those who make an edition, one line a store. */
const lines = new WeakMap<object, Promise<unknown>>();
const inLine = <Value>(store: Store['editions'], work: () => Promise<Value>): Promise<Value> => {
  const next = (lines.get(store) ?? Promise.resolve()).then(work);
  lines.set(
    store,
    next.catch(() => {}),
  );
  return next;
};

/** Forgets old tests of a digest and where they went. */
const dropOldTests = async ({ store }: EditionDeps, scheduleId: string): Promise<void> => {
  const tests = store.editions.ofDigest(scheduleId).filter(({ content }) => content.isTest);
  const old = tests
    .toSorted((a, b) => (a.madeAt < b.madeAt ? 1 : -1))
    .slice(TESTS_KEPT)
    .map(({ id }) => id);
  if (old.length === 0) return;
  await store.deliveries.remove(old.flatMap((id) => store.deliveries.ofEdition(id).map((row) => row.id)));
  await store.editions.remove(old);
};

const make = async (
  deps: EditionDeps,
  wanted: Wanted & { scheduleId: string },
  { key, runId, now, signal }: MakeOptions,
): Promise<Made> => {
  const { store, events, render } = deps;
  const known = wanted.isTest ? undefined : store.editions.byKey(key);
  if (known?.sendBegunAt) return { edition: known, how: 'begun' };
  const gathered = await gather(deps, known ? { ...wanted, except: known.id } : wanted, signal);
  const isEmpty = gathered.content.items.length === 0;
  if (isEmpty && known) return { edition: known, how: 'again' };
  if (isEmpty && !wanted.options.sendEmpty && !wanted.isTest) return { how: 'nothing' };
  const content = known ? { ...gathered.content, number: known.content.number } : gathered.content;
  const { subject } = await render(content);
  signal.throwIfAborted();
  const edition: Edition = {
    id: wanted.isTest ? newId(now) : editionIdOf(key),
    scheduleId: wanted.scheduleId,
    key,
    runId,
    madeAt: toInstant(now),
    ...gathered,
    content,
    subject: subject.slice(0, 300),
    ...(wanted.options.actions.includes('send') ? { isForSending: true } : {}),
  };
  await store.editions.put(edition);
  if (wanted.isTest) await dropOldTests(deps, wanted.scheduleId);
  events.emit('digests.changed', { scheduleId: wanted.scheduleId });
  return { edition, how: known ? 'again' : 'new' };
};

/**
 * The edition of a key, made now or found. There is one row of a key, whoever asks and how often; once its sending began its words
 * stay. A run that is killed in here leaves the row as it was, or whole. Throws at abort, and STORE_ errors.
 */
export const makeEdition = (deps: EditionDeps, wanted: Wanted & { scheduleId: string }, options: MakeOptions): Promise<Made> =>
  inLine(deps.store.editions, () => make(deps, wanted, options));
