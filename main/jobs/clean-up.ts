import { z } from 'zod';
import type { Post } from '../../preload/contract/post.ts';
import { isPlausible, toInstant } from '../lib/clock.ts';
import { defineJob, type JobContext, type JobDefinition } from './job.ts';
import { covers, daysFor, type Limits, limitNotes, presentLimits } from './keeping-limits.ts';
import { oldRecords } from './old-records.ts';
import type { JobServices } from './services.ts';

const optionsSchema = z.strictObject({
  dryRun: z.boolean().optional().describe('Only shows what would be removed, and removes nothing.'),
  keepRunsDays: z
    .int()
    .min(1)
    .max(3650)
    .optional()
    .describe('Days run records are kept, instead of what the settings say. The newest of each job and source always stay.'),
  keepPostsDays: z
    .int()
    .min(1)
    .max(36_500)
    .optional()
    .describe('Days read posts are kept, instead of what the settings say. Starred and unread posts always stay.'),
});
type Options = z.infer<typeof optionsSchema>;
type Context = JobContext<Options>;

const COUNTERS = ['posts_removed', 'runs_removed', 'fetch_jobs_removed', 'bytes_freed', 'processed', 'succeeded'];
const DRY_COUNTERS = ['posts_to_remove', 'runs_to_remove', 'fetch_jobs_to_remove', 'bytes_to_free', 'processed'];
const DAY_MS = 86_400_000;
const BATCH = 200;
/** Posts looked at before the thread is given back. */
const SLICE = 100;

const batches = <Row>(rows: readonly Row[]): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, at) => rows.slice(at * BATCH, (at + 1) * BATCH));

/** What is to go, and what would go if the owner had looked at it. */
type Choice = { ids: string[]; waiting: number };
type OldPosts = Choice & { isOld: (post: Post) => boolean };

/**
 * Whose limits count in this run. A new limit first shows what it would remove: a scheduled run goes by the limits whose plan was
 * carried out once, a run by hand also by those whose plan was shown, or that were given for this very run.
 */
const isAllowed = ({ store }: JobServices, { options, cause }: Context, limits: Limits): ((sourceId: string) => boolean) => {
  if (options.dryRun || (cause === 'manual' && options.keepPostsDays !== undefined)) return () => true;
  const notes = limitNotes(store.notes);
  const known = [notes.agreed(), ...(cause === 'manual' || cause === 'retry' ? [notes.shown()] : [])];
  return (sourceId) => known.some((one) => covers(one, limits, sourceId));
};

const oldPosts = async (services: JobServices, context: Context, limits: Limits): Promise<OldPosts> => {
  const allowed = isAllowed(services, context, limits);
  const now = context.now();
  const isOld = (post: Post): boolean => {
    const days = daysFor(limits, post.sourceId);
    return days !== null && post.isRead && !post.isStarred && Date.parse(post.collectedAt) < now - days * DAY_MS;
  };
  const choice: OldPosts = { ids: [], waiting: 0, isOld };
  // For ever is what is set: nothing is to be looked at.
  if (limits.all === null && Object.values(limits.sources).every((days) => days === null)) return choice;
  for await (const slice of services.store.posts.slices(SLICE)) {
    context.signal.throwIfAborted();
    for (const post of slice) {
      if (!isOld(post)) continue;
      if (allowed(post.sourceId)) choice.ids.push(post.id);
      else choice.waiting++;
    }
  }
  return choice;
};

/** What the whole run is about. */
type Plan = { posts: OldPosts; records: Awaited<ReturnType<typeof oldRecords>>; limits: Limits; total: number };

const makePlan = async (services: JobServices, context: Context): Promise<Plan> => {
  const { store } = services;
  const { keepRunsDays = store.settings.get().keepRunsDays, keepPostsDays } = context.options;
  const limits = presentLimits(store, keepPostsDays);
  const posts = await oldPosts(services, context, limits);
  const records = await oldRecords(store, toInstant(context.now() - keepRunsDays * DAY_MS), context.signal);
  return { posts, records, limits, total: posts.ids.length + records.runs.length + records.fetchJobs.length };
};

const kept = (context: Context) => ({ runId: context.runId, jobKind: 'clean-up', change: 'removed' as const });

/** Posts first, since they are what the owner cares about; each batch is kept for the undo before it goes. */
const removePosts = async (services: JobServices, context: Context, plan: Plan, step: (by: number) => void): Promise<void> => {
  const { store, events } = services;
  for (const postIds of batches(plan.posts.ids)) {
    context.signal.throwIfAborted();
    await store.undo.keep({ ...kept(context), postIds });
    const removed = await store.posts.remove(postIds, plan.posts.isOld);
    context.count('posts_removed', removed);
    events.emit('posts.changed', { added: 0 });
    step(postIds.length);
  }
};

