import { classes } from './classes.ts';
import './charts.css';

/** One small bar: its height, and whether it is the one thing said or a failure (drawn as a cross). */
export type SparkBar = { value: number; tone?: 'accent' | 'fail' | undefined };

/** A word-sized row of bars from zero, oldest left. `label` says in words what it shows. */
export const SparkBars = ({
  bars,
  label,
  width = 96,
  height = 18,
}: {
  bars: readonly SparkBar[];
  label: string;
  width?: number;
  height?: number;
}) => {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  const step = width / Math.max(1, bars.length);
  const wide = Math.max(1, Math.min(6, step - 1));
  return (
    <svg className="spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <title>{label}</title>
      {bars.map((bar, place) => {
        const x = place * step;
        if (bar.tone === 'fail') {
          const y = height - 4;
          const half = Math.min(3, wide / 2 + 0.5);
          const middle = x + wide / 2;
          return (
            <path
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
              key={place}
              className="chart-cross"
              strokeWidth={1.5}
              d={`M${middle - half} ${y - half}l${half * 2} ${half * 2}m0-${half * 2}l-${half * 2} ${half * 2}`}
            />
          );
        }
        const tall = bar.value === 0 ? 1 : Math.max(2, (bar.value / most) * height);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={place}
            className={classes('chart-bar', bar.tone === 'accent' && 'chart-bar-accent')}
            x={x}
            y={height - tall}
            width={wide}
            height={tall}
          />
        );
      })}
    </svg>
  );
};
