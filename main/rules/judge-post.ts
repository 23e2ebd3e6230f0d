import type { Post } from '../../preload/contract/post.ts';
import type { Rule } from '../../preload/contract/rule.ts';
import { fold } from '../lib/fold.ts';
import type { MarkChange } from '../lib/marks.ts';
import type { ReadyRule } from './compile.ts';
import type { Subject } from './subject.ts';

/** The rules that fit a post, in their order. Labels given on the way count for the rules after. */
export const fitting = (rules: readonly ReadyRule[], subject: Subject): Rule[] => {
  const found: Rule[] = [];
  const given: string[] = [];
  for (const { rule, question } of rules) {
    if (!question.fits(subject)) continue;
    found.push(rule);
    for (const label of rule.actions.labels ?? []) {
      if (!subject.labels.has(fold(label))) given.push(fold(label));
      subject.labels.add(fold(label));
    }
    if (rule.actions.stop) break;
  }
  for (const label of given) subject.labels.delete(label);
  return found;
};

const hasEnded = (until: string | undefined, now: number): boolean => until !== undefined && Date.parse(until) <= now;

/** What these rules do to a post, in short: only what is not so already. Undefined when that is nothing. */
export const changeBy = (rules: readonly Rule[], post: Post, now: number): MarkChange | undefined => {
  const wants = (action: 'markRead' | 'star' | 'highlight'): boolean => rules.some(({ actions }) => actions[action]);
  const had = new Set((post.labels ?? []).map(fold));
  const labels = new Map(rules.flatMap(({ actions }) => actions.labels ?? []).map((label) => [fold(label), label]));
  const newLabels = [...labels].filter(([key]) => !had.has(key)).map(([, label]) => label);
  const muters = rules.filter(({ actions }) => actions.mute && !hasEnded(actions.mute.until, now)).map(({ id }) => id);
  const newMuters = muters.filter((id) => !post.mutedBy?.includes(id));
  const change: MarkChange = {
    ...(wants('markRead') && !post.isRead ? { isRead: true } : {}),
    ...(wants('star') && !post.isStarred ? { isStarred: true } : {}),
    ...(wants('highlight') && !post.isHighlighted ? { isHighlighted: true } : {}),
    ...(newLabels.length > 0 ? { labels: newLabels } : {}),
    ...(newMuters.length > 0 ? { mutedBy: newMuters } : {}),
  };
  return Object.keys(change).length > 0 ? change : undefined;
};

/** The rules among these that hide the post at this moment. */
export const hides = (rules: readonly Rule[], now: number): boolean =>
  rules.some(({ actions }) => actions.mute && !hasEnded(actions.mute.until, now));
