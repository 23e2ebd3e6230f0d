import type { Run } from '../../preload/contract/run.ts';
import { clock, dayAndMonth, dayNumber } from '../ui/format.ts';
import { words } from '../words/words.ts';
import { gapWord } from './day-strip-model.ts';

const say = words.history.list;
type Gap = Extract<Run, { status: 'missed' | 'skipped' | 'deferred' }>;

const span = (from: string, to: string, now: number, zone?: string): string => {
  if (from === to) return clock(from, zone);
  if (dayNumber(to, zone) - dayNumber(from, zone) <= 1) return `${clock(from, zone)}–${clock(to, zone)}`;
  return `${dayAndMonth(from, now, zone)} ${clock(from, zone)}–${dayAndMonth(to, now, zone)} ${clock(to, zone)}`;
};
const spanOf = (run: Gap, now: number, zone?: string): string => {
  const from = run.from ?? run.scheduledFor;
  return from ? span(from, run.to ?? from, now, zone) : '';
};
const causeOf = (run: Gap): string => {
  const word = gapWord(run.reason);
  return word === 'missed' ? '' : word;
};

/** One row a gap: *Missed 9 runs, 22:00–07:00 (asleep)*. */
export const gapWords = (run: Gap, now: number, zone?: string): string =>
  say.gap(run.missedCount ?? 1, spanOf(run, now, zone), causeOf(run));

/** *The server answered 503*: the first sentence, without its stop. */
const firstSentence = (text: string): string => text.replace(/([.!?])\s.*$/s, '$1').replace(/\.$/, '');

/** What stands beside a gap: whose it is, and the reason where one word does not say it. */
export const gapAside = (run: Gap): string => say.gapOf(run.name, causeOf(run) ? '' : firstSentence(run.reason));

const endOf = (run: Run): string => {
  if (run.status === 'skipped' || run.status === 'deferred') return firstSentence(run.reason);
  if (run.status === 'failed') return firstSentence(run.errorMessage);
  if (run.status === 'abandoned') return say.stopped;
  return '';
};

/** What is said beside a run's name, where there is something to say: which attempt it was, and how it ended. */
export const asideOf = (run: Run): string => {
  const attempt = run.attempt ? say.attempt(run.attempt.number, run.attempt.of) : '';
  return [attempt, endOf(run)].filter(Boolean).join(': ');
};
