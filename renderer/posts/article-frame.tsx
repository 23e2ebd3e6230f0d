import { useEffect, useRef } from 'react';
import type { PostImage } from '../../preload/contract/post.ts';
import articleCss from '../styles/article.css?url';
import { handleKey } from '../ui/keys.ts';
import { openLink } from '../ui/open-link.ts';
import { articleHtml, trusted } from '../ui/trusted-html.ts';
import { type ArrangedImages, arrangeImages, type ImageStates } from './article-images.ts';
import { keepPlace } from './keep-place.ts';

/** What the frame takes over from the page, whose styles do not reach it. */
const dress = (page: HTMLElement): void => {
  const root = document.documentElement;
  if (root.dataset.theme) page.dataset.theme = root.dataset.theme;
  else delete page.dataset.theme;
  page.style.setProperty('--text-read', root.style.getPropertyValue('--text-read') || '1.125rem');
};

const growTo = (frame: HTMLIFrameElement, page: Document): void => {
  frame.style.height = `${Math.ceil(page.documentElement.getBoundingClientRect().height)}px`;
};

/** Lets a frame be as tall as its page and look like the window. Answers how to stop. */
const follow = (frame: HTMLIFrameElement, page: Document): (() => void) => {
  dress(page.documentElement);
  const grow = () => growTo(frame, page);
  const sizes = new ResizeObserver(grow);
  sizes.observe(page.documentElement);
  const looks = new MutationObserver(() => keepPlace(frame, grow, () => dress(page.documentElement)));
  looks.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'style'] });
  page.addEventListener('click', openLink);
  page.addEventListener('auxclick', openLink);
  page.addEventListener('keydown', handleKey);
  grow();
  return () => {
    sizes.disconnect();
    looks.disconnect();
  };
};

const NONE: readonly PostImage[] = [];

/**
 * The body of a post: HTML the core has sanitised, in a frame that can run nothing and load nothing but our stylesheet and images whose
 * bytes the core gave. The frame is as tall as its text, so that the reader scrolls as one.
 */
export const ArticleFrame = ({
  html,
  title,
  images = NONE,
  states,
  onLoadImage,
  onReady,
}: {
  html: string;
  title: string;
  images?: readonly PostImage[] | undefined;
  states: ImageStates;
  onLoadImage: (key: string) => void;
  /** The text is there and the frame as tall as it. */
  onReady: () => void;
}) => {
  const frame = useRef<HTMLIFrameElement>(null);
  const arranged = useRef<ArrangedImages | undefined>(undefined);
  const latest = useRef({ images, states, onLoadImage, onReady });
  latest.current = { images, states, onLoadImage, onReady };
  const apply = useRef(() => {
    const element = frame.current;
    const page = element?.contentDocument;
    if (!element || !page) return;
    arranged.current?.apply(latest.current.states, (change) => keepPlace(element, () => growTo(element, page), change));
  });
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let stop: () => void = () => undefined;
    const loaded = () => {
      stop();
      const page = element.contentDocument;
      if (!page?.body) return;
      arranged.current = arrangeImages(page, latest.current.images, (key) => latest.current.onLoadImage(key));
      stop = follow(element, page);
      apply.current();
      latest.current.onReady();
    };
    element.addEventListener('load', loaded);
    // The property, not React's attribute: a browser with Trusted Types takes only the policy's own value.
    (element as { srcdoc: unknown }).srcdoc = trusted(articleHtml(html, new URL(articleCss, document.baseURI).href));
    return () => {
      element.removeEventListener('load', loaded);
      arranged.current = undefined;
      stop();
    };
  }, [html]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new are the states
  useEffect(() => apply.current(), [states]);
  return <iframe ref={frame} className="article-frame" title={title} sandbox="allow-same-origin" referrerPolicy="no-referrer" />;
};
