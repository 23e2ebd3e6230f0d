import { useEffect, useRef } from 'react';
import { handleKey } from '../ui/keys.ts';
import { openLink } from '../ui/open-link.ts';
import { mailHtml, trusted } from '../ui/trusted-html.ts';

type FrameWindow = Window & { CSSStyleSheet: typeof CSSStyleSheet };

/** The paper a mail is looked at on, whatever the window and the system have. */
export type Paper = 'light' | 'dark';
const DARK_QUERY = /\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/g;
/** The same sheet with every question about the paper answered. */
export const onPaper = (css: string, paper: Paper): string =>
  css.replace(DARK_QUERY, (_all, wanted: string) => (wanted === paper ? '(width >= 0px)' : '(width < 0px)'));

/** Puts on what `mailHtml` took off. */
const dress = (page: Document, sheets: readonly string[], paper: Paper): void => {
  page.documentElement.style.colorScheme = paper;
  const room = page.defaultView as FrameWindow | null;
  if (room)
    page.adoptedStyleSheets = sheets.map((text) => {
      const sheet = new room.CSSStyleSheet();
      sheet.replaceSync(onPaper(text, paper));
      return sheet;
    });
  for (const element of page.querySelectorAll<HTMLElement>('[data-style]')) {
    element.style.cssText = element.dataset.style ?? '';
    delete element.dataset.style;
  }
};

/**
 * A mail in a frame that can run nothing and load nothing. The frame is as tall as the mail. Its paper is chosen: mail is read in
 * other windows than this one.
 */
export const MailFrame = ({ html, title, paper }: { html: string; title: string; paper: Paper }) => {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const mail = mailHtml(html);
    let stop: () => void = () => undefined;
    const loaded = () => {
      stop();
      const page = element.contentDocument;
      if (!page?.body) return;
      dress(page, mail.sheets, paper);
      const grow = () => {
        element.style.height = `${Math.ceil(page.documentElement.getBoundingClientRect().height)}px`;
      };
      const sizes = new ResizeObserver(grow);
      sizes.observe(page.documentElement);
      sizes.observe(page.body);
      page.addEventListener('click', openLink);
      page.addEventListener('auxclick', openLink);
      page.addEventListener('keydown', handleKey);
      grow();
      element.dataset.ready = 'true';
      stop = () => sizes.disconnect();
    };
    delete element.dataset.ready;
    element.addEventListener('load', loaded);
    // The property, not React's attribute: a browser with Trusted Types takes only the policy's own value.
    (element as { srcdoc: unknown }).srcdoc = trusted(mail.html);
    return () => {
      element.removeEventListener('load', loaded);
      stop();
    };
  }, [html, paper]);
  return <iframe ref={frame} className="mail-frame" title={title} sandbox="allow-same-origin" referrerPolicy="no-referrer" />;
};
