import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { GridDot, RunGrid } from '../../preload/contract/run.ts';
import { go } from '../client/use-view.ts';
import { classes } from '../ui/classes.ts';
import { timeTooltip } from '../ui/format.ts';
import { type Dot, HealthDot } from '../ui/health-dots.tsx';
import { RUN_STATUS_WORDS } from '../ui/run-words.ts';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { words } from '../words/words.ts';
import { cellWords, type JudgedRow, moveFrom, type VerdictKind } from './grid-model.ts';
import { GridNote } from './grid-note.tsx';
import { type TimeFormat, timeText, useTimeFormat } from './time-format.ts';

const { grid: say } = words.history;
const ROW = 28;
const DOTS: Record<GridDot, Dot> = { n: 'new', o: 'nothing', '=': 'same', x: 'failed', w: 'waiting', r: 'none', '.': 'none' };
const GLYPHS: Partial<Record<VerdictKind, 'failed' | 'warning' | 'waiting'>> = {
  dead: 'failed',
  flaky: 'warning',
  shaky: 'warning',
  waiting: 'waiting',
};

type Place = { row: number; column: number };
const cellId = ({ row, column }: Place): string => `grid-cell-${row}-${column}`;
/** The format of a column: a span says too little about which run it is. */
const clockFormat = (format: TimeFormat): TimeFormat => (format === 'utc' ? 'utc' : 'local');

/** Sources by runs as dots. Arrow keys move one focus from cell to cell; Enter opens the run, or the source in the first column. */
export const GridTable = ({ grid, rows, label }: { grid: RunGrid; rows: readonly JudgedRow[]; label: string }) => {
  const scroller = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Place>({ row: 0, column: grid.runs.length });
  const [isNoteOpen, setIsNoteOpen] = useState(false);
  const hasFocus = useRef(false);
  const format = clockFormat(useTimeFormat());
  // Written once for all rows: a thousand cells come by while one scrolls.
  const times = useMemo(() => grid.runs.map(({ at: started }) => timeText(started, format, 0)), [grid, format]);
  const at: Place = {
    row: Math.max(0, Math.min(place.row, rows.length - 1)),
    column: Math.max(0, Math.min(place.column, grid.runs.length)),
  };
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => rows[index]?.row.sourceId ?? index,
    overscan: 10,
    // The row that holds the focus stays drawn, wherever one scrolls.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(count - 1, endIndex + overscan);
      const range = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
      return at.row < from ? [at.row, ...range] : at.row > to && at.row < count ? [...range, at.row] : range;
    },
  });

  useEffect(() => {
    if (!hasFocus.current) return;
    document.getElementById(cellId({ row: at.row, column: at.column }))?.focus({ preventScroll: true });
  }, [at.row, at.column]);

  const open = useCallback(
    (to: Place) => {
      const row = rows[to.row]?.row;
      const run = grid.runs[to.column - 1];
      if (!row) return;
      if (run) go(['history', 'run', run.id], { source: row.sourceId, show: 'all' });
      else go(['sources', row.sourceId]);
    },
    [rows, grid],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && isNoteOpen) setIsNoteOpen(false);
    else if (event.key === 'Enter' && (event.target as Element).role !== 'button') open(at);
    else {
      const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / ROW) - 3);
      const to = moveFrom(at, event.key, { rows: rows.length, columns: grid.runs.length + 1, page });
      if (!to) return;
      setPlace(to);
      setIsNoteOpen(true);
      virtual.scrollToIndex(to.row, { align: 'auto' });
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const choose = useCallback((to: Place) => {
    setPlace(to);
    setIsNoteOpen(true);
  }, []);
  const note = rows[at.row];
  const noteRun = grid.runs[at.column - 1];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears where the focus of its cells goes
    <div
      ref={scroller}
      className="grid"
      style={{ '--grid-runs': grid.runs.length } as Record<string, number>}
      onFocus={() => {
        hasFocus.current = true;
      }}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        hasFocus.current = false;
        setIsNoteOpen(false);
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: the rows are drawn only where they are seen */}
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={grid.runs.length + 2}
        onKeyDown={onKeyDown}
      >
        <GridHead grid={grid} times={times} column={isNoteOpen ? at.column : -1} />
        <div className="grid-rows" role="presentation" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const judged = rows[item.index];
            if (!judged) return null;
            return (
              <GridLine
                key={item.key}
                judged={judged}
                index={item.index}
                top={item.start}
                grid={grid}
                times={times}
                column={at.column}
                isLit={isNoteOpen}
                isHere={at.row === item.index}
                onChoose={choose}
                onOpen={open}
              />
            );
          })}
        </div>
      </div>
      {isNoteOpen && note && noteRun && (
        <GridNote
          row={note.row}
          run={noteRun}
          column={at.column - 1}
          top={at.row * ROW}
          time={times[at.column - 1] ?? ''}
          onClose={() => setIsNoteOpen(false)}
        />
      )}
    </div>
  );
};

