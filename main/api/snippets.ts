import type { Post, PostQuery } from '../../preload/contract/post.ts';
import type { Match } from '../search/match.ts';
import { parseSearch } from '../search/parse.ts';
import { snippetOf } from '../search/snippet.ts';
import type { Services } from './services.ts';

/** For the posts of one page that were found in their full text: a piece of that around the words, by id. */
export const snippetsFor = async (
  { store, search, clock }: Services,
  posts: readonly Post[],
  query: PostQuery,
  match: Match | undefined,
): Promise<Map<string, { snippet: string }>> => {
  const snippets = new Map<string, { snippet: string }>();
  if (!match) return snippets;
  const { slotOf } = store.posts.columns();
  const saved = query.searchId ? store.searches.get(query.searchId)?.search : undefined;
  const pieces = [saved, query.search].flatMap((text) => (text ? parseSearch(text, clock.now()) : []));
  const look = async ({ id }: Post): Promise<void> => {
    const slot = slotOf(id);
    if (slot < 0 || !match.isInBody(slot)) return;
    const snippet = snippetOf(await search.bodies.of(slot), pieces);
    if (snippet) snippets.set(id, { snippet });
  };
  await Promise.all(posts.map(look));
  return snippets;
};
