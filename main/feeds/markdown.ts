import Turndown from 'turndown';
import { openDocument } from './article-document.ts';
import { sanitise } from './sanitise.ts';

/** What stands over the text of a post as Markdown. */
export type MarkdownHead = { title: string; url?: string; byline?: string; published?: string };

/** Signs that Markdown would read as its own, in a line of plain text. */
const escapeLine = (text: string): string => text.replace(/[\\`*_[\]<>#]/g, '\\$&');

const headLines = ({ title, url, byline, published }: MarkdownHead): string[] => {
  const about = [byline, published].filter((part) => part !== undefined && part !== '').map((part) => escapeLine(part ?? ''));
  return [
    `# ${escapeLine(title || url || 'Untitled')}`,
    ...(about.length > 0 ? [about.join(', ')] : []),
    ...(url ? [`<${url}>`] : []),
  ];
};

/** A post's HTML as Markdown (CommonMark), with its title, author and address above. Nothing that runs or loads is in it. */
export const toMarkdown = (html: string, head: MarkdownHead): string => {
  const clean = sanitise(html, head.url ? { baseUrl: head.url } : {}).html;
  const turndown = new Turndown({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-', emDelimiter: '*' });
  const document = openDocument(`<!doctype html><body>${clean}</body>`, head.url ?? 'about:blank');
  // biome-ignore lint/suspicious/noExplicitAny: the library asks for a browser's element
  const text = document.body ? turndown.turndown(document.body as any).trim() : '';
  return `${[...headLines(head), ...(text ? [text] : [])].join('\n\n')}\n`;
};
