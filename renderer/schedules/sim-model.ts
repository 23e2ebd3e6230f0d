import type { Simulation } from '../../preload/contract/schedule.ts';
import { dayOfMonth, monthName, plainDay } from '../ui/format.ts';
import { words } from '../words/words.ts';

const { simModel: say } = words.schedules;

type Cell = Simulation['cells'][number];
type Day = Simulation['days'][number];

const HOUR_MS = 3_600_000;

/** The geometry of the grid, in the units of its drawing. */
export const GRID = { left: 42, top: 30, column: 16.2, row: 9 } as const;

/** A column of the grid. */
export type Column = { day: string; month: string; isWeekend: boolean; isToday: boolean; clocks: string };

const numbers = (date: string): [number, number, number] => date.split('-').map(Number) as [number, number, number];

/** How a day is written above its column; `clocks` is `25 h` where the clocks change. */
export const columnOf = (day: Day, place: number): Column => {
  const [year, month, date] = numbers(day.date);
  const at = Date.UTC(year, month - 1, date);
  const weekday = new Date(at).getUTCDay();
  return {
    day: dayOfMonth(at, 'UTC'),
    month: place === 0 || date === 1 ? monthName(at, 'UTC') : '',
    isWeekend: weekday === 0 || weekday === 6,
    isToday: place === 0,
    clocks: day.hours === 24 ? '' : `${day.hours} h`,
  };
};

const box = (x: number, y: number, width: number, height: number): string =>
  `M${x.toFixed(1)},${y.toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h${(-width).toFixed(1)}z`;

const HIGH = { one: 3, many: 5 };
const markOf = ({
  day,
  hour,
  onTime,
  catchUps,
  missed,
  madeUp,
}: Cell): { kind: 'onTime' | 'catchUp' | 'missed' | 'madeUp'; path: string } => {
  const x = GRID.left + day * GRID.column;
  const middle = GRID.top + hour * GRID.row + GRID.row / 2;
  const bar = (height: number) => box(x + 2.2, middle - height / 2, GRID.column - 4.4, height);
  if (catchUps > 0) return { kind: 'catchUp', path: bar(6) };
  if (missed > 0) return { kind: 'missed', path: box(x + GRID.column / 2 - 2, middle - 2, 4, 4) };
  if (onTime > 0) return { kind: 'onTime', path: bar(onTime > 1 ? HIGH.many : HIGH.one) };
  return { kind: 'madeUp', path: madeUp > 0 ? box(x + GRID.column / 2 - 0.9, middle - 0.9, 1.8, 1.8) : '' };
};

/** All marks of a kind as one path, so that a month is a handful of elements. */
export const pathsOf = (cells: readonly Cell[]): Record<'onTime' | 'catchUp' | 'missed' | 'madeUp', string> => {
  const paths = { onTime: '', catchUp: '', missed: '', madeUp: '' };
  for (const cell of cells) {
    const { kind, path } = markOf(cell);
    paths[kind] += path;
  }
  return paths;
};

/** The nights as one path; the hours of a day on which the clocks change are drawn as elapsed ones. */
export const nightsOf = (days: readonly Day[]): string =>
  days
    .flatMap((day, place) =>
      day.asleep.map(({ from, to }) => {
        const hourOf = (at: string) => Math.min(24, ((Date.parse(at) - Date.parse(day.startsAt)) / HOUR_MS / day.hours) * 24);
        const top = GRID.top + hourOf(from) * GRID.row;
        return box(GRID.left + place * GRID.column, top, GRID.column + 0.1, (hourOf(to) - hourOf(from)) * GRID.row);
      }),
    )
    .join('');

/** One line a day for those who do not see the grid. */
export type DayLine = { date: string; onTime: number; catchUps: number; madeUp: number; missed: number };
export const dayLines = ({ days, cells }: Pick<Simulation, 'days' | 'cells'>): DayLine[] => {
  const lines = days.map(({ date }) => ({ date, onTime: 0, catchUps: 0, madeUp: 0, missed: 0 }));
  for (const cell of cells) {
    const line = lines[cell.day];
    if (!line) continue;
    line.onTime += cell.onTime;
    line.catchUps += cell.catchUps;
    line.madeUp += cell.madeUp;
    line.missed += cell.missed;
  }
  return lines;
};

const duesOf = ({ onTime, madeUp, missed }: DayLine): number => onTime + madeUp + missed;
const placeOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** *25 October has 25 hours in Vienna, so that day has one run more.* Empty when the clocks stay as they are. */
export const clocksSentence = (simulation: Pick<Simulation, 'days' | 'cells' | 'timeZone'>): string => {
  const place = simulation.days.findIndex(({ hours }, index) => index > 0 && hours !== 24);
  const day = simulation.days[place];
  if (!day) return '';
  const lines = dayLines(simulation);
  const [here, before] = [lines[place], lines[place - 1]];
  const after = lines[place + 1];
  const begin = say.hasHours(plainDay(day.date, 'long'), day.hours, placeOf(simulation.timeZone));
  // Only where the days around agree does the difference come from the clocks; the first day is not a whole one.
  const usual = place === 1 ? after : before;
  if (!here || !usual || (place > 1 && after && duesOf(after) !== duesOf(usual))) return `${begin}.`;
  const more = duesOf(here) - duesOf(usual);
  if (more === 0) return say.asManyRuns(begin);
  return say.soThatDayHas(begin, Math.abs(more), more > 0);
};
