import type { ErrorData } from '../../preload/contract/errors.ts';
import type { FeedInput, FeedPosts, ParsedFeed, PostsFor } from './parsed-feed.ts';

/** A worker's first message: its code is loaded. */
export const READY = 'ready';
/** What a worker is sent: a document, and whose posts are wanted of it, if they are. */
export type WorkerQuestion = FeedInput & { postsFor?: PostsFor };
export type GoodAnswer = { ok: true; feed: ParsedFeed } | { ok: true; posts: FeedPosts };
/** What a worker sends back. */
export type WorkerAnswer = GoodAnswer | { ok: false; error: ErrorData };
