import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ListLine } from './group-rows.ts';

const TOP = 4;
const ROW_ABOVE = 40;

/** Where a line begins, in CSS pixels from the top of the list; undefined while nobody knows. */
export type StartOf = (place: number) => number | undefined;
type Anchor = { key: string; offset: number };

/** Which line must not move: the open post while it is in sight, else the first post in sight; none at the very top. */
export const chooseAnchor = (
  lines: readonly ListLine[],
  startOf: StartOf,
  openId: string | undefined,
  view: { top: number; height: number },
): Anchor | undefined => {
  const open = openId ? lines.findIndex((line) => line.key === openId) : -1;
  const openAt = open < 0 ? undefined : startOf(open);
  const isInSight = openAt !== undefined && openAt >= view.top - ROW_ABOVE && openAt < view.top + view.height;
  if (isInSight && openId) return { key: openId, offset: view.top - openAt };
  if (view.top < TOP) return undefined;
  const first = lines.findIndex((line, place) => line.kind === 'post' && (startOf(place) ?? 0) >= view.top);
  const line = lines[first];
  return line && { key: line.key, offset: view.top - (startOf(first) ?? 0) };
};

const postsBefore = (lines: readonly ListLine[], key: string | undefined): number => {
  const end = lines.findIndex((line) => line.key === key);
  return end < 0 ? 0 : lines.slice(0, end).filter((line) => line.kind === 'post').length;
};

/**
 * Keeps what is read in its place when posts come in above it. Answers how many came in above, and what to call when the
 * list is scrolled.
 */
export const useAnchor = (
  lines: readonly ListLine[],
  scroller: RefObject<HTMLDivElement | null>,
  openId: string | undefined,
  startOf: StartOf,
) => {
  const anchor = useRef<Anchor | undefined>(undefined);
  const topSeen = useRef<string | undefined>(undefined);
  const [above, setAbove] = useState(0);

  const remember = () => {
    const element = scroller.current;
    if (!element) return;
    anchor.current = chooseAnchor(lines, startOf, openId, { top: element.scrollTop, height: element.clientHeight });
    if (element.scrollTop < TOP) topSeen.current = lines.find((line) => line.kind === 'post')?.key;
    setAbove(element.scrollTop < TOP ? 0 : postsBefore(lines, topSeen.current));
  };
  const hold = (kept: Anchor) => {
    const place = lines.findIndex((line) => line.key === kept.key);
    const start = place < 0 ? undefined : startOf(place);
    const element = scroller.current;
    if (element && start !== undefined && Math.abs(start + kept.offset - element.scrollTop) > 1)
      element.scrollTop = start + kept.offset;
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: only new lines can move what is read
  useLayoutEffect(() => {
    const kept = anchor.current;
    if (!kept) return remember();
    hold(kept);
    // The new rows are measured in the next two frames; until then their heights were guessed.
    let frame = requestAnimationFrame(() => {
      hold(kept);
      frame = requestAnimationFrame(() => {
        hold(kept);
        remember();
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [lines]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another open post is another anchor
  useEffect(remember, [openId]);
  return { remember, above };
};
