import type { Run } from '../../preload/contract/run.ts';
import { count } from '../words/counting.ts';
import { words } from '../words/words.ts';

const { plan: say } = words.history;

/** Whether a run only showed what it would do. */
export const isDryRun = (run: Run): boolean =>
  typeof run.options === 'object' && run.options !== null && (run.options as { dryRun?: unknown }).dryRun === true;

/** Counters that tell the whole of a plan, and their words. */
const REMOVED: readonly (readonly [string, string])[] = [
  ['posts_to_remove', say.post],
  ['runs_to_remove', say.record],
  ['fetch_jobs_to_remove', say.fetchJob],
];

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : say.and(parts.slice(0, -1).join(', '), parts.at(-1) ?? '');

/** *Would remove 1,204 posts (0 starred, 0 unread) and 31 run records.* Undefined for runs that have not ended. */
export const planWords = (run: Run): { title: string; total: number; isNothing: boolean } | undefined => {
  if (!('counts' in run)) return undefined;
  const { counts } = run;
  const removed = REMOVED.flatMap(([name, word]) => {
    const amount = counts[name] ?? 0;
    if (amount === 0) return [];
    return [{ amount, name, words: `${count(amount, word)}${name === 'posts_to_remove' ? say.untouched : ''}` }];
  });
  if (removed.length > 0) {
    const total = removed.filter(({ name }) => name !== 'fetch_jobs_to_remove').reduce((sum, { amount }) => sum + amount, 0);
    return { title: say.wouldRemove(listed(removed.map(({ words: text }) => text))), total, isNothing: false };
  }
  const lines = ('plan' in run && run.plan) || [];
  if (lines.length === 0) return { title: say.wouldNothing, total: 0, isNothing: true };
  // Beyond the lines that are kept, a counter knows better.
  const total = Math.max(counts.changed ?? 0, lines.length);
  const byVerb = [...Map.groupBy(lines, ({ verb }) => verb)];
  const parts = byVerb.map(
    ([verb, some]) => `${verb} ${count(byVerb.length === 1 ? total : some.length, some[0]?.kind ?? say.row)}`,
  );
  return { title: say.would(listed(parts)), total, isNothing: false };
};
