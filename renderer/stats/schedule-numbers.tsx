import type { Lateness, Stats } from '../../preload/contract/stats.ts';
import { duration } from '../ui/format.ts';
import { Row, SectionHead, Table } from '../ui/table.tsx';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { percentOf } from './chart-math.ts';
import { keyOf } from './durations.tsx';

const { schedules: say, findings } = words.stats;

const inWords = (ms: number | undefined): string => (ms === undefined ? '' : duration(ms));

const whyLate = (lateness: Lateness | undefined): string => {
  if (!lateness) return say.byHand;
  if (lateness.late === 0) return say.onTime;
  const reasons = lateness.reasons.map(({ reason, runs }) => say.reason(say.reasons[reason], runs)).join(', ');
  return say.late(lateness.late, reasons);
};

/** What failed of all runs, how many came late, and why most of those did. */
export const schedulesFinding = (runs: Stats['runs']): string => {
  if (runs.total === 0) return findings.noRuns;
  const all = runs.bySchedule.flatMap(({ lateness }) => lateness?.reasons ?? []);
  const sums = [...Map.groupBy(all, ({ reason }) => reason)]
    .map(([reason, those]) => ({ reason, runs: those.reduce((sum, each) => sum + each.runs, 0) }))
    .sort((left, right) => right.runs - left.runs);
  const late = sums.reduce((sum, { runs: count }) => sum + count, 0);
  const [top] = sums;
  return (
    say.finding(percentOf(runs.failed, runs.total), runs.total) +
    (top ? say.lateFinding(late, say.reasons[top.reason]) : say.noLate)
  );
};

/** Every schedule in numbers: how often, how long, how late, and why. */
export const ScheduleNumbers = ({ runs }: { runs: Stats['runs'] }) => (
  <section aria-labelledby="stats-schedules" className="stats-part stats-all">
    <SectionHead id="stats-schedules">{say.title}</SectionHead>
    <p className="chart-finding">{schedulesFinding(runs)}</p>
    <Table
      label={say.title}
      stacks={false}
      columns={[
        { head: say.schedule },
        { head: say.runs, width: '64px', align: 'end' },
        { head: say.failed, width: '96px', align: 'end' },
        { head: say.usual, width: '80px', align: 'end' },
        { head: say.slow, width: '92px', align: 'end', leavesNarrow: true },
        { head: say.lateUsual, width: '104px', align: 'end', leavesNarrow: true },
        { head: say.lateSlow, width: '96px', align: 'end' },
        { head: say.lateWorst, width: '92px', align: 'end', leavesNarrow: true },
        { head: say.lateWhy, width: '27%' },
      ]}
    >
      {runs.bySchedule.map((one) => (
        <Row key={keyOf(one)}>
          <td className="trunc">{one.name}</td>
          <td className="num">{number(one.runs)}</td>
          <td className={one.failed > 0 ? 'num bad' : 'num dim'}>
            {number(one.failed)}
            {one.failed > 0 && <span className="dim"> {percentOf(one.failed, one.runs)}</span>}
          </td>
          <td className="num mono">{inWords(one.p50Ms)}</td>
          <td className="num mono hide-narrow">{inWords(one.p95Ms)}</td>
          <td className="num mono hide-narrow">{inWords(one.lateness?.p50Ms ?? one.latenessMs)}</td>
          <td className="num mono">{inWords(one.lateness?.p95Ms)}</td>
          <td className="num mono hide-narrow">{inWords(one.lateness?.worstMs)}</td>
          <td className="mid">{whyLate(one.lateness)}</td>
        </Row>
      ))}
    </Table>
  </section>
);
