import type { Rule } from '../../preload/contract/rule.ts';
import type { Question } from '../rules/compile.ts';
import { toSubject } from '../rules/subject.ts';
import type { Services } from './services.ts';

/** Shows posts again that a rule muted and that it no longer fits. */
export const releaseUnfit = async ({ store }: Services, rule: Rule, question: Question): Promise<void> => {
  await store.loaded;
  const changes: { id: string; change: { unmutedBy: string[] } }[] = [];
  for (const id of store.posts.mutedIds(rule.id)) {
    const post = await store.posts.get(id);
    if (!post) continue;
    const html = question.readsBody && post.hasBody ? await store.bodies.get(post) : undefined;
    const subject = toSubject(post, html, store.sources.get(post.sourceId)?.folder ?? []);
    if (!question.fits(subject)) changes.push({ id, change: { unmutedBy: [rule.id] } });
  }
  if (changes.length > 0) await store.posts.applyMarks(changes);
};
