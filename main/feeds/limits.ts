/** What one document may cost and what of it is kept. Tests hand in smaller ones. */
export type FeedLimits = {
  /** Elements inside each other, in XML and in JSON. */
  depth: number;
  /** Items kept, newest first. */
  items: number;
  /** Characters. */
  title: number;
  url: number;
  content: number;
  /** Authors, categories, enclosures of one item. */
  list: number;
  /** Characters of a DOCTYPE. */
  doctype: number;
  /** Characters of one text before it is cut, while still inside the parser. */
  rawText: number;
};

export const FEED_LIMITS: FeedLimits = {
  depth: 64,
  items: 2000,
  title: 500,
  url: 2048,
  content: 262_144,
  list: 20,
  doctype: 65_536,
  rawText: 524_288,
};
