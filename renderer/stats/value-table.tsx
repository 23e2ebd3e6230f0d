import Ellipsis from 'lucide-react/icons/ellipsis';
import { useState } from 'react';
import type { SourceValue, Verdict } from '../../preload/contract/stats.ts';
import { go } from '../client/use-view.ts';
import { Button } from '../ui/button.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { type GlyphName, Status } from '../ui/status-glyph.tsx';
import { type Column, Row, Table } from '../ui/table.tsx';
import { useNow } from '../ui/use-now.ts';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { percentOf } from './chart-math.ts';
import { RemoveHere } from './remove-here.tsx';
import { sourceHref } from './to-posts.ts';
import { useFixes } from './use-fixes.ts';
import { orderText, TO_DECIDE, type ValueBy, type ValueOrder } from './value-rows.ts';

const { sourceValue: say } = words;

const GLYPHS: Record<Verdict, GlyphName> = {
  dead: 'failed',
  blocked: 'failed',
  failing: 'failed',
  idle: 'waiting',
  noisy: 'warning',
  quiet: 'completed',
  new: 'queued',
  fine: 'completed',
  valuable: 'completed',
  paused: 'idle',
};
const HEADS: { by: ValueBy; title: string; width?: string; align?: 'end'; leavesNarrow?: boolean }[] = [
  { by: 'source', title: say.source, width: '17%' },
  { by: 'verdict', title: say.verdict },
  { by: 'received', title: say.received, width: '76px', align: 'end' },
  { by: 'opened', title: say.opened, width: '68px', align: 'end' },
  { by: 'starred', title: say.starred, width: '64px', align: 'end', leavesNarrow: true },
  { by: 'week', title: say.perWeek, width: '104px', align: 'end', leavesNarrow: true },
  { by: 'last', title: say.lastPost, width: '92px', align: 'end', leavesNarrow: true },
];
const ASCENDS: readonly ValueBy[] = ['source', 'verdict'];

const columnsFor = (order: ValueOrder, onOrder: (text: string) => void): Column[] => [
  ...HEADS.map(({ by, title, ...rest }): Column => {
    const isOn = order.by === by;
    const turned = { by, isDown: isOn ? !order.isDown : !ASCENDS.includes(by) };
    return {
      ...rest,
      key: by,
      sorted: isOn ? (order.isDown ? 'descending' : 'ascending') : undefined,
      head: (
        <button type="button" className="sort-head" onClick={() => onOrder(orderText(turned))}>
          {title}
          {isOn && <span aria-hidden="true">{order.isDown ? ' ↓' : ' ↑'}</span>}
        </button>
      ),
    };
  }),
  { head: say.fix, width: '172px' },
];

/** The report as a table: one source a row, its verdict with the reason, and a fix. */
export const ValueTable = ({
  rows,
  order,
  onOrder,
}: {
  rows: readonly SourceValue[];
  order: ValueOrder;
  onOrder: (text: string) => void;
}) => {
  const now = useNow();
  return (
    <Table label={say.title} columns={columnsFor(order, onOrder)}>
      {rows.map((row) => (
        <ValueLine key={row.source.id} row={row} now={now} />
      ))}
    </Table>
  );
};

const ValueLine = ({ row, now }: { row: SourceValue; now: number }) => (
  <Row>
    <td className="row-name">
      <a className="cut" href={sourceHref(row.source.id)} title={row.source.title}>
        {row.source.title}
      </a>
    </td>
    <td className="value-verdict">
      <Status status={GLYPHS[row.verdict]}>{say.verdicts[row.verdict]}</Status>
      <span className="sub">{row.reason}</span>
    </td>
    <td className="num">
      {number(row.received)}
      <span className="value-word"> {say.receivedWord}</span>
    </td>
    <td className="num">
      {percentOf(row.opened, row.received)}
      {row.received > 0 && <span className="value-word"> {say.openedWord}</span>}
    </td>
    <td className="num hide-narrow">{row.starred > 0 ? number(row.starred) : ''}</td>
    <td className="num hide-narrow">
      {number(row.perWeekNow)}
      {row.perWeekUsual !== undefined && <span className="sub value-usual">{say.usually(row.perWeekUsual)}</span>}
    </td>
    <td className="num hide-narrow">{row.lastPostAt ? <RelativeTime at={row.lastPostAt} /> : say.never}</td>
    <td className="value-fix">
      <Fixes row={row} now={now} />
    </td>
  </Row>
);

const Fixes = ({ row, now }: { row: SourceValue; now: number }) => {
  const fixes = useFixes()(row, now);
  const [isRemoving, setIsRemoving] = useState(false);
  const { source } = row;
  const first = TO_DECIDE.includes(row.verdict) || row.verdict === 'paused' ? fixes[0] : undefined;
  const items: MenuItem[] = [
    ...fixes.filter((fix) => fix !== first).map((fix) => ({ label: fix.label, onChoose: () => void fix.run() })),
    { label: say.fixes.open, onChoose: () => go(['sources', source.id]) },
    { kind: 'rule' as const },
    { label: say.fixes.unsubscribe, isDanger: true, onChoose: () => setIsRemoving(true) },
  ];
  return (
    <>
      {first && <Button onClick={() => void first.run()}>{first.label}</Button>}
      <Menu
        label={say.more(source.title)}
        items={items}
        opener={(props) => (
          <button
            type="button"
            className="button button-icon button-quiet"
            aria-label={say.more(source.title)}
            title={say.moreTip}
            {...props}
          >
            <Ellipsis aria-hidden="true" strokeWidth={1.5} />
          </button>
        )}
      />
      {isRemoving && <RemoveHere source={source} onClose={() => setIsRemoving(false)} />}
    </>
  );
};
