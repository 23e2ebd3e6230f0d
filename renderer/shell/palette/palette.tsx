import CornerDownLeft from 'lucide-react/icons/corner-down-left';
import Search from 'lucide-react/icons/search';
import { Fragment, type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { go } from '../../client/use-view.ts';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { words } from '../../words/words.ts';
import type { Entry } from './entry.ts';
import { addPosts, type Found, type FoundGroup, findEntries } from './find.ts';
import { KindIcon } from './kind-icon.tsx';
import { useEntries, useFoundPosts } from './use-entries.ts';
import { readUsed, writeUsed } from './used.ts';
import './palette.css';

const { palette: say } = words;

/** The words of an entry, with the letters that matched. */
const Marked = ({ text, marks }: { text: string; marks: ReadonlySet<number> }) => {
  if (marks.size === 0) return text;
  const runs: { text: string; isMarked: boolean }[] = [];
  for (const [place, letter] of [...text].entries()) {
    const isMarked = marks.has(place);
    const last = runs.at(-1);
    if (last?.isMarked === isMarked) last.text += letter;
    else runs.push({ text: letter, isMarked });
  }
  return runs.map((run, place) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: a run is its place
    run.isMarked ? <b key={place}>{run.text}</b> : <Fragment key={place}>{run.text}</Fragment>,
  );
};

const Option = ({
  found: { entry, marks },
  id,
  isActive,
  onChoose,
  onPoint,
}: {
  found: Found;
  id: string;
  isActive: boolean;
  onChoose: () => void;
  onPoint: () => void;
}) => (
  // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus and points at the option
  // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
  <div id={id} role="option" aria-selected={isActive} className="palette-option" onClick={onChoose} onMouseMove={onPoint}>
    <KindIcon kind={entry.kind} />
    <span className="palette-words trunc" dir="auto">
      <Marked text={entry.words} marks={marks} />
    </span>
    {entry.more && <span className="palette-more trunc">{entry.more}</span>}
    {entry.keys && entry.keys.length > 0 && <KeyCaps keys={entry.keys} />}
  </div>
);

/** The search for posts, last of all, whatever else was found. */
const searchEntry = (text: string): Entry => ({
  id: 'search',
  kind: 'search',
  words: say.searchFor(text),
  run: () => go(['posts', 'all'], { q: text }),
});
const withSearch = (groups: FoundGroup[], text: string): FoundGroup[] => {
  if (text === '') return groups;
  const entry: Found = { entry: searchEntry(text), marks: new Set() };
  const searches = groups.find((group) => group.kind === 'search');
  if (!searches) return [...groups, { kind: 'search', name: say.kinds.search, found: [entry] }];
  return groups.map((group) => (group === searches ? { ...group, found: [...group.found, entry] } : group));
};

/** Which of the options the keys point at; it is brought into sight. */
const useActive = (all: readonly Found[], id: string) => {
  const [active, setActive] = useState(0);
  const at = Math.min(active, all.length - 1);
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  return { at, setActive };
};

/** One field that finds every command, place, source, setting and post, and does or opens what is chosen. */
export const Palette = ({ onClose }: { onClose: () => void }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [text, setText] = useState('');
  const [used] = useState(readUsed);
  const entries = useEntries();
  const posts = useFoundPosts(text);
  const near = useMemo(() => findEntries(entries, text, used), [entries, text, used]);
  const groups = useMemo(() => withSearch(addPosts(near, posts), text.trim()), [near, posts, text]);
  const all = groups.flatMap((group) => group.found);
  const { at, setActive } = useActive(all, id);
  const isNothing = text.trim() !== '' && all.length === 1;

  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const isOver = useRef(false);
  /** Tells at once: the dialog's own event comes later than a key that is pressed right after, and would take the next palette away. */
  const leave = () => {
    if (isOver.current) return;
    isOver.current = true;
    dialog.current?.close();
    onClose();
  };
  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    if (entry.kind !== 'post' && entry.id !== 'search') writeUsed(entry.id);
    // Closed first: the focus goes back to where it was, and what is done may take it further.
    leave();
    entry.run();
  };
  const press = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      leave();
    }
    const last = all.length - 1;
    const moves: Record<string, number> = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at === 0 ? last : at - 1 };
    const pages: Record<string, number> = { PageDown: Math.min(last, at + 8), PageUp: Math.max(0, at - 8) };
    const to = moves[event.key] ?? pages[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setActive(to);
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(all[at]?.entry);
    }
  };
  let place = -1;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the key for the scrim
    <dialog
      ref={dialog}
      className="dialog palette"
      aria-label={say.name}
      onCancel={leave}
      onClose={leave}
      onClick={(event) => event.target === event.currentTarget && leave()}
    >
      <div className="palette-field">
        <Search aria-hidden="true" />
        <input
          type="text"
          role="combobox"
          aria-label={say.field}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={all.length > 0 ? `${id}-${at}` : undefined}
          placeholder={say.placeholder}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={press}
        />
      </div>
      {isNothing && <p className="palette-nothing">{say.nothing}</p>}
      <div className="palette-list" id={`${id}-list`} role="listbox" aria-label={say.results}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
          <div key={group.kind} role="group" aria-labelledby={`${id}-${group.kind}`}>
            <div className="palette-kind" id={`${id}-${group.kind}`} role="presentation">
              {group.name}
            </div>
            {group.found.map((found) => {
              place += 1;
              const here = place;
              return (
                <Option
                  key={found.entry.id}
                  found={found}
                  id={`${id}-${here}`}
                  isActive={here === at}
                  onChoose={() => choose(found.entry)}
                  onPoint={() => here !== at && setActive(here)}
                />
              );
            })}
          </div>
        ))}
      </div>
      <footer className="palette-foot" aria-hidden="true">
        <KeyCaps keys={['ArrowUp', 'ArrowDown']} /> {say.move}
        <span className="palette-enter">
          <kbd>
            <CornerDownLeft />
          </kbd>{' '}
          {say.choose}
        </span>
        <KeyCaps keys={['Escape']} /> {say.close}
      </footer>
      <div className="visually-hidden" role="status">
        {text.trim() !== '' && say.found(all.length)}
      </div>
    </dialog>
  );
};