const removeRecords = async (services: JobServices, context: Context, plan: Plan, step: (by: number) => void): Promise<void> => {
  const { store, events } = services;
  await store.failures.settleEarlier();
  for (const fetchJobs of batches(plan.records.fetchJobs)) {
    context.signal.throwIfAborted();
    await store.undo.keep({ ...kept(context), fetchJobs });
    context.count('fetch_jobs_removed', await store.fetchJobs.remove(fetchJobs.map(({ id }) => id)));
    step(fetchJobs.length);
  }
  for (const runs of batches(plan.records.runs)) {
    context.signal.throwIfAborted();
    await store.undo.keep({ ...kept(context), runs });
    const ids = runs.map(({ id }) => id);
    context.count('runs_removed', await store.runs.remove(ids));
    events.emit('runs.removed', { ids });
    step(runs.length);
  }
};

/** Sites no post links to any more; those that were pinned stay. */
const removeDomains = async ({ store }: JobServices, context: Context): Promise<void> => {
  const linked = store.posts.domainCounts();
  const empty = store.domains.all().filter(({ id, pinned, status }) => !pinned && status !== 'processing' && !linked.has(id));
  if (empty.length > 0) context.count('domains_removed', await store.domains.remove(empty.map(({ id }) => id)));
};

const words = (count: number, word: string): string => `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;

/** Tells what would go: the posts by title, the records by their name. */
const tellPlan = async (services: JobServices, context: Context, plan: Plan): Promise<void> => {
  const { posts, records, limits } = plan;
  for (const postId of posts.ids.slice(0, BATCH)) {
    const post = await services.store.posts.get(postId);
    if (post) context.plan({ verb: 'remove', kind: 'post', text: (post.title || post.url).slice(0, 300), postId });
  }
  for (const run of records.runs)
    context.plan({ verb: 'remove', kind: 'run record', text: `${run.name}, ${run.queuedAt.slice(0, 10)}` });
  context.count('posts_to_remove', posts.ids.length);
  context.count('runs_to_remove', records.runs.length);
  context.count('fetch_jobs_to_remove', records.fetchJobs.length);
  const { freed, later } = await services.store.bodies.reclaim({ dryRun: true, signal: context.signal });
  context.count('bytes_to_free', freed + later);
  context.log(
    'info',
    `Would remove ${words(posts.ids.length, 'post')}, 0 starred, 0 unread, and ${words(records.runs.length, 'run record')}.`,
  );
  // This much the owner has been shown; a run by hand may now do it.
  if (context.cause === 'manual') await limitNotes(services.store.notes).setShown(limits);
};

const carryOut = async (services: JobServices, context: Context, plan: Plan): Promise<void> => {
  let done = 0;
  const step = (by: number): void => {
    done += by;
    context.count('succeeded', by);
    context.progress(done, plan.total);
  };
  await removePosts(services, context, plan, step);
  await removeRecords(services, context, plan, step);
  if (plan.total > 0)
    context.log(
      'info',
      `Removed ${words(plan.posts.ids.length, 'post')}, ${words(plan.records.runs.length, 'run record')} and ${words(plan.records.fetchJobs.length, 'fetch job')}.`,
    );
  await removeDomains(services, context);
  const expired = await services.store.undo.expire();
  const { freed, later } = await services.store.bodies.reclaim({ signal: context.signal });
  context.count('bytes_freed', expired + freed);
  if (later > 0)
    context.log('info', `${words(Math.round(later / 1024), 'kilobyte')} of dead text are given back by the next clean-up.`);
  if (plan.posts.waiting > 0) {
    context.count('posts_waiting', plan.posts.waiting);
    context.log(
      'warn',
      `${words(plan.posts.waiting, 'post')} would go by a limit whose plan was not looked at yet. Look at a dry run first.`,
    );
  } else if (context.cause === 'manual' && context.options.keepPostsDays === undefined)
    await limitNotes(services.store.notes).setAgreed(plan.limits);
};

const run = async (services: JobServices, context: Context): Promise<void> => {
  for (const name of context.options.dryRun ? DRY_COUNTERS : COUNTERS) context.count(name, 0);
  if (!isPlausible(context.now())) {
    context.log('warn', 'The clock of this computer is plainly wrong, so nothing is removed.');
    return;
  }
  await services.store.loaded;
  context.step('Look what is old enough');
  const plan = await makePlan(services, context);
  context.count('processed', plan.total);
  context.step(context.options.dryRun ? 'Tell what would go' : 'Remove');
  context.progress(0, plan.total);
  await (context.options.dryRun ? tellPlan(services, context, plan) : carryOut(services, context, plan));
};

/** Removes what is older than the owner wants to keep. What it removed can be undone for 7 days. */
export const createCleanUp = (services: JobServices): JobDefinition =>
  defineJob<Options>({
    kind: 'clean-up',
    title: 'Clean up',
    description:
      'Removes old run records, and read posts where a limit is set. Starred and unread posts stay; what goes can be undone for 7 days.',
    optionsSchema,
    suggestedTrigger: { type: 'daily', time: '01:00' },
    goesOut: false,
    run: (context) => run(services, context),
  });
