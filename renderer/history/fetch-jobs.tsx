import { useMemo, useState } from 'react';
import type { FetchJobRow } from '../../preload/contract/run.ts';
import { go } from '../client/use-view.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/choices.tsx';
import { type Column, SectionHead, Table } from '../ui/table.tsx';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { JobRow } from './job-row.tsx';
import { countJobs, filterJobs, type JobFilter } from './run-report.ts';
import { type JobSort, readSort, sortJobs } from './sort-jobs.ts';

const { jobs: say } = words.history;
const FILTERS: { value: JobFilter; label: string }[] = [
  { value: 'problems', label: say.problems },
  { value: 'new', label: say.new },
  { value: 'unchanged', label: say.unchanged },
  { value: 'all', label: say.all },
];
/** Rows drawn at first, and added at each wish for more. */
const STEP = 200;

/** Source by source: what each fetch job of a run came to. Filter, sorting and the source asked for are kept in the address. */
export const FetchJobs = ({ runId, jobs, params }: { runId: string; jobs: FetchJobRow[]; params: Record<string, string> }) => {
  const [most, setMost] = useState(STEP);
  const hasProblems = jobs.some((job) => job.status === 'failed');
  const wanted = FILTERS.find(({ value }) => value === params.show)?.value;
  const filter = wanted ?? (hasProblems && !params.source ? 'problems' : 'all');
  const { by, way } = readSort(params.sort);
  const shown = useMemo(() => {
    const rows = sortJobs(filterJobs(jobs, filter), { by, way });
    // The source that was asked for stands first, so that it is among those drawn.
    const at = params.source ? rows.findIndex(({ sourceId }) => sourceId === params.source) : -1;
    return at >= STEP ? [...rows.splice(at, 1), ...rows] : rows;
  }, [jobs, filter, by, way, params.source]);
  const move = (change: Record<string, string>) => go(['history', 'run', runId], { ...params, ...change }, 'replace');
  const sortBy = (sort: JobSort) => move({ sort: by === sort && params.sort !== `${sort}-back` ? `${sort}-back` : sort });
  return (
    <section aria-labelledby="run-sources">
      <div className="run-head">
        <SectionHead id="run-sources">{say.head}</SectionHead>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would want a legend; the group has a name */}
        <div className="run-chips" role="group" aria-label={say.which}>
          {FILTERS.map(({ value, label }) => (
            <Chip key={value} isOn={filter === value} onToggle={() => move({ show: value })}>
              {label} {number(countJobs(jobs, value))}
            </Chip>
          ))}
        </div>
      </div>
      {shown.length === 0 ? (
        <p className="run-none">{say.none}</p>
      ) : (
        <Table label={say.table} columns={columnsOf({ by, way }, sortBy)}>
          {shown.slice(0, most).map((job) => (
            <JobRow key={job.id} job={job} isWanted={job.sourceId === params.source} />
          ))}
        </Table>
      )}
      {shown.length > most && (
        <p className="history-more">
          <Button onClick={() => setMost(most + STEP)}>{say.more(Math.min(STEP, shown.length - most))}</Button>
          <span className="dim">{say.left(shown.length - most)}</span>
        </p>
      )}
    </section>
  );
};

const columnsOf = (now: { by: JobSort; way: 1 | -1 }, sortBy: (sort: JobSort) => void): Column[] => {
  const sorting = (sort: JobSort, label: string): Pick<Column, 'head' | 'key' | 'sorted'> => ({
    key: sort,
    head: (
      <button type="button" className="table-sort" onClick={() => sortBy(sort)}>
        {label}
      </button>
    ),
    sorted: now.by === sort ? (now.way === 1 ? 'ascending' : 'descending') : undefined,
  });
  return [
    { ...sorting('outcome', say.outcome), width: '108px' },
    { ...sorting('source', say.source), width: '24%' },
    { head: say.happened },
    { head: say.code, width: '116px', leavesNarrow: true },
    { ...sorting('took', say.took), width: '70px', align: 'end' },
    { ...sorting('new', say.fresh), width: '40px', align: 'end' },
    { head: say.details, width: '28px', isHeadHidden: true },
  ];
};
