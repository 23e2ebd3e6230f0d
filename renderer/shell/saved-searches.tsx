import TextSearch from 'lucide-react/icons/text-search';
import type { PostCounts } from '../../preload/contract/post.ts';
import { useQuery } from '../client/use-query.ts';
import { type ViewState, viewHref } from '../client/view-state.ts';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';

const { search: say } = words;

/** The saved searches, each a list of its own with its unread number. Nothing while there are none. */
export const SavedSearches = ({ view, counts }: { view: ViewState; counts: PostCounts | undefined }) => {
  const { data = [] } = useQuery('searches.list', {}, ['searches.changed']);
  if (data.length === 0) return null;
  const here = view.path[0] === 'posts' && view.path[1] === 'saved' ? view.path[2] : undefined;
  return (
    <>
      <a className="nav-link find-rail" href={viewHref(['searches'])} aria-label={say.saved.all} title={say.saved.all}>
        <TextSearch />
      </a>
      <div className="tree">
        <h2 className="tree-head">
          <a href={viewHref(['searches'])} title={say.saved.all} aria-current={view.path[0] === 'searches' ? 'page' : undefined}>
            {say.saved.heading}
          </a>
        </h2>
        <ul>
          {data.map(({ id, name, search }) => {
            const unread = counts?.bySearch?.[id] ?? 0;
            return (
              <li key={id}>
                <a
                  className="nav-link"
                  href={viewHref(['posts', 'saved', id])}
                  aria-current={id === here ? 'page' : undefined}
                  aria-label={unread > 0 ? say.saved.unread(name, number(unread)) : name}
                  title={search}
                >
                  <TextSearch />
                  <span className="nav-label trunc">{name}</span>
                  {unread > 0 && <span className="nav-count">{number(unread)}</span>}
                </a>
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
};
