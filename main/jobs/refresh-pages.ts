import { AppError, toAppError } from '../../preload/contract/errors.ts';
import type { Post } from '../../preload/contract/post.ts';
import type { PageHead } from '../feeds/parsed-feed.ts';
import { toInstant } from '../lib/clock.ts';
import { forEachLimited } from '../lib/limit.ts';
import type { PageCheck } from '../store/repositories.ts';
import { hostOf } from './due-sources.ts';
import { downloadPage } from './extract-article.ts';
import { takeTurns } from './lanes.ts';
import { type Change, type Refreshing, storeBatch } from './refreshing.ts';

/** Pages whose news are stored together, and pages asked for at once. */
const BATCH = 20;
const LANES = 8;
type Looked = { post: Post; check: PageCheck; change?: Change };

/**
 * The page's title counts where the post has none, or where the page was renamed since it was looked at last. One that merely
 * differs from the feed's does not: pages add the names of their sites.
 */
const newTitle = (post: Post, before: PageCheck | undefined, title: string | undefined): string | undefined => {
  if (!title || title === post.title) return undefined;
  if (post.title.trim() === '') return title;
  return before?.title === post.title ? title : undefined;
};

const changeOf = (post: Post, before: PageCheck | undefined, head: PageHead): Change | undefined => {
  const title = newTitle(post, before, head.title);
  const { canonicalUrl, iconUrl } = head;
  const after: Partial<Post> = {
    ...(title ? { title } : {}),
    ...(canonicalUrl && canonicalUrl !== post.url && canonicalUrl !== post.canonicalUrl ? { canonicalUrl } : {}),
    ...(iconUrl && iconUrl !== post.iconUrl ? { iconUrl } : {}),
  };
  return Object.keys(after).length > 0 ? { post, after } : undefined;
};

const validatorsOf = ({ etag, lastModified }: Partial<PageCheck>): { etag?: string; lastModified?: string } => ({
  ...(etag ? { etag } : {}),
  ...(lastModified ? { lastModified } : {}),
});

/** One conditional GET. Throws AppError of the network and of reading. */
const look = async ({ services, context }: Refreshing, post: Post): Promise<Looked> => {
  const { store, parser, clock } = services;
  const before = store.pageChecks.get(post.id);
  const validators = validatorsOf(before ?? {});
  const answer = await downloadPage(services, post.url, {
    ...(Object.keys(validators).length > 0 ? { validators } : {}),
    signal: context.signal,
  });
  const checkedAt = toInstant(clock.now());
  if (answer.kind === 'not-modified') {
    context.count('not_modified');
    return { post, check: { ...before, postId: post.id, checkedAt } };
  }
  const { bytes, finalUrl, contentType } = answer;
  const isHtml = !contentType || /html/i.test(contentType);
  const head = isHtml
    ? await parser.readHead({ bytes, url: finalUrl, ...(contentType ? { contentType } : {}) }, context.signal)
    : {};
  const change = changeOf(post, before, head);
  const check = { postId: post.id, checkedAt, ...validatorsOf(answer.validators), ...(head.title ? { title: head.title } : {}) };
  return { post, check, ...(change ? { change } : {}) };
};

/** The host wants to be left alone: nobody's fault, and asked again another time. */
const isPostponed = ({ code, details }: AppError): boolean => code === 'HTTP_429' || details.retryAfterMs !== undefined;

const lookOrCount = async (refreshing: Refreshing, post: Post): Promise<Looked | undefined> => {
  const { services, context } = refreshing;
  try {
    const looked = await look(refreshing, post);
    context.count('succeeded');
    return looked;
  } catch (thrown) {
    context.signal.throwIfAborted();
    const error = toAppError(thrown);
    if (error.code === 'OFFLINE' || error.code.startsWith('STORE_')) throw error;
    if (isPostponed(error)) {
      context.count('postponed');
      return undefined;
    }
    context.count('failed');
    context.log('warn', `${hostOf(post.url)}: ${error.message}`);
    // Looked at, though in vain: the others have their turn before it is tried again.
    const before = services.store.pageChecks.get(post.id);
    return { post, check: { ...before, postId: post.id, checkedAt: toInstant(services.clock.now()) } };
  } finally {
    refreshing.tick(post);
  }
};

/** Asks the pages of posts for title, canonical address and icon; one write per 20. Posts stay in the order of their last check. */
export const refreshPages = async (refreshing: Refreshing, posts: readonly Post[]): Promise<void> => {
  const { services, context } = refreshing;
  for (let at = 0; at < posts.length; at += BATCH) {
    const batch = takeTurns(posts.slice(at, at + BATCH), ({ url }) => hostOf(url));
    const looked: Looked[] = [];
    const work = forEachLimited(batch, LANES, async (post) => {
      context.signal.throwIfAborted();
      const one = await lookOrCount(refreshing, post);
      if (one) looked.push(one);
      context.count('processed');
    });
    const stopped = await work.then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    const changes = looked.flatMap(({ change }) => change ?? []);
    // What was read before a stop is kept: the next run goes on behind it.
    await storeBatch(refreshing, { changes, checks: looked.map(({ check }) => check) }, () =>
      services.store.posts.refreshPages(
        changes.map(({ post, after: { title, canonicalUrl, iconUrl } }) => ({
          id: post.id,
          ...(title ? { title } : {}),
          ...(canonicalUrl ? { canonicalUrl } : {}),
          ...(iconUrl ? { iconUrl } : {}),
        })),
      ),
    );
    if (stopped) throw stopped.error instanceof AppError ? stopped.error : toAppError(stopped.error);
  }
};
