/** Where the window is: a path and what narrows it, as written in the address after `#`. */
export type ViewState = { path: string[]; params: Record<string, string> };

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Reads an address such as `#/posts/today?q=tide&post=p1`. Anything unreadable is the empty path. */
export const parseView = (hash: string): ViewState => {
  const text = hash.startsWith('#') ? hash.slice(1) : hash;
  if (!text.startsWith('/')) return { path: [], params: {} };
  const cut = text.indexOf('?');
  const path = (cut < 0 ? text : text.slice(0, cut)).split('/').filter(Boolean).map(decode);
  const params = cut < 0 ? {} : Object.fromEntries(new URLSearchParams(text.slice(cut + 1)));
  return { path, params };
};

/** Writes an address that `parseView` reads back. Empty and absent params are left out. */
export const viewHref = (path: readonly string[], params: Record<string, string | undefined> = {}): string => {
  const kept = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = kept.length === 0 ? '' : `?${new URLSearchParams(kept)}`;
  return `#/${path.map(encodeURIComponent).join('/')}${query}`;
};
