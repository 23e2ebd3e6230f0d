import Pencil from 'lucide-react/dist/esm/icons/pencil.mjs';
import Play from 'lucide-react/dist/esm/icons/play.mjs';
import type { Run } from '../../preload/contract/run.ts';
import type { ScheduleRow } from '../../preload/contract/schedule.ts';
import { useAction } from '../client/use-action.ts';
import { IconButton } from '../ui/button.tsx';
import { Switch } from '../ui/choices.tsx';
import { duration, timeTooltip } from '../ui/format.ts';
import { Why } from '../ui/popover.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { SparkBars } from '../ui/spark-bars.tsx';
import { Status } from '../ui/status-glyph.tsx';
import { type Column, Row, Table } from '../ui/table.tsx';
import { useToast } from '../ui/toast.tsx';
import { useNow } from '../ui/use-now.ts';
import { nextLine } from '../ui/zones.ts';
import { words } from '../words/words.ts';
import { Waiting } from './asked.tsx';
import { pausedWords } from './health.tsx';
import { ScheduleMenu } from './schedule-menu.tsx';
import { lastWords, successWords, toSpark } from './spark-model.ts';
import { useRunNow } from './use-run-now.ts';

const { scheduleTable: say } = words.schedules;

const COLUMNS: Column[] = [
  { head: say.on, width: '46px' },
  { head: say.scheduleInWords },
  { head: say.nextFive, width: '252px' },
  { head: say.lastResult, width: '158px' },
  { head: say.last30Runs, width: '142px', leavesNarrow: true },
  { head: say.actions, width: '96px', isHeadHidden: true },
];

/** The schedules as a ruled table: switch, words, next, last, health, what can be done. */
export const ScheduleTable = ({ rows, running }: { rows: readonly ScheduleRow[]; running: readonly Run[] }) => (
  <div className="schedules">
    <Table label={say.schedules} columns={COLUMNS}>
      {rows.map((row) => (
        <ScheduleRowView key={row.schedule.id} row={row} running={running.find((run) => run.scheduleId === row.schedule.id)} />
      ))}
    </Table>
  </div>
);

const ScheduleRowView = ({ row, running }: { row: ScheduleRow; running: Run | undefined }) => {
  const { schedule, words } = row;
  const update = useAction('schedules.update');
  const toast = useToast();
  const runNow = useRunNow();
  const turn = async (enabled: boolean) => {
    const answer = await update.run({ id: schedule.id, patch: { enabled } });
    if (!answer.ok) toast({ text: answer.error.message });
  };
  return (
    <Row>
      <td>
        <Switch label={say.isOn(schedule.name)} isOn={schedule.enabled} onChange={turn} />
      </td>
      <td className="row-name">
        <b className={schedule.enabled ? 'schedule-name' : 'schedule-name mid'}>{schedule.name}</b>
        <div className="mid">
          {words} <span className="dim nowrap">{schedule.timeZone}</span>
        </div>
      </td>
      <td>
        <NextFive row={row} />
        <Waiting schedule={schedule} />
      </td>
      <td>
        <LastResult run={running ?? row.last} />
      </td>
      <td className="hide-narrow">
        <Recent row={row} />
      </td>
      <td>
        <span className="schedule-actions">
          <IconButton
            label={say.runNow(schedule.name)}
            icon={<Play aria-hidden="true" strokeWidth={1.5} />}
            onClick={() => void runNow(schedule.id)}
          />
          <a
            className="button button-icon button-quiet"
            href={`#/schedules/${schedule.id}`}
            aria-label={say.editThis(schedule.name)}
            title={say.edit}
          >
            <Pencil aria-hidden="true" strokeWidth={1.5} />
          </a>
          <ScheduleMenu row={row} onRun={() => void runNow(schedule.id)} />
        </span>
      </td>
    </Row>
  );
};

const NextFive = ({ row }: { row: ScheduleRow }) => {
  const { schedule, next, why } = row;
  const dueAt = schedule.nextDueAt ?? next[0];
  const isPaused = schedule.pausedUntil !== undefined && Date.parse(schedule.pausedUntil) > Date.now();
  if (!schedule.enabled) return <span className="dim">{say.off}</span>;
  return (
    <>
      {next.length > 0 && (
        <span className="mono schedule-next">
          {nextLine(next, schedule.timeZone).map((text, place) => (
            <time key={next[place]} dateTime={next[place]} title={timeTooltip(next[place] ?? '', schedule.timeZone)}>
              {place === 0 ? <b>{text}</b> : text}
            </time>
          ))}
        </span>
      )}
      <div className="sub">
        <Why label={say.whyDueThen(schedule.name)} answer={<WhyAnswer name={schedule.name} why={why} hint={row.hint} />}>
          {isPaused ? (
            pausedWords(schedule.pausedUntil ?? '')
          ) : dueAt ? (
            <RelativeTime at={dueAt} kind="due" zone={schedule.timeZone} />
          ) : (
            say.nothingDue
          )}
        </Why>
      </div>
    </>
  );
};

const WhyAnswer = ({ name, why, hint }: { name: string; why: string; hint: string | undefined }) => (
  <>
    <h3 className="popover-title">{name}</h3>
    <p className="mid">{why}</p>
    {hint && <p className="mid">{hint}</p>}
  </>
);

const LastResult = ({ run }: { run: Run | undefined }) => {
  if (!run) return <span className="dim">{say.neverRan}</span>;
  const at = 'startedAt' in run && run.startedAt ? run.startedAt : run.queuedAt;
  return (
    <>
      <a href={`#/history/run/${run.id}`} className="schedule-last">
        <Status status={run.status} />
      </a>
      <div className="sub schedule-last-words" title={lastWords(run)}>
        <RelativeTime at={at} />
        {run.status === 'running' ? '' : `, ${lastWords(run)}`}
      </div>
    </>
  );
};

const Recent = ({ row }: { row: ScheduleRow }) => {
  const now = useNow();
  if (row.recent.length === 0) return null;
  const well = successWords(row.recent, row.successRate);
  const usual = row.usualMs === undefined ? '' : say.usually(duration(row.usualMs));
  const bars = toSpark(row.recent, now).map((bar) => ({
    value: bar.height,
    tone: bar.kind === 'failed' ? ('fail' as const) : bar.kind === 'running' ? ('accent' as const) : undefined,
  }));
  return (
    <>
      <SparkBars bars={bars} width={bars.length * 4} label={say.recentRuns(bars.length, row.schedule.name, well, usual)} />
      <div className="sub">
        {well}
        {usual}
      </div>
    </>
  );
};
