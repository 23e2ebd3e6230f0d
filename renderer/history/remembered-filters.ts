const KEY = 'tidings.history.filters';

/** The filters the history was left with, as address params; none the first time. */
export const rememberedFilters = (): Record<string, string> => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as unknown;
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
};

/** Keeps them for the next visit; none forgets them. */
export const rememberFilters = (params: Record<string, string>): void => {
  if (Object.keys(params).length === 0) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, JSON.stringify(params));
};
