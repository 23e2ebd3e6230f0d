import { Parser } from 'htmlparser2';
import { toSafeLink } from '../net/url.ts';
import { decode } from './decode.ts';
import { displayText } from './display-text.ts';
import type { FeedInput, PageHead } from './parsed-feed.ts';

/** A head is at the beginning. */
const MAX_CHARS = 500_000;
const MAX_TITLE = 500;
type Attributes = Record<string, string>;

const relsOf = ({ rel = '' }: Attributes): string[] => rel.toLowerCase().split(/\s+/);

/**
 * Title, canonical address and icon of a page: `og:title`, else `<title>`; `<link rel="canonical">` (RFC 6596); `<link rel="icon">`.
 * Only what stands before the body counts. Never throws: what is not there is left out.
 */
export const readPageHead = ({ bytes, url, contentType }: FeedInput): PageHead => {
  const html = decode(bytes, contentType).text.slice(0, MAX_CHARS);
  const found = { base: url, title: '', shared: '', canonical: '', icon: '' };
  let isTitle = false;
  let isOver = false;
  const onLink = (attributes: Attributes): void => {
    const rels = relsOf(attributes);
    if (rels.includes('canonical')) found.canonical ||= toSafeLink(attributes.href, found.base) ?? '';
    if (rels.includes('icon')) found.icon ||= toSafeLink(attributes.href, found.base) ?? '';
  };
  const onMeta = ({ property, name, content = '' }: Attributes): void => {
    if ((property ?? name ?? '').toLowerCase() === 'og:title') found.shared ||= content;
  };
  const parser = new Parser({
    onopentag: (name, attributes) => {
      isOver ||= name === 'body';
      if (isOver) return;
      if (name === 'base') found.base = toSafeLink(attributes.href, url) ?? found.base;
      if (name === 'link') onLink(attributes);
      if (name === 'meta') onMeta(attributes);
      isTitle = name === 'title' && found.title === '';
    },
    ontext: (text) => {
      if (isTitle && found.title.length < MAX_TITLE * 4) found.title += text;
    },
    onclosetag: () => {
      isTitle = false;
    },
  });
  parser.end(html);
  const title = displayText(found.shared, MAX_TITLE) || displayText(found.title, MAX_TITLE);
  return {
    ...(title ? { title } : {}),
    ...(found.canonical ? { canonicalUrl: found.canonical } : {}),
    ...(found.icon ? { iconUrl: found.icon } : {}),
  };
};
