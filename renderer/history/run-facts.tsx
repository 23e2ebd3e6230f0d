import type { ReactNode } from 'react';
import type { Run } from '../../preload/contract/run.ts';
import { bytes, clockSeconds, duration, late, localZone } from '../ui/format.ts';
import { ExactTime } from '../ui/relative-time.tsx';
import { countLabel, lateMs, RUN_CAUSE_WORDS, tookMs } from '../ui/run-words.ts';
import { Status } from '../ui/status-glyph.tsx';
import { count, number } from '../words/counting.ts';

/** Names and values, one a line; what has no value is left out. */
const Facts = ({ title, facts }: { title: string; facts: Record<string, ReactNode> }) => {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined && value !== '' && value !== null);
  if (known.length === 0) return null;
  return (
    <section>
      <h2 className="history-head">{title}</h2>
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
      <ExactTime at={at}>{clockSeconds(at)}</ExactTime>
    </span>
  ) : undefined;

const optionFacts = (options: unknown): Record<string, string> =>
  typeof options === 'object' && options !== null
    ? Object.fromEntries(
        Object.entries(options).map(([name, value]) => [
          countLabel(name),
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      )
    : {};
const countFacts = (run: Run): Record<string, string> =>
  'counts' in run
    ? Object.fromEntries(
        Object.entries(run.counts).map(([name, value]) => [
          countLabel(name),
          name.startsWith('bytes') ? bytes(value) : number(value),
        ]),
      )
    : {};

/** When, by whom, with what, how much. */
export const RunFacts = ({ run }: { run: Run }) => {
  const started = 'startedAt' in run ? run.startedAt : undefined;
  const lateBy = lateMs(run);
  const took = 'endedAt' in run ? tookMs(run, 0) : undefined;
  return (
    <aside className="run-side" aria-label="Facts">
      <Facts
        title="When"
        facts={{
          Due: exact(run.scheduledFor),
          Started: exact(started),
          Late: lateBy !== undefined && lateBy >= 5_000 ? late(lateBy).replace(' late', '') : undefined,
          Ended: exact('endedAt' in run ? run.endedAt : undefined),
          Took: took === undefined ? undefined : <span className="mono">{duration(took)}</span>,
          Zone: localZone(),
        }}
      />
      <Facts
        title="What"
        facts={{
          Status: <Status status={run.status} />,
          Schedule: run.scheduleId && (
            <a className="link" href={`#/schedules/${run.scheduleId}`}>
              {run.name}
            </a>
          ),
          'Started by': RUN_CAUSE_WORDS[run.cause],
          Error: run.status === 'failed' ? <span className="mono">{run.errorCode}</span> : undefined,
          'Stands for': 'missedCount' in run && run.missedCount ? count(run.missedCount, 'run') : undefined,
        }}
      />
      <Facts title="Counts" facts={countFacts(run)} />
      <Facts title="Options" facts={optionFacts(run.options)} />
    </aside>
  );
};
