import { useEffect, useRef, useState } from 'react';
import { go, goLive } from '../client/use-view.ts';
import type { ViewState } from '../client/view-state.ts';

/** Where a search goes from here: within the present list of posts, or all posts from any other screen. */
const listOf = (view: ViewState): string[] => (view.path[0] === 'posts' ? view.path : ['posts', 'all']);

/** What stands in the search field. Each change goes into the address, which the list follows. */
export const useSearchText = (view: ViewState) => {
  const inAddress = view.path[0] === 'posts' ? (view.params.q ?? '') : '';
  const [text, setText] = useState(inAddress);
  const written = useRef(inAddress);
  const place = useRef(view);
  place.current = view;
  useEffect(() => {
    if (inAddress === written.current) return;
    written.current = inAddress;
    setText(inAddress);
  }, [inAddress]);
  const change = (next: string): void => {
    setText(next);
    const from = place.current;
    const search = next.trim() === '' ? '' : next;
    if (search === written.current) return;
    written.current = search;
    const params = { q: search, unread: from.path[0] === 'posts' ? from.params.unread : undefined };
    if (from.params.q && from.path[0] === 'posts') goLive(listOf(from), params);
    else go(listOf(from), params);
  };
  return { text, change };
};
