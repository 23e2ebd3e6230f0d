import { hash as digest } from 'node:crypto';
import type { ParsedItem } from './parsed-feed.ts';
import { cleanText } from './text.ts';

/** The longest text that stands for itself as a fingerprint, in characters; longer ones are hashed. */
const MAX_FINGERPRINT = 2048;

const hash = (...parts: (string | undefined)[]): string =>
  digest('sha256', parts.map((part) => part ?? '').join('\n'), 'base64url');

const bounded = (kind: string, text: string): string =>
  text.length > MAX_FINGERPRINT - kind.length - 1 ? `${kind}#${hash(text)}` : `${kind}:${text}`;

/** What an item is recognised by: its own id, else link, else title, else a hash of what there is; undefined when there is nothing. */
export const fingerprintOf = (item: ParsedItem): string | undefined => {
  for (const kind of ['id', 'link', 'title'] as const) {
    const text = cleanText(item[kind] ?? '').trim();
    if (text) return bounded(kind, text);
  }
  const rest = [item.content, item.summary, item.enclosures[0]?.url, item.published, item.author];
  return rest.some(Boolean) ? `hash#${hash(...rest)}` : undefined;
};

/** Link and title together: finds a post again where a feed changes its ids at each fetch. Absent without both. */
export const secondKeyOf = (item: ParsedItem): string | undefined =>
  item.link && item.title ? hash(item.link, item.title).slice(0, 22) : undefined;

const sameness = (item: ParsedItem): string => hash(item.link, item.title, item.content ?? item.summary);

/**
 * One fingerprint an item, in order. Items that share one within a feed keep it when they are the same thing twice;
 * where link or text differ, each gets the id and a hash of its link (of link and title where links agree too), whatever their order.
 */
export const fingerprintsOf = (items: readonly ParsedItem[]): (string | undefined)[] => {
  const plain = items.map(fingerprintOf);
  const groups = new Map<string, ParsedItem[]>();
  items.forEach((item, index) => {
    const key = plain[index];
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), item]);
  });
  return items.map((item, index) => {
    const key = plain[index];
    const group = key === undefined ? [] : (groups.get(key) ?? []);
    if (key === undefined || group.length < 2 || new Set(group.map(sameness)).size < 2) return key;
    const sameLink = group.filter((other) => other.link === item.link);
    const titles = new Set(sameLink.map((other) => other.title));
    const part =
      titles.size > 1 ? hash(item.link, item.title) : new Set(sameLink.map(sameness)).size > 1 ? sameness(item) : hash(item.link);
    return bounded('id', `${key.slice(0, 1900)}+${part.slice(0, 22)}`);
  });
};
