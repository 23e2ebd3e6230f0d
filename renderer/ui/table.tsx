import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';
import './table.css';

/** A column: its head, how wide (any CSS width; the rest share what is left), and when it leaves. */
export type Column = {
  head: ReactNode;
  /** A name of its own, where the head is not a string. */
  key?: string;
  width?: string;
  align?: 'end';
  /** Leaves below 1040 px; give its cells the class `hide-narrow` too. */
  leavesNarrow?: boolean;
  /** How its rows are sorted now, where the head sorts them. */
  sorted?: 'ascending' | 'descending' | undefined;
  /** The head is for screen readers only. */
  isHeadHidden?: boolean;
};
const keyOf = (column: Column): string => column.key ?? String(column.head);

/**
 * A ruled table. `children` are rows (`<Row>`), in one body. Cells are plain `<td>`; `num` stands right, `mono` is
 * for times, and `row-name` is the cell that takes the first line where rows stack (below 760 px).
 */
export const Table = ({
  label,
  columns,
  children,
  stacks = true,
}: {
  label: string;
  columns: readonly Column[];
  children: ReactNode;
  stacks?: boolean;
}) => (
  <table className={classes('table', stacks && 'table-stacks')} aria-label={label}>
    <colgroup>
      {columns.map((column) => (
        <col
          key={keyOf(column)}
          className={classes(column.leavesNarrow && 'hide-narrow')}
          style={column.width ? { width: column.width } : undefined}
        />
      ))}
    </colgroup>
    <thead>
      <tr>
        {columns.map((column) => (
          <th
            key={keyOf(column)}
            scope="col"
            aria-sort={column.sorted}
            className={classes(column.align === 'end' && 'num', column.leavesNarrow && 'hide-narrow')}
          >
            {column.isHeadHidden ? <span className="visually-hidden">{column.head}</span> : column.head}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>{children}</tbody>
  </table>
);

/** A row of a table. `tone`: selected (accent wash), gap (like the asleep band), off. */
export const Row = ({
  tone,
  children,
  ...rest
}: Omit<ComponentProps<'tr'>, 'className'> & { tone?: 'selected' | 'gap' | 'off' | undefined }) => (
  <tr
    {...rest}
    aria-selected={tone === 'selected' ? true : undefined}
    className={classes('row', tone && tone !== 'off' && 'row-tint', tone && `row-${tone}`)}
  >
    {children}
  </tr>
);

/** A line across the table that names the rows below it: a folder, a day. */
export const GroupRow = ({ span, children }: { span: number; children: ReactNode }) => (
  <tr className="table-group">
    <th scope="rowgroup" colSpan={span}>
      {children}
    </th>
  </tr>
);

/** The head of a section: serif, with a quiet note beside it. */
export const SectionHead = ({ children, note, id }: { children: ReactNode; note?: ReactNode; id?: string }) => (
  <h2 className="section-head" id={id}>
    {children}
    {note && <span className="section-note">{note}</span>}
  </h2>
);
