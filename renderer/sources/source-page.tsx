import RefreshCw from 'lucide-react/dist/esm/icons/refresh-cw.mjs';
import type { ReactNode } from 'react';
import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { SourceRow } from '../../preload/contract/source.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Chip } from '../ui/choices.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { dateTime, duration, unreadOf } from '../ui/format.ts';
import { HealthDots } from '../ui/health-dots.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import { ExactTime, RelativeTime } from '../ui/relative-time.tsx';
import { Screen } from '../ui/screen.tsx';
import { type GlyphName, Status } from '../ui/status-glyph.tsx';
import { Row, SectionHead, Table } from '../ui/table.tsx';
import { useToast } from '../ui/toast.tsx';
import { useNow } from '../ui/use-now.ts';
import { count, number } from '../words/counting.ts';
import { EarlierErrors, failedWords, keptWords } from './earlier-errors.tsx';
import { LISTS } from './hacker-news-lists.ts';
import { NextTry } from './next-try.tsx';
import { dotOf, folderWords, healthOf, isFetching, outcomeWords, problemOf } from './source-groups.ts';
import { SourceMenu } from './source-menu.tsx';
import { LastGood } from './source-table.tsx';
import { useFetchNow } from './use-fetch-now.ts';

const CRUMB = { label: 'Sources', href: '#/sources' };

/** One source: how it goes, its last fetch jobs with their errors, and what is set. */
export const SourcePage = ({ id, params }: { id: string; params: Record<string, string> }) => {
  const source = useQuery('sources.get', { id }, ['sources.changed', 'posts.changed', 'fetch-jobs.changed']);
  if (source.error?.code === 'NOT_FOUND') {
    return (
      <Screen title="Source" crumb={CRUMB}>
        <EmptyState title="This source is not there any more" reason="It was removed, and its posts with it.">
          <ButtonLink href="#/sources">Back to the sources</ButtonLink>
        </EmptyState>
      </Screen>
    );
  }
  if (!source.data) {
    return (
      <Screen title="Source" crumb={CRUMB}>
        {source.error ? <ErrorNote error={source.error} onRetry={source.reload} /> : <LoadingBars rows={5} />}
      </Screen>
    );
  }
  return <LoadedSource row={source.data} failedOnly={params.show === 'failed'} />;
};

const LoadedSource = ({ row, failedOnly }: { row: SourceRow; failedOnly: boolean }) => {
  const { source } = row;
  const all = useQuery('sources.list', {}, ['sources.changed']).data ?? [row];
  const fetchNow = useFetchNow();
  return (
    <Screen
      title={source.title}
      crumb={CRUMB}
      sub={unreadOf(row.unread, row.posts)}
      actions={
        <>
          <ButtonLink look="quiet" href={`#/posts/source/${source.id}`}>
            Show posts
          </ButtonLink>
          <Button
            icon={<RefreshCw aria-hidden="true" strokeWidth={1.5} />}
            onClick={() => void fetchNow(source)}
            isPending={isFetching(row)}
          >
            Fetch now
          </Button>
          <SourceMenu row={row} all={all} isOnPage />
        </>
      }
    >
      <SourceProblem row={row} />
      <Moved row={row} />
      <div className="source-grid">
        <FetchJobList row={row} failedOnly={failedOnly} />
        <aside className="source-side" aria-label="Facts">
          <Facts row={row} all={all} />
        </aside>
      </div>
    </Screen>
  );
};

const SourceProblem = ({ row }: { row: SourceRow }) => {
  const problem = problemOf(row);
  const now = useNow();
  if (row.source.paused) {
    return (
      <Note tone="info" title="This source is paused.">
        It is not fetched until you resume it. Its posts are kept.
      </Note>
    );
  }
  if (!problem) return null;
  const last = row.recent.at(-1);
  const isGone = last?.status === 'failed' && last.errorCode === 'HTTP_GONE';
  const again = row.nextTryAt ? `It is tried again ${dateTime(row.nextTryAt, now)}.` : '';
  return (
    <Note tone={healthOf(row) === 'failing' ? 'fail' : 'warn'} title={`${problem}.`}>
      {row.failures > 1 ? `${count(row.failures, 'failed try', 'failed tries')} in a row. ` : ''}
      {isGone ? '' : 'Its posts are kept and nothing is lost. '}
      {again}
    </Note>
  );
};

const Moved = ({ row }: { row: SourceRow }) => {
  const { source } = row;
  const update = useAction('sources.update');
  const toast = useToast();
  if (source.kind !== 'feed' || !source.movedFrom) return null;
  const { movedFrom } = source;
  const undo = async () => {
    const answer = await update.run({ id: source.id, patch: { feedUrl: movedFrom } });
    toast({ text: answer.ok ? `${source.title} is read at its old address again` : answer.error.message });
  };
  return (
    <Note tone="info" title="The feed has moved, and we followed.">
      It was at <span className="mono">{movedFrom}</span>.{' '}
      <Button onClick={undo} isPending={update.isPending}>
        Use the old address
      </Button>
    </Note>
  );
};

