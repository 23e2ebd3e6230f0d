import { useEffect, useRef } from 'react';
import articleCss from '../styles/article.css?url';
import { handleKey } from '../ui/keys.ts';
import { articleHtml, trusted } from './trusted-html.ts';

const SAFE_LINK = /^(https?|mailto):/i;

/** Opens a link of the article outside; anything but http, https and mailto is left alone. */
const openLink = (event: MouseEvent): void => {
  const link = (event.target as Element | null)?.closest?.('a[href]');
  if (!link) return;
  event.preventDefault();
  const address = (link as HTMLAnchorElement).href;
  if (SAFE_LINK.test(address)) open(address, '_blank', 'noopener,noreferrer');
};

/** What the frame takes over from the page, whose styles do not reach it. */
const dress = (page: HTMLElement): void => {
  const root = document.documentElement;
  if (root.dataset.theme) page.dataset.theme = root.dataset.theme;
  else delete page.dataset.theme;
  page.style.setProperty('--text-read', root.style.getPropertyValue('--text-read') || '1.125rem');
};

/**
 * The body of a post: HTML the core has sanitised, in a frame that can run nothing and load nothing but our stylesheet.
 * The frame is as tall as its text, so that the reader scrolls as one.
 */
export const ArticleFrame = ({ html, title }: { html: string; title: string }) => {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let stop: () => void = () => undefined;
    const loaded = () => {
      stop();
      const page = element.contentDocument;
      if (!page?.body) return;
      dress(page.documentElement);
      const grow = () => {
        element.style.height = `${Math.ceil(page.documentElement.getBoundingClientRect().height)}px`;
      };
      const sizes = new ResizeObserver(grow);
      sizes.observe(page.documentElement);
      const looks = new MutationObserver(() => dress(page.documentElement));
      looks.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'style'] });
      page.addEventListener('click', openLink);
      page.addEventListener('auxclick', openLink);
      page.addEventListener('keydown', handleKey);
      grow();
      stop = () => {
        sizes.disconnect();
        looks.disconnect();
      };
    };
    element.addEventListener('load', loaded);
    // The property, not React's attribute: a browser with Trusted Types takes only the policy's own value.
    (element as { srcdoc: unknown }).srcdoc = trusted(articleHtml(html, new URL(articleCss, document.baseURI).href));
    return () => {
      element.removeEventListener('load', loaded);
      stop();
    };
  }, [html]);
  return <iframe ref={frame} className="article-frame" title={title} sandbox="allow-same-origin" referrerPolicy="no-referrer" />;
};
