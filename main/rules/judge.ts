import type { Post } from '../../preload/contract/post.ts';
import type { Rule } from '../../preload/contract/rule.ts';
import type { MarkChange } from '../lib/marks.ts';
import { type ReadyRule, toReadyRules } from './compile.ts';
import { changeBy, fitting, hides } from './judge-post.ts';
import { type Subject, toSubject } from './subject.ts';

type Judged = { post: Post; html: string | undefined };

export type JudgeParts = {
  /** In their order; asked again after `rulesChanged`. */
  rules: () => readonly Rule[];
  folderOf: (sourceId: string) => readonly string[];
  now: () => number;
  /** A rule wants the owner to hear of a post. */
  onNotice: (ruleId: string, postId: string, runId: string | undefined) => void;
  /** A stored rule cannot be used; the others go on. */
  onBad: (rule: Rule, error: unknown) => void;
};

/** Judges posts by the rules that are on. Fits the store's `Judge`. */
export const createJudge = (parts: JudgeParts) => {
  const { now, folderOf } = parts;
  let rules: readonly ReadyRule[] = [];
  let made: readonly Rule[] | undefined;
  let making: Promise<void> = Promise.resolve();
  const make = async (): Promise<void> => {
    const wanted = parts.rules();
    if (wanted === made) return;
    rules = await toReadyRules(wanted, parts.onBad);
    made = wanted;
  };
  const ready = (): Promise<void> => {
    if (parts.rules() !== made) making = making.then(make);
    return making;
  };
  const subjectOf = ({ post, html }: Judged): Subject => toSubject(post, html, folderOf(post.sourceId));
  const notice = (found: readonly Rule[], all: readonly Rule[], post: Post, runId: string | undefined): void => {
    // What is hidden, or was found among old posts, is not news.
    if (post.isBackfilled || hides(all, now())) return;
    for (const rule of found) if (rule.actions.notify) parts.onNotice(rule.id, post.id, runId);
  };
  return {
    ready,
    isNeeded: () => rules.length > 0,
    readsBodies: () => rules.some(({ question }) => question.readsBody),
    arrived: (arrival: Judged, runId: string | undefined): MarkChange | undefined => {
      const found = fitting(rules, subjectOf(arrival));
      notice(found, found, arrival.post, runId);
      return changeBy(found, arrival.post, now());
    },
    changed: (before: Judged, after: Judged, runId: string | undefined): MarkChange | undefined => {
      const fits = fitting(rules, subjectOf(after));
      const fitted = new Set(fitting(rules, subjectOf(before)).map(({ id }) => id));
      // What fitted before was acted on then, or the owner took it back since.
      const fresh = fits.filter(({ id }) => !fitted.has(id));
      const fitsNow = new Set(fits.map(({ id }) => id));
      const on = new Set(rules.map(({ rule }) => rule.id));
      const unmutedBy = (after.post.mutedBy ?? []).filter((id) => on.has(id) && !fitsNow.has(id));
      notice(fresh, fits, after.post, runId);
      const change = changeBy(fresh, after.post, now());
      return unmutedBy.length > 0 ? { ...change, unmutedBy } : change;
    },
  };
};
