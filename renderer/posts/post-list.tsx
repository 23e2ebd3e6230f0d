import { useVirtualizer } from '@tanstack/react-virtual';
import ArrowUp from 'lucide-react/icons/arrow-up';
import { type KeyboardEvent, memo, useEffect, useMemo, useRef } from 'react';
import type { PostRow as Post } from '../../preload/contract/post.ts';
import { timeTooltip } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import { count, number } from '../words/counting.ts';
import { groupRows, headTime, type ListLine } from './group-rows.ts';
import { searchPattern } from './highlight.tsx';
import { PostRow } from './post-row.tsx';
import { useAnchor } from './use-anchor.ts';
import type { PostList as Posts } from './use-posts.ts';

const HEAD = 32;
const ROW = 74;
const COMPACT_ROW = 25;
const AHEAD = 40;

const Head = memo(({ line, now }: { line: ListLine & { kind: 'head' }; now: number }) => {
  const name = line.isFoundLater ? 'Found later' : line.isHackerNews ? 'Collect Hacker News' : 'Fetch feeds';
  const amount = line.isFoundLater ? count(line.count, 'post') : `${number(line.count)} new`;
  const words = line.isWhole ? `${name}, ${amount}` : name;
  return (
    <div className="post-head">
      <span>{words}</span>
      <time className="mono" dateTime={line.firstAt} title={timeTooltip(line.firstAt)}>
        {headTime(line.firstAt, now)}
      </time>
    </div>
  );
});

/** The list of posts: grouped by the run that brought them, only what is seen is drawn, more is read on the way down. */
export const PostList = ({
  list,
  listKey,
  label,
  search,
  isGrouped,
  isCompact,
  openId,
  onOpen,
  onKey,
}: {
  list: Posts;
  /** Changes with the question, so that a new list begins at its top. */
  listKey: string;
  label: string;
  search: string;
  isGrouped: boolean;
  isCompact: boolean;
  openId: string | undefined;
  onOpen: (post: Post) => void;
  onKey: (event: KeyboardEvent) => void;
}) => {
  const now = useNow();
  const scroller = useRef<HTMLDivElement>(null);
  const pattern = useMemo(() => searchPattern(search), [search]);
  const lines = useMemo(() => groupRows(list.rows, isGrouped, list.hasMore), [list.rows, isGrouped, list.hasMore]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (place) => (lines[place]?.kind === 'head' ? HEAD : isCompact ? COMPACT_ROW : ROW),
    getItemKey: (place) => lines[place]?.key ?? place,
    overscan: 8,
  });
  const startOf = (place: number) => {
    // Asking for the whole height brings the starts up to date with what was measured.
    virtual.getTotalSize();
    return virtual.measurementsCache[place]?.start;
  };
  const { remember, above } = useAnchor(lines, scroller, openId, startOf, () => virtual.calculateRange());
  const items = virtual.getVirtualItems();

  const last = items.at(-1)?.index ?? 0;
  const { hasMore, more } = list;
  useEffect(() => {
    if (hasMore && last + AHEAD > lines.length) void more();
  }, [last, lines.length, hasMore, more]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [listKey]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another density makes every known height wrong
  useEffect(() => {
    virtual.measure();
    for (const element of virtual.elementsCache.values()) virtual.measureElement(element);
  }, [isCompact]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another open post brings itself into view
  useEffect(() => {
    const place = openId ? lines.findIndex((line) => line.kind === 'post' && line.key === openId) : -1;
    if (place >= 0) virtual.scrollToIndex(place, { align: 'auto' });
  }, [openId]);

  return (
    <>
      {above > 0 && (
        <button type="button" className="post-more-above" onClick={() => scroller.current?.scrollTo(0, 0)}>
          <ArrowUp /> {count(above, 'new post')}
        </button>
      )}
      <div
        ref={scroller}
        className="post-list"
        role="listbox"
        aria-label={label}
        aria-activedescendant={openId && items.some((item) => item.key === openId) ? `post-${openId}` : undefined}
        tabIndex={0}
        onKeyDown={onKey}
        onScroll={remember}
      >
        <div className="post-list-all" role="presentation" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const line = lines[item.index];
            if (!line) return null;
            const place = { ref: virtual.measureElement, 'data-index': item.index, style: { translate: `0 ${item.start}px` } };
            if (line.kind === 'head')
              return (
                <div key={item.key} {...place} className="post-line" role="presentation">
                  <Head line={line} now={now} />
                </div>
              );
            return (
              // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and points at the option
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys
              <div
                key={item.key}
                {...place}
                className="post-line"
                id={`post-${line.key}`}
                role="option"
                aria-selected={line.key === openId}
                aria-setsize={list.total}
                aria-posinset={line.at + 1}
                onClick={() => onOpen(line.post)}
              >
                <PostRow post={line.post} isOpen={line.key === openId} now={now} pattern={pattern} />
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
};
