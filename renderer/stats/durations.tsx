import { useState } from 'react';
import type { Stats } from '../../preload/contract/stats.ts';
import { ChartFigure } from '../ui/chart-figure.tsx';
import { Select } from '../ui/field.tsx';
import { duration } from '../ui/format.ts';
import { SectionHead } from '../ui/table.tsx';
import { words } from '../words/words.ts';
import { DurationChart } from './duration-chart.tsx';
import { dayWords, runsFinding } from './findings.ts';

const { durations: say, findings } = words.stats;

type BySchedule = Stats['runs']['bySchedule'][number];
/** What tells a row of schedules from the others. */
export const keyOf = (one: BySchedule): string => one.scheduleId ?? `by-hand-${one.name}`;

const durationFinding = (one: BySchedule): string => {
  const runs = say.runs(one.runs, one.failed);
  if (one.p50Ms === undefined) return say.only(runs);
  return say.usually(runs, duration(one.p50Ms), one.p95Ms === undefined ? '' : say.rarely(duration(one.p95Ms)));
};
const inWords = (ms: number | undefined): string => (ms === undefined ? '' : duration(ms));

/** How long the runs of one schedule took, day by day; which one is chosen below. */
export const Durations = ({ runs }: { runs: Stats['runs'] }) => {
  const [chosen, setChosen] = useState<string>();
  const all = runs.bySchedule.filter((one) => one.runs > 0);
  const shown = all.find((one) => keyOf(one) === chosen) ?? all[0];
  if (!shown) {
    return (
      <section className="stats-part">
        <SectionHead>{say.none}</SectionHead>
        <p className="chart-finding">{findings.noRuns}</p>
      </section>
    );
  }
  return (
    <div className="stats-part">
      <ChartFigure
        title={say.title(shown.name)}
        note={say.note}
        finding={durationFinding(shown)}
        table={{
          heads: say.heads,
          rows: shown.perDay.map((day) => [dayWords(day.date), day.runs, inWords(day.p50Ms), inWords(day.p95Ms), day.failed]),
        }}
      >
        <DurationChart days={shown.perDay} />
      </ChartFigure>
      {all.length > 1 && (
        <Select
          aria-label={say.schedule}
          value={keyOf(shown)}
          options={all.map((one) => ({ value: keyOf(one), label: one.name }))}
          onChange={setChosen}
        />
      )}
      <p className="stats-runs">
        <b>{say.all(runsFinding(runs))}</b>{' '}
        <a className="link" href="#/history">
          {say.history}
        </a>
      </p>
    </div>
  );
};
