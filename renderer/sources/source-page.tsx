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
import { words } from '../words/words.ts';
import { EarlierErrors, failedWords, keptWords } from './earlier-errors.tsx';
import { LISTS } from './hacker-news-lists.ts';
import { NextTry } from './next-try.tsx';
import { dotOf, folderWords, healthOf, isFetching, outcomeWords, problemOf } from './source-groups.ts';
import { SourceMenu } from './source-menu.tsx';
import { LastGood } from './source-table.tsx';
import { TellMe } from './tell-me.tsx';
import { useFetchNow } from './use-fetch-now.ts';

const { sourcePage: say } = words.sources;

const CRUMB = { label: say.sources, href: '#/sources' };

/** One source: how it goes, its last fetch jobs with their errors, and what is set. */
export const SourcePage = ({ id, params }: { id: string; params: Record<string, string> }) => {
  const source = useQuery('sources.get', { id }, ['sources.changed', 'posts.changed', 'fetch-jobs.changed']);
  if (source.error?.code === 'NOT_FOUND') {
    return (
      <Screen title={say.source} crumb={CRUMB}>
        <EmptyState title={say.isNotThere} reason={say.wasRemoved}>
          <ButtonLink href="#/sources">{say.backToTheSources}</ButtonLink>
        </EmptyState>
      </Screen>
    );
  }
  if (!source.data) {
    return (
      <Screen title={say.source} crumb={CRUMB}>
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
            {say.showPosts}
          </ButtonLink>
          <Button
            icon={<RefreshCw aria-hidden="true" strokeWidth={1.5} />}
            onClick={() => void fetchNow(source)}
            isPending={isFetching(row)}
          >
            {say.fetchNow}
          </Button>
          <SourceMenu row={row} all={all} isOnPage />
        </>
      }
    >
      <SourceProblem row={row} />
      <Moved row={row} />
      <div className="source-grid">
        <FetchJobList row={row} failedOnly={failedOnly} />
        <aside className="source-side" aria-label={say.facts}>
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
      <Note tone="info" title={say.thisSourceIsPaused}>
        {say.untilYouResume}
      </Note>
    );
  }
  if (!problem) return null;
  const last = row.recent.at(-1);
  const isGone = last?.status === 'failed' && last.errorCode === 'HTTP_GONE';
  const again = row.nextTryAt ? say.triedAgain(dateTime(row.nextTryAt, now)) : '';
  return (
    <Note tone={healthOf(row) === 'failing' ? 'fail' : 'warn'} title={`${problem}.`}>
      {row.failures > 1 ? say.failedInARow(row.failures) : ''}
      {isGone ? '' : say.nothingIsLost}
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
    toast({ text: answer.ok ? say.atItsOldAddress(source.title) : answer.error.message });
  };
  return (
    <Note tone="info" title={say.hasMoved}>
      {say.itWasAt} <span className="mono">{movedFrom}</span>.{' '}
      <Button onClick={undo} isPending={update.isPending}>
        {say.useTheOldAddress}
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
        <SectionHead id="source-jobs" note={say.theLast(SHOWN)}>
          {failedOnly ? say.failedFetchJobs : say.fetchJobs}
        </SectionHead>
        <Chip isOn={failedOnly} onToggle={() => go(['sources', id], failedOnly ? {} : { show: 'failed' }, 'replace')}>
          {say.failedOnly}
        </Chip>
      </div>
      {jobs.error && <ErrorNote error={jobs.error} onRetry={jobs.reload} />}
      {jobs.isLoading && <LoadingBars rows={4} />}
      {jobs.data?.length === 0 && (
        <p className="dim">
          {failedOnly ? (row.failureRecord ? say.noKeptJobHasFailed : say.noJobHasFailed) : say.itWasNeverFetched}
        </p>
      )}
      {jobs.data && jobs.data.length > 0 && (
        <Table
          label={say.fetchJobs}
          columns={[
            { head: say.when, width: '132px' },
            { head: say.outcome, width: '118px' },
            { head: say.whatHappened },
            { head: say.code, width: '120px', leavesNarrow: true },
            { head: say.took, width: '76px', align: 'end' },
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
  return job.itemsCount === undefined ? '' : say.items(job.itemsCount);
};

const JobRow = ({ job, now }: { job: FetchJob; now: number }) => {
  const at = 'startedAt' in job && job.startedAt ? job.startedAt : job.queuedAt;
  const took = 'endedAt' in job && job.startedAt ? Date.parse(job.endedAt) - Date.parse(job.startedAt) : undefined;
  const code = job.status === 'failed' ? job.errorCode : job.status === 'completed' ? job.httpStatus : undefined;
  return (
    <Row>
      <td className="nowrap mid">
        <a href={`#/history/run/${job.runId}`} title={say.openItsRun}>
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
    [say.facts20]: <HealthDots dots={row.recent.map(dotOf)} />,
    [say.factLastGood]: <LastGood row={row} />,
    [say.factNextTry]: <NextTry row={row} all={all} />,
    [say.factFailed]: failedWords(row, Date.now()),
    [say.factFolder]: folderWords(source.folder) || say.none,
    [say.factAdded]: <RelativeTime at={source.addedAt} />,
    ...(source.kind === 'feed'
      ? {
          [say.factAddress]: <span className="mono source-address">{source.feedUrl}</span>,
          [say.factSite]: source.siteUrl && <span className="mono source-address">{source.siteUrl}</span>,
          [say.factInterval]: source.everyMinutes
            ? duration(source.everyMinutes * 60_000)
            : settings && say.asInSettings(duration(settings.fetchIntervalMinutes * 60_000)),
          [say.factLearnt]: row.why.find(({ kind }) => kind === 'learned' || kind === 'busy-hours')?.text,
          [say.factWaits]: source.timeoutSeconds ? say.seconds(source.timeoutSeconds) : undefined,
          [say.factLocal]: source.allowLocalNetwork ? say.allowed : undefined,
        }
      : {
          [say.factList]: LISTS.find(({ value }) => value === source.list)?.label,
          [say.factPoints]: say.orMore(source.minScore),
          [say.factLooksAt]: say.stories(source.limit),
        }),
    [words.notifications.tellMe]: <TellMe source={source} />,
    [say.factKeeps]: keptWords(row),
    [say.factMarks]: [source.starred ? say.starredFetchedFirst : '', source.muted ? say.muted : ''].filter(Boolean).join(', '),
  };
  return (
    <>
      <h2 className="sources-head">{say.howItGoes}</h2>
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
