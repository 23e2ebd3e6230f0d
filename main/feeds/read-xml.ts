import RssParser from 'rss-parser';
import { parseDate } from './dates.ts';
import type { Lifted } from './lift.ts';
import type { FeedLimits } from './limits.ts';
import type { NameOf } from './names.ts';

/** An element as the parser gives it: text, or attributes, text and children. */
export type XmlNode = string | { _?: string; $?: Record<string, string>; [child: string]: unknown };

/** One item or channel: its elements in all their occurrences, under the names of names.ts. */
export type RawElement = {
  attributes: Record<string, string>;
  all: (name: string) => XmlNode[];
};

export type RawFeed = {
  head: RawElement;
  items: RawElement[];
  /** The text of a node; bodies waited outside the parser. */
  textOf: (node: XmlNode | undefined) => string;
  /** A text turned out to hold child elements, whose order this parser loses: rewrite the document and read again. */
  hasMarkup: () => boolean;
  /** Texts were cut to their limit. */
  cuts: () => number;
};

const SHARED =
  '$ title link atom:link description subtitle tagline author dc:creator itunes:author updated modified dc:date'.split(' ');
const HEAD = [
  ...SHARED,
  ...'language dc:language ttl sy:updatePeriod sy:updateFrequency id dc:title dc:description itunes:summary'.split(' '),
];
const ITEM = [
  ...SHARED,
  ...`guid id summary content content:encoded xhtml:body body pubDate published issued created date dcterms:created dcterms:issued
  dcterms:modified atom:updated atom:published atom:author creator enclosure media:group media:content media:title
  media:description media:thumbnail media:credit category dc:subject comments itunes:summary itunes:subtitle itunes:duration atom:summary atom:content source
  dc:description dc:title`.split(/\s+/),
];
const KEYS = new Map([...HEAD, ...ITEM].map((name) => [name, `raw ${name}`]));
type Custom = [string, string, { keepArray: boolean }];
const custom = (names: string[]): Custom[] => names.map((name) => [name, `raw ${name}`, { keepArray: true }]);
const CUSTOM_HEAD = custom(HEAD);
const CUSTOM_ITEM = custom(ITEM);

/** The elements that occur in a document: it has a dozen of the names we know, and each is looked for in every item. */
const presentIn = (text: string, nameOf: NameOf): ReadonlySet<string> => {
  const present = new Set(['$']);
  for (const [, name = ''] of text.matchAll(/<([^\s<>/!?]+)/g)) present.add(nameOf(name));
  return present;
};

const DATES = new Set(
  'pubDate published updated issued modified created date dc:date dcterms:created dcterms:issued dcterms:modified atom:updated atom:published'.split(
    ' ',
  ),
);
/** Texts that may be long: they wait outside, because the parser makes a snippet of each with an expression that bad input makes quadratic. */
const BODIES = new Set(
  'description summary content content:encoded xhtml:body body media:description itunes:summary subtitle tagline atom:summary atom:content dc:description'.split(
    ' ',
  ),
);
/** Stands for a text that waits outside. The character cannot occur in a cleaned document. */
const MARK = '\u0001body ';

const NONE: XmlNode[] = [];
const toElement = (from: Record<string, unknown>, present: ReadonlySet<string>): RawElement => ({
  attributes: isRecord(from['raw $']) ? (from['raw $'] as Record<string, string>) : {},
  all: (name) => {
    const nodes = present.has(name) ? from[KEYS.get(name) ?? ''] : undefined;
    return Array.isArray(nodes) ? (nodes as XmlNode[]) : NONE;
  },
});
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Child elements of a node by name. */
export const childrenOf = (node: XmlNode, name: string): XmlNode[] => {
  const nodes = typeof node === 'string' ? undefined : node[name];
  return Array.isArray(nodes) ? (nodes as XmlNode[]) : [];
};
/** One attribute of a node. */
export const attributeOf = (node: XmlNode, name: string): string | undefined => {
  const value = typeof node === 'string' ? undefined : node.$?.[name];
  return typeof value === 'string' ? value : undefined;
};

/**
 * Reads well-formed XML with rss-parser. It recognises the feed and finds its items; every element of ours is asked for in
 * all its occurrences, because its own choices lose attributes, second links and dates. Rejects where the XML is not well-formed.
 */
export const readXml = async (lifted: Lifted, nameOf: NameOf, limits: FeedLimits): Promise<RawFeed> => {
  const bodies: string[] = [];
  let cuts = 0;
  let sawMarkup = false;
  const holdBody = (value: string, name: string): string => {
    if (DATES.has(name)) return parseDate(value) ?? '';
    if (!BODIES.has(name)) return value;
    const body = lifted.restore(value);
    if (body.length > limits.rawText) cuts += 1;
    bodies.push(body.slice(0, limits.rawText));
    return `${MARK}${bodies.length - 1}`;
  };
  const present = presentIn(lifted.text, nameOf);
  const isPresent = ([name]: Custom): boolean => present.has(name);
  const parser = new RssParser<Record<string, unknown>, Record<string, unknown>>({
    defaultRSS: 2,
    customFields: { feed: CUSTOM_HEAD.filter(isPresent), item: CUSTOM_ITEM.filter(isPresent) } as never,
    xml2js: { tagNameProcessors: [nameOf], valueProcessors: [holdBody] },
  });
  const feed = await parser.parseString(lifted.text);
  const textOf = (node: XmlNode | undefined): string => {
    if (node === undefined) return '';
    const value = typeof node === 'string' ? node : node._;
    if (typeof node !== 'string' && Object.keys(node).some((key) => key !== '_' && key !== '$')) sawMarkup = true;
    if (typeof value !== 'string') return '';
    return value.startsWith(MARK) ? (bodies[Number(value.slice(MARK.length))] ?? '') : lifted.restore(value);
  };
  return {
    head: toElement(feed, present),
    items: feed.items.map((item) => toElement(item, present)),
    textOf,
    hasMarkup: () => sawMarkup,
    cuts: () => cuts,
  };
};
