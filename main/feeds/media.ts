import type { ParsedEnclosure } from './parsed-feed.ts';
import type { ReadContext } from './read-context.ts';
import { attributeOf, childrenOf, type RawElement, type XmlNode } from './read-xml.ts';
import { titleToText } from './text.ts';

/** A size in bytes as feeds claim it. */
const toLength = (raw: string | undefined): number | undefined => {
  const text = raw?.trim() ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

const MAX_SECONDS = 1_000_000;

/** `itunes:duration`, `duration` of Media RSS: seconds, `MM:SS` or `HH:MM:SS`. */
export const toSeconds = (raw: string | undefined): number | undefined => {
  const text = raw?.trim() ?? '';
  if (!/^\d{1,7}(?:\.\d+)?$|^\d{1,3}(?::\d{1,2}){1,2}(?:\.\d+)?$/.test(text)) return undefined;
  const seconds = Math.round(text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0));
  return seconds > 0 && seconds <= MAX_SECONDS ? seconds : undefined;
};

const toEnclosure = (context: ReadContext, node: XmlNode, element: RawElement): ParsedEnclosure[] => {
  const address = attributeOf(node, 'url') ?? attributeOf(node, 'href') ?? attributeOf(node, 'rdf:resource');
  const url = context.links.resolve(address ?? context.raw.textOf(node), node, element);
  if (!url) return [];
  const type = (attributeOf(node, 'type') ?? attributeOf(node, 'enc:type'))?.trim().slice(0, 100);
  const length = toLength(attributeOf(node, 'length') ?? attributeOf(node, 'fileSize') ?? attributeOf(node, 'filesize'));
  const seconds = toSeconds(attributeOf(node, 'duration'));
  return [{ url, ...(type ? { type } : {}), ...(length !== undefined ? { length } : {}), ...(seconds ? { seconds } : {}) }];
};

export type Media = { enclosures: ParsedEnclosure[]; title?: string; description?: string };

/** Enclosures, Atom's enclosure links and Media RSS, each address once. https://www.rssboard.org/media-rss */
export const mediaOf = (context: ReadContext, element: RawElement): Media => {
  const groups = element.all('media:group');
  const inGroups = (name: string): XmlNode[] => groups.flatMap((group) => childrenOf(group, name));
  const contents = [...element.all('media:content'), ...inGroups('media:content')];
  const links = [...element.all('atom:link'), ...element.all('link')].filter(
    (node) => attributeOf(node, 'rel')?.toLowerCase() === 'enclosure',
  );
  const nodes = [
    ...element.all('enclosure'),
    ...links,
    ...contents,
    ...element.all('media:thumbnail'),
    ...inGroups('media:thumbnail'),
  ];
  const found = nodes.slice(0, context.limits.list * 5).flatMap((node) => toEnclosure(context, node, element));
  const unique = new Map(found.toReversed().map((enclosure) => [enclosure.url, enclosure]));
  const text = (name: string): string | undefined => {
    const nodes = [...element.all(name), ...inGroups(name), ...contents.flatMap((content) => childrenOf(content, name))];
    return nodes.map((node) => context.raw.textOf(node)).find((value) => value.trim() !== '');
  };
  const title = text('media:title');
  // An episode says how long it is beside its one file.
  const episode = toSeconds(text('itunes:duration'));
  const isOne = unique.size === 1 && episode !== undefined;
  return {
    enclosures: [...unique.values()]
      .toReversed()
      .slice(0, context.limits.list)
      .map((file) => (isOne && file.seconds === undefined ? { ...file, seconds: episode } : file)),
    title: title ? titleToText(title, context.limits.title) : undefined,
    description: text('media:description')?.slice(0, context.limits.content),
  };
};
