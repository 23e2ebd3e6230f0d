/* What is used of the DOM in which articles are read; the library's own types are for another name. */
declare module '@mixmark-io/domino' {
  export type DominoNode = {
    nodeType: number;
    nodeName: string;
    firstChild: DominoNode | null;
    nextSibling: DominoNode | null;
    parentNode: DominoNode | null;
    getAttribute?: (name: string) => string | null;
    textContent: string;
  };
  export type DominoDocument = DominoNode & {
    documentElement: DominoNode | null;
    body: (DominoNode & { innerHTML: string }) | null;
    querySelector: (selector: string) => DominoNode | null;
    querySelectorAll: (selector: string) => object;
    getElementsByTagName: (name: string) => object;
  };
  export const createDocument: (html: string, force: true) => DominoDocument;
}
