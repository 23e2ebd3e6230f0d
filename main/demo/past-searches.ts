import type { Store } from '../store/repositories.ts';

const SEARCHES = [
  { id: 'demo-fog', name: 'Fog and harbours', search: 'fog OR harbour is:unread' },
  { id: 'demo-evening', name: 'Worth an evening', search: 'score>100 is:unread after:7d' },
];

/** Searches the owner of the demo saved on the first day. */
export const seedSearches = (store: Store, bornAt: number): Promise<void> =>
  store.searches.put(SEARCHES.map((search, place) => ({ ...search, place, addedAt: new Date(bornAt).toISOString() })));
