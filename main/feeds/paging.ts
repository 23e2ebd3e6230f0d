import { Parser } from 'htmlparser2';
import { toSafeLink } from '../net/url.ts';
import { decode } from './decode.ts';

/** Where the older posts of a feed are, as its document says. */
export type Paging = {
  /** RFC 5005, section 4: the document of older entries. */
  previousArchive?: string;
  /** RFC 5005, section 3, and `next_url` of JSON Feed. */
  next?: string;
  /** `fh:complete`: there are no older ones. RFC 5005, section 2. */
  isComplete: boolean;
  /** WordPress gives older posts at `?paged=2`. */
  isWordPress: boolean;
};

/** What a feed says of its pages stands at its beginning. */
const MOST_CHARS = 1_000_000;
const ITEMS = new Set(['item', 'entry']);
const localName = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase();

const readJson = (text: string, url: string): Paging => {
  try {
    const next = toSafeLink((JSON.parse(text) as { next_url?: unknown }).next_url, url);
    return { ...(next ? { next } : {}), isComplete: false, isWordPress: false };
  } catch {
    return { isComplete: false, isWordPress: false };
  }
};

const readXml = (text: string, url: string): Paging => {
  const paging: Paging = { isComplete: false, isWordPress: false };
  let inItems = 0;
  let generator = '';
  let inGenerator = false;
  const addLink = (attributes: Record<string, string>): void => {
    const rels = (attributes.rel ?? '').toLowerCase().split(/\s+/);
    const link = toSafeLink(attributes.href, url);
    if (!link) return;
    if (rels.includes('prev-archive')) paging.previousArchive ??= link;
    if (rels.includes('next')) paging.next ??= link;
  };
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const local = localName(name);
        if (ITEMS.has(local)) inItems += 1;
        if (inItems > 0) return;
        if (local === 'link') addLink(attributes);
        if (local === 'complete') paging.isComplete = true;
        inGenerator = local === 'generator';
      },
      ontext: (part) => {
        if (inGenerator && generator.length < 200) generator += part;
      },
      onclosetag: (name) => {
        inGenerator = false;
        if (ITEMS.has(localName(name))) inItems -= 1;
      },
    },
    { xmlMode: true },
  );
  parser.end(text);
  paging.isWordPress = /wordpress/i.test(generator);
  return paging;
};

/** Reads where a feed's older posts are. Never throws: a document that says nothing, or is none, has no older posts. */
export const readPaging = (bytes: Uint8Array, url: string, contentType?: string): Paging => {
  const { text } = decode(bytes, contentType);
  return text.trimStart().startsWith('{') ? readJson(text, url) : readXml(text.slice(0, MOST_CHARS), url);
};
