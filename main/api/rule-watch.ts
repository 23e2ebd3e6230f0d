import type { Run } from '../../preload/contract/run.ts';
import type { Clock } from '../lib/clock.ts';
import type { EventBus } from '../lib/events.ts';
import type { Log } from '../lib/log.ts';
import { createJudge } from '../rules/judge.ts';
import type { NotesRepository, Store } from '../store/repositories.ts';

/** How often the clock is looked at for mutes that end, at least, milliseconds. */
const LOOK_MS = 30_000;
/** Ids told of a rule at once, and remembered of it. */
const MOST_TOLD = 50;
const NOTE = 'rules-noticed';

type Noticed = Record<string, string[]>;
/** The posts a rule last told of, newest first. */
export const noticedBy = (notes: NotesRepository, ruleId: string): readonly string[] =>
  (notes.get(NOTE) as Noticed | undefined)?.[ruleId] ?? [];

type Parts = { store: Store; events: EventBus; clock: Clock; log: Log };
/** What rules noticed in one run. */
export type Noticing = { ruleId: string; name: string; total: number };

const isOver = ({ status }: Run): boolean => !['queued', 'running', 'missed', 'skipped', 'deferred'].includes(status);

/** What rules want told, gathered until the run ends: one message a rule and run. */
const createNotices = ({ store, events, log }: Parts) => {
  const waiting = new Map<string, Map<string, Set<string>>>();
  const remember = async (told: ReadonlyMap<string, readonly string[]>): Promise<void> => {
    const before = (store.notes.get(NOTE) as Noticed | undefined) ?? {};
    const kept = Object.entries(before).filter(([ruleId]) => store.rules.get(ruleId));
    const news = [...told].map(([ruleId, ids]) => [ruleId, ids.slice(0, MOST_TOLD)] as const);
    await store.notes.put(NOTE, Object.fromEntries([...kept, ...news]));
  };
  const tell = async (told: ReadonlyMap<string, readonly string[]>): Promise<Noticing[]> => {
    // First remembered: whoever hears of it can ask for the posts.
    await remember(told).catch((error: unknown) => log.warn('What rules told of could not be kept', { error }));
    const noticings = [...told].flatMap(([ruleId, ids]) => {
      const rule = store.rules.get(ruleId);
      return rule ? [{ ruleId, name: rule.name, postIds: ids.slice(0, MOST_TOLD), total: ids.length }] : [];
    });
    for (const noticing of noticings) events.emit('rules.noticed', noticing);
    return noticings;
  };
  return {
    note: (ruleId: string, postId: string, runId = ''): void => {
      const rules = waiting.get(runId) ?? new Map<string, Set<string>>();
      waiting.set(runId, rules);
      const ids = rules.get(ruleId) ?? new Set<string>();
      rules.set(ruleId, ids.add(postId));
    },
    /** What came without a run goes with the next one that ends. */
    runEnded: async (runId: string): Promise<Noticing[]> => {
      const told = new Map<string, string[]>();
      for (const id of ['', runId]) {
        for (const [ruleId, ids] of waiting.get(id) ?? []) told.set(ruleId, [...ids, ...(told.get(ruleId) ?? [])]);
        waiting.delete(id);
      }
      return told.size > 0 ? await tell(told) : [];
    },
  };
};

/**
 * Brings the rules to where posts are kept, tells what they notice, and lets mutes end in time. `onRunOver` hears of every run that
 * ended, with what rules noticed in it.
 */
export const watchRules = (
  parts: Parts,
  onRunOver: (run: Run, noticed: Promise<readonly Noticing[]>) => void = () => {},
): { start: () => void; stop: () => void } => {
  const { store, events, clock, log } = parts;
  const notices = createNotices(parts);
  store.posts.judgeBy(
    createJudge({
      rules: store.rules.all,
      folderOf: (sourceId) => store.sources.get(sourceId)?.folder ?? [],
      now: clock.now,
      onNotice: notices.note,
      onBad: (rule, error) => log.warn('A rule cannot be used', { ruleId: rule.id, error }),
    }),
  );
  store.rules.onMutes((ids) => {
    events.emit('rules.changed', { ids: [...ids] });
    events.emit('posts.changed', { added: 0 });
    events.emit('status.changed', {});
  });
  const stopListening = events.onEvent(({ name, data }) => {
    if (name !== 'runs.changed' || !isOver(data.run)) return;
    const { run } = data;
    const noticed = notices.runEnded(run.id);
    noticed.catch((error: unknown) => log.error('What rules noticed could not be told', { error }));
    onRunOver(run, noticed);
  });
  let isStopped = false;
  let cancel = (): void => {};
  const beat = (): void => {
    const untilEnd = store.rules.nextMuteEnd() - clock.now();
    cancel = clock.after(Math.max(0, Math.min(LOOK_MS, untilEnd)), () => {
      if (isStopped) return;
      store.rules.lookAtMutes();
      beat();
    });
  };
  return {
    start: beat,
    stop: () => {
      isStopped = true;
      cancel();
      stopListening();
    },
  };
};
