import type { FoundBy } from '../../../preload/contract/gap-map.ts';
import type { Post } from '../../../preload/contract/post.ts';
import type { FeedSource } from '../../../preload/contract/source.ts';
import { decode } from '../../feeds/decode.ts';
import { toPagePost } from '../../feeds/page-post.ts';
import type { FeedPosts } from '../../feeds/parsed-feed.ts';
import { readSitePage, type SitePage } from '../../feeds/site-page.ts';
import { toInstant } from '../../lib/clock.ts';
import { linkKeyOf } from '../../lib/link-key.ts';
import type { PostDraft } from '../../store/repositories.ts';
import type { JobContext } from '../job.ts';
import type { JobServices } from '../services.ts';
import type { Asker, Body } from './asker.ts';

/** A look for posts of one source that its feed no longer holds. The ways to look know only this. */
export type Hunt = {
  services: JobServices;
  context: Pick<JobContext<unknown>, 'runId' | 'signal' | 'count' | 'log'>;
  source: FeedSource;
  asker: Asker;
  /** Whether this is one of the posts that are looked for. */
  isWanted: (draft: Pick<PostDraft, 'title' | 'url' | 'author'>) => boolean;
  /** Everything that was looked for is there. */
  isDone: () => boolean;
  /** Hears of every post that was added. */
  onAdded: (posts: readonly Post[], foundBy: FoundBy) => void;
  /** Fingerprints and addresses of what the feed holds at this moment: that comes by the feed, as new. */
  inFeed: Set<string>;
  /** What was tried, in words. */
  tried: string[];
};

/** How many words of this kind one gap map takes. */
const MOST_TRIED = 20;

export const note = ({ tried }: Hunt, text: string): void => {
  if (tried.length < MOST_TRIED) tried.push(text.slice(0, 200));
};

/** What a draft is recognised by in the feed. */
const keysOf = ({ fingerprint, url }: PostDraft): string[] => [fingerprint, ...(url ? [linkKeyOf(url)] : [])];

/** Leaves what the feed holds to the feed: a post that nobody has seen yet must not come in as read. */
export const leaveToFeed = ({ inFeed }: Hunt, drafts: readonly PostDraft[]): void => {
  for (const draft of drafts) for (const key of keysOf(draft)) inFeed.add(key);
};

/** Stores what is wanted of these drafts; known posts stay as they are, removed ones stay away. Answers what was added. */
export const keep = async (hunt: Hunt, drafts: readonly PostDraft[], foundBy: FoundBy): Promise<readonly Post[]> => {
  const { services, context, source } = hunt;
  const wanted = drafts
    .filter((draft) => hunt.isWanted(draft) && !keysOf(draft).some((key) => hunt.inFeed.has(key)))
    .map((draft) => ({ ...draft, isBackfilled: true }));
  if (wanted.length === 0 || !services.store.sources.get(source.id)) return [];
  const now = toInstant(services.clock.now());
  const { added } = await services.store.posts.save(source.id, wanted, { now, runId: context.runId, addsOnly: true });
  if (added.length === 0) return [];
  context.count('posts_added', added.length);
  services.events.emit('posts.changed', { added: 0, sourceIds: [source.id] });
  hunt.onAdded(added, foundBy);
  return added;
};

/** The posts of a document, if it is a feed. */
export const readFeedBody = async (hunt: Hunt, body: Body): Promise<FeedPosts | undefined> => {
  const { services, context, source } = hunt;
  const { bytes, finalUrl, contentType, contentLocation } = body;
  const input = {
    bytes,
    url: finalUrl,
    ...(contentType ? { contentType } : {}),
    ...(contentLocation ? { contentLocation } : {}),
  };
  try {
    return await services.parser.parsePosts(input, { source, now: services.clock.now() }, context.signal);
  } catch {
    context.signal.throwIfAborted();
    return undefined;
  }
};

/** A page of the source's site, read. */
export type ReadPage = { page: SitePage; html: string; url: string; body: Body };

/** Asks for a page and reads it. `url` of the answer is its canonical address, where that is on the same site. */
export const askPage = async ({ asker }: Hunt, url: string): Promise<ReadPage | undefined> => {
  const body = await asker.ask(url, 'page');
  if (!body) return undefined;
  const html = decode(body.bytes, body.contentType).text;
  const page = readSitePage(html, body.finalUrl);
  const canonical = page.canonical && asker.isOwnSite(page.canonical) ? page.canonical : body.finalUrl;
  return { page, html, url: canonical, body };
};

/** Puts the article of a page into its post; a page without one leaves its description. */
const addArticle = async ({ services, context }: Hunt, { id }: Post, { body }: ReadPage): Promise<void> => {
  const { bytes, finalUrl, contentType } = body;
  const input = { bytes, url: finalUrl, ...(contentType ? { contentType } : {}) };
  const article = await services.parser.extract(input, context.signal).catch(() => undefined);
  context.signal.throwIfAborted();
  if (article) await services.store.posts.putArticle(id, article.html);
};

/** Reads one page that may be a wanted post and stores it if it is. */
export const takePage = async (
  hunt: Hunt,
  url: string,
  foundBy: FoundBy,
  hints: { lastModified?: string } = {},
): Promise<{ added: number; read: ReadPage | undefined }> => {
  const { services, source } = hunt;
  if (services.store.posts.wasRemoved(source.id, url)) return { added: 0, read: undefined };
  const read = await askPage(hunt, url);
  const draft = read && toPagePost(read.page, read.url, source, { now: services.clock.now(), ...hints });
  const added = draft ? await keep(hunt, [draft], foundBy) : [];
  for (const post of added) if (read) await addArticle(hunt, post, read);
  return { added: added.length, read };
};
