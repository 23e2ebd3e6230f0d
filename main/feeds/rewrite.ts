import { Parser } from 'htmlparser2';
import { AppError } from '../../preload/contract/errors.ts';
import type { FeedLimits } from './limits.ts';
import type { NameOf } from './names.ts';
import type { XmlKind } from './prolog.ts';
import { escapeHtml, escapeText } from './text.ts';

/** A damaged or unusual document written anew, well-formed and in the usual order. */
export type Rewritten = { text: string; isTruncated: boolean };

/** An open element of the source. `done`: its text was closed early. */
type Frame = {
  kind: 'wrapper' | 'item' | 'element' | 'text' | 'markup' | 'done';
  name: string;
  /** Where it is written: the head, or its item. */
  out: string[];
  attributes: string;
  base?: string | undefined;
  /** What a text holds so far. */
  parts: string[];
  isXhtml: boolean;
};

type Attributes = Record<string, string>;
type State = {
  kind: XmlKind;
  nameOf: NameOf;
  url: string;
  limits: FeedLimits;
  head: string[];
  items: string[][];
  frames: Frame[];
  /** The text that is open. */
  text?: Frame | undefined;
  rootAttributes: string;
  depth: number;
  markupDepth: number;
  atEnd: boolean;
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

const checkDepth = (depth: number, max: number): void => {
  if (depth > max) throw new AppError('DOC_TOO_DEEP', 'The document nests its elements too deep.');
};

const writeAttributes = (attributes: Attributes, base?: string): string => {
  const pairs = Object.entries(attributes)
    .slice(0, MAX_ATTRIBUTES)
    .filter(([name]) => /^[A-Za-z_][\w:.-]*$/.test(name) && name !== 'xml:base' && !name.startsWith('xmlns'));
  if (base) pairs.push(['xml:base', base]);
  return pairs.map(([name, value]) => ` ${name}="${escapeHtml(value)}"`).join('');
};

/** The base in force, absolute; one that is not http(s) is ignored. XML Base, section 4. */
const baseOf = (written: string | undefined, above: string | undefined, url: string): string | undefined => {
  if (written === undefined) return above;
  const resolved = URL.parse(written.trim(), above ?? url);
  return resolved && /^https?:$/.test(resolved.protocol) ? resolved.href : above;
};

const isXhtmlType = ({ type = '', mode = '' }: Attributes): boolean => /xhtml/i.test(type) || mode.toLowerCase() === 'xml';

/** A text is written whole when it ends: what was markup in the source is HTML text now. */
const finishText = (state: State, frame: Frame): void => {
  frame.out.push(`<${frame.name}${frame.attributes}>`, escapeHtml(frame.parts.join('')), `</${frame.name}>`);
  frame.kind = 'done';
  state.text = undefined;
};

const openMarkup = (state: State, qualified: string, attributes: Attributes, text: Frame): Frame => {
  const name = qualified.slice(qualified.indexOf(':') + 1);
  if (!VOID.has(name.toLowerCase())) state.markupDepth += 1;
  checkDepth(state.markupDepth, state.limits.depth * MARKUP_FACTOR);
  text.parts.push(`<${name}${writeAttributes(attributes)}>`);
  return { kind: 'markup', name, out: text.out, attributes: '', parts: [], isXhtml: false };
};

const closeMarkup = (state: State, { name }: Frame): void => {
  if (VOID.has(name.toLowerCase())) return;
  state.markupDepth -= 1;
  state.text?.parts.push(`</${name}>`);
};

/** Items go one by one under the channel, wherever they stood; all other elements stay where they are. */
const openElement = (state: State, name: string, attributes: Attributes, parent: Frame | undefined): Frame => {
  const base = baseOf(attributes['xml:base'], parent?.base, state.url);
  const isXhtml = TEXTS.has(name) && isXhtmlType(attributes);
  const written = writeAttributes(isXhtml ? { ...attributes, type: 'html', mode: 'escaped' } : attributes, base);
  const out = parent && parent.kind !== 'wrapper' ? parent.out : state.head;
  const frame: Frame = { kind: 'element', name, out, attributes: written, parts: [], isXhtml, base };
  if (ITEMS.has(name) && (state.kind === 'atom') === (name === 'entry')) {
    const item = [`<${name}${written}>`];
    state.items.push(item);
    return { ...frame, kind: 'item', out: item };
  }
  if (WRAPPERS.has(name)) {
    state.rootAttributes ||= written;
    return { ...frame, kind: 'wrapper', out: state.head };
  }
  if (TEXTS.has(name)) {
    state.text = frame;
    frame.kind = 'text';
    return frame;
  }
  out.push(`<${name}${written}>`);
  return frame;
};

const open = (state: State, qualified: string, attributes: Attributes): void => {
  const { frames, text } = state;
  const name = state.nameOf(qualified);
  if (text && !ENDS_TEXT.has(name)) {
    frames.push(openMarkup(state, qualified, attributes, text));
    return;
  }
  if (text) finishText(state, text);
  state.depth += 1;
  checkDepth(state.depth, state.limits.depth);
  const isParent = ITEMS.has(name)
    ? (frame: Frame) => frame.kind === 'wrapper'
    : (frame: Frame) => frame.kind !== 'done' && frame.kind !== 'markup';
  frames.push(openElement(state, name, attributes, frames.findLast(isParent)));
};

/** An item that is cut off by the document's end, or has nothing in it, is left out. */
const closeItem = (state: State, frame: Frame): void => {
  if (state.atEnd || frame.out.length === 1) frame.out.length = 0;
  else frame.out.push(`</${frame.name}>`);
};

const close = (state: State): void => {
  const frame = state.frames.pop();
  if (frame?.kind === 'markup') closeMarkup(state, frame);
  else if (frame) {
    state.depth -= 1;
    if (frame.kind === 'item') closeItem(state, frame);
    else if (frame.kind === 'text') finishText(state, frame);
    else if (frame.kind === 'element') frame.out.push(`</${frame.name}>`);
  }
};

const addText = (state: State, data: string): void => {
  const { text } = state;
  const frame = state.frames.at(-1);
  if (text) text.parts.push(text.isXhtml ? escapeText(data) : data);
  else if (frame?.kind === 'element') frame.out.push(escapeHtml(data));
};

/**
 * Reads a document with a tolerant parser and writes it anew for the strict one: end tags put in, bare `&` and `<` and unknown
 * entities made text, XHTML and stray markup made HTML text, items brought under their channel, `xml:base` worked out.
 * An item that the document's end cut in two is left out. Throws DOC_TOO_DEEP.
 */
export const rewriteXml = (source: string, kind: XmlKind, nameOf: NameOf, url: string, limits: FeedLimits): Rewritten => {
  const counts = { rootAttributes: '', depth: 0, markupDepth: 0, atEnd: false };
  const state: State = { kind, nameOf, url, limits, head: [], items: [], frames: [], ...counts };
  const parser = new Parser(
    {
      onopentag: (name, attributes) => open(state, name, attributes),
      onclosetag: () => close(state),
      ontext: (data) => addText(state, data),
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(source);
  state.atEnd = state.frames.length > 0;
  parser.end();
  const inside = [...state.head, ...state.items.flat()].join('');
  const text =
    kind === 'atom'
      ? `<feed${state.rootAttributes}>${inside}</feed>`
      : `<rss version="2.0"><channel${state.rootAttributes}>${inside}</channel></rss>`;
  return { text, isTruncated: state.atEnd };
};
