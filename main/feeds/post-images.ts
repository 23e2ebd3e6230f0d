import { createHash } from 'node:crypto';
import { toSafeLink } from '../net/url.ts';
import { domainOf } from './domain-of.ts';

/** An image of a post that was not loaded: where it is, and what is known of it without asking. Sizes in CSS pixels. */
export type ImagePlace = {
  /** Names it within its post, whatever else the post holds: a hash of its address. */
  key: string;
  /** Absolute http(s), or a `data:` address the post itself carries. */
  url: string;
  /** Empty for one the post itself carries. */
  host: string;
  alt: string;
  width?: number;
  height?: number;
};

type Attributes = Readonly<Record<string, string | undefined>>;

/** Twice the measure of the reader: sharp on dense screens, no more. CSS pixels. */
const WANTED_WIDTH = 1344;
const MAX_ALT = 500;
const MAX_SIDE = 20_000;
/** A dot this small is no picture. */
const DOT = 2;
/** A `data:` address shorter than this is a placeholder of a page that loads its pictures late. */
const SHORTEST_DATA = 400;

/** Where pages that load their pictures late keep the real address. */
const LAZY_SETS = ['data-srcset', 'data-lazy-srcset'];
const LAZY = ['data-src', 'data-original', 'data-lazy-src', 'data-orig-file', 'data-full-src', 'data-url', 'data-image-src'];

/** Addresses that exist to count readers. */
const COUNTERS =
  /^https?:\/\/(?:[^/]*\.)?(?:pixel\.wp\.com|stats\.wordpress\.com|feedsportal\.com|doubleclick\.net|google-analytics\.com|scorecardresearch\.com|quantserve\.com|feeds\.feedburner\.com\/~r|rss\.feedsportal\.com|list-manage\.com\/track|piwik\.|matomo\.)|\/(?:pixel|spacer|blank|1x1|track(?:ing)?|beacon|open)\.(?:gif|png)(?:\?|$)|\/(?:matomo|piwik)\.php/i;

const INLINE = /^data:image\/(?:png|jpe?g|gif|webp|avif);base64,/i;

/** A length in CSS pixels as pages write it; nothing for percentages and nonsense. */
const side = (raw: string | undefined): number | undefined => {
  const text = /^\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$/i.exec(raw ?? '')?.[1];
  const value = text === undefined ? undefined : Number(text);
  return value !== undefined && value <= MAX_SIDE ? value : undefined;
};
const styled = (style: string | undefined, name: string): number | undefined =>
  side(new RegExp(`(?:^|[;\\s])${name}\\s*:\\s*([\\d.]+px)`, 'i').exec((style ?? '').slice(0, 1000))?.[1]);

const isTracker = ({ src, width, height, style }: Attributes, url: string): boolean => {
  const sides = [side(width), side(height), styled(style, 'width'), styled(style, 'height')];
  const isHidden = /display\s*:\s*none|visibility\s*:\s*hidden/i.test((style ?? '').slice(0, 1000));
  return sides.some((value) => value !== undefined && value <= DOT) || isHidden || COUNTERS.test(url) || COUNTERS.test(src ?? '');
};

/** The candidate of a `srcset` that is just large enough, else the largest. https://html.spec.whatwg.org/multipage/images.html#srcset-attributes */
const fromSet = (raw: string | undefined): string | undefined => {
  const candidates = (raw ?? '')
    .slice(0, 20_000)
    .split(/,\s+|,(?=https?:|\/)/)
    .flatMap((part) => {
      const [url = '', size = '1x'] = part.trim().split(/\s+/);
      const value = Number.parseFloat(size);
      return url && Number.isFinite(value) ? [{ url, width: size.endsWith('x') ? value * (WANTED_WIDTH / 2) : value }] : [];
    })
    .sort((left, right) => left.width - right.width);
  return (candidates.find(({ width }) => width >= WANTED_WIDTH) ?? candidates.at(-1))?.url;
};

const addressOf = (attributes: Attributes, baseUrl: string | undefined): string | undefined => {
  const written = [
    ...LAZY_SETS.map((name) => fromSet(attributes[name])),
    ...LAZY.map((name) => attributes[name]),
    fromSet(attributes.srcset),
    attributes.src,
  ];
  for (const raw of written) {
    const text = raw?.trim();
    if (!text) continue;
    if (INLINE.test(text)) {
      if (text.length >= SHORTEST_DATA) return text;
      continue;
    }
    const url = toSafeLink(text.startsWith('//') ? `https:${text}` : text, baseUrl);
    if (url && !/\.svgz?(?:[?#]|$)/i.test(url)) return url;
  }
  return undefined;
};

/**
 * What an `<img>` stands for: a picture with its address, a tracker, or nothing that could be shown (no address, SVG).
 * Loads nothing. Hostile case 92.
 */
export const toImagePlace = (attributes: Attributes, baseUrl?: string): ImagePlace | 'tracker' | undefined => {
  const url = addressOf(attributes, baseUrl);
  if (isTracker(attributes, url ?? '')) return 'tracker';
  if (!url) return undefined;
  const [width, height] = [side(attributes.width), side(attributes.height)];
  return {
    key: createHash('sha256').update(url).digest('base64url').slice(0, 22),
    url,
    host: url.startsWith('data:') ? '' : domainOf(url),
    alt: (attributes.alt ?? '').trim().slice(0, MAX_ALT),
    ...(width && height ? { width, height } : {}),
  };
};
