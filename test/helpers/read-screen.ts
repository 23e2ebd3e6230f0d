import type { Page } from '@playwright/test';

/** A piece of text on the screen that should not be there as it is, and where it stands. */
export type Finding = { text: string; place: string };

/* Runs before every question below: small tools on the page's own window. */
const TOOLS = `(() => {
  // Written by people or machines: code, keys, what was typed, lists of names, and the text of a post.
  const NOT_SAID = 'script, style, code, kbd, pre, textarea, option, iframe';
  const placeOf = (element) => {
    const names = [];
    for (let at = element; at && names.length < 4; at = at.parentElement) {
      const name = (at.getAttribute('class') || '').split(' ')[0];
      names.unshift(name ? at.localName + '.' + name : at.localName);
    }
    return names.join(' > ');
  };
  const texts = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const text = walker.currentNode.textContent.trim();
      if (element && text !== '' && !element.closest(NOT_SAID)) found.push({ node: walker.currentNode, element, text });
    }
    return found;
  };
  window.screenTools = { NOT_SAID, placeOf, texts };
})()`;

type Piece = { node: Node; element: Element; text: string };
type Tools = { NOT_SAID: string; placeOf: (element: Element) => string; texts: () => Piece[] };

/** Texts, names and tooltips of the screen that have plain letters in them. */
export const plainTexts = async (page: Page): Promise<Finding[]> => {
  await page.evaluate(TOOLS);
  return page.evaluate(() => {
    const { NOT_SAID, placeOf, texts } = (window as unknown as { screenTools: Tools }).screenTools;
    const SPOKEN = ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext'];
    const names = [...document.querySelectorAll('body *')]
      .filter((element) => !element.closest(NOT_SAID))
      .flatMap((element) =>
        SPOKEN.map((name) => ({ text: element.getAttribute(name)?.trim() ?? '', place: `${placeOf(element)} [${name}]` })),
      );
    const written = texts().map(({ element, text }) => ({ text, place: placeOf(element) }));
    return [...names, ...written].filter(({ text }) => /[A-Za-z]{2,}/.test(text));
  });
};

/**
 * Texts that stick out of what holds them, or of the window. A place that scrolls sideways may hold wider ones, and what others
 * wrote may be shortened, because it is there in full as a tooltip or one step away.
 */
export const cutTexts = async (page: Page): Promise<Finding[]> => {
  await page.evaluate(TOOLS);
  return page.evaluate(() => {
    const { placeOf, texts } = (window as unknown as { screenTools: Tools }).screenTools;
    const holderOf = (element: Element): { box: DOMRect; scrolls: boolean; shortens: boolean } => {
      for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.position === 'fixed') break;
        if (style.overflowX === 'visible') continue;
        const scrolls = /auto|scroll/.test(style.overflowX) && at.scrollWidth > at.clientWidth + 1;
        return { box: at.getBoundingClientRect(), scrolls, shortens: style.textOverflow === 'ellipsis' };
      }
      return { box: new DOMRect(0, 0, innerWidth, innerHeight), scrolls: false, shortens: false };
    };
    const titleOf = (element: Element): string => element.closest('[title]')?.getAttribute('title') ?? '';
    const isSeen = (element: Element): boolean =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('.visually-hidden, .skip');
    const isCut = ({ node, element, text }: Piece): boolean => {
      if (!isSeen(element)) return false;
      const { box: limit, scrolls, shortens } = holderOf(element);
      if (scrolls && element.closest('.sim-frame, .day-strip, .chart-frame, .grid-scroll')) return false;
      if (shortens && (/[A-Za-z]{2,}/.test(text) || element.closest('.post') || titleOf(element).includes(text))) return false;
      const range = document.createRange();
      range.selectNodeContents(node);
      const control = element.closest('button, .button, .chip, .segment')?.getBoundingClientRect();
      return [...range.getClientRects()].some(
        (box) =>
          box.width >= 1 &&
          (box.right > limit.right + 1.5 ||
            box.left < limit.left - 1.5 ||
            (control !== undefined && (box.bottom > control.bottom + 3 || box.right > control.right + 1.5))),
      );
    };
    return texts()
      .filter(isCut)
      .map(({ element, text }) => ({ text, place: placeOf(element) }));
  });
};
