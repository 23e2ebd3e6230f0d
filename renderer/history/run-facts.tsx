import type { ReactNode } from 'react';
import type { Run, RunBrief, RunDetail } from '../../preload/contract/run.ts';
import { useProgress } from '../client/use-progress.ts';
import { bytes, duration, late, localZone, percent } from '../ui/format.ts';
import { countLabel, lateMs, RUN_CAUSE_WORDS, tookMs } from '../ui/run-words.ts';
import { SparkBars } from '../ui/spark-bars.tsx';
import { Status } from '../ui/status-glyph.tsx';
import { useSeconds } from '../ui/use-seconds.ts';
import { count, number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { isGoing } from './run-report.ts';
import { useTimeFormat, zoneOf } from './time-format.ts';
import { When } from './when.tsx';

const { facts: say } = words.history;
type FactList = readonly (readonly [string, ReactNode])[];

/** Names and values, one a line; what has no value is left out. */
const Facts = ({ title, note, facts }: { title: string; note?: string | undefined; facts: FactList }) => {
  const known = facts.filter(([, value]) => value !== undefined && value !== '' && value !== null);
  if (known.length === 0) return null;
  return (
    <section>
      <h2 className="history-head">
        {title}
        {note && <span className="run-facts-note">{note}</span>}
      </h2>
      <dl className="run-facts">
        {known.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};

const exact = (at: string | undefined): ReactNode =>
  at ? (
    <span className="mono">
      <When at={at} hasSeconds />
    </span>
  ) : undefined;

const mono = (text: string): ReactNode => <span className="mono">{text}</span>;
const link = (href: string, text: string): ReactNode => (
  <a className="link" href={href}>
    {text}
  </a>
);
const statusOf = (run: Run): ReactNode => <Status status={run.status} />;
const idOf = (run: Run): ReactNode => <span className="mono run-id">{run.id}</span>;

const shownOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const inputsOf = (run: Run): FactList => {
  const { options } = run;
  if (typeof options !== 'object' || options === null) return [];
  const given = Object.entries(options);
  if (given.length === 0) return [[say.inputs, say.defaults]];
  return given.map(([name, value]) => [countLabel(name), Array.isArray(value) ? number(value.length) : shownOf(value)]);
};

const amount = (name: string, value: number): string => (name.startsWith('bytes') ? bytes(value) : number(value));
/** `+3`, `−2`; nothing where it is the same or where there is nothing to compare. */
const delta = (name: string, value: number, before: RunBrief | undefined): string => {
  const old = before?.counts?.[name];
  if (old === undefined || old === value) return '';
  return `${value > old ? '+' : '−'}${amount(name, Math.abs(value - old))}`;
};
const countsOf = (counts: Record<string, number>, before: RunBrief | undefined): FactList =>
  Object.entries(counts).map(([name, value]) => {
    const change = delta(name, value, before);
    return [
      countLabel(name),
      <span key={name} className="run-count">
        {change && <span className="dim">{change}</span>} {amount(name, value)}
      </span>,
    ];
  });

const Times = ({ run }: { run: Run }) => {
  const going = isGoing(run);
  const now = useSeconds(going);
  const format = useTimeFormat();
  const lateBy = lateMs(run);
  const took = tookMs(run, now);
  const spent =
    took === undefined ? undefined : <span className="mono">{duration(going ? Math.floor(took / 1000) * 1000 : took)}</span>;
  return (
    <Facts
      title={say.when}
      facts={[
        [say.due, exact(run.scheduledFor)],
        [say.started, exact('startedAt' in run ? run.startedAt : undefined)],
        [say.late, lateBy !== undefined && lateBy >= 5_000 ? late(lateBy).replace(' late', '') : undefined],
        [say.ended, exact('endedAt' in run ? run.endedAt : undefined)],
        [going ? say.running : say.took, spent],
        [say.zone, format === 'utc' ? zoneOf(format) : localZone()],
      ]}
    />
  );
};

const What = ({ run }: { run: Run }) => (
  <Facts
    title={say.what}
    facts={[
      [say.status, statusOf(run)],
      [say.schedule, run.scheduleId && link(`#/schedules/${run.scheduleId}`, run.name)],
      [say.startedBy, RUN_CAUSE_WORDS[run.cause]],
      [say.attempt, run.attempt ? say.attemptOf(run.attempt.number, run.attempt.of) : undefined],
      [say.retryOf, run.retryOf && link(`#/history/run/${run.retryOf}`, say.firstRun)],
      [say.error, run.status === 'failed' ? mono(run.errorCode) : undefined],
      [say.standsFor, 'missedCount' in run && run.missedCount ? count(run.missedCount, 'run') : undefined],
      [say.id, idOf(run)],
    ]}
  />
);

const atShare = (sorted: readonly number[], share: number): number | undefined =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

const Recent = ({ runs }: { runs: readonly RunBrief[] }) => {
  const ended = runs.filter(({ tookMs: took }) => took !== undefined);
  if (ended.length < 3) return null;
  const failed = ended.filter(({ status }) => status === 'failed' || status === 'abandoned').length;
  const completed = ended.filter(({ status }) => status === 'completed');
  const took = completed.flatMap(({ tookMs: ms }) => ms ?? []).toSorted((a, b) => a - b);
  const [median, p95] = [atShare(took, 0.5), atShare(took, 0.95)];
  return (
    <div>
      <Facts
        title={say.recent(ended.length)}
        facts={[
          [say.succeeded, completed.length + failed > 0 ? percent(completed.length / (completed.length + failed)) : undefined],
          [say.median, median === undefined ? undefined : mono(duration(median))],
          [say.p95, p95 === undefined ? undefined : mono(duration(p95))],
        ]}
      />
      <div className="run-trend">
        <SparkBars
          label={say.trend(ended.length, failed)}
          width={188}
          height={26}
          bars={ended.map(({ tookMs: ms, status }) => ({
            value: Math.log10(1 + (ms ?? 0)),
            tone: status === 'failed' || status === 'abandoned' ? 'fail' : undefined,
          }))}
        />
      </div>
    </div>
  );
};

/** When, by whom, with what, how much; and how the runs before went. */
export const RunFacts = ({ detail }: { detail: RunDetail }) => {
  const { run, previous } = detail;
  const live = useProgress().get(run.id);
  const counts = live?.counts ?? ('counts' in run ? run.counts : {});
  const before = isGoing(run) || !previous?.counts ? undefined : previous;
  const facts = countsOf(counts, before);
  const differs = before && Object.entries(counts).some(([name, value]) => delta(name, value, before));
  return (
    <aside className="run-side" aria-label={say.label}>
      <Times run={run} />
      <What run={run} />
      <Facts title={say.counts} note={differs ? say.than : undefined} facts={facts} />
      <Facts title={say.inputs} facts={inputsOf(run)} />
      <Recent runs={detail.recent} />
    </aside>
  );
};
