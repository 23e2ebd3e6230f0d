import type { HostRow } from '../../preload/contract/host.ts';
import { words } from '../words/words.ts';

const { hosts: say } = words.stats;

/** What the ledger can be sorted by. */
export type HostBy = 'host' | 'requests' | 'share' | 'tooMany' | 'bytes' | 'saved' | 'score' | 'next';
export type HostOrder = { by: HostBy; isDown: boolean };

const share = ({ notModified, requests }: HostRow): number => (requests === 0 ? 0 : notModified / requests);
const VALUES: Record<HostBy, (row: HostRow) => string | number> = {
  host: (row) => row.host,
  requests: (row) => row.requests,
  share,
  tooMany: (row) => row.pausesAsked,
  bytes: (row) => row.bytes,
  saved: (row) => row.savedBytes,
  score: (row) => row.score,
  next: (row) => row.nextAt ?? '9999',
};
const compare = (left: string | number, right: string | number): number => (left < right ? -1 : left > right ? 1 : 0);

/** The rows in an order; what is equal stands by name. */
export const sortHosts = (rows: readonly HostRow[], { by, isDown }: HostOrder): HostRow[] =>
  rows.toSorted(
    (left, right) => (isDown ? -1 : 1) * compare(VALUES[by](left), VALUES[by](right)) || compare(left.host, right.host),
  );

const cell = (value: string | number): string => {
  const text = String(value);
  // A sheet would take a cell that begins so for a formula.
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** The ledger as comma-separated values (RFC 4180), with a line of heads. */
export const hostsCsv = (rows: readonly HostRow[]): string =>
  [
    say.csvHeads,
    ...rows.map((row) => [
      row.host,
      row.sources,
      row.requests,
      row.notModified,
      row.failed,
      row.tooMany,
      row.pausesAsked,
      row.pausesKept,
      row.bytes,
      row.savedBytes,
      row.score,
      row.nextAt ?? '',
      row.why,
    ]),
  ]
    .map((line) => `${line.map(cell).join(',')}\r\n`)
    .join('');
