import sanitizeHtml from 'sanitize-html';
import { toSafeLink } from '../../net/url.ts';

/** The tags of our own templates, and no other. */
export const MAIL_TAGS = ['table', 'tbody', 'tr', 'td', 'div', 'h1', 'h2', 'h3', 'p', 'a', 'bdi'];
const LOOK = ['class', 'style', 'dir'];
const TABLE = ['align', 'width', 'border', 'cellpadding', 'cellspacing', 'role'];

/** Nothing that loads, moves over other things, or hides. */
const STYLE = /^[a-z0-9 #%.,:;'-]+$/i;
const NO_STYLE = /url|expression|import|position|behaviou?r|binding|display|visibility|opacity/i;

const withSafeStyle = (attributes: Record<string, string>): Record<string, string> => {
  const { style, ...others } = attributes;
  return style !== undefined && STYLE.test(style) && !NO_STYLE.test(style) ? { ...others, style } : others;
};

/**
 * The second look at what is laid out already: only the tags and attributes of our templates, links http(s) only, and
 * `mailto:` only to the one address where people leave the list.
 */
export const toSafeHtml = (html: string, address: string | undefined): string => {
  const mailto = address === undefined ? undefined : `mailto:${address}`;
  return sanitizeHtml(html, {
    allowedTags: MAIL_TAGS,
    allowedAttributes: { a: ['href', 'target', 'rel', ...LOOK], table: [...TABLE, ...LOOK], '*': LOOK },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    enforceHtmlBoundary: false,
    parseStyleAttributes: false,
    transformTags: {
      '*': (tagName, attributes) => ({ tagName, attribs: withSafeStyle(attributes) }),
      a: (tagName, attributes) => {
        const { href, target, rel, ...others } = withSafeStyle(attributes);
        const safe = href !== undefined && href === mailto ? mailto : toSafeLink(href);
        return { tagName, attribs: safe ? { href: safe, target: '_blank', rel: 'noopener noreferrer', ...others } : {} };
      },
    },
  });
};
