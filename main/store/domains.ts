import type { Domain, DomainStatus } from '../../preload/contract/domain.ts';
import type { Log } from '../lib/log.ts';
import type { Collection } from './collection.ts';
import { listDomains } from './domains-list.ts';
import type { DomainsRepository } from './repositories.ts';
import type { Shape } from './rows.ts';

export const domainsShape: Shape<Domain> = { name: 'domains', keyOf: (row) => row.id, migrations: [(row) => row] };

type Processing = Extract<Domain, { status: 'processing' }>;
type Ended = Extract<Domain, { status: 'completed' | 'error' }>;
const STATUSES: readonly DomainStatus[] = ['pending', 'processing', 'completed', 'error'];

/** What stays through every move. */
const lasting = (domain: Domain) => {
  const { id, url, pinned, addedAt, attempts, title, description, faviconUrl, language, feeds, checkedAt } = domain;
  return {
    ...{ id, pinned, addedAt, attempts, feeds },
    ...(url ? { url } : {}),
    ...(title ? { title } : {}),
    ...(description ? { description } : {}),
    ...(faviconUrl ? { faviconUrl } : {}),
    ...(language ? { language } : {}),
    ...(checkedAt ? { checkedAt } : {}),
  };
};
const toPending = (domain: Domain, notBefore: string | undefined): Domain => ({
  ...lasting(domain),
  status: 'pending',
  ...(notBefore ? { notBefore } : {}),
  ...(domain.status === 'error' ? { errorCode: domain.errorCode, errorMessage: domain.errorMessage } : {}),
});

const inAskingOrder = (a: Domain, b: Domain): number =>
  Number(b.pinned) - Number(a.pinned) || (a.addedAt < b.addedAt ? -1 : a.addedAt > b.addedAt ? 1 : a.id < b.id ? -1 : 1);

/** The first `limit` in an order; looks at each row once, because there may be very many. */
const firstOf = <Row>(rows: readonly Row[], limit: number, compare: (a: Row, b: Row) => number): Row[] => {
  const first: Row[] = [];
  for (const row of rows) {
    const last = first[limit - 1];
    if (last && compare(last, row) <= 0) continue;
    let [from, to] = [0, first.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (compare(row, first[middle] as Row) < 0) to = middle;
      else from = middle + 1;
    }
    first.splice(from, 0, row);
    if (first.length > limit) first.pop();
  }
  return first;
};
const newestEndFirst = (a: Ended, b: Ended): number => (a.endedAt < b.endedAt ? 1 : a.endedAt > b.endedAt ? -1 : 0);

/** Ids by status, kept beside the collection. */
const createByStatus = (domains: Collection<Domain>) => {
  const byStatus = new Map<DomainStatus, Set<string>>(STATUSES.map((status) => [status, new Set()]));
  const index = (before: Domain | undefined, after: Domain | undefined): void => {
    if (before) byStatus.get(before.status)?.delete(before.id);
    if (after) byStatus.get(after.status)?.add(after.id);
  };
  for (const domain of domains.all()) index(undefined, domain);
  domains.onChange(index);
  return {
    size: (status: DomainStatus): number => byStatus.get(status)?.size ?? 0,
    rows: (status: DomainStatus): Domain[] => {
      const found: Domain[] = [];
      for (const id of byStatus.get(status) ?? []) {
        const domain = domains.get(id);
        if (domain) found.push(domain);
      }
      return found;
    },
  };
};

