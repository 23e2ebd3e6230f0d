import { GlyphCross } from '@visx/glyph';
import { scaleLinear, scaleLog } from '@visx/scale';
import { Bar, Line } from '@visx/shape';
import type { Stats } from '../../preload/contract/stats.ts';
import { FootAxis, ValueAxis } from '../ui/chart-axes.tsx';
import { ChartStage, useDrawingWidth } from '../ui/chart-figure.tsx';
import { classes } from '../ui/classes.ts';
import { duration } from '../ui/format.ts';
import { useSteps } from '../ui/use-steps.ts';
import { words } from '../words/words.ts';
import { durationSpan } from './chart-math.ts';
import { dayWords, shortDay } from './findings.ts';

const { durations: say } = words.stats;

type Days = Stats['runs']['bySchedule'][number]['perDay'];
const TOP = 14;
const TALL = 84;
const FOOT = 20;
const RIGHT = 48;

const dayTitle = (day: Days[number]): string => {
  const usual = day.p50Ms === undefined ? say.dayNone : say.dayUsual(duration(day.p50Ms));
  const slow = day.p95Ms === undefined ? '' : say.daySlow(duration(day.p95Ms));
  return say.day(dayWords(day.date), usual, slow, day.failed > 0 ? say.dayFailed(day.failed) : '');
};
/** `10 s`, `1 min`: a line's name, without a useless fraction. */
const tickWords = (ms: number): string => duration(ms).replace('.0', '');

/** A day as a dash (usual) with a whisker (slowest 5 %); a cross above it when a run failed. Log scale. */
export const DurationChart = ({ days }: { days: Days }) => {
  const [measure, width] = useDrawingWidth(460);
  const steps = useSteps(days.length);
  const { low, high, ticks } = durationSpan(days.flatMap((day) => [day.p50Ms ?? 0, day.p95Ms ?? 0]));
  const y = scaleLog<number>({ domain: [low, high], range: [TOP + TALL, TOP], clamp: true });
  const wide = width - RIGHT;
  const x = scaleLinear<number>({ domain: [0, Math.max(1, days.length)], range: [0, wide] });
  const step = x(1);
  const first = days[0];
  const last = days.at(-1);
  const foot = [
    ...(first ? [{ x: 0, text: shortDay(first.date), align: 'start' as const }] : []),
    ...(last && last !== first ? [{ x: wide, text: shortDay(last.date), align: 'end' as const }] : []),
  ];
  const looked = steps.at === undefined ? undefined : days[steps.at];
  return (
    <ChartStage said={looked && dayTitle(looked)} keys={steps.keys} measure={measure}>
      <svg
        aria-hidden="true"
        className="chart-drawing"
        width={width}
        height={TOP + TALL + FOOT}
        viewBox={`0 0 ${width} ${TOP + TALL + FOOT}`}
      >
        <ValueAxis scale={y} ticks={ticks} wide={wide} format={tickWords} />
        {days.map((day, place) => (
          <g key={day.date} className={classes(steps.at === place && 'chart-at')}>
            <Bar className="chart-room" x={x(place)} width={step} y={0} height={TOP + TALL} {...steps.pointer(place)} />
            <DayMark day={day} x={x(place + 0.5)} half={Math.min(5, step * 0.36)} y={y} />
          </g>
        ))}
        <FootAxis scale={scaleLinear<number>({ domain: [0, 1], range: [0, wide] })} top={TOP + TALL} wide={wide} foot={foot} />
      </svg>
    </ChartStage>
  );
};

const DayMark = ({ day, x, half, y }: { day: Days[number]; x: number; half: number; y: (ms: number) => number }) => {
  const usual = day.p50Ms;
  const slow = day.p95Ms ?? usual;
  const top = slow === undefined ? TOP + TALL : y(slow);
  return (
    <>
      {usual !== undefined && <Line className="stats-whisker" from={{ x, y: top }} to={{ x, y: y(usual) }} />}
      {usual !== undefined && (
        <Line className="stats-usual" from={{ x: x - half, y: y(usual) }} to={{ x: x + half, y: y(usual) }} />
      )}
      {day.failed > 0 && (
        <GlyphCross className="stats-failed" left={x} top={Math.max(6, top - 8)} size={36} transform="rotate(45)" />
      )}
    </>
  );
};
