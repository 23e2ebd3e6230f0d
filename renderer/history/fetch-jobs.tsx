import type { FetchJobRow } from '../../preload/contract/run.ts';
import { go } from '../client/use-view.ts';
import { Chip } from '../ui/choices.tsx';
import { duration } from '../ui/format.ts';
import { type GlyphName, Status } from '../ui/status-glyph.tsx';
import { Row, SectionHead, Table } from '../ui/table.tsx';
import { count, number } from '../words/counting.ts';
import { filterJobs, isWaiting, type JobFilter, jobTook, jobWords } from './run-report.ts';

const FILTERS: { value: JobFilter; label: string }[] = [
  { value: 'problems', label: 'Failed only' },
  { value: 'new', label: 'New posts' },
  { value: 'unchanged', label: 'Unchanged' },
  { value: 'all', label: 'All' },
];
const MOST = 200;

const glyphOf = (job: FetchJobRow): GlyphName => {
  if (job.status === 'ongoing') return 'running';
  if (job.status === 'failed') return isWaiting(job) ? 'waiting' : job.startedAt ? 'failed' : 'queued';
  return job.status;
};

/** Source by source: what each fetch job of a run came to. The filter is kept in the address. */
export const FetchJobs = ({ runId, jobs, show }: { runId: string; jobs: FetchJobRow[]; show: string | undefined }) => {
  const hasProblems = jobs.some((job) => job.status === 'failed');
  const filter = FILTERS.find(({ value }) => value === show)?.value ?? (hasProblems ? 'problems' : 'all');
  const shown = filterJobs(jobs, filter);
  return (
    <section aria-labelledby="run-sources">
      <div className="run-head">
        <SectionHead id="run-sources">Sources</SectionHead>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would want a legend; the group has a name */}
        <div className="run-chips" role="group" aria-label="Which fetch jobs">
          {FILTERS.map(({ value, label }) => (
            <Chip key={value} isOn={filter === value} onToggle={() => go(['history', 'run', runId], { show: value }, 'replace')}>
              {label} {number(filterJobs(jobs, value).length)}
            </Chip>
          ))}
        </div>
      </div>
      {shown.length === 0 ? (
        <p className="run-none">None of this kind.</p>
      ) : (
        <Table
          label="Fetch jobs"
          columns={[
            { head: 'Outcome', width: '108px' },
            { head: 'Source', width: '24%' },
            { head: 'What happened' },
            { head: 'Code', width: '116px', leavesNarrow: true },
            { head: 'Took', width: '70px', align: 'end' },
            { head: 'New', width: '40px', align: 'end' },
          ]}
        >
          {shown.slice(0, MOST).map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </Table>
      )}
      {shown.length > MOST && <p className="run-none">and {number(shown.length - MOST)} more of this kind.</p>}
    </section>
  );
};

const happened = (job: FetchJobRow): string => {
  if (job.status === 'failed') return job.errorMessage;
  if (job.status !== 'completed') return '';
  const warned = job.warnings?.reduce((sum, warning) => sum + warning.count, 0) ?? 0;
  const items = job.itemsCount === undefined ? '' : count(job.itemsCount, 'item');
  return [items, warned > 0 ? `${number(warned)} put right` : ''].filter(Boolean).join(', ');
};

const JobRow = ({ job }: { job: FetchJobRow }) => {
  const took = jobTook(job);
  const code = job.status === 'failed' ? job.errorCode : job.status === 'completed' ? job.httpStatus : undefined;
  return (
    <Row>
      <td>
        <Status status={glyphOf(job)}>{jobWords(job)}</Status>
      </td>
      <td className="row-name">
        <a href={`#/sources/${job.sourceId}`}>
          <b>{job.sourceTitle || 'A removed source'}</b>
        </a>
      </td>
      <td className="mid">{happened(job)}</td>
      <td className="mono dim hide-narrow">{code}</td>
      <td className="mono num">{took === undefined ? '' : duration(took)}</td>
      <td className="num">{job.status === 'completed' ? number(job.postsCount) : ''}</td>
    </Row>
  );
};
