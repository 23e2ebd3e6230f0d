import type { Stats } from '../../preload/contract/stats.ts';
import { useDrawingWidth } from '../ui/chart-figure.tsx';
import { duration } from '../ui/format.ts';
import { logScaleFor } from './chart-math.ts';
import { dayWords, shortDay } from './findings.ts';
import './stats.css';

type Days = Stats['runs']['bySchedule'][number]['perDay'];
const TOP = 14;
const TALL = 84;
const FOOT = 20;
const RIGHT = 48;

const dayTitle = (day: Days[number]): string => {
  const usual = day.p50Ms === undefined ? 'none finished' : `usually ${duration(day.p50Ms)}`;
  const slow = day.p95Ms === undefined ? '' : `, slowest 5 % ${duration(day.p95Ms)}`;
  return `${dayWords(day.date)}: ${usual}${slow}${day.failed > 0 ? `, ${day.failed} failed` : ''}`;
};
/** `10 s`, `1 min`: a line's name, without a useless fraction. */
const tickWords = (ms: number): string => duration(ms).replace('.0', '');

/** A day as a dash (usual) with a whisker (slowest 5 %); a cross above it when a run failed. Log scale. */
export const DurationChart = ({ days }: { days: Days }) => {
  const [measure, width] = useDrawingWidth(460);
  const scale = logScaleFor(days.flatMap((day) => [day.p50Ms ?? 0, day.p95Ms ?? 0]));
  const y = (ms: number) => TOP + TALL * (1 - scale.at(ms));
  const wide = width - RIGHT;
  const step = wide / Math.max(1, days.length);
  const first = days[0];
  const last = days.at(-1);
  return (
    <div ref={measure}>
      <svg
        aria-hidden="true"
        className="chart-drawing"
        width={width}
        height={TOP + TALL + FOOT}
        viewBox={`0 0 ${width} ${TOP + TALL + FOOT}`}
      >
        {scale.ticks.map((tick) => (
          <g key={tick}>
            <path className="chart-line" d={`M0 ${Math.round(y(tick)) + 0.5}H${wide}`} />
            <text className="chart-text" x={wide + 6} y={y(tick) + 4}>
              {tickWords(tick)}
            </text>
          </g>
        ))}
        {days.map((day, place) => (
          <DayMark key={day.date} day={day} x={(place + 0.5) * step} half={Math.min(5, step * 0.36)} y={y} />
        ))}
        {first && (
          <text className="chart-text" x={0} y={TOP + TALL + FOOT - 2}>
            {shortDay(first.date)}
          </text>
        )}
        {last && last !== first && (
          <text className="chart-text" x={wide} y={TOP + TALL + FOOT - 2} textAnchor="end">
            {shortDay(last.date)}
          </text>
        )}
      </svg>
    </div>
  );
};

const DayMark = ({ day, x, half, y }: { day: Days[number]; x: number; half: number; y: (ms: number) => number }) => {
  const usual = day.p50Ms;
  const slow = day.p95Ms ?? usual;
  const top = slow === undefined ? TOP + TALL : y(slow);
  const cross = Math.max(5, top - 8);
  return (
    <g>
      <title>{dayTitle(day)}</title>
      {usual !== undefined && <path className="stats-whisker" d={`M${x} ${top}V${y(usual)}`} />}
      {usual !== undefined && <path className="stats-usual" d={`M${x - half} ${y(usual)}h${half * 2}`} />}
      {day.failed > 0 && <path className="chart-cross" d={`M${x - 3.5} ${cross - 3.5}l7 7m0-7l-7 7`} />}
    </g>
  );
};
