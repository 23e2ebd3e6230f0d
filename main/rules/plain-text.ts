/** The most of a body that rules look at, in characters of HTML. */
const MAX_HTML = 200_000;

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const entity = (whole: string, name: string): string => {
  if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : ' ';
};

/** The words of a piece of HTML, for comparing only: nothing of it is ever shown as HTML. */
export const plainText = (html: string): string =>
  html
    .slice(0, MAX_HTML)
    .replace(/<(?:script|style)\b[^>]*>[^<]*/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(#?\w{1,8});/g, entity)
    .replace(/\s+/g, ' ')
    .trim();
