import sanitizeHtml from 'sanitize-html';
import { toSafeLink } from '../net/url.ts';

export type SanitiseOptions = {
  /** Relative links start here: the post's address. */
  baseUrl?: string;
};
export type Sanitised = { html: string; blockedImages: number };

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

/**
 * A post's body as it may be shown: a strict allow-list of tags and attributes, links absolute http(s) or mailto, nothing that loads,
 * runs, submits or styles. Images are taken out and counted; their alternative text stays.
 */
export const sanitise = (html: string, { baseUrl }: SanitiseOptions = {}): Sanitised => {
  let blockedImages = 0;
  const clean = sanitizeHtml(html, {
    allowedTags: [...TAGS, 'img'],
    nonTextTags: SILENT_TAGS,
    allowedAttributes: {
      a: ['href', 'rel', 'title'],
      abbr: ['title'],
      img: ['alt'],
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
      img: (_, attributes) => {
        blockedImages += 1;
        return { tagName: 'img', attribs: { alt: attributes.alt?.trim() ?? '' } };
      },
    },
  });
  return { html: clean.replaceAll(IMAGE, '$1').replaceAll(EMPTY_LINK, '<a'), blockedImages };
};
