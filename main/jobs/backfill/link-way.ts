import type { PageAnchor } from '../../feeds/site-page.ts';
import { askPage, type Hunt, note, type ReadPage, takePage } from './hunt.ts';

/** Pages of known parts that are looked at for links to the others. */
const MOST_PAGES = 5;
/** What a link to another part may be called. */
const PART_LINK =
  /^(?:«|‹|←|<|previous|prev|next|zurück|weiter|vorherige|précédent|suivant|anterior|siguiente)\b|\bpart\b|\bteil\b|\bpartie\b|\bparte\b|\bdeel\b/iu;

type IsLikely = (url: string, text: string) => boolean;

const leadsOn = ({ rel, text, url }: PageAnchor, isLikely: IsLikely): boolean =>
  /\b(?:prev|next)\b/.test(rel) || PART_LINK.test(text) || isLikely(url, text);

/** Follows the links of one page that may lead to other parts; answers the pages that were parts. */
const followLinks = async (hunt: Hunt, from: ReadPage, seen: Set<string>, isLikely: IsLikely): Promise<ReadPage[]> => {
  const { asker } = hunt;
  const parts: ReadPage[] = [];
  for (const anchor of from.page.anchors) {
    if (hunt.isDone() || asker.isOver()) break;
    if (seen.has(anchor.url) || !asker.isOwnSite(anchor.url) || !leadsOn(anchor, isLikely)) continue;
    seen.add(anchor.url);
    const { added, read } = await takePage(hunt, anchor.url, 'links');
    if (added > 0 && read) parts.push(read);
  }
  return parts;
};

/** Looks on the pages of known parts, and of those found there, for links to the others. */
export const lookAtLinks = async (hunt: Hunt, known: readonly { url: string }[], isLikely: IsLikely): Promise<void> => {
  const { asker } = hunt;
  const urls = known.map(({ url }) => url).filter((url) => asker.isOwnSite(url));
  const seen = new Set(urls);
  const queue: ReadPage[] = [];
  let read = 0;
  let added = 0;
  while (read < MOST_PAGES && !hunt.isDone() && !asker.isOver()) {
    const url = queue.length === 0 ? urls.shift() : undefined;
    if (queue.length === 0 && url === undefined) break;
    const page = url === undefined ? queue.shift() : await askPage(hunt, url);
    if (!page) continue;
    read += 1;
    const parts = await followLinks(hunt, page, seen, isLikely);
    added += parts.length;
    queue.push(...parts);
  }
  note(hunt, `links on ${read === 1 ? '1 page' : `${read} pages`}: ${added} found`);
};
