/** What is at the upper edge of the reader: an element of the frame's page, and where it is in the window. */
const atEdge = (frame: HTMLIFrameElement, edge: number): { element: Element; top: number } | undefined => {
  const start = frame.getBoundingClientRect().top;
  const blocks =
    frame.contentDocument?.body.querySelectorAll('p, li, h1, h2, h3, h4, h5, h6, pre, tr, img, button, blockquote, div') ?? [];
  for (const element of blocks) {
    const { top, bottom, height } = element.getBoundingClientRect();
    // A box that began above and goes on below holds the line that is read; a smaller one inside it comes later.
    if (height > 0 && start + bottom > edge && start + top >= edge) return { element, top: start + top };
  }
  return undefined;
};

/**
 * Makes a change in a frame that is as tall as its page, inside a scroller, without moving what is read: what stood at the upper edge
 * stands there afterwards. At the very beginning nothing is held.
 */
export const keepPlace = (frame: HTMLIFrameElement, grow: () => void, change: () => void): void => {
  const scroller = frame.closest<HTMLElement>('.reader-scroll');
  const edge = scroller?.getBoundingClientRect().top ?? 0;
  const isAbove = frame.getBoundingClientRect().top >= edge;
  const held = scroller && !isAbove ? atEdge(frame, edge) : undefined;
  change();
  grow();
  if (!scroller || !held) return;
  const moved = frame.getBoundingClientRect().top + held.element.getBoundingClientRect().top - held.top;
  if (Math.abs(moved) > 0.5) scroller.scrollTop += moved;
};
