import CheckCheck from 'lucide-react/icons/check-check';
import ListFilter from 'lucide-react/icons/list-filter';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import type { ViewState } from '../client/view-state.ts';
import { IconButton } from '../ui/button.tsx';
import { SearchField } from './search-field.tsx';

/** Over the list: what it is, how much is in it, and what can be done to all of it. */
export const ListHead = ({
  title,
  meta,
  view,
  isUnreadOnly,
  onUnreadOnly,
  onMarkAll,
  onFetch,
}: {
  title: string;
  meta: string;
  view: ViewState;
  isUnreadOnly: boolean;
  onUnreadOnly: () => void;
  onMarkAll: () => void;
  onFetch: () => void;
}) => (
  <header className="list-head">
    <div className="list-head-line">
      <h1 className="screen-title trunc" title={title}>
        {title}
      </h1>
      <div className="list-head-actions">
        <IconButton label="Unread only" keys="u" icon={<ListFilter />} aria-pressed={isUnreadOnly} onClick={onUnreadOnly} />
        <IconButton label="Mark all as read" keys="A" icon={<CheckCheck />} onClick={onMarkAll} />
        <IconButton label="Fetch feeds now" keys="r" icon={<RefreshCw />} onClick={onFetch} />
      </div>
    </div>
    <p className="list-head-meta" role="status">
      {meta}
    </p>
    <div className="list-head-find">
      <SearchField view={view} />
    </div>
  </header>
);
