import ChevronDown from 'lucide-react/dist/esm/icons/chevron-down.mjs';
import ChevronRight from 'lucide-react/dist/esm/icons/chevron-right.mjs';
import { memo, useState } from 'react';
import type { Run } from '../../preload/contract/run.ts';
import { clock, duration, lateness, longDay } from '../ui/format.ts';
import { countsWords, lateMs, RUN_CAUSE_WORDS, tookMs, wasNothingDue } from '../ui/run-words.ts';
import { Status } from '../ui/status-glyph.tsx';
import { type Column, Row, SectionHead, Table } from '../ui/table.tsx';
import { words } from '../words/words.ts';
import { asideOf, gapAside, gapWords } from './gap-words.ts';
import type { HistoryDay, HistoryEntry } from './group-runs.ts';
import { When } from './when.tsx';

const say = words.history.list;
const COLUMNS: Column[] = [
  { head: say.status, width: '110px' },
  { head: say.run },
  { head: say.startedBy, width: '88px', leavesNarrow: true },
  { head: say.due, width: 'var(--history-due)' },
  { head: say.started, width: '140px', leavesNarrow: true },
  { head: say.took, width: '88px', align: 'end' },
  { head: say.result, width: '190px', align: 'end' },
];

/* What lies across the table spans the columns that never leave, so that it makes no new ones; the rest is empty. */
const LEAVING = COLUMNS.filter((column) => column.leavesNarrow);
const ACROSS = COLUMNS.length - LEAVING.length - 1;
const Rest = () => LEAVING.map((column) => <td key={String(column.head)} className="hide-narrow" />);

const headOf = (day: HistoryDay, today: number): { title: string; note: string } => {
  const noon = `${day.day}T12:00:00`;
  const age = Math.round((new Date(today).setHours(12, 0, 0, 0) - Date.parse(noon)) / 86_400_000);
  const date = longDay(Date.parse(noon));
  const note = say.dayNote(day.runs, day.failed);
  if (age === 0) return { title: say.today, note: date };
  if (age === 1) return { title: say.yesterday, note: say.dateAndNote(date, note) };
  return { title: date, note };
};

/** One day of runs as a ruled table. `today` is any instant of the present day, the same all day long. */
export const DayOfRuns = memo(({ day, today, zone }: { day: HistoryDay; today: number; zone: string }) => {
  const { title, note } = headOf(day, today);
  return (
    <section
      className="history-day"
      aria-labelledby={`day-${day.day}`}
      style={{ containIntrinsicBlockSize: `auto ${90 + day.entries.length * 34}px` }}
    >
      <SectionHead id={`day-${day.day}`} note={note}>
        {title}
      </SectionHead>
      <Table label={say.table(title)} columns={COLUMNS}>
        {day.entries.map((entry) => (
          <Entry key={entry.kind === 'run' ? entry.run.id : `fold ${entry.from}`} entry={entry} today={today} zone={zone} />
        ))}
      </Table>
    </section>
  );
});

const Entry = ({ entry, today, zone }: { entry: HistoryEntry; today: number; zone: string }) => {
  if (entry.kind === 'fold') return <Fold entry={entry} zone={zone} />;
  const { run } = entry;
  return run.status === 'missed' ? <GapRow run={run} today={today} zone={zone} /> : <RunRow run={run} />;
};

const whatOf = (entry: Extract<HistoryEntry, { kind: 'fold' }>): string => {
  if (entry.runs.every((run) => 'counts' in run && wasNothingDue(run.counts))) return say.nothingDue;
  return entry.posts === 0 ? say.nothingNew : say.littleNew;
};

const Fold = ({ entry, zone }: { entry: Extract<HistoryEntry, { kind: 'fold' }>; zone: string }) => {
  const [isOpen, setIsOpen] = useState(false);
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <>
      <Row>
        <td>
          <Status status="completed">{say.runs(entry.runs.length)}</Status>
        </td>
        <td colSpan={ACROSS} className="row-name">
          <button type="button" className="history-fold" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            <Chevron aria-hidden="true" width={14} height={14} strokeWidth={1.5} />
            {say.fold(whatOf(entry), clock(entry.from, zone), clock(entry.to, zone))}
          </button>
        </td>
        <Rest />
      </Row>
      {isOpen && entry.runs.map((run) => <RunRow key={run.id} run={run} />)}
    </>
  );
};

const GapRow = ({ run, today, zone }: { run: Extract<Run, { status: 'missed' }>; today: number; zone: string }) => (
  <Row tone="gap">
    <td>
      <Status status="missed" />
    </td>
    <td colSpan={ACROSS} className="row-name">
      <a href={`#/history/run/${run.id}`} title={run.reason}>
        <b>{gapWords(run, today, zone)}</b>
      </a>{' '}
      <span className="dim">{gapAside(run)}</span>
    </td>
    <Rest />
  </Row>
);

const resultOf = (run: Run): string => {
  if (!('counts' in run) || run.status === 'running') return '';
  return Object.keys(run.counts).length === 0 ? '' : countsWords(run.counts);
};

const RunRow = memo(({ run }: { run: Run }) => {
  const aside = asideOf(run);
  const took = 'endedAt' in run ? tookMs(run, 0) : undefined;
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
      <td className="mono mid nowrap">{run.scheduledFor && <When at={run.scheduledFor} />}</td>
      <td className="mono hide-narrow nowrap">
        {started && <When at={started} hasSeconds />}
        {late !== undefined && <span className="dim"> {lateness(late)}</span>}
      </td>
      <td className="mono num">{took === undefined ? '' : duration(took)}</td>
      <td className="num">{resultOf(run)}</td>
    </Row>
  );
});
