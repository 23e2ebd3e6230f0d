import { z } from 'zod';
import { hackerNewsTypeSchema, labelSchema } from './post.ts';
import { MAX_CONDITIONS } from './rule-limits.ts';
import { folderSchema, idSchema, instantSchema } from './values.ts';

export const MAX_RULES = 500;

/** `text` is title, summary and body together. */
export const textFieldSchema = z.enum(['title', 'summary', 'body', 'text', 'author', 'domain']);
/**
 * Words are compared whole, without case and accents; a `*` at the end of `contains` stands for any ending.
 * `matches` is a pattern in RE2's syntax, without case.
 */
export const textOperatorSchema = z.enum(['contains', 'lacks', 'is', 'is-not', 'starts-with', 'matches']);
const isOrNot = z.enum(['is', 'is-not']);

/** One thing asked of a post. */
export const conditionSchema = z.discriminatedUnion('field', [
  z.strictObject({ field: textFieldSchema, operator: textOperatorSchema, value: z.string().trim().min(1).max(200) }),
  z.strictObject({ field: z.literal('source'), operator: isOrNot, value: idSchema }),
  /** The folder and all within it. */
  z.strictObject({ field: z.literal('folder'), operator: isOrNot, value: folderSchema.min(1) }),
  z.strictObject({ field: z.literal('label'), operator: isOrNot, value: labelSchema }),
  /** What kind of story it is on Hacker News; `post` is one of a feed. */
  z.strictObject({ field: z.literal('type'), operator: isOrNot, value: z.enum([...hackerNewsTypeSchema.options, 'post']) }),
  /** Posts without such a number fit neither way. */
  z.strictObject({
    field: z.enum(['score', 'comments']),
    operator: z.enum(['at-least', 'at-most']),
    value: z.int().min(0).max(1_000_000),
  }),
  /** Whether a file is attached. */
  z.strictObject({ field: z.literal('enclosure'), operator: isOrNot }),
]);
export type Condition = z.infer<typeof conditionSchema>;
export type TextField = z.infer<typeof textFieldSchema>;
export type TextOperator = z.infer<typeof textOperatorSchema>;

/** What is done to a post that fits. */
export const ruleActionsSchema = z.strictObject({
  /** Hides it, until an instant or for as long as the rule is on. */
  mute: z.strictObject({ until: instantSchema.optional() }).optional(),
  markRead: z.boolean().optional(),
  star: z.boolean().optional(),
  highlight: z.boolean().optional(),
  labels: z.array(labelSchema).max(10).optional(),
  /** One message a run. */
  notify: z.boolean().optional(),
  /** Rules after this one do not look at the post. */
  stop: z.boolean().optional(),
});
export type RuleActions = z.infer<typeof ruleActionsSchema>;

/** What a rule asks; enough to try it. */
export const ruleQuestionSchema = z.strictObject({
  match: z.enum(['all', 'any']),
  conditions: z.array(conditionSchema).min(1).max(MAX_CONDITIONS),
});
export type RuleQuestion = z.infer<typeof ruleQuestionSchema>;

const doesSomething = ({ labels, ...rest }: RuleActions): boolean =>
  (labels?.length ?? 0) > 0 || Object.values(rest).some((value) => value !== undefined && value !== false);
const actionsSchema = ruleActionsSchema.refine(doesSomething, 'must do something');

/** What the owner set to be done with posts by itself. */
export const ruleSchema = z.strictObject({
  id: idSchema,
  name: z.string().trim().min(1).max(100),
  enabled: z.boolean(),
  /** Rules are asked in this order, lowest first. */
  order: z.int().nonnegative(),
  ...ruleQuestionSchema.shape,
  actions: actionsSchema,
  addedAt: instantSchema,
});
export type Rule = z.infer<typeof ruleSchema>;

/** With `id` and `order`, a rule that was removed comes back as itself, and what it muted is muted again. */
export const newRuleSchema = ruleSchema
  .omit({ addedAt: true })
  .extend({ id: idSchema.optional(), order: z.int().nonnegative().optional(), enabled: z.boolean().default(true) });
export type NewRule = z.input<typeof newRuleSchema>;
export const rulePatchSchema = ruleSchema.omit({ id: true, addedAt: true, order: true }).partial();
export type RulePatch = z.infer<typeof rulePatchSchema>;

/** A rule with what its row shows. */
export type RuleRow = {
  rule: Rule;
  /** Posts it hides now. */
  muted: number;
  /** Its mute has an end, and that has come. */
  isMuteOver: boolean;
};

/** Where words that fit stand in a text: from, to (exclusive), in UTF-16 units. */
export type Found = [from: number, to: number];

/** How a rule would judge the posts that are stored. */
export type RuleTest = {
  /** Posts looked at, of how many. They differ where reading texts took too long; then the oldest were left out. */
  looked: number;
  total: number;
  matched: number;
  /** The newest of them, at most 50. */
  posts: {
    id: string;
    title: string;
    sourceTitle: string;
    collectedAt: string;
    isRead: boolean;
    isStarred: boolean;
    /** Where the words stand in the title. */
    inTitle: Found[];
    /** A line of the summary, the text, the author or the domain that fits, and where. */
    line?: { text: string; found: Found[] };
  }[];
};
