import type { SearchIndex } from '../search/search-index.ts';
import { headTexts } from '../search/search-index.ts';
import type { SearchWorld } from '../search/world.ts';
import type { Store } from '../store/repositories.ts';

/** The posts as a search looks at them: the index for texts, the columns of the store for the rest. The store is loaded. */
export const searchWorld = (store: Store, index: SearchIndex, bodyText: SearchWorld['bodyText']): SearchWorld => {
  const columns = store.posts.columns();
  const { traits } = columns;
  index.putAuthors(traits.authors);
  const sourceOf = (number: number) => store.sources.get(columns.sourceId(number));
  return {
    slots: columns.slots(),
    heads: index.heads,
    titles: index.titles,
    bodies: index.bodies,
    authorWords: index.authorWords,
    authors: traits.authors,
    domains: traits.domains,
    labels: columns.labels,
    sources: {
      of: columns.sourceNumber,
      count: columns.sourceCount,
      id: columns.sourceId,
      title: (number) => sourceOf(number)?.title ?? '',
      folder: (number) => sourceOf(number)?.folder ?? [],
    },
    is: columns.is,
    has: columns.has,
    score: traits.score,
    comments: traits.comments,
    collectedMs: columns.collectedMs,
    title: (slot) => columns.row(slot).title,
    headTexts: (slot) => headTexts(columns.row(slot)),
    bodyText,
  };
};
