import type { Delivery, EditionPage } from '../../preload/contract/digest.ts';
import { useAction } from '../client/use-action.ts';
import { Button } from '../ui/button.tsx';
import { dueInline } from '../ui/format.ts';
import { Note } from '../ui/note.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Status } from '../ui/status-glyph.tsx';
import { type Column, Row, Table } from '../ui/table.tsx';
import { useToast } from '../ui/toast.tsx';
import { useNow } from '../ui/use-now.ts';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { DELIVERY_GLYPHS } from './edition-words.ts';

const { edition: say } = words.digests;
const COLUMNS: Column[] = [
  { head: say.columns.to },
  { head: say.columns.state, width: '270px' },
  { head: say.columns.tries, width: '56px', align: 'end', leavesNarrow: true },
  { head: say.columns.when, width: '104px', leavesNarrow: true },
  { head: say.columns.what, width: '196px', isHeadHidden: true },
];
/* What needs the owner first. */
const ORDER: Record<Delivery['state'], number> = {
  'in-doubt': 0,
  rejected: 1,
  deferred: 2,
  sending: 3,
  planned: 4,
  sent: 5,
  withdrawn: 6,
};

/** Where an edition went: one row a receiver. What is in doubt is decided here, by the owner alone. */
export const Deliveries = ({ page, onDecided }: { page: EditionPage; onDecided: (page: EditionPage) => void }) => {
  const rows = page.deliveries.toSorted((a, b) => ORDER[a.state] - ORDER[b.state] || (a.to < b.to ? -1 : 1));
  const doubts = rows.filter(({ state }) => state === 'in-doubt').length;
  if (rows.length === 0) return <p className="dim">{say.nowhere}</p>;
  return (
    <>
      {doubts > 0 && (
        <Note tone="warn" title={say.doubtTitle(doubts)}>
          {say.doubtWhy} {say.arrivedMeans} {say.sendAgainMeans}
        </Note>
      )}
      <Table label={say.where} columns={COLUMNS}>
        {rows.map((row) => (
          <DeliveryRow key={row.id} row={row} onDecided={onDecided} />
        ))}
      </Table>
    </>
  );
};

const DeliveryRow = ({ row, onDecided }: { row: Delivery; onDecided: (page: EditionPage) => void }) => {
  const now = useNow();
  const notes = [
    row.errorMessage ?? '',
    row.state === 'deferred' && row.nextAt ? `${say.again(dueInline(row.nextAt, now))}.` : '',
    row.decidedAt ? `${say.decided}.` : '',
  ].filter(Boolean);
  return (
    <Row>
      <td className="row-name">
        {row.sink !== 'mail' && <span className="dim">{say.sinks[row.sink]} </span>}
        {row.to}
      </td>
      <td>
        <Status status={DELIVERY_GLYPHS[row.state]}>{say.states[row.state]}</Status>
        {notes.length > 0 && <div className="sub">{notes.join(' ')}</div>}
      </td>
      <td className="num hide-narrow">{number(row.attempts)}</td>
      <td className="hide-narrow dim">
        <RelativeTime at={row.changedAt} />
      </td>
      <td>{row.state === 'in-doubt' && <Decide row={row} onDecided={onDecided} />}</td>
    </Row>
  );
};

const Decide = ({ row, onDecided }: { row: Delivery; onDecided: (page: EditionPage) => void }) => {
  const decide = useAction('digests.decideDelivery');
  const toast = useToast();
  const told = { arrived: say.noted(row.to), 'send-again': say.willGo(row.to) };
  const choose = async (verdict: 'arrived' | 'send-again') => {
    const answer = await decide.run({ id: row.id, verdict });
    if (!answer.ok) return toast({ text: answer.error.message, isError: true });
    toast({ text: told[verdict] });
    onDecided(answer.result);
  };
  return (
    <span className="decide">
      <Button aria-label={say.arrivedOf(row.to)} onClick={() => void choose('arrived')} isPending={decide.isPending}>
        {say.arrived}
      </Button>
      <Button aria-label={say.sendAgainOf(row.to)} onClick={() => void choose('send-again')} isPending={decide.isPending}>
        {say.sendAgain}
      </Button>
    </span>
  );
};