const afterGap = (grid: RunGrid, column: number): boolean => grid.gaps.some(({ after }) => after === column);

const GridHead = ({ grid, times, column }: { grid: RunGrid; times: readonly string[]; column: number }) => (
  // biome-ignore lint/a11y/useSemanticElements: a row of a grid that is drawn in part
  // biome-ignore lint/a11y/useFocusableInteractive: heads are read with their cells
  <div className="grid-row grid-head" role="row" aria-rowindex={1}>
    {/* biome-ignore lint/a11y/useSemanticElements: see above */}
    {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
    <span role="columnheader" className="grid-name">
      {say.source}
    </span>
    {grid.runs.map((run, place) => {
      const time = times[place] ?? '';
      const words = say.column(time, RUN_STATUS_WORDS[run.status], run.sources);
      return (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <span
          key={run.id}
          role="columnheader"
          className={classes('grid-time', afterGap(grid, place) && 'grid-gap', column === place + 1 && 'grid-here')}
          title={`${words}\n${timeTooltip(run.at)}`}
          aria-label={words}
        >
          {run.status === 'failed' && <StatusGlyph status="failed" />}
          <span>{time}</span>
        </span>
      );
    })}
    {/* biome-ignore lint/a11y/useSemanticElements: see above */}
    {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
    <span role="columnheader" className="grid-words">
      {say.inWords}
    </span>
  </div>
);

type LineProps = {
  judged: JudgedRow;
  index: number;
  top: number;
  grid: RunGrid;
  /** When each run began, in words. */
  times: readonly string[];
  column: number;
  /** The column of the focus is tinted. */
  isLit: boolean;
  isHere: boolean;
  onChoose: (place: Place) => void;
  onOpen: (place: Place) => void;
};

const GridLine = memo(
  ({ judged: { row, verdict }, index, top, grid, times, column, isLit, isHere, onChoose, onOpen }: LineProps) => {
    const glyph = GLYPHS[verdict.kind];
    return (
      // biome-ignore lint/a11y/useSemanticElements: a row of a grid that is drawn in part
      // biome-ignore lint/a11y/useFocusableInteractive: its cells have the focus
      <div
        className={classes('grid-row', row.isPaused && 'grid-off')}
        role="row"
        aria-rowindex={index + 2}
        style={{ translate: `0 ${top}px` }}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: its link has the focus */}
        <span role="rowheader" className="grid-name">
          <a
            id={cellId({ row: index, column: 0 })}
            className="trunc"
            href={`#/sources/${row.sourceId}`}
            tabIndex={isHere && column === 0 ? 0 : -1}
            title={row.title}
            onFocus={() => onChoose({ row: index, column: 0 })}
          >
            {row.title}
          </a>
        </span>
        {grid.runs.map((run, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
          // biome-ignore lint/a11y/useSemanticElements: see above
          <span
            key={run.id}
            id={cellId({ row: index, column: place + 1 })}
            role="gridcell"
            className={classes('grid-cell', afterGap(grid, place) && 'grid-gap', isLit && column === place + 1 && 'grid-here')}
            tabIndex={isHere && column === place + 1 ? 0 : -1}
            aria-label={say.cell(row.title, times[place] ?? '', cellWords(row, place))}
            onClick={() => onChoose({ row: index, column: place + 1 })}
            onDoubleClick={() => onOpen({ row: index, column: place + 1 })}
          >
            <HealthDot dot={DOTS[(row.dots[place] ?? '.') as GridDot]} />
          </span>
        ))}
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: read with its row */}
        <span role="gridcell" className="grid-words trunc" title={verdict.words}>
          {glyph ? (
            <span className={`status status-${glyph}`}>
              <StatusGlyph status={glyph} />
              {verdict.words}
            </span>
          ) : (
            verdict.words
          )}
        </span>
      </div>
    );
  },
);
