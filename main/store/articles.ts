import type { Post } from '../../preload/contract/post.ts';
import { articleOf, formerTextOf, joinArticle, ownTextOf, withFormerText } from './article-text.ts';
import type { Bodies, BodyRef } from './bodies.ts';
import type { PostMonths } from './post-months.ts';
import type { PostsRepository } from './repositories.ts';
import { monthOfInstant, type StoredPost, toPost } from './stored-post.ts';

type Parts = { months: PostMonths; bodies: Bodies };
type Verbs = Pick<PostsRepository, 'putArticle' | 'dropArticle'>;

const rowOf = (months: PostMonths, id: string): StoredPost | undefined => {
  const table = months.table();
  const slot = table.slotOf(id);
  return slot < 0 ? undefined : table.row(slot);
};

const isSame = (one: BodyRef | undefined, other: BodyRef | undefined): boolean =>
  one === other || (one !== undefined && other !== undefined && one.every((part, at) => part === other[at]));

/** The feed's own text of a post, empty when there is none, and the one before it. */
const feedText = async ({ bodies }: Parts, post: StoredPost): Promise<{ own: string; former: string | undefined }> => {
  const body = (post.body && (await bodies.read(monthOfInstant(post.collectedAt), post.body, post.id))) ?? '';
  return { own: post.isExtracted ? ownTextOf(body) : articleOf(body), former: formerTextOf(body) };
};

/**
 * Replaces a post's body. The new one is on the disk before the row points to it, so that the old one is there until then.
 * When the body changed meanwhile (the feed was read), it begins anew from that.
 */
const replaceBody = async (
  parts: Parts,
  id: string,
  toBody: (own: string) => string,
  isExtracted: boolean,
): Promise<Post | undefined> => {
  const { months, bodies } = parts;
  await months.loaded();
  const before = rowOf(months, id);
  if (!before) return undefined;
  const { own, former } = await feedText(parts, before);
  const html = withFormerText(toBody(own), former);
  const [body] = html ? await bodies.append(monthOfInstant(before.collectedAt), [{ id, html }]) : [];
  let after: StoredPost | undefined;
  let isOvertaken = false;
  await months.change(() => {
    const now = rowOf(months, id);
    isOvertaken = now !== undefined && !isSame(now.body, before.body);
    if (!now || isOvertaken) return {};
    const { body: _body, isExtracted: _isExtracted, ...rest } = now;
    after = { ...rest, ...(body ? { body } : {}), ...(isExtracted ? { isExtracted } : {}) };
    return { put: [after] };
  });
  if (isOvertaken) return replaceBody(parts, id, toBody, isExtracted);
  return after && toPost(after);
};

/** Articles in the place of what feeds give. */
export const createArticles = (parts: Parts): Verbs => ({
  putArticle: (id, html) => replaceBody(parts, id, (own) => joinArticle(html, own), true),
  dropArticle: (id) => replaceBody(parts, id, (own) => own, false),
});
