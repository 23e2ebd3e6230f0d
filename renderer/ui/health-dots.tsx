import type { ReactNode } from 'react';
import { words } from '../words/words.ts';
import './status.css';

const { parts: say } = words;

/** How one fetch job ended, or that there was none. */
export type Dot = 'new' | 'nothing' | 'same' | 'failed' | 'waiting' | 'none';

const DRAWINGS: Record<Dot, ReactNode> = {
  new: <circle cx="6" cy="6" r="3.6" fill="currentColor" stroke="none" />,
  nothing: <circle cx="6" cy="6" r="3.1" strokeWidth="1.3" />,
  same: <path d="M3 4.7h6M3 7.3h6" strokeWidth="1.2" strokeLinecap="butt" />,
  failed: <path d="m2.7 2.7 6.6 6.6m0-6.6-6.6 6.6" strokeWidth="2" />,
  waiting: <path d="M4.3 2.9v6.2m3.4-6.2v6.2" strokeWidth="1.7" />,
  none: <path d="M6 5.9v.2" strokeWidth="1.8" />,
};
const WORDS: Record<Dot, string> = say.dots;

const inWords = (dots: readonly Dot[]): string => {
  const order: Dot[] = ['new', 'nothing', 'same', 'failed', 'waiting'];
  const told = order.map((dot) => [dots.filter((each) => each === dot).length, WORDS[dot]] as const);
  const parts = told.filter(([amount]) => amount > 0).map(([amount, words]) => `${amount} ${words}`);
  return parts.length === 0 ? say.noFetchJob : parts.join(', ');
};

/** One dot, for a legend or a grid. */
export const HealthDot = ({ dot }: { dot: Dot }) => (
  <svg className={`dot dot-${dot}`} viewBox="0 0 12 12" aria-hidden="true">
    {DRAWINGS[dot]}
  </svg>
);

/** The last fetch jobs as a row of dots, oldest left; padded on the left to `length`. */
export const HealthDots = ({ dots, length = 20, label }: { dots: readonly Dot[]; length?: number; label?: string }) => {
  const missing = Math.max(0, length - dots.length);
  const shown: Dot[] = [...Array<Dot>(missing).fill('none'), ...dots.slice(-length)];
  const words = `${label ? `${label}: ` : ''}${inWords(dots.slice(-length))}`;
  return (
    <span className="dots" role="img" aria-label={words} title={words}>
      {shown.map((dot, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a dot is its place
        <HealthDot key={place} dot={dot} />
      ))}
    </span>
  );
};
