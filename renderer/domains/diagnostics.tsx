import { useQuery } from '../client/use-query.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { countsWords } from '../ui/run-words.ts';
import { Status } from '../ui/status-glyph.tsx';
import { words } from '../words/words.ts';

const { domains: say } = words;

/** The schedule that processes domains in every data folder. */
const SCHEDULE = 'domain_processing';

/** Whether domains are processed by themselves, what stands in the way, and how it went the last time. */
export const Diagnostics = () => {
  const schedules = useQuery('schedules.list', {}, ['schedules.changed', 'runs.changed']);
  const runs = useQuery('runs.list', { jobKind: 'process-domains', limit: 1 }, ['runs.changed', 'runs.removed']);
  const row =
    schedules.data?.find(({ schedule }) => schedule.id === SCHEDULE) ??
    schedules.data?.find(({ schedule }) => schedule.jobKind === 'process-domains');
  const why = useQuery('schedules.why', row ? { id: row.schedule.id } : null, [
    'schedules.changed',
    'status.changed',
    'settings.changed',
    'runs.changed',
  ]);
  const last = runs.data?.rows[0];
  return (
    <section className="domains-why" aria-label={say.diagnostics}>
      {schedules.error && <ErrorNote error={schedules.error} onRetry={schedules.reload} />}
      {schedules.isLoading && <LoadingBars rows={3} />}
      {schedules.data && !row && (
        <p className="mid">
          {say.noSchedule}{' '}
          <a className="link" href="#/schedules">
            {say.restore}
          </a>{' '}
          {say.toHaveItDone}
        </p>
      )}
      <ul>
        {(why.data?.checks ?? []).map((check) => (
          <li key={check.text}>
            <Status status={check.ok ? 'completed' : 'failed'}>{check.ok ? say.fine : say.no}</Status>
            <span>{check.text}</span>
          </li>
        ))}
        {last && (
          <li>
            <Status status={last.status} />
            <span>
              {say.lastRun}{' '}
              <a className="link" href={`#/history/run/${last.id}`}>
                <RelativeTime at={'startedAt' in last && last.startedAt ? last.startedAt : last.queuedAt} />
              </a>
              {'counts' in last ? `: ${countsWords(last.counts)}` : ''}
              {last.status === 'failed' ? `. ${last.errorMessage}` : ''}
            </span>
          </li>
        )}
        {runs.data && !last && (
          <li>
            <Status status="idle">{say.never}</Status>
            <span>{say.noRun}</span>
          </li>
        )}
      </ul>
      {row && (
        <p className="sub">
          {row.words}.{' '}
          <a className="link" href={`#/schedules/${row.schedule.id}`}>
            {say.change}
          </a>
        </p>
      )}
    </section>
  );
};
