/** The most of a body that rules look at, in characters of HTML. */
const MAX_HTML = 200_000;

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const entity = (whole: string, name: string): string => {
  if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : ' ';
};

const TAG = /[a-z/!?]/i;
const SILENT = ['<script', '<style'];

/** Where the tag that begins here ends; the elements nobody reads end with their end tag. -1 when it does not. */
const endOfTag = (html: string, lower: string, at: number): number => {
  const silent = SILENT.find((name) => lower.startsWith(name, at));
  const from = silent ? lower.indexOf(`</${silent.slice(1)}`, at) : at;
  return from < 0 ? -1 : html.indexOf('>', from);
};

/** The words of a piece of HTML, for comparing only: nothing of it is ever shown as HTML. Takes time in proportion to it. */
export const plainText = (given: string): string => {
  const html = given.slice(0, MAX_HTML);
  const lower = html.toLowerCase();
  const parts: string[] = [];
  let at = 0;
  while (at < html.length) {
    const tag = html.indexOf('<', at);
    if (tag < 0) break;
    parts.push(html.slice(at, tag));
    at = tag + 1;
    if (!TAG.test(html.charAt(at))) {
      parts.push('<');
      continue;
    }
    const end = endOfTag(html, lower, tag);
    // What never ends is no tag, nor is anything after it.
    if (end < 0) break;
    parts.push(' ');
    at = end + 1;
  }
  parts.push(html.slice(at));
  return parts
    .join('')
    .replace(/&(#?\w{1,8});/g, entity)
    .replace(/\s+/g, ' ')
    .trim();
};
