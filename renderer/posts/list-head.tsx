import ArrowDownWideNarrow from 'lucide-react/icons/arrow-down-wide-narrow';
import CheckCheck from 'lucide-react/icons/check-check';
import ListFilter from 'lucide-react/icons/list-filter';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import type { PostSort } from '../../preload/contract/post.ts';
import type { ViewState } from '../client/view-state.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { words } from '../words/words.ts';
import type { ListHeads } from './list-order.ts';
import { SearchField } from './search-field.tsx';
import type { PostCommands } from './use-post-commands.ts';

const { head: say } = words.posts;

/** How a list is sorted and parted, and how that is changed. */
export type ListOrder = {
  sort: PostSort;
  heads: ListHeads;
  /** Whether its posts have points to sort by. */
  hasScores: boolean;
  onSort: (sort: PostSort) => void;
  onHeads: (heads: ListHeads) => void;
};

const orderItems = (
  { sort, heads, hasScores, onSort, onHeads }: ListOrder,
  isOpen: boolean,
  commands: PostCommands,
): MenuItem[] => {
  const sorts: PostSort[] = hasScores ? ['newest', 'oldest', 'score'] : ['newest', 'oldest'];
  return [
    ...sorts.map((name): MenuItem => ({ label: say[name], isOn: name === sort, onChoose: () => onSort(name) })),
    { kind: 'rule' },
    { label: say.byRun, isOn: heads === 'run', onChoose: () => onHeads('run') },
    { label: say.byDay, isOn: heads === 'day', onChoose: () => onHeads('day') },
    { kind: 'rule' },
    { label: say.markNewer, disabled: !isOpen, onChoose: commands.markAbove },
    { label: say.markOlder, disabled: !isOpen, onChoose: commands.markBelow },
  ];
};

/** Over the list: what it is, how much is in it, and what can be done to all of it. */
export const ListHead = ({
  title,
  meta,
  view,
  order,
  isUnreadOnly,
  isOpen,
  commands,
}: {
  title: string;
  meta: string;
  view: ViewState;
  /** Undefined where the order is the list's own. */
  order: ListOrder | undefined;
  isUnreadOnly: boolean;
  /** A post of the list is open, so that there is an above and a below. */
  isOpen: boolean;
  commands: PostCommands;
}) => (
  <header className="list-head">
    <div className="list-head-line">
      <h1 className="screen-title trunc" title={title} dir="auto">
        {title}
      </h1>
      <div className="list-head-actions">
        {order && (
          <Menu
            label={say.order}
            items={orderItems(order, isOpen, commands)}
            opener={(props) => <IconButton label={say.order} icon={<ArrowDownWideNarrow />} {...props} />}
          />
        )}
        <IconButton
          label={say.unreadOnly}
          keys="u"
          icon={<ListFilter />}
          aria-pressed={isUnreadOnly}
          onClick={commands.toggleUnreadOnly}
        />
        <IconButton label={say.markAll} keys="A" icon={<CheckCheck />} onClick={commands.markAll} />
        <IconButton label={say.fetch} keys="r" icon={<RefreshCw />} onClick={commands.fetchNow} />
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
