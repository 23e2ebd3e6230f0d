import { expect, test } from 'vitest';
import { onPaper } from '../../../../renderer/digests/mail-frame.tsx';
import { mailHtml } from '../../../../renderer/ui/trusted-html.ts';

const MAIL =
  '<!doctype html><html><head><title>x</title><style>p{color:red}</style></head>' +
  '<body style="margin:0"><p class="a" style="color: #111">style="kept" in text</p></body></html>';

test('a mail is shown without inline styles in its HTML: the policy of the page would block them', () => {
  const { html, sheets } = mailHtml(MAIL);
  expect(sheets).toEqual(['p{color:red}']);
  expect(html).not.toMatch(/<style|<[^>]+ style=/);
  expect(html).toContain('<body data-style="margin:0">');
  expect(html).toContain('data-style="color: #111">style="kept" in text</p>');
});

test('the frame of a mail has a policy of its own that loads nothing, before anything else', () => {
  const { html } = mailHtml(MAIL);
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<title>'));
  expect(html).toContain("default-src 'none'; img-src data:");
});

test('the paper of a mail is the one that was chosen, not that of the system', () => {
  const css = '@media (prefers-color-scheme: dark) { p { color: white } } @media (prefers-color-scheme:light){p{color:black}}';
  expect(onPaper(css, 'light')).toBe('@media (width < 0px) { p { color: white } } @media (width >= 0px){p{color:black}}');
  expect(onPaper(css, 'dark')).toBe('@media (width >= 0px) { p { color: white } } @media (width < 0px){p{color:black}}');
});
