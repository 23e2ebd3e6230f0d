import { useState } from 'react';
import { HOST_LEDGER_DAYS, type HostRow } from '../../preload/contract/host.ts';
import { saveText } from '../client/save-text.ts';
import { useQuery } from '../client/use-query.ts';
import { Button } from '../ui/button.tsx';
import { TextInput } from '../ui/field.tsx';
import { bytes } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { type Column, SectionHead, Table } from '../ui/table.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { percentOf } from './chart-math.ts';
import { HostLine } from './host-line.tsx';
import { type HostBy, type HostOrder, hostsCsv, sortHosts } from './host-rows.ts';
import { HEAVY_GAP_MS } from './spans.ts';

const { hosts: say } = words.stats;

const SHOWN = 10;
const HEADS: { by: HostBy; title: string; width?: string; align?: 'end'; leavesNarrow?: boolean }[] = [
  { by: 'host', title: say.host },
  { by: 'requests', title: say.requests, width: '86px', align: 'end' },
  { by: 'share', title: say.notModified, width: '104px', align: 'end' },
  { by: 'tooMany', title: say.told, width: '112px', align: 'end' },
  { by: 'bytes', title: say.received, width: '80px', align: 'end', leavesNarrow: true },
  { by: 'saved', title: say.saved, width: '72px', align: 'end' },
  { by: 'next', title: say.next, width: '31%', leavesNarrow: true },
  { by: 'score', title: say.score, width: '72px', align: 'end' },
];

const columnsFor = (order: HostOrder, onSort: (by: HostBy) => void): Column[] =>
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

const sumOf = (rows: readonly HostRow[], of: (row: HostRow) => number): number => rows.reduce((sum, row) => sum + of(row), 0);

const finding = (rows: readonly HostRow[]): string => {
  const told = rows.filter(({ pausesAsked }) => pausesAsked > 0).length;
  const requests = sumOf(rows, (row) => row.requests);
  const saved = sumOf(rows, (row) => row.savedBytes);
  const share = percentOf(
    sumOf(rows, (row) => row.notModified),
    requests,
  );
  const begin = say.finding(requests, rows.length, HOST_LEDGER_DAYS, share);
  return begin + (saved > 0 ? say.saves(bytes(saved)) : '') + (told === 0 ? say.noneTold : say.someTold(told));
};

/** What each host was asked and what it took, the next request with its reasons, and how we behaved. Sorted by a click on a head. */
export const Hosts = () => {
  const hosts = useQuery('sources.hosts', {}, ['runs.changed', 'sources.changed', 'settings.changed'], HEAVY_GAP_MS);
  const all = hosts.data ?? [];
  if (hosts.data?.length === 0) return null;
  return (
    <section aria-labelledby="stats-hosts" className="stats-part stats-all">
      <SectionHead id="stats-hosts" note={say.note(HOST_LEDGER_DAYS)}>
        {say.title}
      </SectionHead>
      {hosts.error && <ErrorNote error={hosts.error} kept={say.kept} onRetry={hosts.reload} />}
      {hosts.isLoading && <LoadingBars rows={4} />}
      {all.length > 0 && <Ledger all={all} />}
    </section>
  );
};

const Ledger = ({ all }: { all: readonly HostRow[] }) => {
  const [order, setOrder] = useState<HostOrder>({ by: 'requests', isDown: true });
  const [isAll, setIsAll] = useState(false);
  const [text, setText] = useState('');
  const now = useNow();
  const wanted = text.trim().toLowerCase();
  const rows = sortHosts(
    all.filter(({ host }) => host.toLowerCase().includes(wanted)),
    order,
  );
  const sort = (by: HostBy) =>
    setOrder((before) => ({ by, isDown: before.by === by ? !before.isDown : by !== 'host' && by !== 'next' && by !== 'score' }));
  return (
    <>
      <p className="chart-finding">{finding(all)}</p>
      <p className="stats-tools">
        {all.length > SHOWN && (
          <TextInput
            type="search"
            aria-label={say.filter}
            placeholder={say.filter}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
        <Button look="quiet" onClick={() => saveText('tidings-hosts.csv', hostsCsv(rows), 'text/csv')}>
          {say.csv}
        </Button>
      </p>
      {rows.length === 0 ? (
        <p className="sub" role="status">
          {say.noneFound(text)}
        </p>
      ) : (
        <Table label={say.title} columns={columnsFor(order, sort)} stacks={false}>
          {rows.slice(0, isAll ? rows.length : SHOWN).map((row) => (
            <HostLine key={row.host} row={row} now={now} />
          ))}
        </Table>
      )}
      {rows.length > SHOWN && (
        <Button look="quiet" onClick={() => setIsAll(!isAll)} aria-expanded={isAll}>
          {isAll ? say.showOnly(SHOWN) : say.showAll(rows.length)}
        </Button>
      )}
    </>
  );
};
