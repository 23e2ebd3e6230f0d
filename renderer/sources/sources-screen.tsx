import type { ViewState } from '../client/view-state.ts';
import { AddPage } from './add-page.tsx';
import { SourceList } from './source-list.tsx';
import { SourcePage } from './source-page.tsx';
import './sources.css';

/** What is read and how it goes; below `add` and an id, adding one and looking at one. */
export const SourcesScreen = ({ view }: { view: ViewState }) => {
  const id = view.path[1] ?? view.params.source;
  if (id === 'add' || view.params.add) return <AddPage params={view.params} />;
  if (id) return <SourcePage key={id} id={id} params={view.params} />;
  return <SourceList params={view.params} />;
};
