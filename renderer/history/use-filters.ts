import { useCallback, useEffect, useMemo } from 'react';
import { go } from '../client/use-view.ts';
import { type HistoryFilters, readFilters, writeFilters } from './filters.ts';
import { rememberedFilters, rememberFilters } from './remembered-filters.ts';

/** The address params a change of filters writes; empty takes one away. */
export type FilterChange = Partial<
  Record<'status' | 'schedule' | 'job' | 'cause' | 'range' | 'from' | 'to' | 'q' | 'problems', string>
>;

/** The filters in the address. A visit without any goes on with those of the last one. */
export const useFilters = (params: Record<string, string>) => {
  const key = JSON.stringify(params);
  const filters = useMemo<HistoryFilters>(() => readFilters(JSON.parse(key) as Record<string, string>), [key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the first look at the history goes on where the last one ended
  useEffect(() => {
    const kept = rememberedFilters();
    if (key === '{}' && Object.keys(kept).length > 0) go(['history'], kept, 'replace');
  }, []);
  useEffect(() => rememberFilters(writeFilters(filters)), [filters]);
  const change = useCallback(
    (part: FilterChange) => go(['history'], writeFilters(readFilters({ ...writeFilters(filters), ...part })), 'replace'),
    [filters],
  );
  const clear = useCallback(() => go(['history'], {}, 'replace'), []);
  return { filters, change, clear };
};
