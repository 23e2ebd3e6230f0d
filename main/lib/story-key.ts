/*
 * What tells that two posts of different sources are about the same page: its address, or, weaker, its title. Never stored:
 * these may become cleverer with any version. (`link-key.ts` makes the keys that are stored.)
 */

/** What is added to an address to count readers, and changes nothing of what stands there. */
const COUNTS_READERS =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|twclid|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|cmpid|ncid|ref_src|ref_url|at_medium|at_campaign|guccounter|guce_\w+)$/i;
/** The same in most places, but a page's own number in some. */
const MAY_COUNT_READERS = /^(?:ref|source|src|via|from)$/i;
const ASKS_FOR_AMP = /^(?:amp|outputtype)$/i;

const isNoise = (name: string, value: string): boolean =>
  COUNTS_READERS.test(name) ||
  (MAY_COUNT_READERS.test(name) && !/\d/.test(value)) ||
  (ASKS_FOR_AMP.test(name) && /^(?:1|true|amp|)$/i.test(value));

/** `www.`, `m.`, `mobile.` and `amp.` off, as long as a whole name is left: `m.me` stays. */
const plainHost = (host: string): string => {
  const plain = host.replace(/^(?:www\d?|m|mobile|amp)\./, '').replace(/^([a-z]{2,3})\.m\./, '$1.');
  return plain.includes('.') ? plain : host;
};

const plainPath = (path: string): string =>
  path
    .replace(/\/(?:index\.(?:html?|php))?$/i, '')
    .replace(/(?:\/amp|\.amp(?=\.html?$)|\.amp)$/i, '')
    .replace(/\/$/, '');

/** A page that an AMP cache holds, by its own address. */
const outOfCache = (url: URL): URL | null => {
  const cached = /^\/amp\/(?:s\/)?([^/]+\..+)$/.exec(url.pathname)?.[1];
  return cached && /(?:^|\.)google\.\w+(?:\.\w+)?$/.test(url.host) ? URL.parse(`https://${cached}${url.search}`) : url;
};

/** Most addresses: nothing to decode, no query, no port. What they say can be read without parsing them. */
const SIMPLE = /^https?:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24})(\/[\w~.-][\w~./-]*)$/;
const simpleLink = (url: string): string | undefined => {
  const [, host, path] = SIMPLE.exec(url) ?? [];
  if (host === undefined || path === undefined || /\/\.|\/\/|^\/amp\//.test(path)) return undefined;
  const rest = plainPath(path);
  return rest === '' ? '' : `${plainHost(host)}${rest}`;
};

/**
 * The address of a page without what two ways of writing it differ in; empty when it names no page of its own: no address, or the
 * front of a site, which says something else each day.
 */
export const storyLink = (url: string): string => {
  const simple = simpleLink(url);
  if (simple !== undefined) return simple;
  const given = url === '' ? null : URL.parse(url);
  const parsed = given && outOfCache(given);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return '';
  const kept = parsed.search === '' ? [] : [...parsed.searchParams].filter(([name, value]) => !isNoise(name, value));
  kept.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  const query = kept.length > 0 ? `?${new URLSearchParams(kept)}` : '';
  // An address after the number sign is another page only where a script reads it: `#/notes/3`, `#!page`.
  const route = /^#[!/]./.test(parsed.hash) ? parsed.hash : '';
  const rest = `${plainPath(parsed.pathname)}${query}${route}`;
  return rest === '' ? '' : `${plainHost(parsed.host)}${rest}`;
};

const ASCII = /^[\x20-\x7e]*$/;
const ASCII_WORDS = /[a-z0-9]+/g;
const WORDS = /[\p{L}\p{N}\p{M}]+/gu;
const SIGNS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const LEAST_WORDS = 5;
const SIGNS_A_WORD = 2;

/** A title without case, accents of writing and punctuation; empty when it is too short to mean one story only. */
export const storyTitle = (title: string): string => {
  const isAscii = ASCII.test(title);
  const words = (isAscii ? title : title.normalize('NFKC')).toLowerCase().match(isAscii ? ASCII_WORDS : WORDS) ?? [];
  if (words.length >= LEAST_WORDS) return words.join(' ');
  if (isAscii) return '';
  // Scripts without spaces between words are counted by their signs.
  const text = words.join(' ');
  return (text.match(SIGNS)?.length ?? 0) >= LEAST_WORDS * SIGNS_A_WORD ? text : '';
};
