/*
 * What one stored body holds: the article, if it was taken from its page; what the feed gave; and what the feed gave before that, if
 * its text changed. Neither HTML nor cleaned text holds these dividers (C0 control characters).
 */

/** Stands between the article and the feed's own text. */
const DIVIDER = '\u001e';
/** Stands before the text that the feed gave earlier. */
const FORMER = '\u001f';
/** The most of an earlier text that is kept, in characters; a longer one is not kept at all. */
const MAX_FORMER = 100_000;

const presentOf = (body: string): string => {
  const at = body.indexOf(FORMER);
  return at < 0 ? body : body.slice(0, at);
};

/** The body of a post whose article was taken from its page: the article, and behind it what the feed gave. */
export const joinArticle = (article: string, own: string): string =>
  `${article.replaceAll(DIVIDER, '').replaceAll(FORMER, '')}${DIVIDER}${own}`;

/** What such a body shows: the article, or what the feed gave where there is none. */
export const articleOf = (body: string): string => {
  const present = presentOf(body);
  const at = present.indexOf(DIVIDER);
  return at < 0 ? present : present.slice(0, at);
};

/** What the feed gave, of a body with an article; empty when it gave nothing. */
export const ownTextOf = (body: string): string => {
  const present = presentOf(body);
  const at = present.indexOf(DIVIDER);
  return at < 0 ? '' : present.slice(at + 1);
};

/** What the feed gave before its text changed last; undefined when it never did, or nothing was kept of it. */
export const formerTextOf = (body: string): string | undefined => {
  const at = body.indexOf(FORMER);
  return at < 0 ? undefined : body.slice(at + 1);
};

/** The body with the earlier text behind it; a very long one is left out. */
export const withFormerText = (body: string, former: string | undefined): string =>
  former === undefined || former.length > MAX_FORMER ? body : `${body}${FORMER}${former.replaceAll(FORMER, '')}`;
