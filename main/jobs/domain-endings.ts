import type { Domain } from '../../preload/contract/domain.ts';
import { AppError, toAppError } from '../../preload/contract/errors.ts';
import { toInstant } from '../lib/clock.ts';
import { backOffMs, hostPauseAfter } from './back-off.ts';
import { isPassing, wasNotAsked } from './domain-errors.ts';
import { createDomainVerdict, type DomainSign, type DomainVerdict, type NetworkMemory } from './domain-verdict.ts';
import { hostOf } from './due-sources.ts';
import type { JobContext } from './job.ts';
import type { JobServices } from './services.ts';
import { inWords } from './span-words.ts';
import { homeOf, type Visit } from './visit-domain.ts';

/** A domain in the hands of a run, and when it was taken there, milliseconds. */
export type DomainWork = { domain: Domain; startedAt: number };
type Held = { work: DomainWork; end: { visit: Visit } | { error: AppError } };
type Cycle = {
  services: JobServices;
  context: Pick<JobContext<unknown>, 'count' | 'log'>;
  /** Tries until a passing trouble is an error that stays. */
  attempts: number;
  verdict: DomainVerdict<Held>;
  tally: { ended: number; gone: number };
};

/** How the domains of one run end: written down, counted, told. Each rejects when the store cannot be written. */
export type DomainEndings = {
  succeed: (work: DomainWork, visit: Visit) => Promise<void>;
  /** Answers the error that stops the whole run, if the network is to blame. */
  fail: (work: DomainWork, thrown: unknown) => Promise<AppError | undefined>;
  /** Ends what was held back, or answers why all of it is the network's doing. */
  settle: () => Promise<AppError | undefined>;
  /** Domains that came to an end in this run, or are gone. */
  ended: () => number;
};

const noteEnd = (cycle: Cycle, row: Domain | null, { domain }: DomainWork): boolean => {
  if (row) cycle.tally.ended += 1;
  else if (!cycle.services.store.domains.get(domain.id)) cycle.tally.gone += 1;
  return row !== null;
};

const complete = async (cycle: Cycle, work: DomainWork, { facts, bytes }: Visit): Promise<void> => {
  const { store, clock } = cycle.services;
  store.domains.step(work.domain.id, 'saving');
  const now = clock.now();
  const row = await store.domains.complete(work.domain.id, {
    endedAt: toInstant(now),
    ms: Math.max(0, Math.round(now - work.startedAt)),
    facts,
  });
  if (!noteEnd(cycle, row, work)) return;
  cycle.context.count('completed');
  cycle.context.count('feeds_found', facts.feeds.length);
  cycle.context.count('bytes', bytes);
};

const waitAfter = (cycle: Cycle, { domain }: DomainWork, error: AppError): number | undefined => {
  const asked = error.details.retryAfterMs ?? 0;
  if (wasNotAsked(error)) return asked;
  const failures = domain.attempts + 1;
  if (!isPassing(error) || failures >= cycle.attempts) return undefined;
  return Math.max(asked, backOffMs(failures, cycle.services.random ?? Math.random));
};

const keepPause = async ({ services: { store, clock } }: Cycle, { domain }: DomainWork, error: AppError): Promise<void> => {
  const host = hostOf(homeOf(domain));
  const until = hostPauseAfter(error, host, store.fetchMemory.host(host)?.notBefore, clock.now());
  if (until && !wasNotAsked(error)) await store.fetchMemory.putHost({ host, notBefore: until, reason: 'retry-after' });
};

const blame = async (cycle: Cycle, work: DomainWork, error: AppError): Promise<void> => {
  const { store, clock, log } = cycle.services;
  const now = clock.now();
  const waitMs = waitAfter(cycle, work, error);
  const [row] = await Promise.all([
    store.domains.fail(work.domain.id, {
      endedAt: toInstant(now),
      ms: Math.max(0, Math.round(now - work.startedAt)),
      errorCode: error.code,
      errorMessage: error.message,
      ...(waitMs === undefined ? {} : { notBefore: toInstant(now + waitMs) }),
      ...(wasNotAsked(error) ? { wasAsked: false } : {}),
    }),
    keepPause(cycle, work, error),
  ]);
  if (!noteEnd(cycle, row, work)) return;
  const next = waitMs === undefined ? 'It is not asked again by itself.' : `Next try in ${inWords(waitMs)} at the earliest.`;
  cycle.context.count('error');
  cycle.context.log('warn', `${work.domain.id}: ${error.message} ${next}`);
  log.info('Domain failed', { domain: work.domain.id, code: error.code });
};

const end = (cycle: Cycle, { work, end: how }: Held): Promise<void> =>
  'visit' in how ? complete(cycle, work, how.visit) : blame(cycle, work, how.error);
const endAll = async (cycle: Cycle, held: readonly Held[]): Promise<void> => {
  for (const one of held) await end(cycle, one);
};

/** A redirect within a site, to or from `www.` or to a part of it, is the site's own answer. */
const isOwnHost = (domain: Domain, host: string): boolean => {
  const bare = (name: string): string => name.replace(/^www\./, '').replace(/:\d+$/, '');
  const [own, there] = [bare(hostOf(homeOf(domain))), bare(host)];
  return own === there || own.endsWith(`.${there}`) || there.endsWith(`.${own}`);
};

const signOf = (error: AppError): DomainSign | undefined => (error.code === 'DNS_FAIL' ? { kind: 'offline' } : undefined);

const fail = async (cycle: Cycle, work: DomainWork, thrown: unknown): Promise<AppError | undefined> => {
  const error = toAppError(thrown);
  if (error.code.startsWith('STORE_')) throw error;
  if (error.code === 'OFFLINE') return error;
  if (error.details.status === 511) return new AppError('CAPTIVE_PORTAL', error.message);
  if (error.details.status !== undefined) await endAll(cycle, cycle.verdict.answered());
  const sign = signOf(error);
  if (sign && cycle.verdict.hold(work.domain.id, sign, { work, end: { error } })) return cycle.verdict.reached(false);
  await blame(cycle, work, error);
  return undefined;
};

/** The endings of one run. */
export const createDomainEndings = (
  parts: Pick<Cycle, 'services' | 'context' | 'attempts'>,
  memory: NetworkMemory,
): DomainEndings => {
  const verdict = createDomainVerdict<Held>(memory, parts.services.clock.now);
  const cycle: Cycle = { ...parts, verdict, tally: { ended: 0, gone: 0 } };
  return {
    succeed: async (work, visit) => {
      if (isOwnHost(work.domain, visit.host)) await endAll(cycle, verdict.answered());
      else if (verdict.hold(work.domain.id, { kind: 'portal', host: visit.host }, { work, end: { visit } })) return;
      await complete(cycle, work, visit);
    },
    fail: (work, thrown) => fail(cycle, work, thrown),
    settle: async () => {
      const blamed = verdict.reached(true);
      if (!blamed) await endAll(cycle, verdict.release());
      return blamed;
    },
    ended: () => cycle.tally.ended + cycle.tally.gone,
  };
};
