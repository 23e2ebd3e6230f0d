/** Stands between an article and the feed's own text in one body; neither HTML nor cleaned text holds it (a C0 control character). */
const DIVIDER = '\u001e';

/** The body of a post whose article was taken from its page: the article, and behind it what the feed gave. */
export const joinArticle = (article: string, own: string): string => `${article.replaceAll(DIVIDER, '')}${DIVIDER}${own}`;

/** The article of such a body. */
export const articleOf = (body: string): string => {
  const at = body.indexOf(DIVIDER);
  return at < 0 ? body : body.slice(0, at);
};

/** What the feed gave, of such a body; empty when it gave nothing. */
export const ownTextOf = (body: string): string => {
  const at = body.indexOf(DIVIDER);
  return at < 0 ? '' : body.slice(at + 1);
};
