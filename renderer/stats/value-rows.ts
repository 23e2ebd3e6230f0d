import { type SourceValue, VERDICTS, type Verdict } from '../../preload/contract/stats.ts';
import type { ViewState } from '../client/view-state.ts';

/** What the report can be sorted by. */
export const VALUE_ORDERS = ['verdict', 'source', 'received', 'opened', 'starred', 'week', 'last'] as const;
export type ValueBy = (typeof VALUE_ORDERS)[number];
export type ValueOrder = { by: ValueBy; isDown: boolean };

/** Verdicts that want a decision of the owner. */
export const TO_DECIDE: readonly Verdict[] = ['dead', 'blocked', 'failing', 'idle', 'noisy'];

/** Share of what came that was opened, 0 to 1; -1 where nothing came. */
const openedShare = ({ opened, received }: SourceValue): number => (received === 0 ? -1 : opened / received);
const VALUES: Record<ValueBy, (row: SourceValue) => string | number> = {
  verdict: (row) => VERDICTS.indexOf(row.verdict),
  source: (row) => row.source.title.toLowerCase(),
  received: (row) => row.received,
  opened: openedShare,
  starred: (row) => row.starred,
  week: (row) => row.perWeekNow,
  last: (row) => row.lastPostAt ?? '',
};
const compare = (left: string | number, right: string | number): number => (left < right ? -1 : left > right ? 1 : 0);

/** The rows in an order; what is equal keeps the order it had. */
export const sortValues = (rows: readonly SourceValue[], { by, isDown }: ValueOrder): SourceValue[] =>
  rows.toSorted((left, right) => (isDown ? -1 : 1) * compare(VALUES[by](left), VALUES[by](right)));

/** The order the address names: `-received` is most first; by verdict where it names none. */
export const orderOf = ({ params }: ViewState): ValueOrder => {
  const text = params.sort ?? '';
  const name = text.replace(/^-/, '');
  const by = VALUE_ORDERS.find((each) => each === name);
  return by ? { by, isDown: text.startsWith('-') } : { by: 'verdict', isDown: false };
};
/** The order as it stands in the address; empty for the first one. */
export const orderText = ({ by, isDown }: ValueOrder): string => (by === 'verdict' && !isDown ? '' : `${isDown ? '-' : ''}${by}`);

/** The verdict the address narrows to. */
export const verdictOf = ({ params }: ViewState): Verdict | undefined => VERDICTS.find((verdict) => verdict === params.verdict);
