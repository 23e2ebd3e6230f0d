import type { Post } from '../../preload/contract/post.ts';
import type { PageChange } from './repositories.ts';
import type { StoredPost } from './stored-post.ts';

type Sample = NonNullable<NonNullable<Post['hn']>['samples']>[number];
/** More samples than marks, so that nothing is ever cut in practice. */
const MAX_SAMPLES = 20;

/** What a story had when it was first seen. */
export const firstSample = ({ score, commentCount }: NonNullable<Post['hn']>, at: string): Sample => ({
  at,
  score,
  commentCount,
});

/** The samples with one more, oldest first. */
export const withSample = (samples: readonly Sample[] = [], sample: Sample): Sample[] =>
  [...samples.filter(({ at }) => at !== sample.at), sample].slice(-MAX_SAMPLES);

/** The post with what its page says. The feed's own title is remembered, so that the next reading of the feed does not take it back. */
export const withPage = (post: StoredPost, { title, canonicalUrl, iconUrl }: PageChange): StoredPost => ({
  ...post,
  ...(title && title !== post.title ? { title, feedTitle: post.feedTitle ?? post.title } : {}),
  ...(canonicalUrl ? { canonicalUrl } : {}),
  ...(iconUrl ? { iconUrl } : {}),
});

/** The title a feed's item gets when it is read again: the page's, while the feed says what it said then. */
export const titleAfter = (before: StoredPost, said: string): Pick<StoredPost, 'title' | 'feedTitle'> =>
  before.feedTitle !== undefined && before.feedTitle === said ? { title: before.title, feedTitle: said } : { title: said };
