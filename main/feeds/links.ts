import { toSafeLink } from '../net/url.ts';
import type { FeedLimits } from './limits.ts';
import type { Links } from './read-context.ts';
import { attributeOf, type RawElement, type RawFeed, type XmlNode } from './read-xml.ts';

/** `example.org/a` or `www.example.org`, written without a scheme. */
const WITHOUT_SCHEME = /^(?:www\.[\w-]+\.|(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|io|dev|info|co\.uk|de|fr|ru|jp|cn|eu)\/)/i;

const withScheme = (raw: string): string => {
  const text = raw.trim();
  return WITHOUT_SCHEME.test(text) ? `http://${text}` : text;
};

const baseNear = (near: (RawElement | XmlNode)[], base: string): string => {
  for (const place of near) {
    const written = isElement(place) ? place.attributes['xml:base'] : attributeOf(place, 'xml:base');
    if (written) return written;
  }
  return base;
};
const isElement = (place: RawElement | XmlNode): place is RawElement =>
  typeof place !== 'string' && typeof (place as RawElement).all === 'function';

type Candidate = { href: string; rel: string; type: string; node: XmlNode };

/** Links with `href`, Atom's way. RFC 4287, section 4.2.7. */
const atomLinks = (element: RawElement): Candidate[] =>
  [...element.all('atom:link'), ...element.all('link')].flatMap((node) => {
    const href = attributeOf(node, 'href') ?? attributeOf(node, 'HREF');
    if (!href?.trim()) return [];
    return [
      { href, node, rel: attributeOf(node, 'rel')?.toLowerCase() ?? '', type: attributeOf(node, 'type')?.toLowerCase() ?? '' },
    ];
  });

/** The page: alternate or unmarked, HTML before other types; as a last resort `self`. */
const bestOf = (candidates: Candidate[], isHead: boolean): Candidate | undefined => {
  const pages = candidates.filter(({ rel }) => rel === 'alternate' || rel === '');
  const html = pages.find(({ type }) => type === '' || type.includes('html'));
  const other = isHead
    ? undefined
    : candidates.find(({ rel }) => rel !== 'self' && rel !== 'enclosure' && !/^(edit|replies|hub|next|prev)/.test(rel));
  return html ?? pages[0] ?? other ?? candidates.find(({ rel }) => rel === 'self');
};

/** Resolves the links of one document whose own address is `base`. */
export const createLinks = (base: string, limits: FeedLimits): Links => {
  const resolve: Links['resolve'] = (written, ...near) => {
    if (!written?.trim() || written.length > limits.url * 2) return undefined;
    const address = withScheme(written);
    return toSafeLink(address, /^https?:\/\//i.test(address) ? undefined : baseNear(near, base));
  };
  const fromText = (element: RawElement, raw: RawFeed): string | undefined => {
    for (const node of [...element.all('link'), ...element.all('atom:link')]) {
      const link = resolve(raw.textOf(node), node, element);
      if (link) return link;
    }
    return undefined;
  };
  const fromAtom = (element: RawElement, isHead: boolean): string | undefined => {
    const best = bestOf(atomLinks(element), isHead);
    return best && resolve(best.href, best.node, element);
  };
  const fromGuid = (element: RawElement, raw: RawFeed): string | undefined => {
    const [guid] = element.all('guid');
    if (guid !== undefined && attributeOf(guid, 'isPermaLink')?.toLowerCase() === 'false') return undefined;
    const text = raw.textOf(guid ?? element.all('id')[0]).trim();
    return /^https?:\/\//i.test(text) ? resolve(text, element) : undefined;
  };
  return {
    resolve,
    ofItem: (element, raw) =>
      fromText(element, raw) ??
      fromAtom(element, false) ??
      fromGuid(element, raw) ??
      resolve(element.attributes['rdf:about'], element),
    ofHead: (element, raw) => fromText(element, raw) ?? fromAtom(element, true),
  };
};
