import type { Params, Result } from '../../preload/contract/contract.ts';
import type { PostQuery } from '../../preload/contract/post.ts';
import type { Answer, Client } from '../client/client.ts';

/** Rows of a first page. While one types, what is seen comes first: a smaller answer is here sooner, and the rest follows when the hand rests. */
const FIRST_PAGE = 60;
const FIRST_FOUND = 24;
export const firstPageOf = (query: PostQuery): number => (query.search ? FIRST_FOUND : FIRST_PAGE);

type Page = Promise<Answer<Result<'posts.list'>>>;
let ahead: { key: string; page: Page } | undefined;
/** So many may be under way: a slow answer to the key before must not hold up this one, and a slow host is not flooded. */
const MOST_UNDER_WAY = 2;
let underWay = 0;

/** Asks for the first page of a list that is about to be drawn, so that it is looked up while the key is still being drawn. */
export const askAhead = (client: Client, query: PostQuery): void => {
  if (underWay >= MOST_UNDER_WAY) return;
  const params = { ...query, limit: firstPageOf(query) };
  const asked = { key: JSON.stringify(params), page: client.request('posts.list', params) };
  underWay += 1;
  ahead = asked;
  void asked.page.finally(() => {
    underWay -= 1;
    if (ahead === asked) ahead = undefined;
  });
};

/** A page of posts: the one that was asked for ahead, where it is this one. */
export const askPage = (client: Client, params: Params<'posts.list'>): Page =>
  ahead?.key === JSON.stringify(params) ? ahead.page : client.request('posts.list', params);
