import type { Simulation } from '../../preload/contract/schedule.ts';
import { type Query, useQuery } from '../client/use-query.ts';
import { Select } from '../ui/field.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { useSettled } from '../ui/use-settled.ts';
import { words } from '../words/words.ts';
import { type Draft, ruleOf } from './editor-draft.ts';
import { SimGrid, SimLegend, SimTable } from './sim-grid.tsx';
import { halfHours, SLEEP_DAYS, type SleepWords, toHabit } from './sleep-habit.ts';

const { simulator: say } = words.schedules;

const PAUSE_MS = 250;
const DAYS = 30;

/** What the next 30 days of the draft look like, asked once typing pauses. */
export const useSimulation = (draft: Draft, sleep: SleepWords): Query<Simulation> => {
  const rule = ruleOf(draft);
  return useQuery('schedules.simulate', useSettled(rule && { ...rule, sleep: toHabit(sleep), days: DAYS }, PAUSE_MS));
};

/** The next 30 days, if this computer sleeps as its owner says. */
export const Simulator = ({
  simulation,
  sleep,
  onSleep,
}: {
  simulation: Query<Simulation>;
  sleep: SleepWords;
  onSleep: (part: Partial<SleepWords>) => void;
}) => (
  <section className="simulator" aria-labelledby="simulator-title">
    <h2 className="simulator-title" id="simulator-title">
      {say.theNextDays(DAYS)}
    </h2>
    <div className="simulator-sleep mid">
      <span>{say.ifThisComputerSleeps}</span>
      <Select
        aria-label={say.sleepsFrom}
        value={sleep.from}
        options={halfHours(sleep.from)}
        disabled={sleep.days === 'never'}
        onChange={(from) => onSleep({ from })}
      />
      <span>{say.to}</span>
      <Select
        aria-label={say.sleepsTo}
        value={sleep.to}
        options={halfHours(sleep.to)}
        disabled={sleep.days === 'never'}
        onChange={(to) => onSleep({ to })}
      />
      <span>{say.on}</span>
      <Select aria-label={say.sleepsOn} value={sleep.days} options={SLEEP_DAYS} onChange={(days) => onSleep({ days })} />
    </div>
    {simulation.error && <p className="dim">{simulation.error.message}</p>}
    {!simulation.error && simulation.isLoading && <LoadingBars rows={4} />}
    {!simulation.error && simulation.data && (
      <>
        <SimGrid simulation={simulation.data} />
        <SimLegend simulation={simulation.data} />
        <SimTable simulation={simulation.data} />
      </>
    )}
  </section>
);
