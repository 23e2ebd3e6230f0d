import { createContext, type KeyboardEvent, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { words } from '../words/words.ts';
import { classes } from './classes.ts';
import { SectionHead } from './table.tsx';
import './charts.css';

const { charts: say } = words;

/** The numbers behind a chart. */
export type ChartTable = { heads: readonly string[]; rows: readonly (readonly (string | number)[])[] };

const ChartTitle = createContext('');

/**
 * A chart with its head, the finding in a sentence, the drawing, and the same numbers as a table: always there for screen readers,
 * shown to everybody at the press of a button.
 */
export const ChartFigure = ({
  title,
  note,
  finding,
  table,
  children,
}: {
  title: string;
  note?: ReactNode;
  finding?: ReactNode;
  table: ChartTable;
  children: ReactNode;
}) => {
  const [isTable, setIsTable] = useState(false);
  return (
    <figure className="chart">
      <figcaption>
        <div className="chart-head">
          <SectionHead note={note}>{title}</SectionHead>
          <button type="button" className="chart-turn" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
            {say.numbers}
            <span className="visually-hidden">{say.numbersOf(title)}</span>
          </button>
        </div>
        {finding && <p className="chart-finding">{finding}</p>}
      </figcaption>
      <ChartTitle value={title}>{isTable ? undefined : children}</ChartTitle>
      <Numbers title={title} table={table} isShown={isTable} />
    </figure>
  );
};

const Numbers = ({ title, table, isShown }: { title: string; table: ChartTable; isShown: boolean }) => (
  <section
    className={classes(isShown ? 'chart-numbers' : 'visually-hidden')}
    aria-label={say.numbersFor(title)}
    tabIndex={isShown ? 0 : undefined}
  >
    <table>
      <caption className="visually-hidden">{title}</caption>
      <thead>
        <tr>
          {table.heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row) => (
          <tr key={String(row[0])}>
            {row.map((cell, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
              <td key={place}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

/**
 * The place of a drawing: takes the focus, steps by key, and says what is looked at, to the eye and to a screen reader. `said` is what
 * the mark looked at stands for.
 */
export const ChartStage = ({
  said,
  keys,
  measure,
  children,
}: {
  said: string | undefined;
  keys: { onKeyDown: (event: KeyboardEvent) => void; onBlur: () => void };
  measure: (element: Element | null) => void;
  children: ReactNode;
}) => {
  const label = say.stepThrough(useContext(ChartTitle));
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset holds fields */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its marks are stepped through by key */}
      <div ref={measure} className="chart-stage" role="group" tabIndex={0} aria-label={label} {...keys}>
        {children}
      </div>
      <output className="chart-said">{said}</output>
    </>
  );
};

/** The width a drawing has, in CSS pixels, so that text in it keeps its size. */
export const useDrawingWidth = (first = 560): [(element: Element | null) => void, number] => {
  const [width, setWidth] = useState(first);
  const [element, setElement] = useState<Element | null>(null);
  const observer = useRef<ResizeObserver | null>(null);
  useEffect(() => {
    if (!element) return;
    observer.current = new ResizeObserver(([entry]) => entry && setWidth(Math.max(120, Math.floor(entry.contentRect.width))));
    observer.current.observe(element);
    return () => observer.current?.disconnect();
  }, [element]);
  return [setElement, width];
};
