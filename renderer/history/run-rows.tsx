import ChevronDown from 'lucide-react/dist/esm/icons/chevron-down.mjs';
import ChevronRight from 'lucide-react/dist/esm/icons/chevron-right.mjs';
import { useState } from 'react';
import type { Run } from '../../preload/contract/run.ts';
import { clock, clockSeconds, duration, lateness, longDay } from '../ui/format.ts';
import { ExactTime } from '../ui/relative-time.tsx';
import { countsWords, lateMs, RUN_CAUSE_WORDS, tookMs, wasNothingDue } from '../ui/run-words.ts';
import { Status } from '../ui/status-glyph.tsx';
import { type Column, Row, SectionHead, Table } from '../ui/table.tsx';
import { count } from '../words/counting.ts';
import { asideOf, gapWords } from './gap-words.ts';
import type { HistoryDay, HistoryEntry } from './group-runs.ts';

const COLUMNS: Column[] = [
  { head: 'Status', width: '110px' },
  { head: 'Run' },
  { head: 'Started by', width: '88px', leavesNarrow: true },
  { head: 'Due', width: '60px' },
  { head: 'Started', width: '140px', leavesNarrow: true },
  { head: 'Took', width: '88px', align: 'end' },
  { head: 'Result', width: '190px', align: 'end' },
];

/* What lies across the table spans the columns that never leave, so that it makes no new ones; the rest is empty. */
const LEAVING = COLUMNS.filter((column) => column.leavesNarrow);
const ACROSS = COLUMNS.length - LEAVING.length - 1;
const Rest = () => LEAVING.map((column) => <td key={String(column.head)} className="hide-narrow" />);

const headOf = (day: HistoryDay, now: number): { title: string; note: string } => {
  const noon = `${day.day}T12:00:00`;
  const age = Math.round((new Date(now).setHours(12, 0, 0, 0) - Date.parse(noon)) / 86_400_000);
  const date = longDay(Date.parse(noon));
  const failed = day.failed > 0 ? `, ${day.failed} failed` : '';
  const runs = `${count(day.runs, 'run')}${failed}`;
  if (age === 0) return { title: 'Today', note: date };
  if (age === 1) return { title: 'Yesterday', note: `${date}, ${runs}` };
  return { title: date, note: runs };
};

/** One day of runs as a ruled table. */
export const DayOfRuns = ({ day, now }: { day: HistoryDay; now: number }) => {
  const { title, note } = headOf(day, now);
  return (
    <section className="history-day" aria-labelledby={`day-${day.day}`}>
      <SectionHead id={`day-${day.day}`} note={note}>
        {title}
      </SectionHead>
      <Table label={`Runs, ${title}`} columns={COLUMNS}>
        {day.entries.map((entry) => (
          <Entry key={entry.kind === 'run' ? entry.run.id : `fold ${entry.from}`} entry={entry} now={now} />
        ))}
      </Table>
    </section>
  );
};

const Entry = ({ entry, now }: { entry: HistoryEntry; now: number }) => {
  if (entry.kind === 'fold') return <Fold entry={entry} now={now} />;
  const { run } = entry;
  return run.status === 'missed' ? <GapRow run={run} now={now} /> : <RunRow run={run} now={now} />;
};

const Fold = ({ entry, now }: { entry: Extract<HistoryEntry, { kind: 'fold' }>; now: number }) => {
  const [isOpen, setIsOpen] = useState(false);
  const isIdle = entry.runs.every((run) => 'counts' in run && wasNothingDue(run.counts));
  const what = isIdle ? 'Nothing was due' : entry.posts === 0 ? 'Completed with nothing new' : 'Completed with little new';
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <>
      <Row>
        <td>
          <Status status="completed">{count(entry.runs.length, 'run')}</Status>
        </td>
        <td colSpan={ACROSS} className="row-name">
          <button type="button" className="history-fold" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            <Chevron aria-hidden="true" width={14} height={14} strokeWidth={1.5} />
            {what}, {clock(entry.from)}–{clock(entry.to)}
          </button>
        </td>
        <Rest />
      </Row>
      {isOpen && entry.runs.map((run) => <RunRow key={run.id} run={run} now={now} />)}
    </>
  );
};

const GapRow = ({ run, now }: { run: Extract<Run, { status: 'missed' }>; now: number }) => (
  <Row tone="gap">
    <td>
      <Status status="missed" />
    </td>
    <td colSpan={ACROSS} className="row-name">
      <a href={`#/history/run/${run.id}`}>
        <b>{gapWords(run, now)}</b>
      </a>{' '}
      <span className="dim">{run.name}</span>
    </td>
    <Rest />
  </Row>
);

const resultOf = (run: Run): string => {
  if (!('counts' in run) || run.status === 'running') return '';
  return Object.keys(run.counts).length === 0 ? '' : countsWords(run.counts);
};

const RunRow = ({ run, now }: { run: Run; now: number }) => {
  const aside = asideOf(run);
  const took = 'endedAt' in run ? tookMs(run, now) : undefined;
  const started = 'startedAt' in run ? run.startedAt : undefined;
  const late = lateMs(run);
  return (
    <Row>
      <td>
        <Status status={run.status} />
      </td>
      <td className="row-name history-cell">
        <a href={`#/history/run/${run.id}`}>
          <b>{run.name}</b>
        </a>{' '}
        {aside && <span className="dim">{aside}</span>}
      </td>
      <td className="mid hide-narrow">{RUN_CAUSE_WORDS[run.cause]}</td>
      <td className="mono mid">{run.scheduledFor && <ExactTime at={run.scheduledFor}>{clock(run.scheduledFor)}</ExactTime>}</td>
      <td className="mono hide-narrow nowrap">
        {started && <ExactTime at={started}>{clockSeconds(started)}</ExactTime>}
        {late !== undefined && <span className="dim"> {lateness(late)}</span>}
      </td>
      <td className="mono num">{took === undefined ? '' : duration(took)}</td>
      <td className="num">{resultOf(run)}</td>
    </Row>
  );
};
