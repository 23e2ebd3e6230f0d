import type { GridRow, RunGrid } from '../../preload/contract/run.ts';
import { useQuery } from '../client/use-query.ts';
import { duration } from '../ui/format.ts';
import { words } from '../words/words.ts';
import { cellWords } from './grid-model.ts';
import { jobTook } from './run-report.ts';

const { grid: say } = words.history;
const ROW = 28;
const HEAD = 46;

/** What one source came to in one run, beside its dot. */
export const GridNote = ({
  row,
  run,
  column,
  top,
  time,
  onClose,
}: {
  row: GridRow;
  run: RunGrid['runs'][number];
  column: number;
  /** Where the row begins below the head, pixels. */
  top: number;
  time: string;
  onClose: () => void;
}) => {
  const isIn = row.dots[column] !== '.';
  const answer = useQuery('runs.fetchJob', isIn ? { runId: run.id, sourceId: row.sourceId } : null);
  const job = isIn && !answer.isPrevious ? answer.data : undefined;
  const took = job ? jobTook(job) : undefined;
  const code = job?.status === 'failed' ? job.errorCode : job?.status === 'completed' ? job.httpStatus : undefined;
  const facts = [code, took === undefined ? undefined : duration(took)].filter((fact) => fact !== undefined);
  const says = cellWords(row, column);
  return (
    <div
      className="grid-note"
      style={{ insetBlockStart: top + HEAD + ROW + 6, '--grid-column': column } as Record<string, number>}
    >
      <b>
        {row.title}, {time}
      </b>
      <div className="mid">
        {says.charAt(0).toUpperCase() + says.slice(1)}
        {job?.status === 'failed' && `: ${job.errorMessage}`}
      </div>
      {facts.length > 0 && <div className="mono dim">{facts.join(', ')}</div>}
      <a className="link" href={`#/history/run/${run.id}?source=${encodeURIComponent(row.sourceId)}&show=all`} onClick={onClose}>
        {say.open}
      </a>
    </div>
  );
};
