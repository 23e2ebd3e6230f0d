import { randomBytes } from 'node:crypto';

/** A long text between two tags, or inside a CDATA section. */
export type TextRun = { start: number; end: number; isCdata: boolean };

/** A document whose long texts wait outside. */
export type Lifted = {
  text: string;
  /** A value of the parser with the texts back in their places, entities decoded once. */
  restore: (value: string) => string;
};

/** Shorter texts are not worth a detour, in characters. */
export const LONG_TEXT = 200;

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#[xX]([\da-fA-F]{1,6}));/g;

const fromCode = (code: number): string =>
  code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '' : String.fromCodePoint(code);

/** Characters decoded at a time: one `replace` keeps all its matches in memory until it is done. */
const PIECE = 65_536;
const LONGEST_ENTITY = 10;

const decodePiece = (text: string): string =>
  text.replace(ENTITY, (_, name?: string, decimal?: string, hex?: string) =>
    name ? (NAMED[name] ?? '') : fromCode(decimal ? Number(decimal) : Number.parseInt(hex ?? '0', 16)),
  );

/** Where a piece may end: before an entity that goes on behind it. */
const endOfPiece = (text: string, from: number): number => {
  const end = from + PIECE;
  if (end >= text.length) return text.length;
  const entity = text.lastIndexOf('&', end - 1);
  return entity > from && end - entity < LONGEST_ENTITY ? entity : end;
};

/** The five entities of XML and character references, decoded once; others stay as text. XML 1.0, section 4.6. */
export const decodeXml = (text: string): string => {
  if (!text.includes('&')) return text;
  let decoded = '';
  for (let at = 0; at < text.length; ) {
    const end = endOfPiece(text, at);
    decoded += decodePiece(text.slice(at, end));
    at = end;
  }
  return decoded;
};

/**
 * Takes long texts out before the strict parser goes over a document letter by letter: bodies are most of a feed, and nothing in
 * them is for it to see. A token nobody can guess stands in the place of each.
 */
export const liftTexts = (text: string, runs: readonly TextRun[]): Lifted => {
  const mark = `\u0001${randomBytes(9).toString('base64url')}.`;
  const inside = runs.filter((run) => run.end <= text.length);
  const parts: string[] = [];
  let at = 0;
  inside.forEach((run, index) => {
    parts.push(text.slice(at, run.start), mark, String(index), ';');
    at = run.end;
  });
  parts.push(text.slice(at));
  const token = new RegExp(`${mark}(\\d+);`, 'g');
  const textOf = (index: string): string => {
    const run = inside[Number(index)];
    if (!run) return '';
    const raw = text.slice(run.start, run.end);
    return run.isCdata ? raw : decodeXml(raw);
  };
  return {
    text: parts.join(''),
    restore: (value) => (value.includes(mark) ? value.replace(token, (_, index: string) => textOf(index)) : value),
  };
};
