import { useVirtualizer } from '@tanstack/react-virtual';
import ArrowUp from 'lucide-react/icons/arrow-up';
import { type KeyboardEvent, memo, useCallback, useEffect, useMemo, useRef } from 'react';
import type { PostRow as Post } from '../../preload/contract/post.ts';
import { timeTooltip } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import { words as catalogue } from '../words/words.ts';
import { groupRows, headDay, headTime, type ListLine } from './group-rows.ts';
import { type SearchPattern, searchPattern } from './highlight.tsx';
import type { ListHeads } from './list-order.ts';
import { PostRow } from './post-row.tsx';
import { useAnchor } from './use-anchor.ts';
import type { PostList as Posts } from './use-posts.ts';
import { useRested } from './use-rested.ts';

const { list: say, meta: sayMeta } = catalogue.posts;
const HEAD = 32;
const ROW = 74;
const COMPACT_ROW = 25;
/** Rows read and rows drawn beyond what is seen, for a hand that scrolls. */
const AHEAD = { read: 40, drawn: 6 };
/** The same while one types: what is seen comes first. */
const TYPING = { read: 2, drawn: 1 };

type HeadOf = ListLine & { kind: 'head' };
const Head = ({ line, now }: { line: HeadOf; now: number }) => {
  const words = line.isDay
    ? headDay(line.firstAt, now)
    : line.isFoundLater
      ? say.foundLater
      : line.isHackerNews
        ? say.hackerNews
        : say.feeds;
  const amount = line.isDay || line.isFoundLater ? sayMeta.posts(line.count) : say.newPosts(line.count);
  return (
    <div className="post-head">
      <span>{line.isWhole ? say.headOf(words, amount) : words}</span>
      {!line.isDay && (
        <time className="mono" dateTime={line.firstAt} title={timeTooltip(line.firstAt)}>
          {headTime(line.firstAt, now)}
        </time>
      )}
    </div>
  );
};

type Placed = { index: number; start: number; measure: (element: HTMLElement | null) => void };
const styleOf = (start: number) => ({ translate: `0 ${start}px` });

const HeadLine = memo(({ line, index, start, measure, now }: Placed & { line: HeadOf; now: number }) => (
  <div ref={measure} data-index={index} style={styleOf(start)} className="post-line" role="presentation">
    <Head line={line} now={now} />
  </div>
));

/** A post at its place. Scrolling draws only those that come into sight. */
const PostLine = memo(
  ({
    line,
    index,
    start,
    measure,
    isOpen,
    total,
    now,
    pattern,
    onOpen,
  }: Placed & {
    line: ListLine & { kind: 'post' };
    isOpen: boolean;
    total: number;
    now: number;
    pattern: SearchPattern | undefined;
    onOpen: (post: Post) => void;
  }) => (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and points at the option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys
    <div
      ref={measure}
      data-index={index}
      style={styleOf(start)}
      className="post-line"
      id={`post-${line.key}`}
      role="option"
      aria-selected={isOpen}
      aria-setsize={total}
      aria-posinset={line.at + 1}
      onClick={() => onOpen(line.post)}
    >
      <PostRow post={line.post} isOpen={isOpen} now={now} pattern={pattern} />
    </div>
  ),
);

/** The list of posts: grouped by the run that brought them, only what is seen is drawn, more is read on the way down. */
export const PostList = ({
  list,
  listKey,
  label,
  search,
  heads,
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
  heads: ListHeads;
  isCompact: boolean;
  openId: string | undefined;
  onOpen: (post: Post) => void;
  onKey: (event: KeyboardEvent) => void;
}) => {
  const now = useNow();
  const scroller = useRef<HTMLDivElement>(null);
  const pattern = useMemo(() => searchPattern(search), [search]);
  const lines = useMemo(() => groupRows(list.rows, heads, list.hasMore), [list.rows, heads, list.hasMore]);
  // The same functions for the same lines: with others every known height would be gone through at each step of a scroll.
  const getItemKey = useCallback((place: number) => lines[place]?.key ?? place, [lines]);
  const estimateSize = useCallback(
    (place: number) => (lines[place]?.kind === 'head' ? HEAD : isCompact ? COMPACT_ROW : ROW),
    [lines, isCompact],
  );
  const getScrollElement = useCallback(() => scroller.current, []);
  const ahead = useRested(listKey) === listKey ? AHEAD : TYPING;
  const virtual = useVirtualizer({ count: lines.length, getScrollElement, estimateSize, getItemKey, overscan: ahead.drawn });
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
    if (hasMore && last + ahead.read > lines.length) void more();
  }, [last, ahead, lines.length, hasMore, more]);
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
          <ArrowUp /> {say.newAbove(above)}
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
            const { index, start, key } = item;
            return line.kind === 'head' ? (
              <HeadLine key={key} line={line} index={index} start={start} now={now} measure={virtual.measureElement} />
            ) : (
              <PostLine
                key={key}
                line={line}
                index={index}
                start={start}
                isOpen={line.key === openId}
                total={list.total}
                now={now}
                pattern={pattern}
                measure={virtual.measureElement}
                onOpen={onOpen}
              />
            );
          })}
        </div>
      </div>
    </>
  );
};
