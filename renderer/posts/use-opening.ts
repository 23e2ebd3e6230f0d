import { useCallback, useMemo, useRef } from 'react';
import type { PostRow } from '../../preload/contract/post.ts';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { type PostPlace, showPlace, withoutPost } from './post-view.ts';
import type { PostActions } from './use-post-actions.ts';
import type { PostList } from './use-posts.ts';

const { actions: say } = words.posts;
/** So many pages are read in search of the next unread post. */
const MOST_PAGES = 25;
const isUnread = (post: PostRow): boolean => !post.isRead;

/** Where a post stands in a list, itself or in the row of its story; -1 where it does not. */
export const placeOf = (rows: readonly PostRow[], id: string | undefined): number =>
  id === undefined ? -1 : rows.findIndex((row) => row.id === id || row.alsoIn?.some((twin) => twin.id === id));

/** Opens posts one after the other, marking each as read the first time. */
export const useOpening = (place: PostPlace, list: PostList, actions: PostActions) => {
  const latest = useRef({ place, list, actions });
  latest.current = { place, list, actions };
  const toast = useToast();
  const open = useCallback((post: PostRow) => {
    const { place: here, actions: act } = latest.current;
    showPlace({ ...here, postId: post.id }, here.postId ? 'replace' : 'push');
    if (!post.isRead) act.setRead(post, true);
    // What is open stays in the list and goes on standing for its story, whatever comes in.
    else latest.current.list.touch([post.id], {});
  }, []);
  const step = useCallback(
    (by: 1 | -1) => {
      const { place: here, list: present } = latest.current;
      const at = placeOf(present.rows, here.postId);
      const next = present.rows[at < 0 ? 0 : at + by];
      if (next) open(next);
    },
    [open],
  );
  /** Opens the next unread post, reading on through the list, at most some thousands. */
  const stepUnread = useCallback(
    async (by: 1 | -1) => {
      const from = placeOf(latest.current.list.rows, latest.current.place.postId);
      const { rows } = latest.current.list;
      let next = by > 0 ? rows.slice(from + 1).find(isUnread) : rows.slice(0, Math.max(0, from)).findLast(isUnread);
      for (let pages = 0; by > 0 && !next && pages < MOST_PAGES && latest.current.list.hasMore; pages += 1) {
        next = (await latest.current.list.more()).find(isUnread);
      }
      if (next) open(next);
      else toast({ text: by > 0 ? say.noneUnreadBelow : say.noneUnreadAbove });
    },
    [open, toast],
  );
  const close = useCallback(() => {
    const { place: here } = latest.current;
    if (here.postId) showPlace(withoutPost(here), 'replace');
    document.querySelector<HTMLElement>('.post-list')?.focus();
  }, []);
  /** Into the reader; with nothing open yet, the first post. */
  const openFirst = useCallback(() => {
    if (latest.current.place.postId) document.querySelector<HTMLElement>('.reader-scroll')?.focus();
    else step(1);
  }, [step]);
  return useMemo(() => ({ open, step, stepUnread, close, openFirst }), [open, step, stepUnread, close, openFirst]);
};