/** The sites posts link to, and their one way round: pending -> processing -> completed | error -> pending. */
export const createDomains = (domains: Collection<Domain>, log: Log): DomainsRepository => {
  const statuses = createByStatus(domains);
  const steps = new Map<string, Processing['step']>();
  const moveListeners: ((domain: Domain) => void)[] = [];
  const listListeners: ((change: { added: number; removed: number }) => void)[] = [];
  const withStep = (domain: Domain): Domain =>
    domain.status === 'processing' ? { ...domain, step: steps.get(domain.id) ?? domain.step } : domain;
  const announce = (rows: readonly Domain[]): void => {
    for (const row of rows) for (const listener of moveListeners) listener(withStep(row));
  };
  const announceList = (change: { added: number; removed: number }): void => {
    for (const listener of listListeners) listener(change);
  };
  /** Moves what may move, in one write. */
  const moveAll = async (ids: readonly string[], from: readonly DomainStatus[], next: (domain: Domain) => Domain) => {
    const rows = [...new Set(ids)].flatMap((id) => {
      const domain = domains.get(id);
      return domain && from.includes(domain.status) ? [next(domain)] : [];
    });
    await domains.put(rows);
    for (const { id } of rows) steps.delete(id);
    announce(rows);
    return rows;
  };
  const moveOne = async (id: string, from: DomainStatus, next: (domain: Domain) => Domain): Promise<Domain | null> => {
    const status = domains.get(id)?.status ?? 'unknown';
    const [row] = await moveAll([id], [from], next);
    if (!row) log.warn('Domain move refused', { domain: id, status, allowed: from });
    return row ?? null;
  };

  return {
    get: (id) => {
      const domain = domains.get(id);
      return domain && withStep(domain);
    },
    all: () => domains.all().map(withStep),
    addNew: async (found, addedAt) => {
      const fresh = new Map(found.filter(({ id }) => id !== '' && !domains.get(id)).map((row) => [row.id, row]));
      const rows = [...fresh.values()].map(
        ({ id, url }): Domain => ({
          id,
          ...(url ? { url } : {}),
          status: 'pending',
          pinned: false,
          addedAt,
          attempts: 0,
          feeds: [],
        }),
      );
      await domains.put(rows);
      if (rows.length > 0) announceList({ added: rows.length, removed: 0 });
      return rows;
    },
    due: (now, limit, isHeldBack = () => false) =>
      firstOf(
        statuses
          .rows('pending')
          .filter(
            (domain) => !(domain.status === 'pending' && domain.notBefore && domain.notBefore > now) && !isHeldBack(domain),
          ),
        limit,
        inAskingOrder,
      ),
    wakeUp: async (now) => {
      const ready = statuses.rows('error').filter((domain) => domain.status === 'error' && (domain.notBefore ?? '~') <= now);
      const moved = await moveAll(
        ready.map(({ id }) => id),
        ['error'],
        (domain) => toPending(domain, undefined),
      );
      return moved.length;
    },
    start: (id, begin) =>
      moveOne(id, 'pending', (domain) => ({ ...lasting(domain), ...begin, status: 'processing', step: 'resolving' })),
    step: (id, step) => {
      const domain = domains.get(id);
      if (domain?.status !== 'processing' || steps.get(id) === step) return null;
      steps.set(id, step);
      announce([domain]);
      return withStep(domain);
    },
    complete: (id, { facts, ...end }) =>
      moveOne(id, 'processing', (domain) => {
        const { title: _t, description: _d, faviconUrl: _f, language: _l, ...rest } = lasting(domain);
        return { ...rest, ...facts, ...end, attempts: 0, checkedAt: end.endedAt, status: 'completed' };
      }),
    fail: (id, { wasAsked = true, ...end }) =>
      moveOne(id, 'processing', (domain) => ({
        ...lasting(domain),
        ...end,
        errorMessage: end.errorMessage.slice(0, 300),
        attempts: domain.attempts + (wasAsked ? 1 : 0),
        status: 'error',
      })),
    putBack: (ids, notBefore) => moveAll(ids, ['processing'], (domain) => toPending(domain, notBefore)),
    retry: async (moves) => {
      const waits = new Map(moves.map(({ id, notBefore }) => [id, notBefore]));
      return moveAll([...waits.keys()], ['error', 'completed'], (domain) => ({
        ...toPending(domain, waits.get(domain.id)),
        attempts: 0,
      }));
    },
    pin: async (id, pinned) => {
      const domain = domains.get(id);
      if (!domain) return null;
      const row = { ...domain, pinned };
      if (domain.pinned !== pinned) {
        await domains.put([row]);
        announce([row]);
      }
      return withStep(row);
    },
    processing: () => statuses.rows('processing').map(withStep),
    counts: () => ({
      pending: statuses.size('pending'),
      processing: statuses.size('processing'),
      completed: statuses.size('completed'),
      error: statuses.size('error'),
    }),
    list: listDomains(domains, withStep),
    // The newest moved last: from the end, most of the others are passed over.
    recentEnds: (limit) =>
      firstOf(([...statuses.rows('completed'), ...statuses.rows('error')] as Ended[]).reverse(), limit, newestEndFirst),
    endedSince: (instant) => {
      const endedIn = (status: 'completed' | 'error'): number =>
        (statuses.rows(status) as Ended[]).filter(({ endedAt }) => endedAt >= instant).length;
      return { completed: endedIn('completed'), error: endedIn('error') };
    },
    remove: async (ids) => {
      const removed = await domains.remove([...ids]);
      if (removed > 0) announceList({ added: 0, removed });
      return removed;
    },
    onMove: (listener) => moveListeners.push(listener),
    onListed: (listener) => listListeners.push(listener),
  };
};
