import type { Enclosure } from '../../preload/contract/post.ts';
import { toSafeLink } from '../net/url.ts';
import type { ParsedEnclosure } from './parsed-feed.ts';

const MAX_ENCLOSURES = 20;

/** Enclosures with safe addresses only. */
export const safeEnclosures = (enclosures: readonly ParsedEnclosure[], base: string): Enclosure[] =>
  enclosures.slice(0, MAX_ENCLOSURES).flatMap((enclosure) => {
    const url = toSafeLink(enclosure.url, base);
    return url ? [{ ...enclosure, url }] : [];
  });
