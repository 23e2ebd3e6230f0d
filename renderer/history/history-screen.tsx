import type { ViewState } from '../client/view-state.ts';
import { GridScreen } from './grid-screen.tsx';
import { HistoryList } from './history-list.tsx';
import { RunPage } from './run-page.tsx';
import './history.css';

/** Runs: now, next, and those gone by; below `run/ID` one of them, below `grid` sources by run. */
export const HistoryScreen = ({ view }: { view: ViewState }) => {
  const [, kind, id] = view.path;
  if (kind === 'run' && id) return <RunPage key={id} id={id} params={view.params} />;
  if (kind === 'grid') return <GridScreen params={view.params} />;
  return <HistoryList params={view.params} />;
};
