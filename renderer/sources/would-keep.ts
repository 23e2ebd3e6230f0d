import { words } from '../words/words.ts';

const { wouldKeep: say } = words.sources;

/** How many of the stories have the score. */
export const kept = (scores: number[], minScore: number): number => scores.filter((score) => score >= minScore).length;

/** What a threshold would do just now: *would keep 37 of 100*. */
export const wouldKeep = (scores: number[], minScore: number): string => say.wouldKeep(kept(scores, minScore), scores.length);

/** The far end of the slider: where hardly a story is left, in round steps, never below 200. */
export const sliderEnd = (scores: number[]): number => {
  const sorted = scores.toSorted((a, b) => a - b);
  const high = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  return Math.max(200, Math.min(1000, Math.ceil(high / 100) * 100));
};
