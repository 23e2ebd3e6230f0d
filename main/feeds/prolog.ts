import { AppError } from '../../preload/contract/errors.ts';
import type { FeedLimits } from './limits.ts';

export type XmlKind = 'rss' | 'rdf' | 'atom';

/** An XML document that may be a feed, from its root element on: prolog, DOCTYPE and leading junk are gone. */
export type OpenedXml = { kind: XmlKind; rootName: string; text: string };

const ROOTS: Record<string, XmlKind> = { rss: 'rss', channel: 'rss', item: 'rss', rdf: 'rdf', feed: 'atom', entry: 'atom' };
const HINTS: Record<string, string> = {
  html: 'a web page',
  head: 'a web page',
  body: 'a web page',
  opml: 'OPML, a list of feeds; import it instead',
  urlset: 'a sitemap',
  sitemapindex: 'a sitemap',
  envelope: 'a SOAP message',
  svg: 'an SVG image',
  kml: 'a map (KML)',
  plist: 'a property list',
  error: 'an error message of a server',
  opensearchdescription: 'a search description',
};
/** Junk before the root that we look through. */
const MAX_JUNK = 65_536;

const notAFeed = (what: string): AppError => new AppError('NOT_A_FEED', `This is not a feed: it looks like ${what}.`);

const badDoctype = (): AppError =>
  new AppError('DOC_DOCTYPE', 'The document has a DOCTYPE that Tidings does not read for safety.');

/** Where the internal subset that starts at `from` ends (its `]`). Quotes and comments are stepped over. */
const endOfSubset = (doctype: string, from: number): number => {
  let at = from;
  while (at < doctype.length) {
    const char = doctype[at];
    if (char === ']') return at;
    if (char === '%') throw badDoctype();
    if (doctype.startsWith('<!--', at)) at = closing(doctype, '-->', at + 4);
    else if (char === '"' || char === "'") at = closing(doctype, char, at + 1);
    else at += 1;
  }
  throw badDoctype();
};
const closing = (text: string, mark: string, from: number): number => {
  const end = text.indexOf(mark, from);
  if (end === -1) throw badDoctype();
  return end + mark.length;
};

/** Where the DOCTYPE at `start` ends. Its subset is never read. Throws DOC_DOCTYPE when it is too long or has parameter entities. */
const endOfDoctype = (text: string, start: number, max: number): number => {
  const doctype = text.slice(start, start + max);
  const end = doctype.indexOf('>');
  const open = doctype.indexOf('[');
  if (end !== -1 && (open === -1 || end < open)) return start + end + 1;
  if (open === -1) throw badDoctype();
  const after = doctype.indexOf('>', endOfSubset(doctype, open + 1));
  if (after === -1) throw badDoctype();
  return start + after + 1;
};

/** Where the construct at `at` ends when it is not an element; undefined when it is one. */
const endOfMisc = (text: string, at: number, limits: FeedLimits): number | undefined => {
  const skip = (mark: string): number => {
    const end = text.indexOf(mark, at);
    return end === -1 ? text.length : end + mark.length;
  };
  if (text.startsWith('<?', at)) return skip('?>');
  if (text.startsWith('<!--', at)) return skip('-->');
  if (/^<!doctype\b/i.test(text.slice(at, at + 10))) return endOfDoctype(text, at, limits.doctype);
  if (text.startsWith('<!', at)) return skip('>');
  return /^<[\p{L}_:]/u.test(text.slice(at, at + 3)) ? undefined : at + 1;
};

const nameAt = (text: string, at: number): string => /^[^\s/>"'=<]+/.exec(text.slice(at + 1, at + 200))?.[0] ?? '';
const localOf = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase();

/** Where the first element starts, behind prolog and junk; -1 when there is none. */
const firstElement = (text: string, from: number, limits: FeedLimits): number => {
  let at = text.indexOf('<', from);
  while (at !== -1) {
    const end = endOfMisc(text, at, limits);
    if (end === undefined) return at;
    at = text.indexOf('<', end);
  }
  return -1;
};

/** A feed's root further on: an error message in HTML may stand in front of it. */
const rootBehindJunk = (text: string, from: number): number => {
  const found = /<(?:[\w.-]+:)?(?:rss|rdf|feed)[\s>]/i.exec(text.slice(from, from + MAX_JUNK));
  return found ? from + found.index : -1;
};

/**
 * Finds the root of an XML feed. Throws NOT_A_FEED with a hint for what it is instead, DOC_DOCTYPE for a DOCTYPE that is not passed.
 */
export const openXml = (text: string, limits: FeedLimits): OpenedXml => {
  let at = firstElement(text, 0, limits);
  if (at === -1) throw notAFeed('plain text');
  let name = nameAt(text, at);
  if (!ROOTS[localOf(name)]) {
    const hint = HINTS[localOf(name)];
    const further = hint ? -1 : rootBehindJunk(text, at);
    if (further === -1) throw notAFeed(hint ?? 'an XML document of another kind');
    at = further;
    name = nameAt(text, at);
  }
  const kind = ROOTS[localOf(name)];
  if (!kind) throw notAFeed('an XML document of another kind');
  return { kind, rootName: name, text: text.slice(at) };
};
