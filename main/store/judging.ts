import type { Post } from '../../preload/contract/post.ts';
import { addMarks } from '../lib/marks.ts';
import { articleOf } from './article-text.ts';
import type { Bodies } from './bodies.ts';
import { changeRows, type Pair } from './change-rows.ts';
import type { PostMonths } from './post-months.ts';
import type { Judge, PostsRepository } from './repositories.ts';
import { monthOfInstant, type StoredPost, toPost } from './stored-post.ts';

/** Where posts meet the rules. Without a judge nothing happens. */
export type Judging = {
  use: (judge: Judge) => void;
  /** Puts the marks into posts on their way in, before they are written. */
  arrivals: (arrivals: readonly { post: StoredPost; html: string }[], runId: string | undefined) => Promise<StoredPost[]>;
  /** Judges posts again that were written with other words or numbers than before. */
  changed: (pairs: readonly Pair[], runId?: string) => Promise<void>;
  applyMarks: PostsRepository['applyMarks'];
};

export const createJudging = (months: PostMonths, bodies: Bodies): Judging => {
  let judge: Judge | undefined;
  const present = async (): Promise<Judge | undefined> => {
    await judge?.ready();
    return judge?.isNeeded() ? judge : undefined;
  };
  const applyMarks: Judging['applyMarks'] = async (changes) => {
    const pairs = await changeRows(months, changes, (post, { change }) => addMarks(post, change));
    return pairs.map(({ after }) => toPost(after));
  };
  return {
    use: (next) => {
      judge = next;
    },
    arrivals: async (arrivals, runId) => {
      const asked = arrivals.length > 0 ? await present() : undefined;
      return arrivals.map(({ post, html }) => {
        const change = asked?.arrived({ post: toPost(post), html }, runId);
        return change ? addMarks(post, change) : post;
      });
    },
    changed: async (pairs, runId) => {
      const asked = pairs.length > 0 ? await present() : undefined;
      if (!asked) return;
      const judged = async (post: StoredPost): Promise<{ post: Post; html: string | undefined }> => {
        const isRead = asked.readsBodies() && post.body;
        const body = isRead ? await bodies.read(monthOfInstant(post.collectedAt), isRead, post.id) : undefined;
        return { post: toPost(post), html: body === undefined ? undefined : articleOf(body) };
      };
      const changes: Parameters<typeof applyMarks>[0][number][] = [];
      for (const { before, after } of pairs) {
        const change = asked.changed(await judged(before), await judged(after), runId);
        if (change) changes.push({ id: after.id, change });
      }
      if (changes.length > 0) await applyMarks(changes);
    },
    applyMarks,
  };
};
