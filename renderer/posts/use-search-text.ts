import { useEffect, useRef, useState } from 'react';
import { go, goLive } from '../client/use-view.ts';
import type { ViewState } from '../client/view-state.ts';

/** What stands in the search field. Each change goes into the address, which the list follows; from other screens that is all posts. */
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
    if (from.path[0] === 'posts') goLive(from.path, params, from.params.q ? 'replace' : 'push');
    else go(['posts', 'all'], params);
  };
  return { text, change };
};
