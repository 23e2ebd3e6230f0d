import type { ViewState } from '../client/view-state.ts';
import { EditionPage } from './edition-page.tsx';
import { Editions } from './editions.tsx';
import './top.css';

/** Top posts: the editions, or one of them. */
export const TopScreen = ({ view }: { view: ViewState }) => {
  const id = view.path[1];
  return id ? <EditionPage key={id} id={id} /> : <Editions />;
};
