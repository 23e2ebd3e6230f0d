import type { Domain, DomainQuery } from '../../preload/contract/domain.ts';
import type { Page } from '../../preload/contract/values.ts';
import type { Collection } from './collection.ts';

const inOrder = (a: Domain, b: Domain): number =>
  Number(b.pinned) - Number(a.pinned) ||
  (a.addedAt > b.addedAt ? -1 : a.addedAt < b.addedAt ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Answers lists of domains. The order is kept until a domain comes, goes or is pinned: moves between the states change nothing in it. */
export const listDomains = (
  domains: Collection<Domain>,
  withStep: (domain: Domain) => Domain,
): ((query: DomainQuery) => Page<Domain>) => {
  let sorted: string[] | undefined;
  domains.onChange((before, after) => {
    if (!before || !after || before.pinned !== after.pinned) sorted = undefined;
  });
  const ids = (): string[] => {
    sorted ??= domains
      .all()
      .sort(inOrder)
      .map(({ id }) => id);
    return sorted;
  };
  return ({ status, search, cursor, limit = 100 }) => {
    const words = search?.trim().toLowerCase() ?? '';
    const matching = ids().flatMap((id) => {
      const domain = domains.get(id);
      if (!domain || (status && domain.status !== status)) return [];
      return words === '' || id.includes(words) || domain.title?.toLowerCase().includes(words) ? [domain] : [];
    });
    const start = cursor === undefined ? 0 : afterCursor(matching, domains.get(cursor));
    const rows = matching.slice(start, start + limit);
    const last = rows.at(-1);
    const hasMore = start + limit < matching.length;
    return { rows: rows.map(withStep), total: matching.length, ...(hasMore && last ? { next: last.id } : {}) };
  };
};

/** The cursor's domain may have left the list by a move: the page goes on where it stood. */
const afterCursor = (matching: readonly Domain[], last: Domain | undefined): number => {
  if (!last) return matching.length;
  const at = matching.findIndex((domain) => inOrder(domain, last) > 0);
  return at < 0 ? matching.length : at;
};
