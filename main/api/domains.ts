import type { Handlers } from '../../preload/contract/contract.ts';
import type { Domain, DomainRow, DomainStats } from '../../preload/contract/domain.ts';
import { hostOf } from '../jobs/due-sources.ts';
import { toInstant } from '../lib/clock.ts';
import { percentile } from './numbers.ts';
import type { Services } from './services.ts';
import { found } from './views.ts';

type DomainHandlers = Pick<Handlers, 'domains.list' | 'domains.stats' | 'domains.get' | 'domains.retry' | 'domains.pin'>;

/** Domains that ended, from which the usual times are told. */
const TIMED = 200;
const DAY_MS = 86_400_000;

const toRow = ({ store }: Services, domain: Domain): DomainRow => ({
  domain,
  posts: store.posts.domainCounts().get(domain.id) ?? 0,
});

const readStats = ({ store, clock }: Services): DomainStats => {
  const times = store.domains.recentEnds(TIMED).map(({ ms }) => ms);
  const { completed, error } = store.domains.endedSince(toInstant(clock.now() - DAY_MS));
  const [p50Ms, p95Ms] = [percentile(times, 0.5), percentile(times, 0.95)];
  return {
    counts: store.domains.counts(),
    ...(p50Ms === undefined ? {} : { p50Ms }),
    ...(p95Ms === undefined ? {} : { p95Ms }),
    ...(completed + error === 0 ? {} : { errorRate24h: error / (completed + error) }),
  };
};

/** What the screen can ask about domains. */
export const createDomainHandlers = (services: Services): DomainHandlers => {
  const { store, clock } = services;
  /** A pause that a server asked for is kept, also by hand. */
  const pauseOf = (id: string): { notBefore?: string } => {
    const pause = store.fetchMemory.host(hostOf(store.domains.get(id)?.url ?? `https://${id}/`));
    return pause && pause.notBefore > toInstant(clock.now()) ? { notBefore: pause.notBefore } : {};
  };
  return {
    'domains.list': (query) => {
      const page = store.domains.list(query);
      return { ...page, rows: page.rows.map((domain) => toRow(services, domain)) };
    },
    'domains.stats': () => readStats(services),
    'domains.get': ({ id }) => toRow(services, found(store.domains.get(id), 'domain')),
    'domains.retry': async ({ ids }) => {
      const moved = await store.domains.retry(ids.map((id) => ({ id, ...pauseOf(id) })));
      return { changed: moved.map(({ id }) => id) };
    },
    'domains.pin': async ({ id, pinned }) => toRow(services, found(await store.domains.pin(id, pinned), 'domain')),
  };
};
