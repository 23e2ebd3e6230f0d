import type { Stats } from '../../preload/contract/stats.ts';
import { BarChart } from '../ui/bar-chart.tsx';
import { ChartFigure } from '../ui/chart-figure.tsx';
import { bytes, clock } from '../ui/format.ts';
import { Note } from '../ui/note.tsx';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { percentOf } from './chart-math.ts';
import { Facts } from './facts.tsx';

const { load: say } = words.stats;

/** What the network was asked in each of the last 24 hours, beside what the intervals plan, and whether the plan fits into the time. */
export const Load = ({ stats }: { stats: Stats }) => {
  const { fetches, load } = stats;
  const last = load.perHour.length - 1;
  return (
    <div className="stats-part">
      <ChartFigure
        title={say.title}
        note={say.note}
        finding={fetches.total === 0 ? say.nothing : say.finding(fetches.total, percentOf(fetches.notModified, fetches.total))}
        table={{ heads: say.heads, rows: load.perHour.map(({ at, requests }) => [clock(at, stats.timeZone), requests]) }}
      >
        <BarChart
          height={112}
          bars={load.perHour.map(({ at, requests }, place) => ({
            key: at,
            value: requests,
            tooltip: say.bar(clock(at, stats.timeZone), requests),
            tone: place === last ? 'accent' : undefined,
          }))}
          labels={load.perHour.flatMap(({ at }, place) =>
            place % 6 === 0 ? [{ at: place, text: clock(at, stats.timeZone), align: 'start' as const }] : [],
          )}
          mark={load.plannedPerHour > 0 ? { value: load.plannedPerHour, text: say.planned(load.plannedPerHour) } : undefined}
        />
      </ChartFigure>
      {load.warning && (
        <Note tone="warn" title={say.warning}>
          {load.warning}
        </Note>
      )}
      <Facts
        facts={[
          [say.fetchJobs, number(fetches.total)],
          [say.failed, number(fetches.failed)],
          [say.notModified, number(fetches.notModified)],
          [say.received, bytes(fetches.bytes)],
          [say.plannedFact, number(Math.round(load.plannedPerHour))],
          [say.doneFact, number(Math.round(load.donePerHour))],
        ]}
      />
    </div>
  );
};
