import { useCallback, useMemo, useRef } from 'react';
import type { PostRow } from '../../preload/contract/post.ts';
import { type PostPlace, showPlace, withoutPost } from './post-view.ts';
import type { PostActions } from './use-post-actions.ts';
import type { PostList } from './use-posts.ts';

/** Opens posts one after the other, marking each as read the first time. */
export const useOpening = (place: PostPlace, list: PostList, actions: PostActions) => {
  const latest = useRef({ place, list, actions });
  latest.current = { place, list, actions };
  const open = useCallback((post: PostRow) => {
    const { place: here, actions: act } = latest.current;
    showPlace({ ...here, postId: post.id }, here.postId ? 'replace' : 'push');
    if (!post.isRead) act.setRead(post, true);
  }, []);
  const step = useCallback(
    (by: 1 | -1) => {
      const { place: here, list: present } = latest.current;
      const at = present.rows.findIndex((row) => row.id === here.postId);
      const next = present.rows[at < 0 ? 0 : at + by];
      if (next) open(next);
    },
    [open],
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
  return useMemo(() => ({ open, step, close, openFirst }), [open, step, close, openFirst]);
};
