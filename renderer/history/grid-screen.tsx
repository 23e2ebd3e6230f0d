import Moon from 'lucide-react/dist/esm/icons/moon.mjs';
import { useMemo, useState } from 'react';
import type { RunGrid } from '../../preload/contract/run.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Segments } from '../ui/choices.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Select, TextInput } from '../ui/field.tsx';
import { type Dot, HealthDot } from '../ui/health-dots.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { gapWord } from './day-strip-model.ts';
import { GRID_SORTS, type GridSort, gridSentence, toJudgedRows } from './grid-model.ts';
import { GridTable } from './grid-table.tsx';
import { timeText, useTimeFormat } from './time-format.ts';
import './grid.css';

const { grid: say } = words.history;
const CRUMB = { label: say.crumb, href: '#/history' };
const SORTS = GRID_SORTS.map((value) => ({ value, label: say.sorts[value] }));
const RUNS = 20;
const LEGEND: readonly Dot[] = ['new', 'nothing', 'same', 'failed', 'waiting', 'none'];

/** Sources by the last runs of a job: which source fails, and which run failed for all. Job and order stand in the address. */
export const GridScreen = ({ params }: { params: Record<string, string> }) => {
  const query = useQuery('runs.grid', { ...(params.job ? { jobKind: params.job } : {}), runs: RUNS }, [
    'runs.changed',
    'runs.removed',
    'sources.changed',
  ]);
  const [text, setText] = useState('');
  const sort = GRID_SORTS.find((value) => value === params.sort) ?? 'problems';
  const grid = query.data;
  const move = (change: Record<string, string>) => go(['history', 'grid'], { ...params, ...change }, 'replace');
  return (
    <Screen title={words.history.sourcesByRun} crumb={CRUMB} sub={say.hint}>
      <div className="grid-bar">
        {grid && (
          <Select
            aria-label={say.job}
            value={grid.jobKind}
            options={grid.jobs.map(({ kind, title }) => ({ value: kind, label: title }))}
            onChange={(job) => move({ job })}
          />
        )}
        <Segments label={say.sort} value={sort} options={SORTS} onChange={(next) => move({ sort: next })} />
        <TextInput
          type="search"
          aria-label={say.find}
          placeholder={say.find}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {query.error && <ErrorNote error={query.error} onRetry={query.reload} />}
      {query.isLoading && <LoadingBars rows={10} />}
      {grid && grid.runs.length === 0 && (
        <EmptyState title={say.none} reason={say.noneWhy}>
          <ButtonLink href="#/history">{say.back}</ButtonLink>
        </EmptyState>
      )}
      {grid && grid.runs.length > 0 && <LoadedGrid grid={grid} sort={sort} text={text} />}
    </Screen>
  );
};

const LoadedGrid = ({ grid, sort, text }: { grid: RunGrid; sort: GridSort; text: string }) => {
  const now = useNow();
  const minute = Math.floor(now / 60_000) * 60_000;
  const rows = useMemo(() => toJudgedRows(grid, sort, text, minute), [grid, sort, text, minute]);
  const title = grid.jobs.find(({ kind }) => kind === grid.jobKind)?.title ?? grid.jobKind;
  return (
    <>
      <p className="grid-finding" role="status">
        {rows.length === 0 ? say.noMatch : gridSentence(rows)}
      </p>
      {rows.length > 0 && <GridTable key={grid.jobKind} grid={grid} rows={rows} label={say.label(title, grid.runs.length)} />}
      <Legend grid={grid} />
    </>
  );
};

/** One gap for each double rule, the longest; of many the last two. */
const gapsToTell = ({ gaps }: RunGrid): RunGrid['gaps'] => {
  const longest = new Map<number, RunGrid['gaps'][number]>();
  for (const gap of gaps) if ((longest.get(gap.after)?.to ?? '') < gap.to) longest.set(gap.after, gap);
  return [...longest.values()].sort((a, b) => a.after - b.after).slice(-2);
};

const Legend = ({ grid }: { grid: RunGrid }) => {
  const format = useTimeFormat() === 'utc' ? 'utc' : 'local';
  return (
    <ul className="grid-key" aria-label={say.key}>
      {LEGEND.map((dot) => (
        <li key={dot}>
          <HealthDot dot={dot} />
          {say.legend[dot]}
        </li>
      ))}
      {gapsToTell(grid).map(({ after, from, to, reason }) => (
        <li key={from}>
          <Moon aria-hidden="true" width={12} height={12} strokeWidth={1.5} />
          {say.gap(timeText(grid.runs[after]?.at ?? from, format, 0), gapWord(reason), timeText(to, format, 0))}
        </li>
      ))}
      <li className="dim grid-keys">{say.keys}</li>
    </ul>
  );
};
