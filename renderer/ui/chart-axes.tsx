import { AxisBottom, AxisRight } from '@visx/axis';
import { GridRows } from '@visx/grid';
import type { scaleLinear, scaleLog } from '@visx/scale';
import { classes } from './classes.ts';

type ValueScale = ReturnType<typeof scaleLinear<number>> | ReturnType<typeof scaleLog<number>>;
/** A word under a drawing: where, and how it stands to that place. */
export type FootWord = { x: number; text: string; align?: 'start' | 'middle' | 'end'; isWords?: boolean };

/** Hairlines at `ticks` with their values at the right end; `wide` is where the marks end. */
export const ValueAxis = ({
  scale,
  ticks,
  wide,
  format,
}: {
  scale: ValueScale;
  ticks: readonly number[];
  wide: number;
  format: (value: number) => string;
}) => (
  <>
    <GridRows className="chart-grid" scale={scale} width={wide} tickValues={[...ticks]} stroke="" />
    <AxisRight
      scale={scale}
      left={wide}
      tickValues={[...ticks]}
      hideAxisLine
      hideTicks
      tickLength={0}
      tickFormat={(value) => format(Number(value))}
      tickComponent={({ x, y, formattedValue }) => (
        <text className="chart-text" x={x + 6} y={y + 4}>
          {formattedValue}
        </text>
      )}
    />
  </>
);

/** The base line at `top`, and words under it. */
export const FootAxis = ({
  scale,
  top,
  wide,
  foot,
}: {
  scale: ReturnType<typeof scaleLinear<number>>;
  top: number;
  wide: number;
  foot: readonly FootWord[];
}) => (
  <AxisBottom
    scale={scale}
    top={top}
    tickValues={[0]}
    hideTicks
    hideAxisLine
    ticksComponent={() => (
      <>
        <path className="chart-base" d={`M0 .5H${wide}`} />
        {foot.map(({ x, text, align = 'middle', isWords }) => (
          <text key={`${x} ${text}`} className={classes(isWords ? 'chart-label' : 'chart-text')} x={x} y={15} textAnchor={align}>
            {text}
          </text>
        ))}
      </>
    )}
  />
);

/** At most three round values to draw hairlines at, from zero up to `most`. */
export const hairlines = (scale: { ticks: (count: number) => number[] }): number[] =>
  [4, 3, 2, 1]
    .map((count) => scale.ticks(count).filter((tick) => tick > 0 && Number.isInteger(tick)))
    .find((ticks) => ticks.length <= 3 && ticks.length > 0) ?? [];
