import { AppError, toAppError } from '../../preload/contract/errors.ts';
import type { Post } from '../../preload/contract/post.ts';
import { hostPauseAfter } from './back-off.ts';
import { hostOf, mustWait } from './due-sources.ts';
import type { JobServices } from './services.ts';
import { isAllowedLocally } from './visit-domain.ts';

type Deps = Pick<JobServices, 'store' | 'downloader' | 'clock'> & { parser: Pick<JobServices['parser'], 'extract'> };
type Body = Extract<Awaited<ReturnType<JobServices['downloader']['download']>>, { kind: 'body' }>;

const IS_PAGE = /html|^text\/plain|^application\/xml|^text\/xml/i;

/** Throws HTTP_429 while the host of an address wants to be left alone. */
export const checkHostPause = ({ store, clock }: Pick<Deps, 'store' | 'clock'>, url: string): void => {
  if (!mustWait(undefined, store.fetchMemory.host(hostOf(url)), clock.now())) return;
  throw new AppError('HTTP_429', 'Its host asked us to wait, so this page was not asked for.');
};

/** A pause that a server wants counts for every later request to its host. */
export const rememberHostPause = async (
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  url: string,
  error: AppError,
): Promise<void> => {
  const host = hostOf(url);
  const until = hostPauseAfter(error, host, store.fetchMemory.host(host)?.notBefore, clock.now());
  if (until) await store.fetchMemory.putHost({ host, notBefore: until, reason: 'retry-after' });
};

/** One GET for the page of a post, to public addresses only unless the owner allowed that very host. Throws AppError of the network. */
export const downloadPage = async (
  deps: Omit<Deps, 'parser'>,
  url: string,
  own: { validators?: { etag?: string; lastModified?: string }; signal?: AbortSignal } = {},
) => {
  checkHostPause(deps, url);
  try {
    return await deps.downloader.download({
      url,
      purpose: 'page',
      timeoutMs: deps.store.settings.get().timeoutSeconds * 1000,
      ...own,
      ...(isAllowedLocally(deps, url) ? { allowLocalNetwork: true } : {}),
    });
  } catch (thrown) {
    const error = toAppError(thrown);
    if (!own.signal?.aborted) await rememberHostPause(deps, url, error);
    throw error;
  }
};

const isReadable = ({ contentType }: Body): boolean => !contentType || IS_PAGE.test(contentType);

const takeFromPage = async (deps: Deps, post: Pick<Post, 'id' | 'url'>, signal: AbortSignal | undefined): Promise<Post> => {
  const answer = await downloadPage(deps, post.url, signal ? { signal } : {});
  if (answer.kind !== 'body' || !isReadable(answer))
    throw new AppError('DOC_MALFORMED', 'The page of this post is not a web page.');
  const { bytes, finalUrl, contentType } = answer;
  const article = await deps.parser.extract({ bytes, url: finalUrl, ...(contentType ? { contentType } : {}) }, signal);
  signal?.throwIfAborted();
  const kept = await deps.store.posts.putArticle(post.id, article.html);
  if (!kept) throw new AppError('NOT_FOUND', 'The post was removed meanwhile.');
  return kept;
};

type Taking = { post: Promise<Post>; signal: AbortSignal | undefined };
/** What is being taken at this moment, by who downloads it and by post: a run and the window may want the same article. */
const underWay = new WeakMap<Deps['downloader'], Map<string, Taking>>();
const takingsOf = (downloader: Deps['downloader']): Map<string, Taking> => {
  const known = underWay.get(downloader) ?? new Map<string, Taking>();
  underWay.set(downloader, known);
  return known;
};

/** Waits for what another asked for, at most until the own signal. */
const orStopped = async <Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> => {
  if (!signal) return work;
  signal.throwIfAborted();
  const stopped = Promise.withResolvers<never>();
  const stop = (): void => stopped.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
};

/**
 * Takes the article of a post from its page and shows it in place of what the feed gave; that stays until the article is stored.
 * A page that is being asked for already is not asked for again: both get its article, or its trouble.
 * Throws USAGE for a post without a page, DOC_* where there is no article, NOT_FOUND when the post is gone, and what the network throws.
 */
export const extractArticleOf = async (deps: Deps, post: Pick<Post, 'id' | 'url'>, signal?: AbortSignal): Promise<Post> => {
  if (!post.url) throw new AppError('USAGE', 'This post has no page to take the article from.');
  const takings = takingsOf(deps.downloader);
  const other = takings.get(post.id);
  if (other) {
    try {
      return await orStopped(other.post, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (!other.signal?.aborted) throw error;
      // Only the other was stopped: this one still wants it.
      if (takings.get(post.id) !== other) return extractArticleOf(deps, post, signal);
    }
  }
  const mine: Taking = { post: takeFromPage(deps, post, signal), signal };
  takings.set(post.id, mine);
  try {
    return await mine.post;
  } finally {
    if (takings.get(post.id) === mine) takings.delete(post.id);
  }
};
