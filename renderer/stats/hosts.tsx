import { useState } from 'react';
import { HOST_LEDGER_DAYS, type HostRow } from '../../preload/contract/host.ts';
import { useQuery } from '../client/use-query.ts';
import { Button } from '../ui/button.tsx';
import { bytes, due } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { ExactTime } from '../ui/relative-time.tsx';
import { type Column, Row, SectionHead, Table } from '../ui/table.tsx';
import { useNow } from '../ui/use-now.ts';
import { count, number } from '../words/counting.ts';
import { percentOf } from './chart-math.ts';

type By = 'host' | 'requests' | 'share' | 'tooMany' | 'bytes' | 'next';
type Order = { by: By; isDown: boolean };

const SHOWN = 10;
const share = ({ notModified, requests }: HostRow): number => (requests === 0 ? 0 : notModified / requests);
const VALUES: Record<By, (row: HostRow) => string | number> = {
  host: (row) => row.host,
  requests: (row) => row.requests,
  share,
  tooMany: (row) => row.tooMany,
  bytes: (row) => row.bytes,
  next: (row) => row.nextAt ?? '9999',
};
const compare = (left: string | number, right: string | number): number => (left < right ? -1 : left > right ? 1 : 0);

/** The rows in an order; what is equal stands by name. */
export const sortHosts = (rows: readonly HostRow[], { by, isDown }: Order): HostRow[] =>
  rows.toSorted(
    (left, right) => (isDown ? -1 : 1) * compare(VALUES[by](left), VALUES[by](right)) || compare(left.host, right.host),
  );

const HEADS: { by: By; title: string; width?: string; align?: 'end'; leavesNarrow?: boolean }[] = [
  { by: 'host', title: 'Host' },
  { by: 'requests', title: 'Requests', width: '96px', align: 'end' },
  { by: 'share', title: 'Not modified', width: '116px', align: 'end' },
  { by: 'tooMany', title: 'Told to wait', width: '108px', align: 'end' },
  { by: 'bytes', title: 'Received', width: '96px', align: 'end' },
  { by: 'next', title: 'Asked next', width: '320px', leavesNarrow: true },
];

const columnsFor = (order: Order, onSort: (by: By) => void): Column[] =>
  HEADS.map(({ by, title, ...rest }) => ({
    ...rest,
    key: by,
    sorted: order.by !== by ? undefined : order.isDown ? 'descending' : 'ascending',
    head: (
      <button type="button" className="sort-head" onClick={() => onSort(by)}>
        {title}
        {order.by === by && <span aria-hidden="true">{order.isDown ? ' ↓' : ' ↑'}</span>}
      </button>
    ),
  }));

const finding = (rows: readonly HostRow[]): string => {
  const told = rows.filter(({ tooMany }) => tooMany > 0).length;
  const requests = rows.reduce((sum, row) => sum + row.requests, 0);
  const notModified = rows.reduce((sum, row) => sum + row.notModified, 0);
  const begin = `${count(requests, 'request')} to ${count(rows.length, 'host')} in ${HOST_LEDGER_DAYS} days, ${percentOf(notModified, requests)} answered “not modified”.`;
  return told === 0 ? `${begin} None told us to wait.` : `${begin} ${count(told, 'host')} told us to wait.`;
};

/** What each host was asked and what it took, the next request with its reason. Sorted by a click on a head. */
export const Hosts = () => {
  const hosts = useQuery('sources.hosts', {}, ['runs.changed', 'sources.changed', 'settings.changed']);
  const [order, setOrder] = useState<Order>({ by: 'requests', isDown: true });
  const [isAll, setIsAll] = useState(false);
  const now = useNow();
  if (hosts.data?.length === 0) return null;
  const rows = sortHosts(hosts.data ?? [], order);
  const sort = (by: By) =>
    setOrder((before) => ({ by, isDown: before.by === by ? !before.isDown : by !== 'host' && by !== 'next' }));
  return (
    <section aria-labelledby="stats-hosts" className="stats-part stats-all">
      <SectionHead id="stats-hosts" note={`the last ${HOST_LEDGER_DAYS} days`}>
        Hosts
      </SectionHead>
      {hosts.error && (
        <ErrorNote error={hosts.error} kept="Nothing is lost; only this list could not be counted." onRetry={hosts.reload} />
      )}
      {hosts.isLoading && <LoadingBars rows={4} />}
      {rows.length > 0 && (
        <>
          <p className="chart-finding">{finding(rows)}</p>
          <Table label="Hosts" columns={columnsFor(order, sort)} stacks={false}>
            {rows.slice(0, isAll ? rows.length : SHOWN).map((row) => (
              <HostLine key={row.host} row={row} now={now} />
            ))}
          </Table>
          {rows.length > SHOWN && (
            <Button look="quiet" onClick={() => setIsAll(!isAll)}>
              {isAll ? `Show ${SHOWN}` : `Show all ${number(rows.length)}`}
            </Button>
          )}
        </>
      )}
    </section>
  );
};

const HostLine = ({ row, now }: { row: HostRow; now: number }) => (
  <Row>
    <td className="row-name">
      <span className="cut" title={row.host}>
        {row.host}
      </span>
      {row.sources > 1 && <span className="dim"> {count(row.sources, 'source')}</span>}
    </td>
    <td className="mono num">{number(row.requests)}</td>
    <td className="mono num">{percentOf(row.notModified, row.requests)}</td>
    <td className="mono num">{row.tooMany === 0 ? '' : number(row.tooMany)}</td>
    <td className="mono num">{bytes(row.bytes)}</td>
    <td className="mid hide-narrow">
      {row.nextAt && <ExactTime at={row.nextAt}>{due(row.nextAt, now).replace(/^Due /, '')}</ExactTime>}
      {row.nextAt ? ': ' : ''}
      <span className="dim">{row.why}</span>
    </td>
  </Row>
);
