import type { ErrorData } from '../../preload/contract/errors.ts';
import type { Article } from './article.ts';
import type { MarkdownHead } from './markdown.ts';
import type { FeedInput, FeedPosts, HomePage, PageHead, ParsedFeed, PostsFor } from './parsed-feed.ts';

/** A worker's first message: its code is loaded. */
export const READY = 'ready';
/** What a worker is sent: a document, and whose posts are wanted of it, if they are; `isPage` asks what a web page tells about itself,
 * `isHead` what the head of a post's page says, `article` asks for its article, `markdown` for the bytes (HTML) as Markdown. */
export type WorkerQuestion = FeedInput & {
  postsFor?: PostsFor;
  isPage?: boolean;
  isHead?: boolean;
  article?: true;
  markdown?: MarkdownHead;
};
export type GoodAnswer =
  | { ok: true; feed: ParsedFeed }
  | { ok: true; posts: FeedPosts }
  | { ok: true; page: HomePage }
  | { ok: true; head: PageHead }
  | { ok: true; article: Article }
  | { ok: true; markdown: string };
/** What a worker sends back. */
export type WorkerAnswer = GoodAnswer | { ok: false; error: ErrorData };
