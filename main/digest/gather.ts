import type { DigestOptions, Edition, EditionContent, EditionItem } from '../../preload/contract/digest.ts';
import type { Post } from '../../preload/contract/post.ts';
import type { Source } from '../../preload/contract/source.ts';
import { toInstant } from '../lib/clock.ts';
import type { Store } from '../store/repositories.ts';
import { horizonOf, type LastEdition, spanOf } from './fitting.ts';
import { type Chosen, type Selection, select } from './select.ts';
import { linkKey } from './stories.ts';
import { sectionName, whyIn } from './words.ts';

/** What an edition is made of. */
export type GatherDeps = {
  store: Pick<Store, 'posts' | 'bodies' | 'sources' | 'editions' | 'deliveries' | 'rules' | 'loaded'>;
  /** The words of an HTML text on one line, at most `max` characters. */
  toText: (html: string, max: number) => string;
};

/** An edition that is wanted. */
export type Wanted = {
  /** Undefined for a digest that is not saved yet. */
  scheduleId: string | undefined;
  name: string;
  timeZone: string;
  options: DigestOptions;
  /** What it is of, milliseconds: the due instant, or now. */
  atMs: number;
  /** Posts collected up to then, and editions made before, are known. Milliseconds. */
  toMs: number;
  isTest: boolean;
  /** As it would have been at `toMs`: editions made later are not known. */
  isReplay?: boolean;
  /** This one does not count among the earlier ones: it is made again. */
  except?: string;
};

export type Gathered = Pick<Edition, 'from' | 'to' | 'considered' | 'content' | 'starred' | 'below'>;

const MAX_SUMMARY = 1200;
/** A summary this long was cut where its post was kept; the body says more. */
const CUT_AT = 450;
const MAX_DOMAIN = 255;
const HTTP = /^https?:\/\//i;

/** Editions that count for one that is wanted: tests do not, and the one that is made again does not. Highest number first. */
export const earlierEditions = (
  { editions }: Pick<Store, 'editions'>,
  { scheduleId, toMs, isReplay, except }: Pick<Wanted, 'scheduleId' | 'toMs' | 'isReplay' | 'except'>,
): Edition[] =>
  scheduleId === undefined
    ? []
    : editions
        .ofDigest(scheduleId)
        .filter(({ content, id, to }) => !content.isTest && id !== except && (!isReplay || Date.parse(to) < toMs));

/** Whether somebody has it, or may have it; one that was not made to be sent is had by being there. */
const isOut = ({ deliveries }: Pick<Store, 'deliveries'>, { id, isForSending }: Edition): boolean => {
  const rows = deliveries.ofEdition(id);
  if (rows.length === 0) return isForSending !== true;
  return rows.some(({ state }) => state === 'sent' || state === 'in-doubt' || state === 'sending');
};

/** The number after the highest. */
export const nextNumber = (earlier: readonly Edition[]): number => (earlier[0]?.content.number ?? 0) + 1;

const lastOf = (earlier: readonly Edition[]): LastEdition | undefined => {
  const last = earlier.toSorted((a, b) => (a.to < b.to ? 1 : -1))[0];
  if (!last) return undefined;
  return {
    toMs: Date.parse(last.to),
    ...(last.starred ? { starred: new Set(last.starred) } : {}),
    ...(last.below ? { below: new Set(last.below) } : {}),
  };
};

const readPosts = async (
  { posts }: Pick<Store, 'posts'>,
  { fromMs, toMs }: { fromMs: number; toMs: number },
  signal: AbortSignal,
): Promise<Post[]> => {
  const found: Post[] = [];
  const [from, to] = [toInstant(fromMs), toInstant(toMs)];
  for await (const slice of posts.slices()) {
    signal.throwIfAborted();
    for (const post of slice) if (post.collectedAt > from && post.collectedAt <= to) found.push(post);
    const last = slice.at(-1);
    if (last && last.collectedAt <= from) break;
  }
  return found;
};

