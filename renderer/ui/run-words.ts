import type { Run, RunCause, RunStatus } from '../../preload/contract/run.ts';
import { count, number } from '../words/counting.ts';

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

/** `posts_saved` as people say it: *Posts saved*. */
export const countLabel = (name: string): string => {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Status words, exactly. */
export const RUN_STATUS_WORDS: Record<RunStatus, string> = {
  queued: 'Queued',
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  abandoned: 'Abandoned',
  missed: 'Missed',
  skipped: 'Skipped',
  deferred: 'Deferred',
};
/** Every status a run can have. */
export const RUN_STATUSES = Object.keys(RUN_STATUS_WORDS) as RunStatus[];
/** Who started a run, exactly. */
export const RUN_CAUSE_WORDS: Record<RunCause, string> = {
  schedule: 'Schedule',
  manual: 'You',
  'catch-up': 'Catch-up',
  retry: 'Retry',
};

const keptWords = (counts: Counts): string | undefined => {
  const fetched = counts.posts_fetched;
  if (!fetched || counts.below_threshold === undefined) return undefined;
  const kept = fetched - counts.below_threshold - (counts.unusable ?? 0) - (counts.errors ?? 0);
  return `${number(kept)} of ${number(fetched)} kept`;
};

/** A round that found no source due. */
export const wasNothingDue = (counts: Counts): boolean => counts.sources === 0 && !counts.already_running;

/** What came out, in few words: *37 of 100 kept, 7 new*, *41 sources, 12 new*, *Nothing new*. */
export const countsWords = (counts: Counts): string => {
  if (wasNothingDue(counts)) return 'Nothing due';
  const sources = first(counts, ['sources', 'sources_fetched']);
  const failed = failedOf(counts);
  const fresh = newOf(counts);
  const kept = keptWords(counts);
  const parts = [
    kept ?? (sources ? count(sources, 'source') : ''),
    failed && !kept ? `${number(failed)} failed` : '',
    fresh ? `${number(fresh)} new` : '',
    counts.posts_added ? `${number(counts.posts_added)} found` : '',
  ].filter(Boolean);
  if (parts.length > 0) return parts.join(', ');
  const rest = Object.entries(counts).filter(([name, value]) => value > 0 && name !== 'bytes' && name !== 'sources');
  if (rest.length === 0) return 'Nothing new';
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
  return `${fresh ? `${number(fresh)} new` : 'Nothing new'}, ${number(known)} known`;
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
