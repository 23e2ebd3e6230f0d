import { createElement, Fragment, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Entry, Layout, Part } from './layout.ts';
import { toSafeHtml } from './safe-html.ts';
import { words } from './words.ts';

const h = createElement;

const linked = (url: string | undefined, text: string): ReactNode => (url ? h('a', { href: url }, text) : text);

const entryHtml = (entry: Entry, key: number): ReactNode => {
  const said = [entry.place, entry.author, entry.points, entry.comments && linked(entry.commentsUrl, entry.comments)].filter(
    Boolean,
  );
  return h(
    Fragment,
    { key },
    h('h3', { dir: 'auto' }, linked(entry.url, entry.title)),
    entry.summary && h('p', { dir: 'auto' }, entry.summary),
    h('p', null, ...said.flatMap((part, index) => (index > 0 ? [', ', part] : [part]))),
    entry.why && h('p', null, `${words.why} ${entry.why}`),
  );
};

const partHtml = (part: Part, key: number): ReactNode =>
  h(
    Fragment,
    { key },
    part.title && h('h2', { dir: 'auto' }, part.title),
    part.entries.map(entryHtml),
    part.more && h('p', null, part.more),
  );

/** An edition as HTML without a look of its own, for feed readers: headings, paragraphs and links, sanitised once more. */
export const toFragment = (layout: Layout): string =>
  toSafeHtml(
    renderToStaticMarkup(
      h(
        Fragment,
        null,
        layout.isTest && h('p', null, words.testNote),
        layout.parts.map(partHtml),
        layout.parts.length === 0 && h('p', null, words.nothingNew),
        layout.more && h('p', null, layout.more),
      ),
    ),
    undefined,
  );
