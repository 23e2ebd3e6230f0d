import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ListLine } from './group-rows.ts';

const TOP = 4;
const ROW_ABOVE = 40;

/** Where a line begins, in CSS pixels from the top of the list; undefined while nobody knows. */
export type StartOf = (place: number) => number | undefined;
type Anchor = { key: string; offset: number };

/** What of the list is in sight: CSS pixels, and the places of the first and last line drawn. */
export type Sight = { top: number; height: number; first: number; last: number };

/** Which line must not move: the open post while it is in sight, else the first post in sight; none at the very top. */
export const chooseAnchor = (
  lines: readonly ListLine[],
  startOf: StartOf,
  openId: string | undefined,
  { top, height, first, last }: Sight,
): Anchor | undefined => {
  let chosen: Anchor | undefined;
  for (let place = first; place <= last; place += 1) {
    const line = lines[place];
    const start = startOf(place);
    if (line?.kind !== 'post' || start === undefined || start >= top + height) continue;
    if (line.key === openId && start >= top - ROW_ABOVE) return { key: line.key, offset: top - start };
    if (!chosen && start >= top) chosen = { key: line.key, offset: top - start };
  }
  return top < TOP ? undefined : chosen;
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
  drawn: () => { startIndex: number; endIndex: number } | null,
) => {
  const anchor = useRef<Anchor | undefined>(undefined);
  const topSeen = useRef<string | undefined>(undefined);
  const [above, setAbove] = useState(0);

  const remember = () => {
    const element = scroller.current;
    if (!element) return;
    const { startIndex: first, endIndex: last } = drawn() ?? { startIndex: 0, endIndex: 0 };
    anchor.current = chooseAnchor(lines, startOf, openId, {
      top: element.scrollTop,
      height: element.clientHeight,
      first,
      last,
    });
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
