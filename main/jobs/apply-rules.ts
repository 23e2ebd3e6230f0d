import { z } from 'zod';
import { AppError } from '../../preload/contract/errors.ts';
import type { Post } from '../../preload/contract/post.ts';
import type { Rule } from '../../preload/contract/rule.ts';
import { idSchema } from '../../preload/contract/values.ts';
import type { MarkChange } from '../lib/marks.ts';
import { type ReadyRule, toReadyRules } from '../rules/compile.ts';
import { changeBy, fitting } from '../rules/judge-post.ts';
import { toSubject } from '../rules/subject.ts';
import { createSlicer } from '../store/slices.ts';
import { defineJob, type JobContext, type JobDefinition } from './job.ts';
import type { JobServices } from './services.ts';

const optionsSchema = z.strictObject({
  ruleIds: z.array(idSchema).max(500).optional().describe('Only what these rules want; without it, what all rules want.'),
  dryRun: z.boolean().optional().describe('Only shows what would be done, and does nothing.'),
});
type Options = z.infer<typeof optionsSchema>;
type Context = JobContext<Options>;
type Change = { id: string; change: MarkChange };

const COUNTERS = ['processed', 'matched', 'changed', 'muted', 'marked_read', 'starred', 'highlighted', 'labelled'];
const BATCH = 500;

/** How a post fares under all rules, of which only the chosen ones act: one that stops the others still does. */
const judge = async (
  { store }: JobServices,
  rules: readonly ReadyRule[],
  post: Post,
  isChosen: (rule: Rule) => boolean,
  now: number,
): Promise<{ found: Rule[]; change: MarkChange | undefined }> => {
  const folder = store.sources.get(post.sourceId)?.folder ?? [];
  const quick = toSubject(post, undefined, folder);
  const needsBody = post.hasBody && rules.some(({ question }) => question.early(quick) === undefined);
  const subject = needsBody ? toSubject(post, await store.bodies.get(post), folder) : quick;
  const found = fitting(rules, subject).filter(isChosen);
  return { found, change: changeBy(found, post, now) };
};

const tell = (context: Context, post: Post, change: MarkChange): void => {
  const done = [
    change.mutedBy && 'mute',
    change.isRead && 'mark as read',
    change.isStarred && 'star',
    change.isHighlighted && 'highlight',
    change.labels && `label ${change.labels.join(', ')}`,
  ].filter(Boolean);
  const text = `${done.join(', ')}: ${post.title || post.url}`.slice(0, 300);
  context.plan({ verb: 'change', kind: 'post', text, postId: post.id });
};

const countChange = (context: Context, change: MarkChange): void => {
  context.count('changed');
  if (change.mutedBy) context.count('muted');
  if (change.isRead) context.count('marked_read');
  if (change.isStarred) context.count('starred');
  if (change.isHighlighted) context.count('highlighted');
  if (change.labels) context.count('labelled');
};

/** Writes a batch: what is about to change is kept for the undo first. */
const write = async ({ store, events }: JobServices, context: Context, changes: readonly Change[]): Promise<void> => {
  if (changes.length === 0) return;
  await store.undo.keep({ runId: context.runId, jobKind: 'apply-rules', change: 'changed', marks: changes });
  await store.posts.applyMarks(changes);
  for (const { change } of changes) countChange(context, change);
  events.emit('posts.changed', { added: 0 });
};

const choose = async (services: JobServices, { options, log }: Context): Promise<ReadyRule[]> => {
  const { rules } = services.store;
  const missing = options.ruleIds?.find((id) => !rules.get(id));
  if (missing) throw new AppError('NOT_FOUND', 'One of these rules is not there any more.');
  return toReadyRules(rules.all(), (rule) => log('warn', `“${rule.name}” cannot be used: its pattern cannot be read.`));
};

/** Looks at one post; what is to be done to it is told or kept for the next write. */
const look = async (
  services: JobServices,
  context: Context,
  rules: readonly ReadyRule[],
  post: Post,
): Promise<Change | undefined> => {
  const { ruleIds, dryRun } = context.options;
  const isChosen = (rule: Rule): boolean => !ruleIds || ruleIds.includes(rule.id);
  const { found, change } = await judge(services, rules, post, isChosen, context.now());
  context.count('processed');
  if (found.length > 0) context.count('matched');
  if (!change) return undefined;
  if (!dryRun) return { id: post.id, change };
  tell(context, post, change);
  countChange(context, change);
  return undefined;
};

const run = async (services: JobServices, context: Context): Promise<void> => {
  const { store } = services;
  for (const name of COUNTERS) context.count(name, 0);
  context.step('Make the rules ready');
  await store.loaded;
  const rules = await choose(services, context);
  const total = store.posts.count();
  context.step('Judge the posts');
  const pause = createSlicer();
  let changes: Change[] = [];
  let done = 0;
  for await (const slice of store.posts.slices(100)) {
    for (const post of slice) {
      context.signal.throwIfAborted();
      const change = await look(services, context, rules, post);
      if (change) changes.push(change);
      await pause();
    }
    done += slice.length;
    context.progress(done, total);
    if (changes.length < BATCH) continue;
    await write(services, context, changes);
    changes = [];
  }
  await write(services, context, changes);
};

/** Lets rules judge the posts that are already here. What it marks can be undone for 7 days. */
export const createApplyRules = (services: JobServices): JobDefinition =>
  defineJob<Options>({
    kind: 'apply-rules',
    title: 'Apply rules',
    description: 'Lets your rules judge the posts that are already here. What it marks can be undone for 7 days.',
    optionsSchema,
    suggestedTrigger: { type: 'weekly', days: ['sun'], time: '03:00' },
    goesOut: false,
    isHeavy: true,
    run: (context) => run(services, context),
  });
