import type { ErrorData } from '../../preload/contract/errors.ts';
import type { HomePage } from './home-page.ts';
import type { FeedInput, FeedPosts, ParsedFeed, PostsFor } from './parsed-feed.ts';

/** A worker's first message: its code is loaded. */
export const READY = 'ready';
/** What a worker is sent: a document, and whose posts are wanted of it, if they are; `isPage` asks what a web page tells about itself. */
export type WorkerQuestion = FeedInput & { postsFor?: PostsFor; isPage?: boolean };
export type GoodAnswer = { ok: true; feed: ParsedFeed } | { ok: true; posts: FeedPosts } | { ok: true; page: HomePage };
/** What a worker sends back. */
export type WorkerAnswer = GoodAnswer | { ok: false; error: ErrorData };
