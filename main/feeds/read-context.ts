import type { FeedLimits } from './limits.ts';
import type { XmlKind } from './prolog.ts';
import type { RawElement, RawFeed, XmlNode } from './read-xml.ts';
import type { Warnings } from './warnings.ts';

/** The links of one document. */
export type Links = {
  /** An address made absolute against the nearest base; undefined unless it is http(s) and safe. */
  resolve: (raw: string | undefined, ...near: (RawElement | XmlNode)[]) => string | undefined;
  ofItem: (element: RawElement, raw: RawFeed) => string | undefined;
  ofHead: (element: RawElement, raw: RawFeed) => string | undefined;
};

/** What the readers of single fields share. */
export type ReadContext = { raw: RawFeed; kind: XmlKind; links: Links; limits: FeedLimits; warnings: Warnings };
