import { newId } from '../lib/ids.ts';
import { linkKeyOf } from '../lib/link-key.ts';
import { saysElse } from './new-text.ts';
import type { PostTable } from './post-table.ts';
import { firstSample, titleAfter } from './refresh-posts.ts';
import type { PostDraft } from './repositories.ts';
import type { StoredPost } from './stored-post.ts';

/** What saving a document's items comes to. Nothing is written yet. */
export type SavePlan = {
  added: { post: StoredPost; html: string }[];
  updated: { before: StoredPost; post: StoredPost; html: string | undefined }[];
  known: number;
  rekeyed: number;
  buried: number;
};

/** A removed post that must not come back as new. */
export type Tombstone = {
  id: string;
  sourceId: string;
  fingerprint: string;
  secondKey?: string;
  linkKey?: string;
  removedAt: string;
};

/** The known post with what the feed says now. Its id, marks and time of collection stay; a date that moved is not news. */
const refresh = (before: StoredPost, draft: PostDraft, now: string): StoredPost => {
  const { content: _content, ...told } = draft;
  const said = { ...told, ...titleAfter(before, told.title) };
  const hasNewTitle = saysElse(before.title, said.title);
  const isEdited = hasNewTitle || saysElse(before.summary, said.summary);
  const {
    feedTitle: _feedTitle,
    author: _author,
    categories: _categories,
    enclosures: _enclosures,
    commentsUrl: _commentsUrl,
    ...kept
  } = before;
  const publishedAt = before.publishedAt ?? said.publishedAt;
  const samples = said.hn?.samples ?? before.hn?.samples;
  return {
    ...kept,
    ...said,
    ...(publishedAt ? { publishedAt } : {}),
    ...(said.hn ? { hn: { ...said.hn, ...(samples ? { samples } : {}) } } : before.hn ? { hn: before.hn } : {}),
    ...(isEdited ? { updatedAt: now } : {}),
    ...(hasNewTitle ? { formerTitle: before.title } : {}),
  };
};

const findKnown = (
  table: PostTable,
  sourceId: string,
  draft: PostDraft,
  mayStandFor: (post: StoredPost) => boolean,
): StoredPost | undefined => {
  const slot = table.byFingerprint(sourceId, draft.fingerprint);
  if (slot >= 0) return table.row(slot);
  // A post that was found by its page, before a feed told its id, is known by its address.
  for (const key of [draft.secondKey, draft.url ? linkKeyOf(draft.url) : undefined]) {
    const moved = key ? table.bySecondKey(sourceId, key, mayStandFor) : -1;
    if (moved >= 0) return table.row(moved);
  }
  return undefined;
};

const toAdded = (sourceId: string, draft: PostDraft, { now, runId }: { now: string; runId?: string }): SavePlan['added'][0] => {
  const { content = '', ...told } = draft;
  // The first of the samples that tell how a story went on.
  const said = told.hn ? { ...told, hn: { ...told.hn, samples: told.hn.samples ?? [firstSample(told.hn, now)] } } : told;
  const run = runId ? { runId } : {};
  const isRead = said.isBackfilled === true;
  return {
    post: { id: newId(Date.parse(now)), sourceId, ...said, collectedAt: now, ...run, isRead, isStarred: false },
    html: content,
  };
};

/**
 * Decides for each item whether it is new, known or removed earlier.
 * Known: its fingerprint is, or its second key is while the post that has it is no longer in the document under its old fingerprint
 * (a feed that changes its ids at each fetch). Each known post stands for one item only.
 */
export const planSave = (
  table: PostTable,
  sourceId: string,
  drafts: readonly PostDraft[],
  options: { now: string; runId?: string; addsOnly?: boolean },
  isBuried: (draft: PostDraft) => boolean,
): SavePlan => {
  const plan: SavePlan = { added: [], updated: [], known: 0, rekeyed: 0, buried: 0 };
  const inDocument = new Set(drafts.map(({ fingerprint }) => fingerprint));
  const claimed = new Set<string>();
  const seen = new Set<string>();
  const mayStandFor = (post: StoredPost): boolean => !claimed.has(post.id) && !inDocument.has(post.fingerprint);
  for (const draft of drafts) {
    if (seen.has(draft.fingerprint)) continue;
    seen.add(draft.fingerprint);
    const before = findKnown(table, sourceId, draft, mayStandFor);
    if (before) {
      claimed.add(before.id);
      plan.known++;
      if (options.addsOnly) continue;
      if (before.fingerprint !== draft.fingerprint) plan.rekeyed++;
      const post = refresh(before, draft, options.now);
      plan.updated.push({ before, post, html: draft.content });
    } else if (isBuried(draft)) plan.buried++;
    else {
      plan.added.push(toAdded(sourceId, draft, options));
    }
  }
  return plan;
};
