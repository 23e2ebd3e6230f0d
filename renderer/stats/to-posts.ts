import { viewHref } from '../client/view-state.ts';

const DAY_MS = 86_400_000;
type Place = [path: string[], params: Record<string, string>];

const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The posts of some days from `date`, YYYY-MM-DD. */
export const postsFrom = (date: string, days: number): Place => [
  ['posts', 'all'],
  { q: `after:${date} before:${dayAfter(date, days)}` },
];
const quoted = (text: string): string => (/^[\w.-]+$/.test(text) ? text : `"${text.replaceAll('"', '')}"`);

/** Links to the posts of one source, site or author. */
export const sourceHref = (id: string): string => viewHref(['posts', 'source', id]);
export const domainHref = (domain: string): string => viewHref(['posts', 'all'], { q: `domain:${quoted(domain)}` });
export const authorHref = (author: string): string => viewHref(['posts', 'all'], { q: `author:${quoted(author)}` });
