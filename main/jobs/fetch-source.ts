import { createHash } from 'node:crypto';
import { AppError } from '../../preload/contract/errors.ts';
import type { FetchRequest } from '../../preload/contract/fetch-job.ts';
import type { Post } from '../../preload/contract/post.ts';
import type { FeedSource } from '../../preload/contract/source.ts';
import type { FeedInput, FeedPosts } from '../feeds/parsed-feed.ts';
import { toInstant } from '../lib/clock.ts';
import type { Download } from '../net/download-types.ts';
import type { FetchMemory, PostDraft, SavedPosts } from '../store/repositories.ts';
import type { AttemptEnd } from './attempts.ts';
import { afterAnswer, CHURN_WORTH_TELLING, emptyMemory } from './back-off.ts';
import type { JobServices } from './services.ts';

const MINUTE = 60_000;

/** What one source's attempt brought. `memory` is what the next request needs; it is to be stored now that the posts are. */
export type Fetched = {
  end: AttemptEnd;
  memory: FetchMemory;
  answer: Download;
  feed?: FeedPosts['feed'];
  saved?: SavedPosts;
};

export type FetchSourceInput = {
  source: FeedSource;
  memory: FetchMemory;
  runId: string;
  signal: AbortSignal;
  /** The request leaves the queue. */
  onStart: () => void;
};

/**
 * What is remembered of a source, fit for its present address: what was learnt at another one is gone,
 * except that the owner came back from there.
 */
export const memoryFor = (source: FeedSource, memory: FetchMemory | undefined): FetchMemory => {
  if (memory?.url === source.feedUrl) return memory;
  const cameBack = memory?.movedFrom === source.feedUrl;
  return { ...emptyMemory(source.id, source.feedUrl), ...(memory && cameBack ? { notTo: memory.url } : {}) };
};

const toFeedInput = (answer: Extract<Download, { kind: 'body' }>): FeedInput => ({
  bytes: answer.bytes,
  url: answer.finalUrl,
  ...(answer.contentType ? { contentType: answer.contentType } : {}),
  ...(answer.contentLocation ? { contentLocation: answer.contentLocation } : {}),
});

const validatorsOf = (memory: FetchMemory): { etag?: string; lastModified?: string } | undefined => {
  if (memory.mustBePlain || (!memory.etag && !memory.lastModified)) return undefined;
  return {
    ...(memory.etag ? { etag: memory.etag } : {}),
    ...(memory.lastModified ? { lastModified: memory.lastModified } : {}),
  };
};

/**
 * When what is new was published. Where nothing is known yet, the whole document counts: what was stored before the first
 * rhythm was learnt is in there too.
 */
const publishedIn = (memory: FetchMemory, drafts: readonly PostDraft[], added: readonly Post[]): number[] => {
  const posts: readonly Pick<PostDraft, 'publishedAt'>[] = memory.rhythm ? added : drafts;
  return posts.map(({ publishedAt }) => (publishedAt ? Date.parse(publishedAt) : Number.POSITIVE_INFINITY));
};

const askedWith = ({ etag, lastModified }: NonNullable<ReturnType<typeof validatorsOf>>): FetchRequest['asked'] =>
  etag && lastModified ? 'both' : etag ? 'etag' : 'last-modified';

/** What the row tells of the request beside its status and its bytes. */
const requestOf = (memory: FetchMemory, answer: Download): FetchRequest => {
  const validators = validatorsOf(memory);
  const { redirects, finalUrl, freshForMs, ms } = answer;
  return {
    ms: Math.max(0, Math.round(ms)),
    ...(validators ? { asked: askedWith(validators) } : {}),
    ...(redirects.length > 0 ? { redirects: redirects.length, finalUrl: finalUrl.slice(0, 2048) } : {}),
    ...(answer.kind === 'body' && answer.contentType ? { contentType: answer.contentType.slice(0, 100) } : {}),
    ...(freshForMs ? { freshForSeconds: Math.round(freshForMs / 1000) } : {}),
  };
};

type Deps = Pick<JobServices, 'store' | 'downloader' | 'parser' | 'clock'>;

/** Asks for the feed, saying what we have. Throws AppError of the network, or NOT_MODIFIED_UNCACHED for an answer we did not ask for. */
export const askFor = async ({ store, downloader }: Deps, input: FetchSourceInput): Promise<Download> => {
  const { source, memory } = input;
  const validators = validatorsOf(memory);
  const answer = await downloader.download({
    url: source.feedUrl,
    purpose: 'feed',
    timeoutMs: (source.timeoutSeconds ?? store.settings.get().timeoutSeconds) * 1000,
    isSuspect: memory.failures > 0,
    onStart: input.onStart,
    signal: input.signal,
    ...(validators ? { validators } : {}),
    ...(source.allowLocalNetwork ? { allowLocalNetwork: true } : {}),
  });
  if (answer.kind === 'not-modified' && !validators) {
    throw new AppError('NOT_MODIFIED_UNCACHED', 'The server answered that nothing changed, although it was not asked that way.', {
      status: answer.status,
    });
  }
  return answer;
};

/**
 * From an answer to stored posts: decode, parse and turn into posts (in the parse worker), save. Stops as early as it can: at *not modified*, then at a
 * body that is the one we have. Throws AppError, and then nothing of the answer is stored.
 */
export const takeIn = async ({ store, parser, clock }: Deps, input: FetchSourceInput, answer: Download): Promise<Fetched> => {
  const { source, memory, signal } = input;
  const now = clock.now();
  const intervalMs = (source.everyMinutes ?? store.settings.get().fetchIntervalMinutes) * MINUTE;
  const unchanged = { now, intervalMs, isCommitted: true, isSameFeed: true };
  const request = requestOf(memory, answer);
  const common = { postsCount: 0, bytes: answer.wireBytes, httpStatus: answer.status, request };

  if (answer.kind === 'not-modified') {
    return { answer, memory: afterAnswer(memory, answer, unchanged), end: { ...common, outcome: 'not-modified' } };
  }
  const bodyHash = createHash('sha256').update(answer.bytes).digest('hex');
  if (bodyHash === memory.bodyHash) {
    return { answer, memory: afterAnswer(memory, answer, unchanged), end: { ...common, outcome: 'nothing-new' } };
  }

  const { feed, drafts, warnings } = await parser.parsePosts(
    toFeedInput(answer),
    { source: { id: source.id, feedUrl: source.feedUrl }, now },
    signal,
  );
  signal.throwIfAborted();
  if (!store.sources.get(source.id)) throw new AppError('NOT_FOUND', 'The source was removed meanwhile.');
  const unreadOnUpdate = source.unreadOnUpdate === true;
  const saved = await store.posts.save(source.id, drafts, { now: toInstant(now), runId: input.runId, unreadOnUpdate });
  const next = afterAnswer(memory, answer, {
    now,
    intervalMs,
    isCommitted: !feed.isTruncated,
    isSameFeed: saved.known > 0,
    bodyHash,
    rekeyed: saved.rekeyed,
    published: publishedIn(memory, drafts, saved.added),
    ttlMinutes: feed.ttlMinutes,
  });
  if ((next.idChurn ?? 0) >= CHURN_WORTH_TELLING) warnings.push({ code: 'W_FIELD_DROPPED', count: saved.rekeyed });
  return {
    answer,
    feed,
    saved,
    memory: next,
    end: {
      ...common,
      outcome: saved.added.length > 0 ? 'new-posts' : 'nothing-new',
      postsCount: saved.added.length,
      itemsCount: feed.itemsCount,
      ...(warnings.length > 0 ? { warnings } : {}),
    },
  };
};
