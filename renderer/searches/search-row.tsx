import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Pencil from 'lucide-react/icons/pencil';
import Trash2 from 'lucide-react/icons/trash-2';
import type { SavedSearch } from '../../preload/contract/saved-search.ts';
import { viewHref } from '../client/view-state.ts';
import { IconButton } from '../ui/button.tsx';
import { Row } from '../ui/table.tsx';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { useSearchActions } from './use-search-actions.ts';

const { search: say } = words;

/** One saved search: what it finds, its place, and what can be done to it. */
export const SearchRow = ({
  saved,
  unread,
  order,
  onEdit,
}: {
  saved: SavedSearch;
  unread: number;
  order: readonly string[];
  onEdit: () => void;
}) => {
  const { move, remove } = useSearchActions();
  const { id, name, search } = saved;
  const at = order.indexOf(id);
  return (
    <Row>
      <td className="row-name">
        <a className="link" href={viewHref(['posts', 'saved', id])}>
          {name}
        </a>
      </td>
      <td className="mono searches-text">{search}</td>
      <td className="num">{number(unread)}</td>
      <td>
        <span className="searches-actions">
          <IconButton
            label={say.saved.up(name)}
            icon={<ArrowUp />}
            disabled={at === 0}
            onClick={() => void move(saved, order, -1)}
          />
          <IconButton
            label={say.saved.down(name)}
            icon={<ArrowDown />}
            disabled={at === order.length - 1}
            onClick={() => void move(saved, order, 1)}
          />
          <IconButton label={say.saved.edit(name)} icon={<Pencil />} onClick={onEdit} />
          <IconButton label={say.saved.remove(name)} icon={<Trash2 />} onClick={() => void remove(saved)} />
        </span>
      </td>
    </Row>
  );
};
