import { useCallback, useMemo } from 'react';
import type { PostQuery, PostRow } from '../../preload/contract/post.ts';
import { useClient } from '../client/client-context.tsx';
import { count } from '../ui/format.ts';
import { useToast } from '../ui/toast.tsx';
import type { PostList } from './use-posts.ts';

const MOST_AT_ONCE = 10_000;

/** What can be done to posts. Marks show at once; a mark the core refuses is taken back and said. */
export type PostActions = {
  setRead: (post: PostRow, isRead: boolean) => void;
  setStarred: (post: PostRow, isStarred: boolean) => void;
  markAllRead: (query: PostQuery, before?: string) => void;
  openPage: (url: string) => void;
  copyLink: (url: string) => void;
  /** Follows the author of a post: on its source, or the user on Hacker News. */
  follow: (post: PostRow) => void;
};

export const usePostActions = (touch: PostList['touch']): PostActions => {
  const client = useClient();
  const toast = useToast();

  const mark = useCallback(
    async (post: PostRow, change: { isRead: boolean } | { isStarred: boolean }) => {
      touch([post.id], change);
      const answer = await client.request('posts.mark', { ids: [post.id], ...change });
      if (answer.ok) return;
      touch([post.id], 'isRead' in change ? { isRead: post.isRead } : { isStarred: post.isStarred });
      toast({ text: answer.error.message });
    },
    [client, toast, touch],
  );
  const unmark = useCallback(
    async (ids: readonly string[]) => {
      for (let from = 0; from < ids.length; from += MOST_AT_ONCE) {
        const answer = await client.request('posts.mark', { ids: ids.slice(from, from + MOST_AT_ONCE), isRead: false });
        if (!answer.ok) return toast({ text: answer.error.message });
      }
    },
    [client, toast],
  );
  const markAllRead = useCallback(
    async (query: PostQuery, before?: string) => {
      const answer = await client.request('posts.markAllRead', { query, ...(before ? { before } : {}) });
      if (!answer.ok) return toast({ text: answer.error.message });
      const { changed } = answer.result;
      if (changed.length === 0) return toast({ text: 'Nothing was unread here' });
      toast({ text: `Marked ${count(changed.length, 'post')} as read`, undo: () => void unmark(changed) });
    },
    [client, toast, unmark],
  );
  const copyLink = useCallback(
    async (url: string) => {
      try {
        await navigator.clipboard.writeText(url);
        toast({ text: 'Copied the link' });
      } catch {
        toast({ text: 'The link could not be copied here' });
      }
    },
    [toast],
  );
  const follow = useCallback(
    async ({ author, hn, sourceId }: PostRow) => {
      const name = author?.trim().slice(0, 200);
      if (!name) return;
      const on = hn ? { kind: 'hacker-news' as const } : { kind: 'source' as const, sourceId };
      const answer = await client.request('authors.follow', { name, on });
      if (!answer.ok) return toast({ text: answer.error.message });
      const { id } = answer.result;
      toast({ text: `You follow ${name}`, undo: () => void client.request('authors.unfollow', { id }) });
    },
    [client, toast],
  );
  return useMemo(
    () => ({
      setRead: (post, isRead) => void mark(post, { isRead }),
      setStarred: (post, isStarred) => void mark(post, { isStarred }),
      markAllRead: (query, before) => void markAllRead(query, before),
      openPage: (url) => void (/^https?:/i.test(url) && open(url, '_blank', 'noopener,noreferrer')),
      copyLink: (url) => void copyLink(url),
      follow: (post) => void follow(post),
    }),
    [mark, markAllRead, copyLink, follow],
  );
};
