import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar as Rect } from '@visx/shape';
import { number } from '../words/counting.ts';
import { FootAxis, hairlines, ValueAxis } from './chart-axes.tsx';
import { ChartStage, useDrawingWidth } from './chart-figure.tsx';
import { classes } from './classes.ts';
import { type Steps, useSteps } from './use-steps.ts';
import './charts.css';

/** One bar: what it stands for, how much, how much of that in ink, and what is said when it is looked at. */
export type Bar = { key: string; value: number; part?: number; tooltip?: string; tone?: 'accent' | 'fail' | undefined };
/** A word under the chart, at the bar with that place. */
export type BarLabel = { at: number; text: string; align?: 'start' | 'middle' | 'end'; isWords?: boolean };
/** A line across all bars at a value, or between bars at a place, with what it stands for. */
export type BarMark = { text: string } & ({ value: number } | { place: number });

const RIGHT = 40;
const FOOT = 18;
const HEAD = 6;
/** Room for the word of an upright mark. */
const MARK_HEAD = 18;

const gapFor = (step: number): number => (step > 8 ? 0.28 : step > 3 ? 1 / step : 0);

/** Bars from zero, oldest left, with at most three hairlines and labels at the data. Put it inside a ChartFigure. */
export const BarChart = ({
  bars,
  labels,
  mark,
  height = 132,
  onOpen,
}: {
  bars: readonly Bar[];
  labels: readonly BarLabel[];
  mark?: BarMark | undefined;
  height?: number;
  /** What Enter and a click on the bar with that place do. */
  onOpen?: (place: number) => void;
}) => {
  const [measure, width] = useDrawingWidth();
  const steps = useSteps(bars.length, onOpen);
  const wide = width - RIGHT;
  const top = mark && 'place' in mark ? MARK_HEAD : HEAD;
  const base = height - FOOT;
  const most = Math.max(1, ...bars.map((bar) => bar.value), mark && 'value' in mark ? mark.value : 0);
  const y = scaleLinear<number>({ domain: [0, most], range: [base, top] });
  const x = scaleBand<number>({ domain: bars.map((_bar, place) => place), range: [0, wide], paddingInner: 0, paddingOuter: 0 });
  const step = x.step();
  const padding = Math.max(1, step * gapFor(step)) * (gapFor(step) > 0 ? 1 : 0);
  const said = steps.at === undefined ? undefined : bars[steps.at]?.tooltip;
  const foot = labels.map(({ at, align, ...rest }) => ({
    ...rest,
    ...(align ? { align } : {}),
    x: (at + (align === 'start' ? 0 : align === 'end' ? 1 : 0.5)) * step,
  }));
  return (
    <ChartStage said={said} keys={steps.keys} measure={measure}>
      <svg className="chart-drawing" aria-hidden="true" width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <ValueAxis scale={y} ticks={hairlines(y)} wide={wide} format={number} />
        {bars.map((bar, place) => (
          <OneBar
            key={bar.key}
            bar={bar}
            place={place}
            left={(x(place) ?? 0) + padding / 2}
            wide={Math.max(1, step - padding)}
            y={y}
            steps={steps}
            onOpen={onOpen}
          />
        ))}
        <FootAxis scale={scaleLinear<number>({ domain: [0, 1], range: [0, wide] })} top={base} wide={wide} foot={foot} />
        {mark && <MarkLine mark={mark} y={y} step={step} wide={wide} top={top} base={base} />}
      </svg>
    </ChartStage>
  );
};

const OneBar = ({
  bar,
  place,
  left,
  wide,
  y,
  steps,
  onOpen,
}: {
  bar: Bar;
  place: number;
  left: number;
  wide: number;
  y: (value: number) => number;
  steps: Steps;
  onOpen: ((place: number) => void) | undefined;
}) => {
  const base = y(0);
  const part = bar.part ?? 0;
  return (
    <g className={classes(steps.at === place && 'chart-at', onOpen && 'chart-opens')}>
      <Rect
        className="chart-room"
        x={left}
        width={wide}
        y={0}
        height={base}
        {...steps.pointer(place)}
        onClick={onOpen && (() => onOpen(place))}
      />
      <Rect
        className={classes('chart-bar', bar.tone && `chart-bar-${bar.tone}`)}
        x={left}
        width={wide}
        y={y(bar.value)}
        height={Math.max(0, base - y(bar.value))}
      />
      {part > 0 && <Rect className="chart-bar-ink" x={left} width={wide} y={y(part)} height={base - y(part)} />}
    </g>
  );
};

const MarkLine = ({
  mark,
  y,
  step,
  wide,
  top,
  base,
}: {
  mark: BarMark;
  y: (value: number) => number;
  step: number;
  wide: number;
  top: number;
  base: number;
}) => {
  if ('value' in mark) {
    const at = Math.round(y(mark.value)) + 0.5;
    return (
      <g>
        <path className="chart-mark" d={`M0 ${at}H${wide}`} />
        <text className="chart-label" x={0} y={at - 4}>
          {mark.text}
        </text>
      </g>
    );
  }
  const at = Math.round(mark.place * step) + 0.5;
  const isLeft = at > wide / 2;
  return (
    <g>
      <path className="chart-mark" d={`M${at} ${top - 12}V${base}`} />
      <text className="chart-label" x={isLeft ? at - 5 : at + 5} y={top - 4} textAnchor={isLeft ? 'end' : 'start'}>
        {mark.text}
      </text>
    </g>
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
  const x = scaleLinear<number>({ domain: [0, Math.max(1, most)], range: [0, width] });
  return (
    <svg className="spark" width={width} height={8} viewBox={`0 0 ${width} 8`} aria-hidden="true">
      <Rect className="chart-bar" opacity="0.6" width={value > 0 ? Math.max(1, x(value)) : 0} height={8} />
      {part > 0 && <Rect className="chart-bar-ink" width={Math.max(1, x(part))} height={8} />}
    </svg>
  );
};
