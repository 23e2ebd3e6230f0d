import type { Domain } from '../../preload/contract/domain.ts';
import type { DomainFacts } from '../store/repositories.ts';
import { hostOf } from './due-sources.ts';
import type { JobServices } from './services.ts';

/** What a home page brought, and which host it was on in the end. */
export type Visit = { facts: DomainFacts; bytes: number; host: string };

const IS_PAGE = /html|^application\/xml|^text\/xml|^text\/plain/i;
const IS_FEED = /(?:rss|atom|rdf)\+xml|feed\+json/i;

/** The address of the home page. Where no post told one, https. */
export const homeOf = ({ id, url }: Domain): string => url ?? `https://${id}/`;

/** The owner allowed the local network for a source on this very host and port, and only there it counts. */
export const isAllowedLocally = ({ store }: Pick<JobServices, 'store'>, url: string): boolean =>
  store.sources
    .all()
    .some((source) => source.kind === 'feed' && source.allowLocalNetwork === true && hostOf(source.feedUrl) === hostOf(url));

const readAnswer = async (
  { parser }: Pick<JobServices, 'parser'>,
  answer: { bytes: Uint8Array; finalUrl: string; contentType?: string },
  signal: AbortSignal,
): Promise<DomainFacts> => {
  const { bytes, finalUrl, contentType } = answer;
  if (contentType && IS_FEED.test(contentType)) return { feeds: [{ url: finalUrl }] };
  if (contentType && !IS_PAGE.test(contentType)) return { feeds: [] };
  return parser.readPage({ bytes, url: finalUrl, ...(contentType ? { contentType } : {}) }, signal);
};

/** Asks for a home page once and reads it. Throws AppError of the network and of reading. Only the page itself is asked for: no icon, no feed. */
export const visitDomain = async (
  services: Pick<JobServices, 'store' | 'downloader' | 'parser'>,
  domain: Domain,
  { signal, onStep }: { signal: AbortSignal; onStep: (step: 'fetching' | 'parsing') => void },
): Promise<Visit> => {
  const url = homeOf(domain);
  const answer = await services.downloader.download({
    url,
    purpose: 'page',
    timeoutMs: services.store.settings.get().timeoutSeconds * 1000,
    isSuspect: domain.attempts > 0,
    onStart: () => onStep('fetching'),
    signal,
    ...(isAllowedLocally(services, url) ? { allowLocalNetwork: true } : {}),
  });
  const { finalUrl, wireBytes } = answer;
  if (answer.kind !== 'body') return { facts: { feeds: [] }, bytes: wireBytes, host: hostOf(finalUrl) };
  onStep('parsing');
  return { facts: await readAnswer(services, answer, signal), bytes: wireBytes, host: hostOf(finalUrl) };
};
