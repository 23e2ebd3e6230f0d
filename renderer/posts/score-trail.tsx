import type { PostRow } from '../../preload/contract/post.ts';
import { clock, dateTime, dayNumber } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import { number } from '../words/counting.ts';

type Sample = NonNullable<NonNullable<PostRow['hn']>['samples']>[number];
const WIDTH = 96;
const HEIGHT = 18;
const INSET = 2;

/** *50 at 10:00, 312 at 16:00*; with the day where the samples are of more than one. */
export const trailWords = (samples: readonly Sample[], now: number, zone?: string): string => {
  const days = new Set(samples.map(({ at }) => dayNumber(at, zone)));
  const when = (at: string): string => (days.size > 1 ? dateTime(at, now, zone) : clock(at, zone));
  return samples.map(({ at, score }) => `${number(score)} at ${when(at)}`).join(', ');
};

/** Where each sample stands: left to right by time (the square root of it, because most happens early), points from zero upwards. */
export const trailPoints = (samples: readonly Sample[]): { x: number; y: number }[] => {
  const first = Date.parse(samples[0]?.at ?? '');
  const span = Math.max(1, Date.parse(samples.at(-1)?.at ?? '') - first);
  const most = Math.max(1, ...samples.map(({ score }) => score));
  return samples.map(({ at, score }) => ({
    x: INSET + Math.sqrt((Date.parse(at) - first) / span) * (WIDTH - 2 * INSET),
    y: HEIGHT - INSET - (Math.max(0, score) / most) * (HEIGHT - 2 * INSET),
  }));
};

/** How a story's points went, once they were looked at twice. */
export const ScoreTrail = ({ post }: { post: PostRow }) => {
  const now = useNow();
  const samples = post.hn?.samples ?? [];
  if (samples.length < 2) return null;
  const words = `Points: ${trailWords(samples, now)}`;
  const points = trailPoints(samples);
  const last = points.at(-1);
  const line = points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  return (
    <svg className="score-trail" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words}>
      <title>{words}</title>
      <polyline points={line} />
      {last && <circle cx={last.x} cy={last.y} r={2} />}
    </svg>
  );
};
