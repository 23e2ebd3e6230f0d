import type { ViewState } from '../client/view-state.ts';
import { DigestList } from './digest-list.tsx';
import { DigestPage, NewDigestPage } from './digest-page.tsx';
import { EditionPage } from './edition-page.tsx';
import { EditionsPage } from './editions-page.tsx';
import { PeoplePage } from './people-page.tsx';
import './digests.css';

/** Every digest; below its id the editor, its people, its editions, and one of them opened. */
export const DigestsScreen = ({ view }: { view: ViewState }) => {
  const [, id, part, edition] = view.path;
  if (!id) return <DigestList />;
  if (id === 'new') return <NewDigestPage key={view.params.template ?? ''} template={view.params.template} />;
  if (part === 'people') return <PeoplePage key={id} id={id} />;
  if (part === 'editions') return <EditionsPage key={id} id={id} />;
  if (part === 'edition' && edition) return <EditionPage key={edition} id={edition} digestId={id} />;
  return <DigestPage key={id} id={id} />;
};
