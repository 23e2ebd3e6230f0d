import { useState } from 'react';
import type { SavedSearch } from '../../preload/contract/saved-search.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { viewHref } from '../client/view-state.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { type NamedSearch, SearchDialog } from '../ui/search-dialog.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { words } from '../words/words.ts';
import { SearchRow } from './search-row.tsx';
import './searches.css';

const { search: say } = words;
const { screen, columns } = { screen: say.saved.screen, columns: say.saved.screen.columns };

const COLUMNS: Column[] = [
  { head: columns.name, width: '30%' },
  { head: columns.search },
  { head: columns.unread, width: '84px', align: 'end' },
  { head: columns.more, width: '140px', isHeadHidden: true },
];

/** Changes a search, or makes one. */
const EditSearch = ({ saved, onClose }: { saved: SavedSearch | undefined; onClose: () => void }) => {
  const save = useAction('searches.save');
  const keep = async (search: NamedSearch) => {
    const answer = await save.run({ ...search, ...(saved ? { id: saved.id } : {}) });
    if (answer.ok) onClose();
  };
  return (
    <SearchDialog
      title={saved ? say.saved.editTitle : screen.make}
      first={{ name: saved?.name ?? '', search: saved?.search ?? '' }}
      error={save.error?.message}
      isPending={save.isPending}
      onSave={(search) => void keep(search)}
      onClose={onClose}
    />
  );
};

/** The saved searches, in the order of the sidebar: to name, change, order and remove. */
export const SearchesScreen = () => {
  const list = useQuery('searches.list', {}, ['searches.changed']);
  const counts = useQuery('posts.counts', {}, ['posts.changed', 'sources.changed', 'searches.changed']).data;
  const [editing, setEditing] = useState<{ saved: SavedSearch | undefined }>();
  const rows = list.data ?? [];
  return (
    <Screen title={screen.title} actions={<Button onClick={() => setEditing({ saved: undefined })}>{screen.make}</Button>}>
      {list.error && <ErrorNote error={list.error} onRetry={list.reload} />}
      {list.isLoading && <LoadingBars rows={4} label={screen.loading} />}
      {list.data && rows.length === 0 && (
        <EmptyState title={screen.emptyTitle} reason={screen.emptyReason}>
          <ButtonLink href={viewHref(['posts', 'all'], { find: '1' })}>{screen.emptyAction}</ButtonLink>
        </EmptyState>
      )}
      {rows.length > 0 && (
        <Table label={screen.label} columns={COLUMNS}>
          {rows.map((saved) => (
            <SearchRow
              key={saved.id}
              saved={saved}
              unread={counts?.bySearch?.[saved.id] ?? 0}
              order={rows.map(({ id }) => id)}
              onEdit={() => setEditing({ saved })}
            />
          ))}
        </Table>
      )}
      {editing && <EditSearch saved={editing.saved} onClose={() => setEditing(undefined)} />}
    </Screen>
  );
};
