import type { SavedSearch } from '../../preload/contract/saved-search.ts';
import { useQuery } from '../client/use-query.ts';

/** The saved search a list shows; undefined while there is none. */
export const useSavedSearch = (id: string | undefined): SavedSearch | undefined =>
  useQuery('searches.list', id ? {} : null, ['searches.changed']).data?.find((search) => search.id === id);
