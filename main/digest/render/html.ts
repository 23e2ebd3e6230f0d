import { createElement, Fragment, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Column, Container, Heading, Link, Row, Section, Text } from 'react-email';
import type { Entry, Layout, Part } from './layout.ts';
import { toSafeHtml } from './safe-html.ts';
import { SHEET, styles } from './styles.ts';
import { words } from './words.ts';

/* Without JSX, so that plain Node runs the source as it is. */
const h = createElement;

const LOOKS = {
  brief: { entry: styles.tightEntry, title: styles.tightTitle, summary: styles.summary },
  professional: { entry: styles.entry, title: styles.title, summary: styles.summary },
  magazine: { entry: styles.entry, title: styles.wideTitle, summary: styles.wideSummary },
} as const;
const LEAD = { entry: styles.entry, title: styles.leadTitle, summary: styles.leadSummary } as const;

const placeLine = (entry: Entry): ReactNode => {
  const comments = entry.commentsUrl
    ? h(Link, { href: entry.commentsUrl, style: styles.quietLink }, entry.comments)
    : entry.comments;
  const said = [entry.place, entry.author, entry.points, comments].filter(Boolean);
  return said.map((part, index) => h(Fragment, { key: index }, index > 0 && ', ', part));
};

/** How an entry stands in its part: below which heading, and whether a line parts it from what follows. */
type Standing = { key: number; heading: 'h2' | 'h3'; isLast: boolean };

const entryHtml = (entry: Entry, tone: Layout['tone'], { key, heading, isLast }: Standing): ReactNode => {
  const look = entry.isLead ? LEAD : LOOKS[tone];
  const line = (className: string, style: object, ...inside: ReactNode[]): ReactNode =>
    h(Text, { className, style, dir: 'auto' }, ...inside);
  return h(
    Section,
    { key, style: isLast ? { padding: look.entry.padding } : look.entry, className: 'line' },
    h(
      Heading,
      { as: heading, dir: 'auto', className: entry.isLead ? 'ink lead' : 'ink', style: look.title },
      entry.url ? h(Link, { href: entry.url, style: styles.link }, entry.title) : entry.title,
    ),
    entry.summary && line('ink2', look.summary, entry.summary),
    line('ink3', styles.place, placeLine(entry)),
    entry.why && h(Text, { className: 'ink3', style: styles.why }, `${words.why} `, h('bdi', null, entry.why)),
  );
};

const partHtml = (part: Part, tone: Layout['tone'], key: number): ReactNode => {
  const last = part.more ? -1 : part.entries.length - 1;
  const heading = part.title ? 'h3' : 'h2';
  return h(
    Fragment,
    { key },
    part.title && h(Heading, { as: 'h2', dir: 'auto', className: 'accent', style: styles.part }, part.title),
    part.entries.map((entry, index) => entryHtml(entry, tone, { key: index, heading, isLast: index === last })),
    part.more && h(Text, { className: 'ink3', style: styles.more }, part.more),
  );
};

const masthead = (layout: Layout): ReactNode =>
  h(
    Section,
    { style: styles.masthead, className: 'rule' },
    h(
      Row,
      null,
      h(
        Column,
        { className: 'stack', style: styles.nameCell },
        h(Heading, { as: 'h1', dir: 'auto', className: 'ink', style: styles.name }, layout.name),
      ),
      h(
        Column,
        { className: 'stack', style: styles.numberedCell },
        h(Text, { className: 'ink3', style: styles.numbered }, layout.numbered),
      ),
    ),
  );

const footHtml = (foot: readonly string[], address: string | undefined): ReactNode =>
  h(
    Fragment,
    null,
    h('div', { style: styles.gap }, '\u00a0'),
    h(
      Section,
      { style: styles.footRule, className: 'rule', tdClassName: 'rule' },
      foot.map((sentence, index) =>
        h(Text, { key: index, className: 'ink3', style: styles.foot }, withAddress(sentence, address)),
      ),
    ),
  );

/** The address in a sentence becomes a link that writes to it. */
const withAddress = (sentence: string, address: string | undefined): ReactNode => {
  const at = address === undefined ? -1 : sentence.lastIndexOf(address);
  if (address === undefined || at < 0) return sentence;
  return [
    sentence.slice(0, at),
    h(Link, { key: 'link', href: `mailto:${address}`, style: styles.quietLink }, address),
    sentence.slice(at + address.length),
  ];
};

const bodyOf = (layout: Layout, foot: readonly string[], address: string | undefined): ReactNode =>
  h(
    Section,
    { style: styles.page, className: 'paper' },
    h(
      Container,
      { style: styles.column, className: 'paper', tdClassName: 'pad' },
      layout.isTest && h(Text, { className: 'test', style: styles.test }, words.testNote),
      masthead(layout),
      layout.parts.map((part, index) => partHtml(part, layout.tone, index)),
      layout.parts.length === 0 && h(Text, { className: 'ink2', style: styles.nothing }, words.nothingNew),
      layout.more && h(Text, { className: 'ink3', style: styles.more }, layout.more),
      footHtml(foot, address),
    ),
  );

const headOf = (subject: string): string =>
  [
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    '<meta name="x-apple-disable-message-reformatting"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no">',
    renderToStaticMarkup(h('title', null, subject)),
    `<style>${SHEET}</style></head>`,
  ].join('\n');

/** An edition as a whole document. What stands between the tags of the body went through the sanitiser once more. */
export const toHtml = (layout: Layout, subject: string, foot: readonly string[], address: string | undefined): string => {
  const body = toSafeHtml(renderToStaticMarkup(bodyOf(layout, foot, address)), address)
    .replaceAll('<table', '\n<table')
    .trim();
  return `<!doctype html>\n<html lang="en" dir="ltr">\n${headOf(subject)}\n<body class="paper" style="margin:0;padding:0;background-color:#ffffff">\n${body}\n</body>\n</html>\n`;
};
