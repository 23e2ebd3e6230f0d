import type { Run, RunCause, RunStatus } from '../../preload/contract/run.ts';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';

const { runs: say } = words.parts;

type Counts = Record<string, number>;

const first = (counts: Counts, names: string[]): number => {
  for (const name of names) {
    const value = counts[name];
    if (value !== undefined) return value;
  }
  return 0;
};

/** New posts a run brought, whatever its job calls them. */
export const newOf = (counts: Counts): number => first(counts, ['posts_saved', 'new_posts', 'new']);
/** Things that failed inside a run, one by one, while the run went on. */
export const failedOf = (counts: Counts): number => first(counts, ['sources_failed', 'failed', 'errors', 'error']);

/** `posts_saved` as people say it: *Posts saved*. Names that no job of ours uses are made plain. */
export const countLabel = (name: string): string =>
  (Object.hasOwn(say.counters, name) ? say.counters[name] : undefined) ?? plainName(name);
const plainName = (name: string): string => {
  const plain = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
};

/** Status words, exactly. */
export const RUN_STATUS_WORDS: Record<RunStatus, string> = say.statuses;
/** Every status a run can have. */
export const RUN_STATUSES = Object.keys(RUN_STATUS_WORDS) as RunStatus[];
/** Who started a run, exactly. */
export const RUN_CAUSE_WORDS: Record<RunCause, string> = say.causes;

const keptWords = (counts: Counts): string | undefined => {
  const fetched = counts.posts_fetched;
  if (!fetched || counts.below_threshold === undefined) return undefined;
  const kept = fetched - counts.below_threshold - (counts.unusable ?? 0) - (counts.errors ?? 0);
  return say.keptOf(kept, fetched);
};

/** A round that found no source due. */
export const wasNothingDue = (counts: Counts): boolean => counts.sources === 0 && !counts.already_running;

/** What came out, in few words: *37 of 100 kept, 7 new*, *41 sources, 12 new*, *Nothing new*. */
export const countsWords = (counts: Counts): string => {
  if (wasNothingDue(counts)) return say.nothingDue;
  const sources = first(counts, ['sources', 'sources_fetched']);
  const failed = failedOf(counts);
  const fresh = newOf(counts);
  const kept = keptWords(counts);
  const parts = [
    kept ?? (sources ? say.sources(sources) : ''),
    failed && !kept ? say.failed(failed) : '',
    fresh ? say.fresh(fresh) : '',
    counts.posts_added ? say.found(counts.posts_added) : '',
  ].filter(Boolean);
  if (parts.length > 0) return parts.join(', ');
  const rest = Object.entries(counts).filter(([name, value]) => value > 0 && name !== 'bytes' && name !== 'sources');
  if (rest.length === 0) return say.nothingNew;
  return rest
    .slice(0, 2)
    .map(([name, value]) => `${number(value)} ${countLabel(name).toLowerCase()}`)
    .join(', ');
};

/** What the message after *Run now* says: *25 new, 75 known*. */
export const ranWords = (counts: Counts): string => {
  const known = counts.duplicates_skipped ?? 0;
  if (known === 0) return countsWords(counts);
  const fresh = newOf(counts);
  return say.freshAndKnown(fresh ? say.fresh(fresh) : say.nothingNew, known);
};

/** Milliseconds from start to end, or to `now` while running; absent for runs that never started. */
export const tookMs = (run: Run, now: number): number | undefined => {
  if (!('startedAt' in run) || !run.startedAt) return undefined;
  const end = 'endedAt' in run ? Date.parse(run.endedAt) : now;
  return Math.max(0, end - Date.parse(run.startedAt));
};

/** Milliseconds a run started after it was due; absent when it had no due time or never started. */
export const lateMs = (run: Run): number | undefined => {
  if (!run.scheduledFor || !('startedAt' in run) || !run.startedAt) return undefined;
  return Math.max(0, Date.parse(run.startedAt) - Date.parse(run.scheduledFor));
};
