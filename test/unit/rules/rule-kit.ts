import type { MarkChange } from '../../../main/lib/marks.ts';
import { createJudge } from '../../../main/rules/judge.ts';
import type { Post } from '../../../preload/contract/post.ts';
import { type Condition, newRuleSchema, type Rule, type RuleActions } from '../../../preload/contract/rule.ts';

export const NOW = Date.parse('2026-11-21T12:00:00.000Z');

/** A post of a feed; `fields` say what is special about it. */
export const post = (fields: Partial<Post> = {}): Post => ({
  id: 'p1',
  sourceId: 's1',
  fingerprint: 'f1',
  title: 'Rust 1.92 is out',
  url: 'https://example.org/rust',
  domain: 'example.org',
  summary: 'A new compiler.',
  hasBody: false,
  collectedAt: new Date(NOW).toISOString(),
  isRead: false,
  isStarred: false,
  ...fields,
});

let made = 0;
/** A rule that is on; it is checked against its schema. */
export const rule = (conditions: Condition[], actions: RuleActions, fields: Partial<Rule> = {}): Rule => {
  made += 1;
  const { id = `r${made}`, order = made, ...rest } = fields;
  const given = { id, order, name: id, enabled: true, match: 'all' as const, ...rest, conditions, actions };
  newRuleSchema.parse(given);
  return { ...given, addedAt: new Date(NOW).toISOString() };
};

/** Judges one post as it arrives. */
export const judged = async (rules: Rule[], arrival: Post, html?: string, now = NOW): Promise<MarkChange | undefined> => {
  const { judge } = judgeOf(rules, now);
  await judge.ready();
  return judge.arrived({ post: arrival, html }, 'run');
};

/** A judge, and what it wants told. */
export const judgeOf = (rules: Rule[], now = NOW, folder: string[] = ['Systems', 'Languages']) => {
  const noticed: [string, string, string | undefined][] = [];
  const bad: string[] = [];
  const judge = createJudge({
    rules: () => rules,
    folderOf: () => folder,
    now: () => now,
    onNotice: (...told) => noticed.push(told),
    onBad: ({ id }) => bad.push(id),
  });
  return { judge, noticed, bad };
};
