import { useEffect, useRef, useState } from 'react';
import { useClient } from '../client/client-context.tsx';
import { go, goLive } from '../client/use-view.ts';
import type { ViewState } from '../client/view-state.ts';
import { askAhead } from './ask-ahead.ts';
import { placeQuery, readPlace } from './post-view.ts';

const ALL_POSTS: ViewState = { path: ['posts', 'all'], params: {} };
/** What is searched from here: the list that is seen; from other screens all posts. */
const placeOf = (view: ViewState): ViewState => (view.path[0] === 'posts' ? view : ALL_POSTS);

/** What stands in the search field. Each change goes into the address, which the list follows; from other screens that is all posts. */
export const useSearchText = (view: ViewState) => {
  const inAddress = view.path[0] === 'posts' ? (view.params.q ?? '') : '';
  const client = useClient();
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
    const search = next.trim() === '' ? '' : next;
    if (search === written.current) return;
    written.current = search;
    const { path, params } = placeOf(place.current);
    const there = { path, params: { q: search, ...(params.unread ? { unread: params.unread } : {}) } };
    if (search !== '') askAhead(client, placeQuery(readPlace(there)));
    if (path === ALL_POSTS.path) go(path, there.params);
    else goLive(path, there.params, params.q ? 'replace' : 'push');
  };
  return { text, change };
};
