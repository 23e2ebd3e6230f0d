import BookmarkPlus from 'lucide-react/icons/bookmark-plus';
import X from 'lucide-react/icons/x';
import { useState } from 'react';
import type { SearchMeaning, SearchPart } from '../../preload/contract/saved-search.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { go, goLive } from '../client/use-view.ts';
import type { ViewState } from '../client/view-state.ts';
import { Button } from '../ui/button.tsx';
import { type NamedSearch, SearchDialog } from '../ui/search-dialog.tsx';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { useToast } from '../ui/toast.tsx';
import { useCommands } from '../ui/use-commands.ts';
import { words } from '../words/words.ts';
import { partWords, problemWords, withoutPart } from './search-words.ts';
import { useRested } from './use-rested.ts';

const { search: say } = words;

/** Plain words are seen in the field; the row is for what operators were understood as. */
const isTelling = ({ parts }: SearchMeaning): boolean =>
  parts.some(({ field, problem, isNot }) => field !== 'words' || problem || isNot);

const Part = ({ part, text, onChange }: { part: SearchPart; text: string; onChange: (text: string) => void }) => {
  if (part.problem)
    return (
      <li className="find-problem">
        <StatusGlyph status="missed" />
        <span>{problemWords(part, text)}</span>
      </li>
    );
  const said = partWords(part);
  return (
    <li>
      <button
        type="button"
        className="find-part"
        aria-label={say.parts.remove(said)}
        title={say.parts.remove(said)}
        onClick={() => onChange(withoutPart(text, part))}
      >
        <span className="trunc">{said}</span>
        <X />
      </button>
    </li>
  );
};

/** Names the search that is shown and keeps it in the sidebar. */
const SaveSearch = ({ text, onClose }: { text: string; onClose: () => void }) => {
  const save = useAction('searches.save');
  const toast = useToast();
  const keep = async (search: NamedSearch) => {
    const answer = await save.run(search);
    if (!answer.ok) return;
    onClose();
    toast({ text: say.saved.saved(answer.result.name) });
    go(['posts', 'saved', answer.result.id]);
  };
  return (
    <SearchDialog
      title={say.saved.saveTitle}
      first={{ name: text.trim().slice(0, 80), search: text.trim() }}
      error={save.error?.message}
      isPending={save.isPending}
      onSave={(search) => void keep(search)}
      onClose={onClose}
    />
  );
};

/** Over the list while something is searched: what was understood, and a way to keep it. It comes with the answer, so that the list moves once. */
export const SearchBand = ({ view, isAnswered = true }: { view: ViewState; isAnswered?: boolean }) => {
  const text = view.params.q ?? '';
  const isSearching = text.trim() !== '';
  const rested = useRested(text);
  const [isSaving, setIsSaving] = useState(false);
  // Nothing is asked while the hand types: the list comes first.
  const { data } = useQuery('searches.explain', isSearching && rested === text ? { text: rested.slice(0, 500) } : null);
  useCommands([{ id: 'search.save', run: () => setIsSaving(true), isOff: !isSearching }]);
  if (!isSearching || !isAnswered) return null;
  const change = (next: string) => goLive(view.path, { ...view.params, q: next, post: undefined });
  // While the hand does not rest, what was understood is of a text before: pieces that are no longer there are left out.
  const isThere = ({ from, to }: SearchPart): boolean => to <= text.length && text.slice(from, to) === rested.slice(from, to);
  const parts = data && isTelling(data) ? data.parts.filter(isThere) : [];
  return (
    <div className="find-band">
      <ul className="find-parts" aria-label={say.understood}>
        {parts.map((part) => (
          <Part key={`${part.from} ${text.slice(part.from, part.to)}`} part={part} text={text} onChange={change} />
        ))}
        {data?.waiting ? <li className="find-waiting">{say.waiting(data.waiting)}</li> : null}
      </ul>
      <Button
        look="quiet"
        icon={<BookmarkPlus />}
        aria-keyshortcuts="S"
        title={`${say.saved.save} (S)`}
        onClick={() => setIsSaving(true)}
      >
        {say.saved.keep}
      </Button>
      {isSaving && <SaveSearch text={text} onClose={() => setIsSaving(false)} />}
    </div>
  );
};
