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
  const matching = (status: Domain['status'] | undefined, words: string): readonly string[] => {
    if (!status && words === '') return ids();
    return ids().filter((id) => {
      const domain = domains.get(id);
      if (!domain || (status && domain.status !== status)) return false;
      return words === '' || id.includes(words) || (domain.title?.toLowerCase().includes(words) ?? false);
    });
  };
  /** The cursor's domain may have left the list by a move: the page goes on where it stood. */
  const afterCursor = (found: readonly string[], cursor: string): number => {
    const last = domains.get(cursor);
    if (!last) return found.length;
    const at = found.indexOf(cursor);
    if (at >= 0) return at + 1;
    const next = found.findIndex((id) => inOrder(domains.get(id) ?? last, last) > 0);
    return next < 0 ? found.length : next;
  };
  return ({ status, search, cursor, limit = 100 }) => {
    const found = matching(status, search?.trim().toLowerCase() ?? '');
    const start = cursor === undefined ? 0 : afterCursor(found, cursor);
    const rows = found.slice(start, start + limit).flatMap((id) => domains.get(id) ?? []);
    const last = rows.at(-1);
    const hasMore = start + limit < found.length;
    return { rows: rows.map(withStep), total: found.length, ...(hasMore && last ? { next: last.id } : {}) };
  };
};
