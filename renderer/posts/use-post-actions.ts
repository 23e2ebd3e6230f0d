import { useCallback, useMemo } from 'react';
import type { PostQuery, PostRow } from '../../preload/contract/post.ts';
import { useClient } from '../client/client-context.tsx';
import { useToast } from '../ui/toast.tsx';
import { rememberUndo } from '../ui/undo.ts';
import { words as catalogue } from '../words/words.ts';
import type { PostList } from './use-posts.ts';

const { actions: words } = catalogue.posts;
const MOST_AT_ONCE = 10_000;

type Span = { above?: string; below?: string };
type Mark = { isRead: boolean } | { isStarred: boolean };
const opposite = (mark: Mark): Mark => ('isRead' in mark ? { isRead: !mark.isRead } : { isStarred: !mark.isStarred });
const markedWords = (mark: Mark): string => {
  if ('isStarred' in mark) return mark.isStarred ? words.marked.starred : words.marked.unstarred;
  return mark.isRead ? words.marked.read : words.marked.unread;
};

/** What can be done to posts. Marks show at once; a mark the core refuses is taken back and said. */
export type PostActions = {
  setRead: (post: PostRow, isRead: boolean) => void;
  setStarred: (post: PostRow, isStarred: boolean) => void;
  /** Marks the rows of a list, or those above or below a post. */
  markAllRead: (query: PostQuery, span?: Span) => void;
  openPage: (url: string) => void;
  copyLink: (url: string) => void;
  copyMarkdown: (post: PostRow) => void;
  /** Follows the author of a post: on its source, or the user on Hacker News. */
  follow: (post: PostRow) => void;
};

export const usePostActions = (touch: PostList['touch']): PostActions => {
  const client = useClient();
  const toast = useToast();

  const say = useCallback((text: string) => toast({ text }), [toast]);
  /** Marks exactly these posts, in as many questions as it takes. Answers whether that went well. */
  const markOnly = useCallback(
    async (ids: readonly string[], change: Mark) => {
      touch(ids, change, false);
      for (let from = 0; from < ids.length; from += MOST_AT_ONCE) {
        const part = ids.slice(from, from + MOST_AT_ONCE);
        const answer = await client.request('posts.mark', { ids: part, ...change, only: true });
        if (!answer.ok) say(answer.error.message);
        if (!answer.ok) return false;
      }
      return true;
    },
    [client, say, touch],
  );
  const mark = useCallback(
    async (post: PostRow, change: Mark) => {
      touch([post.id], change);
      const answer = await client.request('posts.mark', { ids: [post.id], ...change });
      if (answer.ok) {
        const { changed } = answer.result;
        const undo = () => void markOnly(changed, opposite(change));
        if (changed.length > 0) rememberUndo({ text: markedWords(change), undo });
        return;
      }
      touch([post.id], 'isRead' in change ? { isRead: post.isRead } : { isStarred: post.isStarred });
      say(answer.error.message);
    },
    [client, say, touch, markOnly],
  );
  const markAllRead = useCallback(
    async (query: PostQuery, span: Span = {}) => {
      const answer = await client.request('posts.markAllRead', { query, ...span });
      if (!answer.ok) return say(answer.error.message);
      const { changed } = answer.result;
      if (changed.length === 0) return say(words.nothingUnread);
      touch(changed, { isRead: true }, false);
      toast({ text: words.markedRead(changed.length), undo: () => void markOnly(changed, { isRead: false }) });
    },
    [client, toast, say, touch, markOnly],
  );
  const copy = useCallback(
    async (text: string, what: string) => {
      try {
        await navigator.clipboard.writeText(text);
        toast({ text: words.copied(what) });
      } catch {
        toast({ text: words.notCopied });
      }
    },
    [toast],
  );
  const copyMarkdown = useCallback(
    async (post: PostRow) => {
      const answer = await client.request('posts.markdown', { id: post.id });
      if (!answer.ok) return toast({ text: answer.error.message });
      await copy(answer.result.text, words.asMarkdown);
    },
    [client, toast, copy],
  );
  const follow = useCallback(
    async ({ author, hn, sourceId }: PostRow) => {
      const name = author?.trim().slice(0, 200);
      if (!name) return;
      const on = hn ? { kind: 'hacker-news' as const } : { kind: 'source' as const, sourceId };
      const answer = await client.request('authors.follow', { name, on });
      if (!answer.ok) return toast({ text: answer.error.message });
      const { id } = answer.result;
      toast({ text: words.youFollow(name), undo: () => void client.request('authors.unfollow', { id }) });
    },
    [client, toast],
  );
  return useMemo(
    () => ({
      setRead: (post, isRead) => void mark(post, { isRead }),
      setStarred: (post, isStarred) => void mark(post, { isStarred }),
      markAllRead: (query, span) => void markAllRead(query, span),
      openPage: (url) => void (/^https?:/i.test(url) && open(url, '_blank', 'noopener,noreferrer')),
      copyLink: (url) => void copy(url, words.theLink),
      copyMarkdown: (post) => void copyMarkdown(post),
      follow: (post) => void follow(post),
    }),
    [mark, markAllRead, copy, copyMarkdown, follow],
  );
};
