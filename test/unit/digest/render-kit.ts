import { Parser } from 'htmlparser2';

export type Seen = { tag: string; attributes: Record<string, string> };
export type ParsedMail = { tags: Seen[]; text: string; comments: number; sheets: string[] };

/** A mail's document as a parser of HTML sees it. `text` is what is read, its sheet apart. */
export const parseMail = (html: string): ParsedMail => {
  const parsed: ParsedMail = { tags: [], text: '', comments: 0, sheets: [] };
  let inSheet = false;
  const parser = new Parser({
    onopentag: (tag, attributes) => {
      inSheet = tag === 'style';
      parsed.tags.push({ tag, attributes: { ...attributes } });
    },
    onclosetag: () => {
      inSheet = false;
    },
    ontext: (text) => {
      if (inSheet) parsed.sheets.push(text);
      else parsed.text += text;
    },
    oncomment: () => {
      parsed.comments += 1;
    },
  });
  parser.end(html);
  return parsed;
};

const LOOK = ['class', 'style', 'dir'];
/** What may stand in a mail: each tag with its attributes. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  html: ['lang', 'dir'],
  head: [],
  meta: ['charset', 'name', 'content'],
  title: [],
  style: [],
  body: ['class', 'style'],
  table: ['align', 'width', 'border', 'cellpadding', 'cellspacing', 'role', ...LOOK],
  tbody: LOOK,
  tr: LOOK,
  td: LOOK,
  div: LOOK,
  h1: LOOK,
  h2: LOOK,
  h3: LOOK,
  p: LOOK,
  bdi: [],
  a: ['href', 'target', 'rel', ...LOOK],
};

/** What is wrong with an attribute of a tag that is ours; nothing, mostly. */
const faultOf = (tag: string, name: string, value: string): string | undefined => {
  if (!ALLOWED[tag]?.includes(name)) return `<${tag} ${name}>`;
  if (name === 'href' && !/^https?:\/\/\S+$/.test(value)) return `href ${value}`;
  if (name === 'style' && /url\(|expression|@import|position/i.test(value)) return `style ${value}`;
  return undefined;
};

/** What stands in a document that is not of our templates, a line each. */
export const strangersIn = ({ tags, comments }: ParsedMail): string[] => {
  const strangers = comments > 0 ? [`${comments} comments`] : [];
  for (const { tag, attributes } of tags) {
    if (!ALLOWED[tag]) strangers.push(`<${tag}>`);
    strangers.push(...Object.entries(attributes).flatMap(([name, value]) => faultOf(tag, name, value) ?? []));
  }
  return strangers;
};
