import { Parser } from 'htmlparser2';

const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;
const FORBIDDEN_ALL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;
/** Windows-1252 for 0x80 to 0x9F: what authors meant by `&#146;`. An empty place has no character there. */
const C1 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

const replaceForbidden = (char: string): string => {
  const code = char.charCodeAt(0);
  if (code < 0x80 || code > 0x9f) return '';
  return (C1[code - 0x80] ?? '').trim();
};

/** Text without control characters (tab and line ends stay), non-characters and lone surrogates. Linear. */
export const cleanText = (text: string): string => {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return FORBIDDEN.test(wellFormed) ? wellFormed.replace(FORBIDDEN_ALL, replaceForbidden) : wellFormed;
};

/** At most `max` characters, never half a surrogate pair. */
export const cut = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
};

/* Looking for one sign is done by the machine a word at a time; an expression goes letter by letter. */
const OTHER_SPACES = ['  ', '\n', '\t', '\r', '\u00a0', '\f', '\v'];
const RARE_SPACE = /[\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]/;
/** White space other than single blanks between words; most texts have none. */
const hasOtherSpace = (text: string): boolean => OTHER_SPACES.some((space) => text.includes(space)) || RARE_SPACE.test(text);

/** White space of any kind as single blanks. */
export const oneLine = (text: string): string => (hasOtherSpace(text) ? text.replace(/[\s\u200b]+/g, ' ') : text).trim();

/** Text as it stands between tags. */
export const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Text as it stands between tags or in a quoted attribute. */
export const escapeHtml = (text: string): string => escapeText(text).replaceAll('"', '&quot;');

const BREAKS = new Set(
  'address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul'.split(
    ' ',
  ),
);
const SILENT = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'svg', 'math', 'object', 'head', 'title']);
const PIECE = 1024;

/** The words of an HTML text, on one line, entities decoded once, at most `max` characters. Stops reading when it has enough. */
export const htmlToText = (html: string, max: number): string => {
  if (!html.includes('<') && !html.includes('&')) return cut(oneLine(cleanText(html.slice(0, max * 8))), max);
  const parts: string[] = [];
  let length = 0;
  let silent = 0;
  const add = (text: string): void => {
    if (silent > 0) return;
    parts.push(text);
    length += text.length;
  };
  const parser = new Parser(
    {
      onopentagname: (name) => {
        if (SILENT.has(name)) silent += 1;
        else if (BREAKS.has(name)) add(' ');
      },
      onclosetag: (name) => {
        if (SILENT.has(name)) silent = Math.max(0, silent - 1);
        else if (BREAKS.has(name)) add(' ');
      },
      ontext: add,
    },
    { decodeEntities: true },
  );
  for (let at = 0; at < html.length && length < max * 2; at += PIECE) parser.write(html.slice(at, at + PIECE));
  parser.end();
  return cut(oneLine(cleanText(parts.join(''))), max);
};

/** A text with its HTML entities decoded once; `<` means itself. */
export const decodeEntities = (text: string): string => {
  if (!text.includes('&')) return text;
  const parts: string[] = [];
  const parser = new Parser({ ontext: (part) => parts.push(part) }, { decodeEntities: true });
  parser.end(text.replaceAll('<', '&lt;'));
  return parts.join('');
};

const INLINE =
  /<\/?(?:a|abbr|acronym|b|bdi|bdo|big|blockquote|br|center|cite|code|del|dfn|div|em|font|h[1-6]|i|img|ins|kbd|li|mark|nobr|ol|p|pre|q|s|samp|small|span|strike|strong|sub|sup|tt|u|ul|var|wbr)(?:\s[^<>]*)?\/?>/gi;
const WHOLE = /<(script|style)\b[^>]*>[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi;

/**
 * The plain text of a title that may hold HTML: tags in common use are taken out, entities decoded once.
 * Anything else in angle brackets is text: *How to use the <template> tag*.
 */
export const titleToText = (html: string, max: number): string => {
  const text = html.slice(0, max * 8);
  const bare = text.includes('<') ? text.replace(WHOLE, '').replace(INLINE, '') : text;
  return cut(oneLine(cleanText(decodeEntities(bare))), max);
};

/** Does the text hold HTML tags in common use, or entities? */
export const looksLikeHtml = (text: string): boolean =>
  /<(?:a|b|i|p|br|div|img|span|em|strong|ul|ol|li|h[1-6]|blockquote|pre|code|table|figure|iframe|video|hr)\b[^<>]{0,2000}>/i.test(
    text.slice(0, 20_000),
  );
