import { useState } from 'react';
import type { Stats, StorageInfo } from '../../preload/contract/stats.ts';
import { ChartFigure } from '../ui/chart-figure.tsx';
import { Select } from '../ui/field.tsx';
import { bytes, duration } from '../ui/format.ts';
import { Note } from '../ui/note.tsx';
import { Row, SectionHead, Table } from '../ui/table.tsx';
import { count, number } from '../words/counting.ts';
import { percentOf } from './chart-math.ts';
import { DurationChart } from './duration-chart.tsx';
import { dayWords, runsFinding } from './findings.ts';

type BySchedule = Stats['runs']['bySchedule'][number];
const keyOf = (one: BySchedule): string => one.scheduleId ?? `by hand ${one.name}`;

const durationFinding = (one: BySchedule): string => {
  const runs = `${count(one.runs, 'run')}${one.failed > 0 ? `, ${number(one.failed)} failed` : ''}`;
  if (one.p50Ms === undefined) return `${runs}.`;
  const rarely = one.p95Ms === undefined ? '' : `, rarely over ${duration(one.p95Ms)}`;
  return `${runs}. Usually ${duration(one.p50Ms)}${rarely}.`;
};

/** How long the runs of one schedule took, day by day; which one is chosen at the right. */
export const Durations = ({ runs }: { runs: Stats['runs'] }) => {
  const [chosen, setChosen] = useState<string>();
  const all = runs.bySchedule.filter((one) => one.runs > 0);
  const shown = all.find((one) => keyOf(one) === chosen) ?? all[0];
  if (!shown) {
    return (
      <section className="stats-part">
        <SectionHead>How long runs take</SectionHead>
        <p className="chart-finding">No runs yet.</p>
      </section>
    );
  }
  return (
    <div className="stats-part">
      <ChartFigure
        title={`How long ${shown.name} takes`}
        note="usual and slowest 5 %"
        finding={durationFinding(shown)}
        table={{
          heads: ['Day', 'Runs', 'Usual', 'Slowest 5 %', 'Failed'],
          rows: shown.perDay.map((day) => [
            dayWords(day.date),
            day.runs,
            day.p50Ms === undefined ? '' : duration(day.p50Ms),
            day.p95Ms === undefined ? '' : duration(day.p95Ms),
            day.failed,
          ]),
        }}
      >
        <DurationChart days={shown.perDay} />
      </ChartFigure>
      {all.length > 1 && (
        <Select
          aria-label="Schedule of the durations"
          value={keyOf(shown)}
          options={all.map((one) => ({ value: keyOf(one), label: one.name }))}
          onChange={setChosen}
        />
      )}
      <p className="stats-runs">
        <b>All schedules: {runsFinding(runs)}</b>{' '}
        <a className="link" href="#/history">
          Open the history
        </a>
      </p>
    </div>
  );
};

/** Every schedule in numbers. */
export const ScheduleNumbers = ({ runs }: { runs: Stats['runs'] }) => (
  <section aria-labelledby="stats-schedules" className="stats-part">
    <SectionHead id="stats-schedules">Runs by schedule</SectionHead>
    <Table
      label="Runs by schedule"
      stacks={false}
      columns={[
        { head: 'Schedule' },
        { head: 'Runs', width: '56px', align: 'end' },
        { head: 'Failed', width: '52px', align: 'end' },
        { head: 'Usual', width: '64px', align: 'end' },
        { head: 'Slowest 5 %', width: '80px', align: 'end', leavesNarrow: true },
        { head: 'Late by', width: '64px', align: 'end', leavesNarrow: true },
      ]}
    >
      {runs.bySchedule.map((one) => (
        <Row key={keyOf(one)}>
          <td className="trunc">{one.name}</td>
          <td className="num">{number(one.runs)}</td>
          <td className={one.failed > 0 ? 'num bad' : 'num dim'}>{number(one.failed)}</td>
          <td className="num mono">{one.p50Ms === undefined ? '' : duration(one.p50Ms)}</td>
          <td className="num mono hide-narrow">{one.p95Ms === undefined ? '' : duration(one.p95Ms)}</td>
          <td className="num mono hide-narrow">{one.latenessMs === undefined ? '' : duration(one.latenessMs)}</td>
        </Row>
      ))}
    </Table>
  </section>
);

/** Names beside numbers, one a line. */
export const Facts = ({ facts }: { facts: readonly (readonly [string, string])[] }) => (
  <dl className="stats-facts">
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** What the network was asked, and whether the plan fits into the time. */
export const Load = ({ stats }: { stats: Stats }) => {
  const { fetches, load } = stats;
  return (
    <section aria-labelledby="stats-load" className="stats-part">
      <SectionHead id="stats-load">Asked of the network</SectionHead>
      <p className="chart-finding">
        {fetches.total === 0
          ? 'Nothing was fetched yet.'
          : `${count(fetches.total, 'fetch job')}, ${percentOf(fetches.notModified, fetches.total)} answered “not modified”.`}
      </p>
      {load.warning && (
        <Note tone="warn" title="More is planned than fits.">
          {load.warning}
        </Note>
      )}
      <Facts
        facts={[
          ['Fetch jobs', number(fetches.total)],
          ['Failed', number(fetches.failed)],
          ['Not modified', number(fetches.notModified)],
          ['Received', bytes(fetches.bytes)],
          ['Requests an hour, planned', number(Math.round(load.plannedPerHour))],
          ['Requests an hour, done in the last 24 h', number(Math.round(load.donePerHour))],
        ]}
      />
    </section>
  );
};

/** What lies on the disk. */
export const Disk = ({ storage }: { storage: StorageInfo }) => {
  const largest = storage.files.toSorted((a, b) => b.bytes - a.bytes);
  const [top] = largest;
  return (
    <section aria-labelledby="stats-disk" className="stats-part">
      <SectionHead id="stats-disk">On disk</SectionHead>
      <p className="chart-finding">
        {bytes(storage.bytes)} in all{top ? `, most of it in ${top.name} (${bytes(top.bytes)})` : ''}.
      </p>
      <Facts
        facts={[
          ['Posts', number(storage.counts.posts)],
          ['Bodies', number(storage.counts.bodies)],
          ['Runs', number(storage.counts.runs)],
          ['Fetch jobs', number(storage.counts.fetchJobs)],
          ...largest.slice(0, 6).map((file) => [file.name, bytes(file.bytes)] as const),
        ]}
      />
      <p className="sub stats-folder">{storage.dataDir}</p>
    </section>
  );
};
