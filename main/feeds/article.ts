/** The article of a page, without what stands around it. Texts are plain. */
export type Article = {
  title?: string;
  byline?: string;
  /** As the page says, ISO-8601 UTC. */
  publishedAt?: string;
  /** A language tag as the page has it. */
  lang?: string;
  /** Right to left, where the page says so. */
  dir?: 'rtl';
  /** HTML, links absolute; not sanitised, at most 256 KiB of characters. */
  html: string;
  /** Words, roughly. */
  words: number;
};
