import Search from 'lucide-react/icons/search';
import { type KeyboardEvent, useCallback, useId, useLayoutEffect, useRef, useState } from 'react';
import type { ViewState } from '../client/view-state.ts';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { words } from '../words/words.ts';
import { rememberSearch } from './recent-searches.ts';
import { SearchHelp } from './search-help.tsx';
import { SearchOffers } from './search-offers.tsx';
import { useSearchText } from './use-search-text.ts';
import { useSuggestions } from './use-suggestions.ts';
import './search-field.css';

const { search: say } = words;

/** The caret, where it is told that it moved. */
const useCaret = () => {
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState(0);
  const follow = useCallback(() => setCaret(input.current?.selectionStart ?? 0), []);
  return { input, caret, follow };
};

/**
 * Search as you type. What is searched is in the address; under the field stands what could be typed next.
 * Esc closes that, then empties the field, then leaves it.
 */
export const SearchField = ({ view }: { view: ViewState }) => {
  const id = useId();
  const { text, change } = useSearchText(view);
  const { input, caret, follow } = useCaret();
  const [isOpen, setIsOpen] = useState(false);
  const close = useCallback(() => setIsOpen(false), []);
  // `change` reads what is newest by itself.
  const latest = useRef(change);
  /** Where the caret goes when the text that was chosen stands in the field. */
  const moveTo = useRef<number>(undefined);
  latest.current = change;
  const write = useCallback(
    (next: string, at: number) => {
      moveTo.current = at;
      latest.current(next);
      input.current?.focus();
    },
    [input],
  );
  // With the text and not a frame later: the next key may come before that.
  useLayoutEffect(() => {
    const at = moveTo.current;
    if (at === undefined) return;
    moveTo.current = undefined;
    input.current?.setSelectionRange(at, at);
    follow();
  });
  const { offers, chosen, press: pressOffers } = useSuggestions({ text, caret, isOpen }, write, close);
  const shows = isOpen && offers.length > 0;

  const toList = () => {
    rememberSearch(text);
    setIsOpen(false);
    document.querySelector<HTMLElement>('.post-list')?.focus();
  };
  const stepBack = (field: HTMLInputElement) => {
    if (shows) setIsOpen(false);
    else if (text === '') field.blur();
    else change('');
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const moves: Record<string, () => void> = {
      Escape: () => stepBack(event.currentTarget),
      Enter: toList,
      ArrowDown: toList,
    };
    const isTaken = shows && pressOffers(event);
    if (!isTaken && !moves[event.key]) return;
    event.preventDefault();
    if (!isTaken) moves[event.key]?.();
  };
  return (
    <search className="find">
      <Search />
      <input
        ref={input}
        type="text"
        role="combobox"
        className="input"
        value={text}
        maxLength={500}
        placeholder={say.field.name}
        aria-label={say.field.name}
        aria-keyshortcuts="/"
        aria-autocomplete="list"
        aria-expanded={shows}
        aria-controls={shows ? id : undefined}
        aria-activedescendant={shows && chosen >= 0 ? `${id}-${chosen}` : undefined}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="none"
        enterKeyHint="search"
        onChange={(event) => {
          change(event.target.value);
          setIsOpen(true);
          follow();
        }}
        onSelect={follow}
        onFocus={() => setIsOpen(text === '')}
        onBlur={() => {
          rememberSearch(text);
          setIsOpen(false);
        }}
        onKeyDown={press}
      />
      <kbd>/</kbd>
      <SearchHelp onTry={(example) => write(example, example.length)} />
      {shows && <SearchOffers id={id} offers={offers} chosen={chosen} />}
      <VisuallyHidden>
        <span role="status">{shows ? say.field.offered(offers.length) : ''}</span>
      </VisuallyHidden>
    </search>
  );
};

/** Puts the cursor into the search field that can be seen; false when there is none on this screen. */
export const focusSearch = (): boolean => {
  const fields = [...document.querySelectorAll<HTMLInputElement>('.find .input')];
  const field = fields.find((each) => each.offsetParent !== null);
  field?.focus();
  field?.select();
  return field !== undefined;
};
