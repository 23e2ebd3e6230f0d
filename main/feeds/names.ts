import type { XmlKind } from './prolog.ts';

/** Namespaces we read, by the prefix we give them. `''` is the feed's own language. */
const NAMESPACES: Record<string, string> = {
  'http://www.w3.org/2005/atom': 'atom',
  'https://www.w3.org/2005/atom': 'atom',
  'http://purl.org/atom/ns#': 'atom',
  'http://purl.org/atom/ns': 'atom',
  'http://purl.org/rss/1.0': '',
  'http://my.netscape.com/rdf/simple/0.9': '',
  'http://channel.netscape.com/rdf/simple/0.9': '',
  'http://my.netscape.com/publish/formats/rss-0.9.dtd': '',
  'http://my.netscape.com/publish/formats/rss-0.91.dtd': '',
  'http://backend.userland.com/rss2': '',
  'http://backend.userland.com/rss': '',
  'http://blogs.law.harvard.edu/tech/rss': '',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
  'http://purl.org/rss/1.0/modules/content': 'content',
  'http://purl.org/dc/elements/1.1': 'dc',
  'http://purl.org/dc/elements/1.0': 'dc',
  'http://purl.org/dc/terms': 'dcterms',
  'http://search.yahoo.com/mrss': 'media',
  'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://www.w3.org/1999/xhtml': 'xhtml',
  'http://purl.org/rss/1.0/modules/syndication': 'sy',
};

/** Every element name we read. All others become `other`, so that no name a feed invents reaches an object. */
const KNOWN = new Map(
  `rss rdf:RDF channel feed entry item title link guid id description summary content content:encoded subtitle tagline
  pubDate published updated issued modified created date dc:date dcterms:created dcterms:issued dcterms:modified
  author name email uri contributor dc:creator dc:publisher creator managingEditor webMaster itunes:author
  enclosure media:group media:content media:thumbnail media:title media:description media:credit category dc:subject comments
  atom:link atom:id atom:updated atom:published atom:author atom:name atom:email atom:summary atom:content atom:title
  xhtml:body body language dc:language ttl dc:title dc:description source image url itunes:summary itunes:subtitle itunes:duration
  lastBuildDate dc:identifier items textInput sy:updatePeriod sy:updateFrequency`
    .split(/\s+/)
    .map((name) => [name.toLowerCase(), name]),
);

export type NameOf = (qualified: string) => string;

const XMLNS = /\bxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]{0,300})"|'([^']{0,300})')/g;

/** What each prefix of this document stands for. The first binding wins. */
const readPrefixes = (text: string): Map<string, string> => {
  const prefixes = new Map<string, string>();
  for (const [, prefix = '', double, single] of text.matchAll(XMLNS)) {
    const known = NAMESPACES[(double ?? single ?? '').trim().toLowerCase().replace(/\/$/, '')];
    if (known !== undefined && !prefixes.has(prefix)) prefixes.set(prefix, known);
  }
  return prefixes;
};

/** The prefix we give a name that the document writes with `written`. */
const prefixOf = (written: string, kind: XmlKind, prefixes: Map<string, string>): string => {
  if (written === '') return '';
  const prefix = prefixes.get(written) ?? written.toLowerCase();
  return prefix === 'rss' || (prefix === 'atom' && kind === 'atom') ? '' : prefix;
};

const readName = (qualified: string, kind: XmlKind, prefixes: Map<string, string>): string => {
  const colon = qualified.indexOf(':');
  const prefix = prefixOf(qualified.slice(0, Math.max(0, colon)), kind, prefixes);
  const local = qualified.slice(colon + 1).toLowerCase();
  const name = prefix ? `${prefix}:${local}` : local;
  if (name === 'rdf') return 'rdf:RDF';
  if (name === 'link' && kind === 'atom') return 'atom:link';
  return KNOWN.get(name) ?? 'other';
};

/**
 * Element names as we read them: prefixes as usual whatever the document calls them, capitals put right.
 * In Atom its own namespace has no prefix, and its links go by `atom:link` as they do inside RSS.
 */
export const createNameOf = (kind: XmlKind, text: string): NameOf => {
  const prefixes = readPrefixes(text);
  const seen = new Map<string, string>();
  return (qualified) => {
    const known = seen.get(qualified);
    if (known !== undefined) return known;
    const name = readName(qualified, kind, prefixes);
    if (seen.size < 5000) seen.set(qualified, name);
    return name;
  };
};
