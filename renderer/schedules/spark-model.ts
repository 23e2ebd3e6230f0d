import type { Run } from '../../preload/contract/run.ts';
import { countsWords, RUN_STATUS_WORDS, tookMs } from '../ui/run-words.ts';
import { words } from '../words/words.ts';

const { sparkModel: say } = words.schedules;

/** One of the last runs as a bar: height 0 to 1, on a log scale over the shown runs. */
export type SparkBar = { runId: string; height: number; kind: 'ran' | 'failed' | 'missed' | 'running' };

const kindOf = (run: Run): SparkBar['kind'] => {
  if (run.status === 'failed' || run.status === 'abandoned') return 'failed';
  if (run.status === 'running' || run.status === 'queued') return 'running';
  return run.status === 'completed' || run.status === 'cancelled' ? 'ran' : 'missed';
};

const LOWEST = 0.25;

/** Bars for runs, oldest first. A run that took long stands higher; one that never started lies flat. */
export const toSpark = (runs: Run[], now: number): SparkBar[] => {
  const logs = runs.map((run) => Math.log(Math.max(1, tookMs(run, now) ?? 1)));
  const started = logs.filter((_, index) => kindOf(runs[index] as Run) !== 'missed');
  const low = Math.min(...started);
  const span = Math.max(...started) - low;
  return runs.map((run, index) => {
    const kind = kindOf(run);
    const share = span > 0 ? ((logs[index] ?? low) - low) / span : 0.2;
    return { runId: run.id, kind, height: kind === 'missed' ? 0 : LOWEST + (1 - LOWEST) * share };
  });
};

/** `All well`, `93 % well`, `11 of 12 well`, `4 runs`: how often it went well. */
export const successWords = (runs: Run[], rate: number | undefined): string => {
  const ended = runs.filter((run) => run.status === 'completed' || run.status === 'failed' || run.status === 'abandoned');
  if (ended.length === 0 || rate === undefined) return runs.length === 0 ? '' : say.noneFinishedYet;
  if (rate >= 1) return say.allWell;
  const well = ended.filter((run) => run.status === 'completed').length;
  return ended.length < 20 ? say.wellOf(well, ended.length) : say.percentWell(Math.min(99, Math.round(rate * 100)));
};

/** What the last run came to, in a few words beside its status. */
export const lastWords = (run: Run): string => {
  if (run.status === 'failed') return run.errorMessage;
  if (run.status === 'missed' || run.status === 'skipped' || run.status === 'deferred') return run.reason;
  if (run.status === 'abandoned') return say.tidingsStoppedInTheMiddle;
  if (run.status === 'cancelled') return say.byYou;
  return 'counts' in run ? countsWords(run.counts) : RUN_STATUS_WORDS[run.status];
};
