/** The browser's Trusted Types, where it has them. */
type Policy = { createHTML: (html: string) => unknown };
type Factory = { createPolicy: (name: string, rules: { createHTML: (html: string) => string }) => Policy };

const makePolicy = (): Policy => {
  const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
  const rules = { createHTML: (html: string) => html };
  return factory ? factory.createPolicy('tidings', rules) : rules;
};
let policy: Policy | undefined;

/** The one door for HTML into the page. Only for what `articleHtml` or `mailHtml` made of what the core has sanitised. */
export const trusted = (html: string): unknown => {
  policy ??= makePolicy();
  return policy.createHTML(html);
};

const FRAME_CSP = "default-src 'none'; style-src 'self'; font-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";
const escapeAttribute = (text: string): string => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');

const TAG_OR_WORD = /<[^>]*>|(?:&[a-z0-9#]{1,10};|[^\s<>&])+/gi;
const LONGEST_WORD = 1000;

/**
 * Gives words of more than a thousand characters places to break. Without them a browser shapes such a word anew for every line,
 * which stops the window for seconds.
 */
export const breakLongWords = (html: string): string =>
  html.replace(TAG_OR_WORD, (part) =>
    part.startsWith('<') || part.length <= LONGEST_WORD ? part : part.replace(/(?:&[a-z0-9#]{1,10};|[^&]){500}/gi, '$&<wbr>'),
  );

/** A whole document around a sanitised body, with a policy of its own and one stylesheet of ours. */
export const articleHtml = (body: string, stylesheet: string): string =>
  `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${FRAME_CSP}">` +
  `<meta name="referrer" content="no-referrer"><link rel="stylesheet" href="${escapeAttribute(stylesheet)}"></head>` +
  `<body dir="auto">${breakLongWords(body)}</body></html>`;

const MAIL_CSP = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'";
/** A mail as it can stand in a frame of a page that allows no inline styles: its styles taken out, to be put on by script. */
export type MailPage = { html: string; sheets: string[] };

/**
 * Takes the `<style>` elements out of a mail that the core has made, and names its `style` attributes `data-style`: the policy of the
 * page would block and report them. Sheets and attributes are put on through the CSSOM, which the policy allows.
 */
export const mailHtml = (mail: string): MailPage => {
  const sheets: string[] = [];
  const bare = mail
    .replace(/<style[^>]*>([\s\S]*?)<\/style>/gi, (_all, css: string) => {
      sheets.push(css);
      return '';
    })
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle=/gi, ' data-style='));
  const policy = `<meta http-equiv="Content-Security-Policy" content="${MAIL_CSP}">`;
  const head = /<head[^>]*>/i.exec(bare);
  const at = head ? head.index + head[0].length : 0;
  return { html: `${bare.slice(0, at)}${policy}${bare.slice(at)}`, sheets };
};
