import { type ReactNode, useEffect, useRef, useState } from 'react';
import { SectionHead } from './table.tsx';
import './charts.css';

/** The numbers behind a chart, for those who cannot see it. */
export type ChartTable = { heads: readonly string[]; rows: readonly (readonly (string | number)[])[] };

/** A chart with its head, the finding in a sentence, the drawing, and the same numbers as a table for screen readers. */
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
}) => (
  <figure className="chart">
    <figcaption>
      <SectionHead note={note}>{title}</SectionHead>
      {finding && <p className="chart-finding">{finding}</p>}
    </figcaption>
    <div aria-hidden="true">{children}</div>
    <table className="visually-hidden">
      <caption>{title}</caption>
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
  </figure>
);

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

/** At most three round values to draw hairlines at, from zero up to `most`. */
export const hairlines = (most: number): number[] => {
  if (most <= 0) return [];
  const rough = most / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => most / each <= 3.6) ?? rough;
  const whole = Math.max(1, step);
  return [1, 2, 3].map((times) => Math.round(times * whole)).filter((value) => value <= most * 1.1);
};
