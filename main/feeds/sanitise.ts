import sanitizeHtml from 'sanitize-html';
import { toSafeLink } from '../net/url.ts';
import { type ImagePlace, toImagePlace } from './post-images.ts';

export type SanitiseOptions = {
  /** Relative links start here: the post's address. */
  baseUrl?: string;
  /** Leaves `<img data-image="KEY" alt="...">` without an address where each image was; without it only its words stay. */
  keepsPlaces?: boolean;
};
export type Sanitised = {
  html: string;
  /** Images that could be loaded, each address once, in the order of the text. */
  images: ImagePlace[];
  /** Images that were left out, trackers not counted. */
  blockedImages: number;
  /** Images that only count readers. */
  trackers: number;
};

const TAGS = `a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
  h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th
  thead time tr u ul var wbr`.split(/\s+/);
/** Their text goes with them. */
const SILENT_TAGS =
  `script style textarea option select noscript template iframe object embed applet svg math title head xmp noembed
  noframes plaintext audio video canvas portal frameset`.split(/\s+/);

/** As sanitize-html writes them, and nothing else can look like them in its output. */
const IMAGE = /<img(?: alt="([^"]*)")? \/>/g;
const EMPTY_LINK = /<a href=""/g;

const mailLink = (href: string): string | undefined => (/^mailto:[^\s<>"']{3,320}$/i.test(href) ? href : undefined);

const linkAttributes = (href: string | undefined, baseUrl: string | undefined): Record<string, string> => {
  const safe = href === undefined ? undefined : (mailLink(href.trim()) ?? toSafeLink(href, baseUrl));
  return safe ? { href: safe, rel: 'noopener noreferrer' } : {};
};

/** The most images of one post that can be loaded. */
const MOST_IMAGES = 200;

/** Takes note of the images of one body, and says what stands in their place. */
const createImageBook = ({ baseUrl, keepsPlaces = false }: SanitiseOptions) => {
  const places = new Map<string, ImagePlace>();
  const counts = { blockedImages: 0, trackers: 0 };
  const placeOf = (attributes: Record<string, string>): Record<string, string> => {
    const place = toImagePlace(attributes, baseUrl);
    if (place === 'tracker') {
      counts.trackers += 1;
      return { alt: '' };
    }
    counts.blockedImages += 1;
    const alt = attributes.alt?.trim() ?? '';
    if (!place || (!places.has(place.key) && places.size >= MOST_IMAGES)) return { alt };
    places.set(place.key, places.get(place.key) ?? place);
    return keepsPlaces ? { alt, 'data-image': place.key } : { alt };
  };
  return { placeOf, done: () => ({ images: [...places.values()], ...counts }) };
};

/**
 * A post's body as it may be shown: a strict allow-list of tags and attributes, links absolute http(s) or mailto, nothing that loads,
 * runs, submits or styles. Images are taken out and counted; their alternative text stays.
 */
export const sanitise = (html: string, options: SanitiseOptions = {}): Sanitised => {
  const { baseUrl } = options;
  const book = createImageBook(options);
  const clean = sanitizeHtml(html, {
    allowedTags: [...TAGS, 'img'],
    nonTextTags: SILENT_TAGS,
    allowedAttributes: {
      a: ['href', 'rel', 'title'],
      abbr: ['title'],
      img: ['alt', 'data-image'],
      bdo: ['dir'],
      ol: ['start', 'reversed'],
      li: ['value'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan', 'scope'],
      time: ['datetime'],
      '*': ['lang', 'dir'],
    },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowedSchemesAppliedToAttributes: ['href'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    enforceHtmlBoundary: false,
    parseStyleAttributes: false,
    nestingLimit: 200,
    transformTags: {
      a: (tagName, attributes) => ({
        tagName,
        attribs: { ...attributes, href: '', ...linkAttributes(attributes.href, baseUrl) },
      }),
      img: (_, attributes) => ({ tagName: 'img', attribs: book.placeOf(attributes) }),
    },
  });
  return { html: clean.replaceAll(IMAGE, '$1').replaceAll(EMPTY_LINK, '<a'), ...book.done() };
};
