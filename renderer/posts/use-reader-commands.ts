import type { RefObject } from 'react';
import type { PostDetail, PostRow } from '../../preload/contract/post.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { useCommands } from '../ui/use-commands.ts';
import type { PostActions } from './use-post-actions.ts';
import type { Reading } from './use-reading.ts';

const SMALLEST = 16;
const LARGEST = 22;
/** What of a page stays in sight when it is turned. */
const KEPT = 0.12;

/** How large the text is, and how to change it. */
export type TextSize = { step: (by: 1 | -1) => void; isSmallest: boolean; isLargest: boolean };

/** The size of the text in posts, a setting. */
export const useTextSize = (): TextSize => {
  const size = useQuery('settings.get', {}, ['settings.changed']).data?.readingSize ?? 18;
  const update = useAction('settings.update');
  return {
    step: (by) => {
      const readingSize = Math.min(LARGEST, Math.max(SMALLEST, size + by));
      if (readingSize !== size) void update.run({ patch: { readingSize } });
    },
    isSmallest: size <= SMALLEST,
    isLargest: size >= LARGEST,
  };
};

/** Turns a page down or up; false when there is no further one. */
const turn = (scroller: HTMLElement, by: 1 | -1): boolean => {
  const before = scroller.scrollTop;
  const most = scroller.scrollHeight - scroller.clientHeight;
  const to = Math.min(most, Math.max(0, before + by * scroller.clientHeight * (1 - KEPT)));
  scroller.scrollTop = to;
  return Math.abs(to - before) > 1;
};

/** The commands of an open post. `onNextUnread` is where the last page leads. */
export const useReaderCommands = (
  post: PostRow | undefined,
  known: PostDetail | undefined,
  reading: Reading,
  scroller: RefObject<HTMLElement | null>,
  { actions, textSize, onNextUnread }: { actions: PostActions; textSize: TextSize; onNextUnread: () => void },
): void => {
  const url = post?.url ?? '';
  useCommands([
    { id: 'post.article', run: reading.article.toggle, isOff: !url },
    { id: 'post.images', run: () => reading.images.load(), isOff: (known?.images?.length ?? 0) === 0 },
    { id: 'post.changes', run: reading.toggleChanges, isOff: !known?.hasChanges },
    { id: 'post.copyLink', run: () => actions.copyLink(url), isOff: !url },
    { id: 'post.copyMarkdown', run: () => post && actions.copyMarkdown(post), isOff: !post },
    { id: 'text.larger', run: () => textSize.step(1), isOff: textSize.isLargest },
    { id: 'text.smaller', run: () => textSize.step(-1), isOff: textSize.isSmallest },
    {
      id: 'posts.turn',
      run: (event) => {
        const element = scroller.current;
        if (!element || turn(element, event?.shiftKey ? -1 : 1) || event?.shiftKey) return;
        onNextUnread();
      },
    },
  ]);
};
