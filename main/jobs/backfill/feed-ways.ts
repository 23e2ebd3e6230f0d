import { type Paging, readPaging } from '../../feeds/paging.ts';
import type { PostDraft } from '../../store/repositories.ts';
import { type Hunt, keep, leaveToFeed, note, readFeedBody } from './hunt.ts';

type FeedPage = { paging: Paging; drafts: PostDraft[] };

const askFeed = async (hunt: Hunt, url: string): Promise<FeedPage | undefined> => {
  const body = await hunt.asker.ask(url, 'feed');
  const posts = body && (await readFeedBody(hunt, body));
  return body && posts && { paging: readPaging(body.bytes, body.finalUrl, body.contentType), drafts: posts.drafts };
};

const pages = (count: number): string => (count === 1 ? '1 page' : `${count} pages`);

/** Follows `prev-archive`, else `next`, from document to document. RFC 5005. A chain that bites its own tail ends there. */
const followArchive = async (hunt: Hunt, first: FeedPage): Promise<void> => {
  const seen = new Set([hunt.source.feedUrl]);
  let older = first.paging.previousArchive ?? first.paging.next;
  let read = 0;
  while (older && !seen.has(older) && !hunt.isDone() && !hunt.asker.isOver()) {
    seen.add(older);
    if (!hunt.asker.isOwnSite(older)) return note(hunt, 'feed archive: it leads to another site and was not followed');
    const page = await askFeed(hunt, older);
    if (!page) break;
    read += 1;
    await keep(hunt, page.drafts, 'archive');
    older = page.paging.previousArchive ?? page.paging.next;
  }
  const loops = older !== undefined && seen.has(older) && read > 0 && !hunt.isDone() && !hunt.asker.isOver();
  note(hunt, `feed archive: ${read > 0 ? pages(read) : 'none'}${loops ? ', it leads in a circle' : ''}`);
};

/** An address of the same feed with `paged=2` and so on, as WordPress has it. */
const pagedUrl = (feedUrl: string, number: number): string => {
  const url = new URL(feedUrl);
  url.searchParams.set('paged', String(number));
  return url.href;
};

const MOST_PAGED = 100;

/** Asks for `?paged=2` and on, until a page is missing or is the same as the one before. */
const followPaged = async (hunt: Hunt, first: FeedPage): Promise<void> => {
  let before = first.drafts.map(({ fingerprint }) => fingerprint).join('\n');
  let read = 0;
  for (let number = 2; number <= MOST_PAGED && !hunt.isDone() && !hunt.asker.isOver(); number++) {
    const page = await askFeed(hunt, pagedUrl(hunt.source.feedUrl, number));
    const now = page?.drafts.map(({ fingerprint }) => fingerprint).join('\n');
    if (!page || !now || now === before) break;
    before = now;
    read += 1;
    await keep(hunt, page.drafts, 'paging');
  }
  note(hunt, `pages of the feed (?paged=): ${read > 0 ? pages(read) : 'none'}`);
};

/**
 * Looks in the archive of the feed, and in its pages where it is WordPress. False when the feed itself could not be read: then nobody
 * knows what of the site is new, and no other way may be tried.
 */
export const lookInFeed = async (hunt: Hunt): Promise<boolean> => {
  const first = await askFeed(hunt, hunt.source.feedUrl);
  if (!first) {
    note(hunt, 'the feed could not be read, so nothing else was tried');
    return false;
  }
  leaveToFeed(hunt, first.drafts);
  if (first.paging.isComplete) note(hunt, 'feed archive: the feed says it is complete');
  else await followArchive(hunt, first);
  if (!hunt.isDone() && first.paging.isWordPress) await followPaged(hunt, first);
  return true;
};
