import type { Run } from '../../preload/contract/run.ts';
import { clock, dayAndMonth, dayNumber } from '../ui/format.ts';
import { count } from '../words/counting.ts';
import { gapWord } from './day-strip-model.ts';

type Gap = Extract<Run, { status: 'missed' | 'skipped' | 'deferred' }>;

const span = (from: string, to: string, now: number, zone?: string): string => {
  if (from === to) return clock(from, zone);
  if (dayNumber(to, zone) - dayNumber(from, zone) <= 1) return `${clock(from, zone)}–${clock(to, zone)}`;
  return `${dayAndMonth(from, now, zone)} ${clock(from, zone)}–${dayAndMonth(to, now, zone)} ${clock(to, zone)}`;
};

/** One row a gap: *Missed 9 runs, 22:00–07:00 (asleep)*. */
export const gapWords = (run: Gap, now: number, zone?: string): string => {
  const from = run.from ?? run.scheduledFor;
  const word = gapWord(run.reason);
  const why = word === 'missed' ? '' : ` (${word})`;
  if (!from) return `Missed ${count(run.missedCount ?? 1, 'run')}${why}`;
  return `Missed ${count(run.missedCount ?? 1, 'run')}, ${span(from, run.to ?? from, now, zone)}${why}`;
};

/** *The server answered 503*: the first sentence, without its stop. */
const firstSentence = (text: string): string => text.replace(/([.!?])\s.*$/s, '$1').replace(/\.$/, '');

const endOf = (run: Run): string => {
  if (run.status === 'skipped' || run.status === 'deferred') return firstSentence(run.reason);
  if (run.status === 'failed') return firstSentence(run.errorMessage);
  if (run.status === 'abandoned') return 'Tidings stopped in the middle';
  return '';
};

/** What is said beside a run's name, where there is something to say: which attempt it was, and how it ended. */
export const asideOf = (run: Run): string => {
  const attempt = run.attempt ? `attempt ${run.attempt.number} of ${run.attempt.of}` : '';
  return [attempt, endOf(run)].filter(Boolean).join(': ');
};
