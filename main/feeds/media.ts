import type { ParsedEnclosure } from './parsed-feed.ts';
import type { ReadContext } from './read-context.ts';
import { attributeOf, childrenOf, type RawElement, type XmlNode } from './read-xml.ts';
import { titleToText } from './text.ts';

/** A size in bytes as feeds claim it. */
const toLength = (raw: string | undefined): number | undefined => {
  const text = raw?.trim() ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

const toEnclosure = (context: ReadContext, node: XmlNode, element: RawElement): ParsedEnclosure[] => {
  const address = attributeOf(node, 'url') ?? attributeOf(node, 'href') ?? attributeOf(node, 'rdf:resource');
  const url = context.links.resolve(address ?? context.raw.textOf(node), node, element);
  if (!url) return [];
  const type = (attributeOf(node, 'type') ?? attributeOf(node, 'enc:type'))?.trim().slice(0, 100);
  const length = toLength(attributeOf(node, 'length') ?? attributeOf(node, 'fileSize') ?? attributeOf(node, 'filesize'));
  return [{ url, ...(type ? { type } : {}), ...(length !== undefined ? { length } : {}) }];
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
  return {
    enclosures: [...unique.values()].toReversed().slice(0, context.limits.list),
    title: title ? titleToText(title, context.limits.title) : undefined,
    description: text('media:description')?.slice(0, context.limits.content),
  };
};
