import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ErrorData } from '../../preload/contract/errors.ts';
import type { PostDetail } from '../../preload/contract/post.ts';
import { useClient } from '../client/client-context.tsx';

/** Nearer to its top than this nobody reads yet, so that another text may take the place of the first. CSS pixels. */
const NEAR_TOP = 60;
const ITEM_PAGE = 'news.ycombinator.com';
/** Posts whose article was asked for by itself in this window, or that their reader wants as the feed gave them. */
const settled = new Set<string>();

/** The text that is shown, and a newer one that waits because the first is being read. */
export type HeldText = {
  shown: PostDetail | undefined;
  waiting: PostDetail | undefined;
  /** Shows what waits, and whatever comes next, from its beginning. */
  showNext: () => void;
};

/** Keeps the text that is being read in its place when the core has another one. */
export const useHeldText = (known: PostDetail | undefined, scroller: RefObject<HTMLElement | null>): HeldText => {
  const [pinned, setPinned] = useState(known);
  const mayReplace = useRef(false);
  const latest = useRef(pinned);
  latest.current = pinned;
  useLayoutEffect(() => {
    if (!known) return;
    const before = latest.current;
    const isOther = before?.id !== known.id;
    const isAtTop = (scroller.current?.scrollTop ?? 0) < NEAR_TOP;
    if (before?.html === known.html || isOther || isAtTop || mayReplace.current) setPinned(known);
    if (isOther || before.html === known.html) return;
    if (mayReplace.current && scroller.current) scroller.current.scrollTop = 0;
    mayReplace.current = false;
  }, [known, scroller]);
  const showNext = useCallback(() => {
    mayReplace.current = known?.html === latest.current?.html;
    setPinned(known);
    if (!mayReplace.current && scroller.current) scroller.current.scrollTop = 0;
  }, [known, scroller]);
  const isHeld = known !== undefined && pinned?.id === known.id && pinned.html !== known.html;
  return { shown: isHeld ? pinned : known, waiting: isHeld ? known : undefined, showNext };
};

/** Taking the article of the open post from its page. */
export type ArticleWork = {
  isAsking: boolean;
  error: ErrorData | undefined;
  /** Shows the article, or what the feed gave again. */
  toggle: () => void;
};

const wantsArticle = (post: PostDetail): boolean =>
  post.wants?.fullArticle === true && !post.isExtracted && post.url !== '' && post.domain !== ITEM_PAGE;

/** The article of the open post `openId`: when asked for, and by itself where its source wants it. */
export const useArticle = (openId: string, known: PostDetail | undefined, { waiting, showNext }: HeldText): ArticleWork => {
  const client = useClient();
  const [state, setState] = useState<{ id: string; isAsking: boolean; error?: ErrorData }>({ id: '', isAsking: false });
  const id = known?.id ?? '';
  // The key was pressed before the text was there, or while an article that is there was asked for: it is done when it can be.
  const wished = useRef('');
  const ask = useCallback(
    async (back: boolean) => {
      setState({ id, isAsking: true });
      const answer = await client.request('posts.extract', { id, ...(back ? { back } : {}) });
      setState((before) => (before.id === id ? { id, isAsking: false, ...(answer.ok ? {} : { error: answer.error }) } : before));
    },
    [client, id],
  );
  const isWanted = known !== undefined && wantsArticle(known) && !settled.has(id);
  useEffect(() => {
    if (!isWanted) return;
    settled.add(id);
    void ask(false);
  }, [isWanted, id, ask]);
  const isMine = state.id === id;
  const isAsking = isMine && state.isAsking;
  const toggle = () => {
    if (waiting) return showNext();
    if (!known || (isAsking && known.isExtracted)) {
      wished.current = openId;
      return;
    }
    if (isAsking || !known.url) return;
    settled.add(id);
    showNext();
    void ask(known.isExtracted === true);
  };
  useEffect(() => {
    if (id === '' || wished.current !== id || isAsking) return;
    wished.current = '';
    // Where it is asked for by itself, that is what was wished.
    if (!isWanted) toggle();
  });
  return { isAsking, error: isMine ? state.error : undefined, toggle };
};
