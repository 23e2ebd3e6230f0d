import { memo } from 'react';
import type { Simulation } from '../../preload/contract/schedule.ts';
import { classes } from '../ui/classes.ts';
import { hourOfDay, plainDay } from '../ui/format.ts';
import { useRegion } from '../ui/use-region.ts';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { columnOf, dayLines, GRID, nightsOf, pathsOf } from './sim-model.ts';

const { simGrid: say } = words.schedules;

const HOURS = [0, 6, 12, 18];
const BOTTOM = GRID.top + 24 * GRID.row;

/** *524 runs on time, 22 catch-up runs, 175 missed and made up once.* */
export const simulationWords = ({ counts }: Pick<Simulation, 'counts'>): string =>
  [
    say.runsOnTime(counts.onTime),
    counts.catchUps > 0 ? say.catchUpRuns(counts.catchUps) : '',
    counts.madeUp > 0 ? say.runsMadeUp(counts.madeUp) : '',
    counts.missed > 0 ? say.runsMissed(counts.missed) : '',
  ]
    .filter(Boolean)
    .join(', ');

/** The next days: a column a day, a row an hour. Seven drawn shapes, however many runs there are. */
export const SimGrid = memo(({ simulation }: { simulation: Simulation }) => {
  useRegion();
  const { days, cells } = simulation;
  const paths = pathsOf(cells);
  const width = GRID.left + days.length * GRID.column + 2;
  const middle = (place: number) => GRID.left + (place + 0.5) * GRID.column;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className="sim-frame" tabIndex={0} aria-label={say.hourByHour}>
      <svg
        className="sim"
        viewBox={`0 0 ${width.toFixed(0)} ${BOTTOM + 4}`}
        role="img"
        aria-label={say.theNextDays(days.length, simulationWords(simulation))}
      >
        <path className="sim-night" d={nightsOf(days)} />
        {HOURS.map((hour) => (
          <text key={hour} className="sim-hour" x={GRID.left - 6} y={GRID.top + hour * GRID.row + 8}>
            {hourOfDay(hour)}
          </text>
        ))}
        {days.map((day, place) => {
          const { day: date, month, isWeekend, clocks } = columnOf(day, place);
          return (
            <g key={day.date}>
              {(clocks || month) && (
                <text className={clocks ? 'sim-clocks' : 'sim-month'} x={middle(place)} y={11}>
                  {clocks || month}
                </text>
              )}
              <text className={classes(isWeekend && 'sim-weekend')} x={middle(place)} y={24}>
                {date}
              </text>
              {clocks && (
                <rect
                  className="sim-change"
                  x={GRID.left + place * GRID.column}
                  y={GRID.top - 1}
                  width={GRID.column}
                  height={24 * GRID.row + 2}
                />
              )}
            </g>
          );
        })}
        <path className="sim-made-up" d={paths.madeUp} />
        <path className="sim-on-time" d={paths.onTime} />
        <path className="sim-catch-up" d={paths.catchUp} />
        <path className="sim-missed" d={paths.missed} />
      </svg>
    </section>
  );
});

const Key = ({ className, path }: { className: string; path: string }) => (
  <svg width="16" height="10" aria-hidden="true">
    <path className={className} d={path} />
  </svg>
);

/** What the marks mean, with how many there are. */
export const SimLegend = ({ simulation }: { simulation: Simulation }) => {
  const { counts, days } = simulation;
  return (
    <ul className="sim-key">
      <li>
        <Key className="sim-on-time" path="M1 3.5h13v3h-13z" />
        <b>{number(counts.onTime)}</b> {say.onTime}
      </li>
      {counts.catchUps > 0 && (
        <li>
          <Key className="sim-catch-up" path="M1 2h14v6h-14z" />
          <b>{number(counts.catchUps)}</b> {say.catchUpAtWake}
        </li>
      )}
      {counts.madeUp > 0 && (
        <li>
          <span className="sim-key-night">
            <Key className="sim-made-up" path="M7 4h2v2h-2z" />
          </span>
          <b>{number(counts.madeUp)}</b> {say.missedMadeUpOnce}
        </li>
      )}
      {counts.missed > 0 && (
        <li>
          <Key className="sim-missed" path="M6 3h4v4h-4z" />
          <b>{number(counts.missed)}</b> {say.missed}
        </li>
      )}
      {days.some(({ hours }) => hours !== 24) && (
        <li>
          <svg width="16" height="12" aria-hidden="true">
            <rect className="sim-change" x="2" y="1" width="11" height="10" />
          </svg>
          {say.clocksChange}
        </li>
      )}
    </ul>
  );
};

/** The same by day, behind the grid. */
export const SimTable = ({ simulation }: { simulation: Simulation }) => (
  <details className="sim-table">
    <summary>{say.dayByDay}</summary>
    <table aria-label={say.theNextDaysDayByDay}>
      <thead>
        <tr>
          <th scope="col">{say.day}</th>
          <th scope="col">{say.onTimeHead}</th>
          <th scope="col">{say.catchUpHead}</th>
          <th scope="col">{say.madeUpHead}</th>
          <th scope="col">{say.missedHead}</th>
        </tr>
      </thead>
      <tbody>
        {dayLines(simulation).map((line) => (
          <tr key={line.date}>
            <th scope="row">{plainDay(line.date, 'long')}</th>
            <td>{number(line.onTime)}</td>
            <td>{number(line.catchUps)}</td>
            <td>{number(line.madeUp)}</td>
            <td>{number(line.missed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </details>
);
