import ChevronDown from 'lucide-react/dist/esm/icons/chevron-down.mjs';
import ChevronRight from 'lucide-react/dist/esm/icons/chevron-right.mjs';
import { memo, type ReactNode, useEffect, useRef, useState } from 'react';
import type { FetchJobRow } from '../../preload/contract/run.ts';
import { bytes, duration } from '../ui/format.ts';
import { type GlyphName, Status } from '../ui/status-glyph.tsx';
import { Row } from '../ui/table.tsx';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { isWaiting, jobTook, jobWords } from './run-report.ts';
import { When } from './when.tsx';

const { jobs: say } = words.history;

const glyphOf = (job: FetchJobRow): GlyphName => {
  if (job.status === 'ongoing') return 'running';
  if (job.status === 'failed') return isWaiting(job) ? 'waiting' : job.startedAt ? 'failed' : 'queued';
  return job.status;
};

const happened = (job: FetchJobRow): string => {
  if (job.status === 'failed') return job.errorMessage;
  if (job.status !== 'completed') return '';
  const warned = job.warnings?.reduce((sum, warning) => sum + warning.count, 0) ?? 0;
  const items = job.itemsCount === undefined ? '' : say.items(job.itemsCount);
  return [items, warned > 0 ? say.putRight(warned) : ''].filter(Boolean).join(', ');
};

/** One source's part in a run; what the request was like opens below it. */
export const JobRow = memo(({ job, isWanted }: { job: FetchJobRow; isWanted: boolean }) => {
  const [isOpen, setIsOpen] = useState(isWanted);
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isWanted) row.current?.scrollIntoView({ block: 'center' });
  }, [isWanted]);
  const took = jobTook(job);
  const code = job.status === 'failed' ? job.errorCode : job.status === 'completed' ? job.httpStatus : undefined;
  const title = job.sourceTitle || say.removed;
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <>
      <Row ref={row} tone={isWanted ? 'selected' : undefined}>
        <td>
          <Status status={glyphOf(job)}>{jobWords(job)}</Status>
        </td>
        <td className="row-name">
          <a href={`#/sources/${job.sourceId}`}>
            <b>{title}</b>
          </a>
        </td>
        <td className="mid">{happened(job)}</td>
        <td className="mono dim hide-narrow">{code}</td>
        <td className="mono num">{took === undefined ? '' : duration(took)}</td>
        <td className="num">{job.status === 'completed' ? number(job.postsCount) : ''}</td>
        <td className="num">
          <button
            type="button"
            className="run-job-more"
            aria-expanded={isOpen}
            aria-label={say.detailsOf(title)}
            title={say.detailsOf(title)}
            onClick={() => setIsOpen(!isOpen)}
          >
            <Chevron aria-hidden="true" width={14} height={14} strokeWidth={1.5} />
          </button>
        </td>
      </Row>
      {isOpen && (
        <tr className="run-job-facts">
          <td />
          <td colSpan={5}>
            <JobFacts job={job} />
          </td>
          <td className="hide-narrow" />
        </tr>
      )}
    </>
  );
});

type Facts = Record<string, ReactNode>;

const timesOf = (job: FetchJobRow): Facts => {
  const started = 'startedAt' in job ? job.startedAt : undefined;
  return {
    [say.started]: started ? <When at={started} hasSeconds /> : undefined,
    [say.ended]: 'endedAt' in job ? <When at={job.endedAt} hasSeconds /> : undefined,
    [say.queuedFor]: started ? duration(Math.max(0, Date.parse(started) - Date.parse(job.queuedAt))) : undefined,
  };
};

const requestOf = (job: FetchJobRow): Facts => {
  const request = 'request' in job ? job.request : undefined;
  if (!request) return {};
  return {
    [say.request]: request.ms === undefined ? undefined : duration(request.ms),
    [say.asked]: request.asked ? say.askedWith[request.asked] : job.status === 'completed' ? say.askedPlainly : undefined,
    [say.redirects]: request.redirects ? say.redirected(request.redirects, request.finalUrl ?? '') : undefined,
    [say.contentType]: request.contentType,
    [say.freshFor]: request.freshForSeconds ? duration(request.freshForSeconds * 1000) : undefined,
  };
};

const outcomeOf = (job: FetchJobRow): Facts => {
  if (job.status === 'completed') {
    return {
      [say.status]: job.httpStatus,
      [say.bytes]: job.bytes === undefined ? undefined : bytes(job.bytes),
      [say.warnings]: job.warnings?.map(({ code, count }) => `${code} ${number(count)}`).join(', '),
    };
  }
  if (job.status !== 'failed') return {};
  return {
    [say.status]: job.httpStatus,
    [say.error]: `${job.errorCode}${job.isBlameless ? `, ${say.blameless}` : ''}`,
    [say.waitUntil]: job.waitUntil ? <When at={job.waitUntil} hasSeconds /> : undefined,
  };
};

const JobFacts = ({ job }: { job: FetchJobRow }) => {
  const facts = { ...outcomeOf(job), ...timesOf(job), ...requestOf(job) };
  return (
    <dl className="run-request">
      {Object.entries(facts).map(
        ([name, value]) =>
          value !== undefined &&
          value !== '' && (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="mono">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
};
