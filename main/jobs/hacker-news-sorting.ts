import type { AppError } from '../../preload/contract/errors.ts';
import type { Post } from '../../preload/contract/post.ts';
import type { HackerNewsSource } from '../../preload/contract/source.ts';
import { displayText } from '../feeds/display-text.ts';
import type { HackerNewsItem, ItemAnswer } from '../hacker-news/item.ts';
import { toDraft, whyUnusable } from '../hacker-news/to-post.ts';
import type { PostDraft, PostsRepository } from '../store/repositories.ts';

/** What came for one number: an answer, or trouble on the way. */
export type Answered = { id: number; answer: ItemAnswer } | { id: number; error: AppError };

/** A story as a draft, its title fit to stand in a list as those of feeds are (hostile case 95). */
const draftOf = (item: HackerNewsItem): PostDraft => {
  const draft = toDraft(item);
  return { ...draft, title: displayText(draft.title, 500) || draft.title };
};

type Refresh = Parameters<PostsRepository['refreshHackerNews']>[0][number];

/** Every answer in exactly one place, so that the counters add up. */
export type Sorted = {
  /** To be saved: new stories, and known ones of this source with fresh numbers. */
  drafts: PostDraft[];
  /** Known posts that died, or that another source keeps. */
  refresh: Refresh[];
  /** Known posts about which nothing was said. */
  untouched: number;
  belowThreshold: number;
  unusable: number;
  /** Numbers that came as nothing, among the unusable ones. */
  absent: number[];
  failed: number[];
  /** Items that were dropped although they should have been fine, in words without their text. */
  warnings: string[];
};

type Context = { source: HackerNewsSource; known: (hnId: number) => Post | undefined };

const toRefresh = (post: Post, item: HackerNewsItem, isDead: boolean): Refresh => ({
  id: post.id,
  score: item.score ?? post.hn?.score ?? 0,
  commentCount: Math.max(0, item.descendants ?? post.hn?.commentCount ?? 0),
  isDead,
});

const sortKnown = (sorted: Sorted, post: Post, item: HackerNewsItem, { source }: Context): void => {
  const isDead = Boolean(item.dead || item.deleted);
  if (!isDead && whyUnusable(item) === undefined && post.sourceId === source.id) sorted.drafts.push(draftOf(item));
  else sorted.refresh.push(toRefresh(post, item, isDead));
};

const sortNew = (sorted: Sorted, item: HackerNewsItem, { source }: Context): void => {
  const why = whyUnusable(item);
  if (why) {
    sorted.unusable += 1;
    if (why === 'no-title') sorted.warnings.push(`Item ${item.id} was left out: it has no title.`);
  } else if ((item.score ?? 0) < source.minScore) sorted.belowThreshold += 1;
  else sorted.drafts.push(draftOf(item));
};

const sortAnswer = (sorted: Sorted, id: number, answer: ItemAnswer, context: Context): void => {
  const post = context.known(id);
  if (answer.kind === 'item') {
    if (post) sortKnown(sorted, post, answer.item, context);
    else sortNew(sorted, answer.item, context);
    return;
  }
  if (answer.kind === 'malformed') sorted.warnings.push(`Item ${id} was left out: ${answer.reason}.`);
  if (post) sorted.untouched += 1;
  else {
    sorted.unusable += 1;
    if (answer.kind === 'absent') sorted.absent.push(id);
  }
};

/** Sorts the answers of one source: what to keep, what to refresh, what was nothing. */
export const sortAnswers = (answers: readonly Answered[], context: Context): Sorted => {
  const sorted: Sorted = {
    drafts: [],
    refresh: [],
    untouched: 0,
    belowThreshold: 0,
    unusable: 0,
    absent: [],
    failed: [],
    warnings: [],
  };
  for (const answered of answers) {
    if ('error' in answered) sorted.failed.push(answered.id);
    else sortAnswer(sorted, answered.id, answered.answer, context);
  }
  return sorted;
};
