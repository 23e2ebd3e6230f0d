import { useVirtualizer } from '@tanstack/react-virtual';
import ArrowUp from 'lucide-react/icons/arrow-up';
import { type KeyboardEvent, memo, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { PostRow as Post } from '../../preload/contract/post.ts';
import { count, number, timeTooltip } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import { groupRows, headTime, type ListLine } from './group-rows.ts';
import { searchPattern } from './highlight.tsx';
import { PostRow } from './post-row.tsx';
import type { PostList as Posts } from './use-posts.ts';

const HEAD = 32;
const ROW = 74;
const COMPACT_ROW = 25;
const AHEAD = 40;

const Head = memo(({ line, now }: { line: ListLine & { kind: 'head' }; now: number }) => {
  const name = line.isHackerNews ? 'Collect Hacker News' : 'Fetch feeds';
  const words = line.isWhole ? `${name}, ${number(line.count)} new` : name;
  return (
    <div className="post-head">
      <span>{words}</span>
      <time className="mono" dateTime={line.firstAt} title={timeTooltip(line.firstAt)}>
        {headTime(line.firstAt, now)}
      </time>
    </div>
  );
});

/** Keeps what is read in its place when lines are added above it. */
const useAnchor = (
  lines: readonly ListLine[],
  scroller: RefObject<HTMLDivElement | null>,
  startOf: (place: number) => number | undefined,
) => {
  const anchor = useRef<{ key: string; offset: number } | undefined>(undefined);
  const remember = () => {
    const top = scroller.current?.scrollTop ?? 0;
    if (top < 4) anchor.current = undefined;
    else {
      const place = lines.findIndex((line, at) => line.kind === 'post' && (startOf(at) ?? 0) >= top);
      const line = lines[place];
      anchor.current = line ? { key: line.key, offset: top - (startOf(place) ?? 0) } : undefined;
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only new lines can move what is read
  useLayoutEffect(() => {
    const kept = anchor.current;
    const element = scroller.current;
    if (!kept || !element) return;
    const place = lines.findIndex((line) => line.key === kept.key);
    const start = place < 0 ? undefined : startOf(place);
    if (start !== undefined && Math.abs(start + kept.offset - element.scrollTop) > 1) element.scrollTop = start + kept.offset;
  }, [lines]);
  return remember;
};

/** How many posts came in above since the list was scrolled. */
const useNewAbove = (rows: readonly Post[], listKey: string) => {
  const firstSeen = useRef<{ listKey: string; id: string | undefined }>({ listKey: '', id: undefined });
  const [isAway, setIsAway] = useState(false);
  if (!isAway || firstSeen.current.listKey !== listKey) firstSeen.current = { listKey, id: rows[0]?.id };
  const above = isAway
    ? Math.max(
        0,
        rows.findIndex((row) => row.id === firstSeen.current.id),
      )
    : 0;
  return { above, setIsAway };
};

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
  const { above, setIsAway } = useNewAbove(list.rows, listKey);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (place) => (lines[place]?.kind === 'head' ? HEAD : isCompact ? COMPACT_ROW : ROW),
    getItemKey: (place) => lines[place]?.key ?? place,
    overscan: 8,
  });
  const remember = useAnchor(lines, scroller, (place) => virtual.measurementsCache[place]?.start);
  const items = virtual.getVirtualItems();

  const last = items.at(-1)?.index ?? 0;
  const { hasMore, more } = list;
  useEffect(() => {
    if (hasMore && last + AHEAD > lines.length) more();
  }, [last, lines.length, hasMore, more]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top; the sizes of rows change with the density
  useEffect(() => {
    virtual.measure();
    scroller.current?.scrollTo({ top: 0 });
  }, [listKey, isCompact]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another open post brings itself into view
  useEffect(() => {
    const place = openId ? lines.findIndex((line) => line.kind === 'post' && line.key === openId) : -1;
    if (place >= 0) virtual.scrollToIndex(place, { align: 'auto' });
  }, [openId]);

  return (
    <>
      {above > 0 && (
        <button type="button" className="post-more-above" onClick={() => scroller.current?.scrollTo({ top: 0 })}>
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
        onScroll={(event) => {
          setIsAway(event.currentTarget.scrollTop > 4);
          remember();
        }}
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
