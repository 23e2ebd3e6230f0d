import { Parser } from 'htmlparser2';
import { toSafeLink } from '../net/url.ts';
import { parseDate } from './dates.ts';
import { decode } from './decode.ts';

/** One address a sitemap tells of. */
export type SitemapEntry = { url: string; lastModified?: string };
/** A sitemap, or an index of sitemaps. https://www.sitemaps.org/protocol.html */
export type Sitemap = { pages: SitemapEntry[]; sitemaps: SitemapEntry[]; isCut: boolean };

/** The protocol's own limit of addresses; one document holds no more. */
const MOST_ENTRIES = 50_000;
const MOST_SITEMAPS = 500;
/** Characters that are read of one document, and of it in one stretch. */
const MOST_CHARS = 12_000_000;
const SLICE = 262_144;

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Reads a sitemap, in slices that leave the thread free between them. Never throws; what is no sitemap is empty. */
export const readSitemap = async (bytes: Uint8Array, url: string, contentType?: string): Promise<Sitemap> => {
  const { text } = decode(bytes, contentType);
  const sitemap: Sitemap = { pages: [], sitemaps: [], isCut: text.length > MOST_CHARS };
  let field: 'loc' | 'lastmod' | undefined;
  let entry = { loc: '', lastmod: '' };
  const keep = (list: SitemapEntry[], most: number): void => {
    const link = toSafeLink(entry.loc.trim(), url);
    const lastModified = parseDate(entry.lastmod);
    if (list.length >= most) sitemap.isCut = true;
    else if (link) list.push(lastModified ? { url: link, lastModified } : { url: link });
  };
  const parser = new Parser(
    {
      onopentagname: (name) => {
        if (name === 'url' || name === 'sitemap') entry = { loc: '', lastmod: '' };
        field = name === 'loc' || name === 'lastmod' ? name : undefined;
      },
      ontext: (part) => {
        if (field && entry[field].length < 4096) entry[field] += part;
      },
      onclosetag: (name) => {
        field = undefined;
        if (name === 'url') keep(sitemap.pages, MOST_ENTRIES);
        if (name === 'sitemap') keep(sitemap.sitemaps, MOST_SITEMAPS);
      },
    },
    { xmlMode: true },
  );
  for (let at = 0; at < Math.min(text.length, MOST_CHARS) && sitemap.pages.length < MOST_ENTRIES; at += SLICE) {
    parser.write(text.slice(at, at + SLICE));
    await breathe();
  }
  parser.end();
  return sitemap;
};

/** The sitemaps a `robots.txt` names, at most 5. */
export const sitemapsOfRobots = (bytes: Uint8Array, url: string): string[] =>
  [...new TextDecoder().decode(bytes.subarray(0, 524_288)).matchAll(/^\s*sitemap\s*:\s*(\S+)/gim)]
    .flatMap(([, link]) => toSafeLink(link, url) ?? [])
    .slice(0, 5);
