import type { CSSProperties } from 'react';

/*
 * The look of an edition: inline for programs that drop style sheets, classes for what a dark screen or a narrow one changes.
 * No font, image or sheet is loaded: the families are those that the reader's computer has.
 */
const SERIF = "'Source Serif 4',Charter,'Iowan Old Style',Georgia,'Times New Roman',serif";
const SANS = "'IBM Plex Sans','Segoe UI',Helvetica,Arial,sans-serif";
const INK = '#1b1c1e';
const INK_2 = '#484a4d';
const INK_3 = '#63666a';
const ACCENT = '#2447ac';
const LINE = '#dfdfd9';

/* The column hands down its family and this, which saves a hundred bytes a line: some programs cut a mail at 100 KB. */
const breaks: CSSProperties = { wordBreak: 'break-word', overflowWrap: 'anywhere' };
const none: CSSProperties = { marginTop: 0, marginBottom: 0, padding: 0 };
const small: CSSProperties = { ...none, fontFamily: SANS, fontSize: '12px', lineHeight: '17px', color: INK_3 };
const title = (size: number, line: number, weight = 600): CSSProperties => ({
  margin: 0,
  fontSize: `${size}px`,
  lineHeight: `${line}px`,
  fontWeight: weight,
  color: INK,
});
const summary = (size: number, line: number): CSSProperties => ({
  ...none,
  marginTop: '3px',
  fontSize: `${size}px`,
  lineHeight: `${line}px`,
  color: INK_2,
});

type Name =
  | 'page'
  | 'column'
  | 'test'
  | 'name'
  | 'nameCell'
  | 'numbered'
  | 'numberedCell'
  | 'masthead'
  | 'part'
  | 'entry'
  | 'tightEntry'
  | 'title'
  | 'tightTitle'
  | 'wideTitle'
  | 'leadTitle'
  | 'summary'
  | 'wideSummary'
  | 'leadSummary'
  | 'place'
  | 'why'
  | 'more'
  | 'link'
  | 'quietLink'
  | 'nothing'
  | 'foot'
  | 'footRule'
  | 'gap';

/** The inline style of each part of an edition. */
export const styles: Readonly<Record<Name, CSSProperties>> = {
  page: { width: '100%', backgroundColor: '#ffffff' },
  column: {
    ...breaks,
    fontFamily: SERIF,
    width: '100%',
    maxWidth: '640px',
    backgroundColor: '#ffffff',
    padding: '22px 28px 28px',
  },
  test: { ...small, padding: '8px 12px', marginBottom: '18px', color: '#ffffff', backgroundColor: '#855600', fontWeight: 600 },
  name: { ...title(26, 31), letterSpacing: '-0.015em' },
  nameCell: { verticalAlign: 'bottom' },
  numbered: small,
  numberedCell: { verticalAlign: 'bottom', textAlign: 'right', padding: '0 0 5px 16px' },
  masthead: { borderBottom: `2px solid ${INK}`, paddingBottom: '7px' },
  part: {
    margin: '22px 0 2px',
    fontFamily: SANS,
    fontSize: '12px',
    lineHeight: '17px',
    fontWeight: 600,
    color: ACCENT,
  },
  entry: { borderBottom: `1px solid ${LINE}`, padding: '9px 0 11px' },
  tightEntry: { borderBottom: `1px solid ${LINE}`, padding: '6px 0 7px' },
  title: title(18, 23),
  tightTitle: title(16, 21),
  wideTitle: title(21, 26),
  leadTitle: { ...title(30, 35), letterSpacing: '-0.015em' },
  summary: summary(15, 21),
  wideSummary: summary(16, 24),
  leadSummary: { ...summary(18, 27), marginTop: '6px' },
  place: { ...small, marginTop: '4px' },
  why: { ...small, marginTop: '2px' },
  more: { ...small, paddingTop: '9px' },
  link: { color: INK, textDecoration: 'none', textDecorationLine: undefined },
  quietLink: { color: INK_3, textDecoration: 'underline', textDecorationLine: undefined },
  nothing: { ...summary(18, 26), paddingTop: '22px' },
  foot: { ...small, marginTop: '8px' },
  footRule: { borderTop: `1px solid ${INK}`, paddingTop: '4px' },
  gap: { height: '30px', lineHeight: '30px', fontSize: '1px' },
};

const dark = (before: string): string =>
  [
    [['.paper'], 'background-color:#1b1c1e'],
    [['.ink', '.ink a'], 'color:#e8e7e2'],
    [['.ink2'], 'color:#bcbcb7'],
    [['.ink3', '.ink3 a'], 'color:#989a98'],
    [['.accent'], 'color:#93b2f7'],
    [['.line'], 'border-color:#3d3f43'],
    [['.rule'], 'border-color:#e8e7e2'],
    [['.test'], 'background-color:#e2b253'],
    [['.test'], 'color:#1b1c1e'],
  ]
    .map(([names, rule]) => `${(names as string[]).map((name) => `${before}${name}`).join(',')}{${rule as string}!important}`)
    .join('');

/** What inline styles cannot say. The dark colours are those of the window; Outlook takes `data-ogsc` for its own dark mode. */
export const SHEET = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  'body{margin:0;padding:0;-webkit-text-size-adjust:100%;text-size-adjust:100%}',
  '.ink a:hover{text-decoration:underline!important}',
  '@media (max-width:480px){.pad{padding:18px 16px 24px!important}.stack{display:block!important;width:100%!important;text-align:left!important;padding:2px 0 0!important}.lead{font-size:25px!important;line-height:30px!important}}',
  `@media (prefers-color-scheme:dark){${dark('')}}`,
  dark('[data-ogsc] '),
].join('');
