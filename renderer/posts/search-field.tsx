import Search from 'lucide-react/icons/search';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { go } from '../client/use-view.ts';
import type { ViewState } from '../client/view-state.ts';
import './search-field.css';

/** Two searches are at least this far apart: a key that is held down asks ten times a second, one that is struck asks at once. */
const GAP_MS = 100;

/** Where a search goes from here: within the present list of posts, or all posts from any other screen. */
const listOf = (view: ViewState): string[] => (view.path[0] === 'posts' ? view.path : ['posts', 'all']);

/** Search as you type. What is searched is in the address; Esc empties the field, then leaves it. */
export const SearchField = ({ view }: { view: ViewState }) => {
  const inAddress = view.path[0] === 'posts' ? (view.params.q ?? '') : '';
  const [text, setText] = useState(inAddress);
  const written = useRef(inAddress);
  const askedAt = useRef(0);
  /** What stands in the field was typed here; what came with the address is not asked for again. */
  const isTyped = useRef(false);
  const place = useRef(view);
  place.current = view;
  useEffect(() => {
    if (inAddress === written.current) return;
    written.current = inAddress;
    isTyped.current = false;
    setText(inAddress);
  }, [inAddress]);
  const here = view.path.join('/');
  const commit = (next: string) => {
    const from = place.current;
    written.current = next.trim() === '' ? '' : next;
    askedAt.current = performance.now();
    const unread = from.path[0] === 'posts' ? from.params.unread : undefined;
    go(listOf(from), { q: written.current, unread }, from.params.q ? 'replace' : 'push');
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed may wait for its turn; a move elsewhere calls it off
  useEffect(() => {
    if (!isTyped.current || text === written.current) return;
    const timer = setTimeout(() => commit(text), askedAt.current + GAP_MS - performance.now());
    return () => clearTimeout(timer);
  }, [text, here]);
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      if (text === '') event.currentTarget.blur();
      else {
        setText('');
        commit('');
      }
    }
    if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      document.querySelector<HTMLElement>('.post-list')?.focus();
    }
  };
  return (
    <search className="find">
      <Search />
      <input
        type="search"
        className="input"
        value={text}
        placeholder="Search posts"
        aria-label="Search posts"
        aria-keyshortcuts="/"
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          isTyped.current = true;
          setText(event.target.value);
        }}
        onKeyDown={press}
      />
      <kbd>/</kbd>
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
