import { number } from '../words/counting.ts';
import { hairlines, useDrawingWidth } from './chart-figure.tsx';
import { classes } from './classes.ts';
import './charts.css';

/** One bar: what it stands for, how much, and what its tooltip says. */
export type Bar = { key: string; value: number; tooltip?: string; tone?: 'accent' | 'fail' | undefined };
/** A word under the chart, at the bar with that place. */
export type BarLabel = { at: number; text: string; align?: 'start' | 'middle' | 'end'; isWords?: boolean };

const RIGHT = 40;
const FOOT = 18;

/** Bars from zero, oldest left, with at most three hairlines and labels at the data. Put it inside a ChartFigure. */
export const BarChart = ({
  bars,
  labels,
  height = 132,
}: {
  bars: readonly Bar[];
  labels: readonly BarLabel[];
  height?: number;
}) => {
  const [measure, width] = useDrawingWidth();
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  const lines = hairlines(most);
  const top = Math.max(most, lines.at(-1) ?? 0);
  const tall = height - FOOT - 6;
  const wide = width - RIGHT;
  const step = wide / Math.max(1, bars.length);
  const gap = step > 8 ? Math.max(2, step * 0.28) : step > 3 ? 1 : 0;
  const y = (value: number): number => 6 + tall - (value / top) * tall;
  return (
    <div ref={measure}>
      <svg className="chart-drawing" aria-hidden="true" width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        {lines.map((line) => (
          <g key={line}>
            <path className="chart-line" d={`M0 ${Math.round(y(line)) + 0.5}H${wide}`} />
            <text className="chart-text" x={wide + 6} y={y(line) + 4}>
              {number(line)}
            </text>
          </g>
        ))}
        {bars.map((bar, place) => (
          <rect
            key={bar.key}
            className={classes('chart-bar', bar.tone && `chart-bar-${bar.tone}`)}
            x={place * step + gap / 2}
            width={Math.max(1, step - gap)}
            y={y(bar.value)}
            height={Math.max(0, 6 + tall - y(bar.value))}
          >
            {bar.tooltip && <title>{bar.tooltip}</title>}
          </rect>
        ))}
        <path className="chart-base" d={`M0 ${6 + tall + 0.5}H${wide}`} />
        {labels.map((label) => (
          <text
            key={`${label.at} ${label.text}`}
            className={label.isWords ? 'chart-label' : 'chart-text'}
            x={(label.at + (label.align === 'start' ? 0 : label.align === 'end' ? 1 : 0.5)) * step}
            y={height - 3}
            textAnchor={label.align ?? 'middle'}
          >
            {label.text}
          </text>
        ))}
      </svg>
    </div>
  );
};

/** A bar lying in a table cell: `value` of `most`, and within it `part` in ink. */
export const LyingBar = ({
  value,
  part = 0,
  most,
  width = 190,
}: {
  value: number;
  part?: number;
  most: number;
  width?: number;
}) => {
  const long = most > 0 ? Math.max(1, (value / most) * width) : 0;
  return (
    <svg className="spark" width={width} height={8} viewBox={`0 0 ${width} 8`} aria-hidden="true">
      <rect className="chart-bar" opacity="0.6" width={long} height={8} />
      {part > 0 && <rect className="chart-bar-ink" width={Math.max(1, (part / most) * width)} height={8} />}
    </svg>
  );
};
