import { createDocument, type DominoDocument, type DominoNode } from '@mixmark-io/domino';
import { AppError } from '../../preload/contract/errors.ts';

/** Elements inside each other, and elements in all: what a page may have to be read as an article. */
const MAX_DEPTH = 200;
const MAX_ELEMENTS = 30_000;
const ELEMENT = 1;

const nextUp = (node: DominoNode): { node: DominoNode; up: number } | undefined => {
  let up = 0;
  for (let at: DominoNode | null = node; at; at = at.parentNode) {
    if (at.nextSibling) return { node: at.nextSibling, up };
    up += 1;
  }
  return undefined;
};

/** Throws DOC_TOO_DEEP, DOC_TOO_BIG. Walks without recursion: the page is a stranger's. */
const checkSize = (document: DominoDocument): void => {
  let depth = 0;
  let elements = 0;
  let node: DominoNode | null = document.documentElement;
  while (node) {
    if (node.nodeType === ELEMENT) elements += 1;
    if (elements > MAX_ELEMENTS) throw new AppError('DOC_TOO_BIG', 'The page has too many parts to be read as an article.');
    if (node.firstChild) {
      depth += 1;
      if (depth > MAX_DEPTH) throw new AppError('DOC_TOO_DEEP', 'The page nests its elements too deep.');
      node = node.firstChild;
    } else {
      const next = nextUp(node);
      depth -= next?.up ?? 0;
      node = next?.node ?? null;
    }
  }
};

/* The library's lists can be counted but not walked; Readability walks them. */
const makeWalkable = (list: object): void => {
  const prototype = Object.getPrototypeOf(list) as { [Symbol.iterator]?: unknown };
  if (prototype === Object.prototype || Symbol.iterator in prototype) return;
  Object.defineProperty(prototype, Symbol.iterator, {
    value: function* walk(this: ArrayLike<unknown>) {
      for (let at = 0; at < this.length; at++) yield this[at];
    },
  });
};

/** A page as a document without scripts, frames or network. `url` is where relative links start. Throws DOC_TOO_DEEP, DOC_TOO_BIG. */
export const openDocument = (html: string, url: string): DominoDocument => {
  const document = createDocument(html, true);
  makeWalkable(document.querySelectorAll('html'));
  makeWalkable(document.getElementsByTagName('html'));
  checkSize(document);
  const written = document.querySelector('base[href]')?.getAttribute?.('href');
  const baseURI = (written && URL.parse(written, url)?.href) || url;
  Object.defineProperty(document, 'documentURI', { value: url });
  Object.defineProperty(document, 'baseURI', { value: baseURI });
  return document;
};
