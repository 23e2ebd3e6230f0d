import type { Run, RunFilter } from '../../preload/contract/run.ts';
import type { Answer, Client } from '../client/client.ts';
import { newOf, tookMs } from '../ui/run-words.ts';

const PAGE = 500;
/** The most runs of one export; a list this long is for a machine. */
const MOST = 50_000;

/** All runs that match, newest first. */
export const readAllRuns = async (client: Client, filter: RunFilter): Promise<Answer<Run[]>> => {
  const rows: Run[] = [];
  let cursor: string | undefined;
  do {
    const answer = await client.request('runs.list', { ...filter, limit: PAGE, ...(cursor ? { cursor } : {}) });
    if (!answer.ok) return answer;
    rows.push(...answer.result.rows);
    cursor = answer.result.next;
  } while (cursor && rows.length < MOST);
  return { ok: true, result: rows };
};

const HEADS = [
  'id',
  'name',
  'job',
  'status',
  'started_by',
  'attempt',
  'due',
  'queued',
  'started',
  'ended',
  'took_ms',
  'new_posts',
  'error_code',
  'error',
  'counts',
];

/** A cell a spreadsheet takes for text: quoted where it must be, and never for a formula. */
const cell = (value: string | number | undefined): string => {
  if (value === undefined) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const errorOf = (run: Run): [string | undefined, string | undefined] => {
  if (run.status === 'failed') return [run.errorCode, run.errorMessage];
  return 'reason' in run ? [run.code, run.reason] : [undefined, undefined];
};

const lineOf = (run: Run): string => {
  const counts = 'counts' in run ? run.counts : undefined;
  const values = [
    run.id,
    run.name,
    run.jobKind,
    run.status,
    run.cause,
    run.attempt?.number,
    run.scheduledFor,
    run.queuedAt,
    'startedAt' in run ? run.startedAt : undefined,
    'endedAt' in run ? run.endedAt : undefined,
    'endedAt' in run ? tookMs(run, 0) : undefined,
    counts ? newOf(counts) : undefined,
    ...errorOf(run),
    counts ? JSON.stringify(counts) : undefined,
  ];
  return values.map(cell).join(',');
};

/** Runs as a table for a spreadsheet (RFC 4180). */
export const runsToCsv = (runs: readonly Run[]): string => `${[HEADS.join(','), ...runs.map(lineOf)].join('\r\n')}\r\n`;