/** The beginning of what a post says; of its body where its summary was cut. */
const summaryOf = async ({ store, toText }: GatherDeps, post: Post): Promise<string> => {
  if (!post.hasBody || (post.summary.length > 0 && post.summary.length < CUT_AT)) return post.summary;
  const html = await store.bodies.get(post);
  const text = html ? toText(html, MAX_SUMMARY) : '';
  return text.length > post.summary.length ? text : post.summary;
};

const linkOf = ({ canonicalUrl, url, commentsUrl }: Post): string =>
  [canonicalUrl, url, commentsUrl].find((each) => each && HTTP.test(each)) ?? '';

const toItem = async (deps: GatherDeps, chosen: Chosen, sourceTitle: string): Promise<EditionItem> => {
  const { post, section, score, commentCount, sources, isStarred, isLate } = chosen;
  const url = linkOf(post);
  const numbers = { ...(score === undefined ? {} : { score }), ...(commentCount === undefined ? {} : { commentCount }) };
  return {
    postId: post.id,
    sourceId: post.sourceId,
    section,
    title: post.title,
    url,
    domain: (post.domain || URL.parse(url)?.hostname || '').slice(0, MAX_DOMAIN),
    sourceTitle,
    ...(post.author ? { author: post.author } : {}),
    summary: await summaryOf(deps, post),
    ...(post.publishedAt ? { publishedAt: post.publishedAt } : {}),
    ...numbers,
    ...(post.commentsUrl && HTTP.test(post.commentsUrl) ? { commentsUrl: post.commentsUrl } : {}),
    why: whyIn({ ...numbers, sources, isStarred, isLate, sourceTitle }),
  };
};

const toContent = async (
  deps: GatherDeps,
  wanted: Wanted,
  selection: Selection,
  number: number,
  sources: ReadonlyMap<string, Source>,
): Promise<EditionContent> => ({
  name: wanted.name,
  number,
  at: toInstant(wanted.atMs),
  timeZone: wanted.timeZone,
  tone: wanted.options.tone,
  isTest: wanted.isTest,
  sections: wanted.options.sections.map(({ title, from }, index) => ({
    title: title ?? sectionName(from, sources),
    more: selection.more[index] ?? 0,
  })),
  items: await Promise.all(selection.items.map((chosen) => toItem(deps, chosen, sources.get(chosen.post.sourceId)?.title ?? ''))),
  more: selection.moreInAll,
});

/** What an edition says, from what is kept. Stores nothing; the same store and the same wish give the same content. Throws at abort. */
export const gather = async (deps: GatherDeps, wanted: Wanted, signal: AbortSignal): Promise<Gathered> => {
  const { store } = deps;
  // Posts of the week before may be of an older month.
  await store.loaded;
  store.rules.lookAtMutes();
  const { options, toMs } = wanted;
  const earlier = earlierEditions(store, wanted);
  // What nobody got is still new.
  const out = earlier.filter((edition) => isOut(store, edition));
  const last = lastOf(out);
  const waiting = earlier.filter((edition) => !out.includes(edition) && Date.parse(edition.to) > (last?.toMs ?? 0));
  const waitingMs = waiting.length > 0 ? Math.min(...waiting.map(({ from }) => Date.parse(from))) : undefined;
  const span = spanOf(toMs, options.daysBack, last, waitingMs);
  const sources = new Map(store.sources.all().map((source) => [source.id, source]));
  const posts = await readPosts(store, { fromMs: horizonOf(span, options.sections), toMs }, signal);
  const items = out.flatMap(({ content }) => content.items);
  const selection = select({
    posts,
    sources,
    options,
    span,
    earlier: {
      ids: new Set(items.map(({ postId }) => postId)),
      links: new Set(items.map(({ url }) => linkKey({ url })).filter((link) => link !== '')),
    },
    isMuted: store.posts.isMuted,
  });
  signal.throwIfAborted();
  const { starred, below, considered } = selection;
  return {
    from: toInstant(span.fromMs),
    to: toInstant(toMs),
    considered,
    content: await toContent(deps, wanted, selection, nextNumber(earlier), sources),
    ...(starred ? { starred } : {}),
    ...(below.length > 0 ? { below } : {}),
  };
};
