const KEY = 'tidings.searches';
const MOST = 6;

/** What was searched before in this window, newest first. */
export const recentSearches = (): string[] => {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(known) ? known.filter((text) => typeof text === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
};

/** Remembers a search; of one that was only continued, the longer. */
export const rememberSearch = (text: string): void => {
  const search = text.trim();
  if (search.length < 2) return;
  const others = recentSearches().filter((other) => !search.startsWith(other) && other !== search);
  localStorage.setItem(KEY, JSON.stringify([search, ...others].slice(0, MOST)));
};

/** Forgets all of them. */
export const forgetSearches = (): void => localStorage.removeItem(KEY);