const glyphOf = (job: FetchJob): GlyphName => {
  if (job.status === 'ongoing') return 'running';
  if (job.status !== 'failed') return job.status;
  if (job.errorCode === 'HTTP_429') return 'waiting';
  return job.startedAt ? 'failed' : 'queued';
};

const SHOWN = 20;

const FetchJobList = ({ row, failedOnly }: { row: SourceRow; failedOnly: boolean }) => {
  const { id } = row.source;
  const jobs = useQuery('sources.fetchJobs', { id, limit: SHOWN, ...(failedOnly ? { failedOnly } : {}) }, [
    'fetch-jobs.changed',
    'runs.removed',
  ]);
  const now = useNow();
  return (
    <section aria-labelledby="source-jobs">
      <div className="source-jobs-head">
        <SectionHead id="source-jobs" note={`the last ${SHOWN}`}>
          {failedOnly ? 'Failed fetch jobs' : 'Fetch jobs'}
        </SectionHead>
        <Chip isOn={failedOnly} onToggle={() => go(['sources', id], failedOnly ? {} : { show: 'failed' }, 'replace')}>
          Failed only
        </Chip>
      </div>
      {jobs.error && <ErrorNote error={jobs.error} onRetry={jobs.reload} />}
      {jobs.isLoading && <LoadingBars rows={4} />}
      {jobs.data?.length === 0 && (
        <p className="dim">
          {failedOnly
            ? row.failureRecord
              ? 'No fetch job that is kept has failed.'
              : 'No fetch job has failed.'
            : 'It was never fetched.'}
        </p>
      )}
      {jobs.data && jobs.data.length > 0 && (
        <Table
          label="Fetch jobs"
          columns={[
            { head: 'When', width: '132px' },
            { head: 'Outcome', width: '118px' },
            { head: 'What happened' },
            { head: 'Code', width: '120px', leavesNarrow: true },
            { head: 'Took', width: '76px', align: 'end' },
          ]}
        >
          {jobs.data.map((job) => (
            <JobRow key={job.id} job={job} now={now} />
          ))}
        </Table>
      )}
      {failedOnly && jobs.data && <EarlierErrors row={row} before={jobs.data.at(-1)?.queuedAt} />}
    </section>
  );
};

const happened = (job: FetchJob): string => {
  if (job.status === 'failed') return job.errorMessage;
  if (job.status !== 'completed') return '';
  return job.itemsCount === undefined ? '' : count(job.itemsCount, 'item');
};

const JobRow = ({ job, now }: { job: FetchJob; now: number }) => {
  const at = 'startedAt' in job && job.startedAt ? job.startedAt : job.queuedAt;
  const took = 'endedAt' in job && job.startedAt ? Date.parse(job.endedAt) - Date.parse(job.startedAt) : undefined;
  const code = job.status === 'failed' ? job.errorCode : job.status === 'completed' ? job.httpStatus : undefined;
  return (
    <Row>
      <td className="nowrap mid">
        <a href={`#/history/run/${job.runId}`} title="Open its run">
          <ExactTime at={at}>{dateTime(at, now)}</ExactTime>
        </a>
      </td>
      <td>
        <Status status={glyphOf(job)}>{outcomeWords(job)}</Status>
      </td>
      <td className="row-name mid">{happened(job)}</td>
      <td className="mono dim hide-narrow">{code}</td>
      <td className="mono num">{took === undefined ? '' : duration(took)}</td>
    </Row>
  );
};

const Facts = ({ row, all }: { row: SourceRow; all: SourceRow[] }) => {
  const { source } = row;
  const settings = useQuery('settings.get', {}, ['settings.changed']).data;
  const facts: Record<string, ReactNode> = {
    'Last 20': <HealthDots dots={row.recent.map(dotOf)} />,
    'Last good fetch': <LastGood row={row} />,
    'Next try': <NextTry row={row} all={all} />,
    Failed: failedWords(row, Date.now()),
    Folder: folderWords(source.folder) || 'None',
    Added: <RelativeTime at={source.addedAt} />,
    ...(source.kind === 'feed'
      ? {
          Address: <span className="mono source-address">{source.feedUrl}</span>,
          Site: source.siteUrl && <span className="mono source-address">{source.siteUrl}</span>,
          Interval: source.everyMinutes
            ? duration(source.everyMinutes * 60_000)
            : settings && `${duration(settings.fetchIntervalMinutes * 60_000)}, as in Settings`,
          Learnt: row.why.find(({ kind }) => kind === 'learned' || kind === 'busy-hours')?.text,
          'Waits at most': source.timeoutSeconds ? `${source.timeoutSeconds} s` : undefined,
          'Local network': source.allowLocalNetwork ? 'allowed' : undefined,
        }
      : {
          List: LISTS.find(({ value }) => value === source.list)?.label,
          Points: `${number(source.minScore)} or more`,
          'Looks at': count(source.limit, 'story', 'stories'),
        }),
    'Keeps posts': keptWords(row),
    Marks: [source.starred ? 'starred, fetched first' : '', source.muted ? 'muted' : ''].filter(Boolean).join(', '),
  };
  return (
    <>
      <h2 className="sources-head">How it goes</h2>
      <dl className="source-facts">
        {Object.entries(facts)
          .filter(([, value]) => Boolean(value))
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </>
  );
};
