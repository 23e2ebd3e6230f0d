import type { PostRow } from '../../preload/contract/post.ts';
import { clock, dateTime, dayNumber, timeTooltip } from '../ui/format.ts';
import { Popover } from '../ui/popover.tsx';
import { useNow } from '../ui/use-now.ts';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';

const { trail: say } = words.reader;

type Sample = NonNullable<NonNullable<PostRow['hn']>['samples']>[number];
const WIDTH = 96;
const HEIGHT = 18;
const INSET = 2;

const whenOf = (samples: readonly Sample[], now: number, zone?: string): ((at: string) => string) => {
  const days = new Set(samples.map(({ at }) => dayNumber(at, zone)));
  return (at) => (days.size > 1 ? dateTime(at, now, zone) : clock(at, zone));
};

/** *50 at 10:00, 312 at 16:00*; with the day where the samples are of more than one. */
export const trailWords = (samples: readonly Sample[], now: number, zone?: string): string => {
  const when = whenOf(samples, now, zone);
  return samples.map(({ at, score }) => say.sample(number(score), when(at))).join(', ');
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

const Drawing = ({ samples, name }: { samples: readonly Sample[]; name: string }) => {
  const points = trailPoints(samples);
  const last = points.at(-1);
  const line = points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  return (
    <svg className="score-trail" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={name}>
      <title>{name}</title>
      <line x1={INSET} x2={WIDTH - INSET} y1={HEIGHT - INSET} y2={HEIGHT - INSET} />
      <polyline points={line} />
      {last && <circle cx={last.x} cy={last.y} r={2.5} />}
    </svg>
  );
};

const Table = ({ samples, now }: { samples: readonly Sample[]; now: number }) => {
  const when = whenOf(samples, now);
  return (
    <table className="table score-table">
      <caption>{say.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{say.when}</th>
          <th scope="col" className="num">
            {say.points}
          </th>
          <th scope="col" className="num">
            {say.comments}
          </th>
        </tr>
      </thead>
      <tbody>
        {samples.map(({ at, score, commentCount }) => (
          <tr key={at}>
            <td>
              <time dateTime={at} title={timeTooltip(at)}>
                {when(at)}
              </time>
            </td>
            <td className="num">{number(score)}</td>
            <td className="num">{number(commentCount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** How a story's points went, once they were looked at twice; its numbers open behind it. */
export const ScoreTrail = ({ post }: { post: PostRow }) => {
  const now = useNow();
  const samples = post.hn?.samples ?? [];
  if (samples.length < 2) return null;
  return (
    <Popover
      label={say.caption}
      opener={(props) => (
        <button type="button" className="score-button" title={say.open} {...props}>
          <Drawing samples={samples} name={say.words(trailWords(samples, now))} />
        </button>
      )}
    >
      {() => <Table samples={samples} now={now} />}
    </Popover>
  );
};
