import { Parser } from 'htmlparser2';
import { AppError } from '../../preload/contract/errors.ts';
import type { FeedLimits } from './limits.ts';
import type { NameOf } from './names.ts';
import type { XmlKind } from './prolog.ts';
import { escapeHtml } from './text.ts';

/** A damaged or unusual document written anew, well-formed and in the usual order. */
export type Rewritten = { text: string; isTruncated: boolean; repairs: number };

type Frame = {
  kind: 'wrapper' | 'item' | 'element' | 'text' | 'markup' | 'done';
  name: string;
  out: string[];
  attributes: string;
  base?: string;
  /** Text frames: what was read, and whether it is XML markup. */
  parts: string[];
  isXhtml: boolean;
};

const TEXTS = new Set(
  `title description summary content content:encoded subtitle tagline xhtml:body body media:title media:description itunes:summary
  atom:summary atom:content atom:title dc:description dc:title itunes:subtitle`.split(/\s+/),
);
const WRAPPERS = new Set(['rss', 'rdf:RDF', 'channel', 'feed']);
const ITEMS = new Set(['item', 'entry']);
/** Elements that never stand inside a text: where one comes, the text's end tag is missing. */
const ENDS_TEXT = new Set([
  'item',
  'entry',
  'pubDate',
  'guid',
  'content:encoded',
  'dc:creator',
  'dc:date',
  'published',
  'updated',
]);
const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
/** How much deeper than elements the HTML inside one text may go. */
const MARKUP_FACTOR = 8;
const MAX_ATTRIBUTES = 50;

const tooDeep = (): AppError => new AppError('DOC_TOO_DEEP', 'The document nests its elements too deep.');

const writeAttributes = (attributes: Record<string, string>, base: string | undefined): string => {
  const pairs = Object.entries(attributes)
    .slice(0, MAX_ATTRIBUTES)
    .filter(([name]) => /^[A-Za-z_][\w:.-]*$/.test(name) && name !== 'xml:base' && !name.startsWith('xmlns'));
  if (base) pairs.push(['xml:base', base]);
  return pairs.map(([name, value]) => ` ${name}="${escapeHtml(value)}"`).join('');
};

const baseOf = (written: string | undefined, above: string | undefined, url: string): string | undefined => {
  if (written === undefined) return above;
  const resolved = URL.parse(written.trim(), above ?? url);
  return resolved && /^https?:$/.test(resolved.protocol) ? resolved.href : above;
};

const isXhtmlType = (attributes: Record<string, string>): boolean =>
  /xhtml/i.test(attributes.type ?? '') || attributes.mode?.toLowerCase() === 'xml';

/**
 * Reads a document with a tolerant parser and writes it anew for the strict one: end tags put in, bare `&` and `<` and unknown
 * entities made text, XHTML and stray markup made HTML text, items brought under their channel, `xml:base` worked out.
 * An item that the document's end cut in two is left out. Throws DOC_TOO_DEEP.
 */
export const rewriteXml = (source: string, kind: XmlKind, nameOf: NameOf, url: string, limits: FeedLimits): Rewritten => {
  const head: string[] = [];
  const items: string[][] = [];
  const frames: Frame[] = [];
  let rootAttributes = '';
  let depth = 0;
  let markupDepth = 0;
  let atEnd = false;
  let texts: Frame[] = [];

  const openText = (): Frame | undefined => texts.at(-1);
  const finishText = (frame: Frame): void => {
    frame.out.push(`<${frame.name}${frame.attributes}>`, escapeHtml(frame.parts.join('')), `</${frame.name}>`);
    frame.kind = 'done';
    texts = texts.filter((other) => other !== frame);
  };
  const openMarkup = (name: string, attributes: Record<string, string>, text: Frame): Frame => {
    const local = name.slice(name.indexOf(':') + 1);
    if (!VOID.has(local.toLowerCase())) markupDepth += 1;
    if (markupDepth > limits.depth * MARKUP_FACTOR) throw tooDeep();
    if (text.isXhtml || text.parts.length > 0 || local !== '')
      text.parts.push(`<${local}${writeAttributes(attributes, undefined)}>`);
    return { kind: 'markup', name: local, out: text.out, attributes: '', parts: [], isXhtml: false };
  };
  const outOf = (parent: Frame | undefined): string[] => (parent && parent.kind !== 'wrapper' ? parent.out : head);
  const openElement = (name: string, attributes: Record<string, string>, parent: Frame | undefined): Frame => {
    const base = baseOf(attributes['xml:base'], parent?.base, url);
    const isXhtml = TEXTS.has(name) && isXhtmlType(attributes);
    const written = writeAttributes(isXhtml ? { ...attributes, type: 'html', mode: 'escaped' } : attributes, base);
    const frame: Frame = { kind: 'element', name, out: outOf(parent), attributes: written, parts: [], isXhtml, base };
    if (ITEMS.has(name) && (kind === 'atom') === (name === 'entry')) {
      const out: string[] = [`<${name}${written}>`];
      items.push(out);
      return { ...frame, kind: 'item', out };
    }
    if (WRAPPERS.has(name)) {
      if (name !== 'channel' || rootAttributes === '') rootAttributes ||= written;
      return { ...frame, kind: 'wrapper', out: head };
    }
    if (TEXTS.has(name)) {
      texts.push(frame);
      frame.kind = 'text';
      return frame;
    }
    frame.out.push(`<${name}${written}>`);
    return frame;
  };
  const open = (qualified: string, attributes: Record<string, string>): void => {
    const name = nameOf(qualified);
    const text = openText();
    if (text && ENDS_TEXT.has(name)) for (const frame of texts) finishText(frame);
    else if (text) {
      frames.push(openMarkup(qualified, attributes, text));
      return;
    }
    depth += 1;
    if (depth > limits.depth) throw tooDeep();
    const parent = frames.findLast((frame) => frame.kind !== 'done' && frame.kind !== 'markup');
    const isItem = ITEMS.has(name);
    frames.push(openElement(name, attributes, isItem ? frames.findLast((frame) => frame.kind === 'wrapper') : parent));
  };
  const closeMarkup = (frame: Frame): void => {
    const isVoid = VOID.has(frame.name.toLowerCase());
    if (!isVoid) markupDepth -= 1;
    const text = openText();
    if (text && !isVoid) text.parts.push(`</${frame.name}>`);
  };
  const close = (): void => {
    const frame = frames.pop();
    if (!frame) return;
    if (frame.kind === 'markup') {
      closeMarkup(frame);
      return;
    }
    depth -= 1;
    if (frame.kind === 'item') {
      if (atEnd || frame.out.length === 1) frame.out.length = 0;
      else frame.out.push(`</${frame.name}>`);
    } else if (frame.kind === 'text') finishText(frame);
    else if (frame.kind === 'element') frame.out.push(`</${frame.name}>`);
  };
  const addText = (data: string): void => {
    const text = openText();
    if (text) text.parts.push(text.isXhtml ? escapeText(data) : data);
    else frames.at(-1)?.out.push(frames.at(-1)?.kind === 'element' ? escapeHtml(data) : '');
  };

  const parser = new Parser({ onopentag: open, onclosetag: close, ontext: addText }, { xmlMode: true, decodeEntities: true });
  parser.write(source);
  const isTruncated = frames.length > 0;
  atEnd = true;
  parser.end();
  const inside = [...head, ...items.flat()].join('');
  const text =
    kind === 'atom'
      ? `<feed${rootAttributes}>${inside}</feed>`
      : `<rss version="2.0"><channel${rootAttributes}>${inside}</channel></rss>`;
  return { text, isTruncated, repairs: 0 };
};

const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
