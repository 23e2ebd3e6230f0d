import type { Source } from '../../preload/contract/source.ts';
import { cleanText, escapeHtml } from './text.ts';

/** Our own attributes, for what OPML has no word for. */
const NAMESPACE = 'https://example.org/tidings/opml';

type Folder = { folders: Map<string, Folder>; sources: Source[] };
const emptyFolder = (): Folder => ({ folders: new Map(), sources: [] });

const toTree = (sources: readonly Source[]): Folder => {
  const root = emptyFolder();
  for (const source of sources) {
    let place = root;
    for (const name of source.folder) {
      const inside = place.folders.get(name) ?? emptyFolder();
      place.folders.set(name, inside);
      place = inside;
    }
    place.sources.push(source);
  }
  return root;
};

const writeAttributes = (attributes: Record<string, string | number | undefined>): string =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeHtml(cleanText(String(value)))}"`)
    .join('');

const writeSource = (source: Source): string => {
  const title = { text: source.title, title: source.title };
  const own =
    source.kind === 'feed'
      ? { type: 'rss', ...title, xmlUrl: source.feedUrl, htmlUrl: source.siteUrl, 'tidings:everyMinutes': source.everyMinutes }
      : {
          type: 'tidings:hacker-news',
          ...title,
          'tidings:list': source.list,
          'tidings:minScore': source.minScore,
          'tidings:limit': source.limit,
        };
  return `<outline${writeAttributes(own)}/>`;
};

const writeFolder = (folder: Folder, indent: string): string[] => [
  ...folder.sources.map((source) => indent + writeSource(source)),
  ...[...folder.folders].flatMap(([name, inside]) => [
    `${indent}<outline${writeAttributes({ text: name, title: name })}>`,
    ...writeFolder(inside, `${indent}  `),
    `${indent}</outline>`,
  ]),
];

/** All sources as an OPML 2.0 list with their folders; parseOpml reads it back to the same sources. `now` is an ISO instant. */
export const writeOpml = (sources: readonly Source[], now: string): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<opml version="2.0" xmlns:tidings="${NAMESPACE}">`,
    '  <head>',
    '    <title>Tidings sources</title>',
    `    <dateCreated>${new Date(now).toUTCString()}</dateCreated>`,
    '  </head>',
    '  <body>',
    ...writeFolder(toTree(sources), '    '),
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
