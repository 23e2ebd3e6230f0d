import { type AppError, toAppError } from '../../../preload/contract/errors.ts';
import type { FeedSource } from '../../../preload/contract/source.ts';
import type { Download, Purpose } from '../../net/download-types.ts';
import { hostPauseAfter } from '../back-off.ts';
import { hostOf, mustWait } from '../due-sources.ts';
import type { JobContext } from '../job.ts';
import type { JobServices } from '../services.ts';

/** A document that came. */
export type Body = Extract<Download, { kind: 'body' }>;

/** The one way a backfill of one source goes out: one request after the other, to its own site only, and no more than it may. */
export type Asker = {
  /** The document, or undefined: not there, elsewhere, asked before in this run, too many asked, or a failure (kept in `errors`). */
  ask: (url: string, purpose: Purpose) => Promise<Body | undefined>;
  isOwnSite: (url: string) => boolean;
  /** No more requests may be made: the number for this run is used up, or a host wants a pause. */
  isOver: () => boolean;
  /** Why it is over, in words; undefined while it is not. */
  whyOver: () => string | undefined;
  requests: () => number;
  answers: () => number;
  /** Failures other than *not found*. */
  errors: AppError[];
};

type Parts = { services: JobServices; context: Pick<JobContext<unknown>, 'signal' | 'count'>; source: FeedSource };

const bareHost = (url: string): string => hostOf(url).replace(/^www\./, '');

const isAbsent = ({ details }: AppError): boolean => details.status === 404 || details.status === 410;
/** Trouble that is not this source's: the run ends with it. */
const isOurs = ({ code }: AppError): boolean => code === 'OFFLINE' || code.startsWith('STORE_');

/** An asker for one source of one run. `hosts` beside its feed's and its site's: those its posts stand on. */
export const createAsker = (
  { services, context, source }: Parts,
  options: { maxPages: number; posts: readonly { url: string }[] },
): Asker => {
  const { store, downloader, clock } = services;
  const hosts = new Set([source.feedUrl, source.siteUrl ?? '', mainHostOf(options.posts)].map(bareHost).filter(Boolean));
  const asked = new Set<string>();
  const errors: AppError[] = [];
  let answers = 0;
  let paused: string | undefined;
  const isOwnSite = (url: string): boolean => hosts.has(bareHost(url));
  const isOver = (): boolean => paused !== undefined || asked.size >= options.maxPages;

  const rememberPause = async (error: AppError, url: string): Promise<void> => {
    const host = hostOf(url);
    const until = hostPauseAfter(error, host, store.fetchMemory.host(host)?.notBefore, clock.now());
    if (until) await store.fetchMemory.putHost({ host, notBefore: until, reason: 'retry-after' });
    if (error.details.retryAfterMs !== undefined || error.details.status === 429) paused = host;
  };
  const download = (url: string, purpose: Purpose): Promise<Download> =>
    downloader.download({
      url,
      purpose,
      timeoutMs: (source.timeoutSeconds ?? store.settings.get().timeoutSeconds) * 1000,
      signal: context.signal,
      ...(source.allowLocalNetwork ? { allowLocalNetwork: true } : {}),
    });
  const fail = async (thrown: unknown, url: string): Promise<undefined> => {
    context.signal.throwIfAborted();
    const error = toAppError(thrown);
    if (isOurs(error)) throw error;
    if (isAbsent(error)) answers += 1;
    else errors.push(error);
    await rememberPause(error, url);
    return undefined;
  };

  const ask: Asker['ask'] = async (url, purpose) => {
    context.signal.throwIfAborted();
    if (isOver() || asked.has(url) || !isOwnSite(url)) return undefined;
    if (mustWait(undefined, store.fetchMemory.host(hostOf(url)), clock.now())) {
      paused = hostOf(url);
      return undefined;
    }
    asked.add(url);
    context.count('requests');
    try {
      const answer = await download(url, purpose);
      answers += 1;
      return answer.kind === 'body' && isOwnSite(answer.finalUrl) ? answer : undefined;
    } catch (thrown) {
      return fail(thrown, url);
    }
  };
  return {
    ask,
    isOwnSite,
    isOver,
    whyOver: () => {
      if (paused !== undefined) return `${paused} asked for a pause`;
      return asked.size >= options.maxPages ? `stopped after ${options.maxPages} requests` : undefined;
    },
    requests: () => asked.size,
    answers: () => answers,
    errors,
  };
};

/** The host most of the posts stand on, as an address; empty where no host has half of them: such a feed links to all the world. */
const mainHostOf = (posts: readonly { url: string }[]): string => {
  const counts = new Map<string, { count: number; url: string }>();
  for (const { url } of posts) {
    const known = counts.get(bareHost(url)) ?? { count: 0, url };
    counts.set(bareHost(url), { count: known.count + 1, url });
  }
  const most = [...counts.values()].sort((a, b) => b.count - a.count)[0];
  return most && most.count * 2 >= posts.length ? most.url : '';
};
