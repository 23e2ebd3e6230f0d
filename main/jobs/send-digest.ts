import type { z } from 'zod';
import {
  type DeliveryCounts,
  DIGEST_JOB,
  type DigestAction,
  digestOptionsSchema,
  type Edition,
  type RenderedEdition,
} from '../../preload/contract/digest.ts';
import { AppError, toAppError } from '../../preload/contract/errors.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import { idSchema } from '../../preload/contract/values.ts';
import { toAddress } from '../digest/addresses.ts';
import { type EditionDeps, makeEdition } from '../digest/edition.ts';
import { editionKey } from '../digest/edition-key.ts';
import { isAllSent, planDeliveries, sendPlanned } from '../digest/outbox.ts';
import { renderEdition } from '../digest/render/render.ts';
import { htmlToText } from '../feeds/text.ts';
import { defineJob, type JobContext, type JobDefinition } from './job.ts';
import { scrapeFor } from './scrape-for-digest.ts';
import { plural, sentInWords } from './send-digest-words.ts';
import type { JobServices } from './services.ts';

const isAddress = (text: string): boolean => {
  try {
    toAddress(text);
    return true;
  } catch {
    return false;
  }
};

const optionsSchema = digestOptionsSchema
  .extend({ edition: idSchema.optional().describe('Only sends this edition, as far as it was not sent; nothing is made.') })
  .superRefine(({ testTo }, context) => {
    if (testTo === undefined || isAddress(testTo)) return;
    context.addIssue({ code: 'custom', path: ['testTo'], message: 'is not one plain address, such as ada@example.org' });
  });
type Options = z.infer<typeof optionsSchema>;
type Context = JobContext<Options>;
type Digest = Pick<Schedule, 'id' | 'name' | 'trigger' | 'timeZone'>;

/** The digest of a run that belongs to no schedule. */
const LOOSE: Omit<Digest, 'timeZone'> = { id: DIGEST_JOB, name: 'Digest', trigger: { type: 'daily', time: '08:00' } };

const COUNTERS: Record<DigestAction, readonly string[]> = {
  scrape: ['items_scraped', 'sources'],
  generate: ['items_used'],
  send: ['sent', 'rejected', 'deferred', 'in_doubt'],
};
const STEPS: Record<DigestAction, string> = { scrape: 'Scrape', generate: 'Generate', send: 'Send' };

/** What editions are made with. */
export const editionDeps = ({ store, events }: Pick<JobServices, 'store' | 'events'>): EditionDeps => ({
  store,
  events,
  toText: htmlToText,
  render: (content) => {
    const { mail } = store.settings.get();
    const unsubscribe = mail?.unsubscribe || mail?.from;
    return renderEdition(content, unsubscribe ? { unsubscribe } : {});
  },
});

const digestOf = ({ store }: JobServices, { scheduleId }: Context): Digest => {
  if (scheduleId === undefined) return { ...LOOSE, timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone };
  const schedule = store.schedules.get(scheduleId);
  if (!schedule) throw new AppError('NOT_FOUND', 'This digest is not there any more.');
  return schedule;
};

const toCounts = (counts: Record<string, number>, context: Context): Record<string, number> => {
  for (const [name, by] of Object.entries(counts)) context.count(name, by);
  return counts;
};

const scrape = async (services: JobServices, context: Context): Promise<void> => {
  const { items, sources, failed, error } = await scrapeFor(services, context, context.options);
  const counts = toCounts({ items_scraped: items, sources }, context);
  const trouble = failed > 0 ? `; ${failed} failed` : '';
  context.result({ result: `${plural(items, 'new post')} from ${plural(sources, 'source')}${trouble}.`, counts });
  if (!error) return;
  // Without a network nothing can be sent either: the run waits for it.
  if (error.code === 'OFFLINE' && context.options.actions.includes('send')) throw error;
  context.result({ error: error.message });
  context.log('warn', `${error.message} The edition is made of what is there.`);
};

const generate = async (services: JobServices, context: Context, digest: Digest): Promise<Edition | undefined> => {
  const { options, runId, signal, scheduledFor } = context;
  const now = context.now();
  const atMs = scheduledFor ? Date.parse(scheduledFor) : now;
  const isTest = options.testMode;
  const key = isTest ? `${digest.id} test ${runId}` : editionKey(digest, atMs);
  const wanted = { scheduleId: digest.id, name: digest.name, timeZone: digest.timeZone, options, atMs, toMs: now, isTest };
  const { edition, how } = await makeEdition(editionDeps(services), wanted, { key, runId, now, signal });
  if (!edition) {
    context.result({ result: 'Nothing new, so no mail.', counts: { items_used: 0 } });
    context.log('info', 'Nothing new, so no mail.');
    return undefined;
  }
  const { items, more, number } = edition.content;
  const used = how === 'begun' ? 0 : items.length;
  const counts = toCounts({ items_used: used }, context);
  const rest = more > 0 ? ` and ${more.toLocaleString('en')} more` : '';
  const name = isTest ? 'A test' : `Edition ${number}`;
  const result =
    how === 'begun'
      ? `${name} was made before; its words stay.`
      : `${name}: ${plural(items.length, 'post')}${rest}, of ${edition.considered.toLocaleString('en')} looked at.`;
  context.result({ result, counts, editionId: edition.id });
  context.log('info', `${result} Its id is ${edition.id}.`);
  return edition;
};

/** Says and throws what was not sent; a run that failed by a passing trouble is tried again. */
const judge = (counts: DeliveryCounts, waiting: AppError | undefined): AppError | undefined => {
  if (waiting) return waiting;
  const { 'in-doubt': doubtful = 0, rejected = 0, sent = 0 } = counts;
  const all = Object.values(counts).reduce((sum, each) => sum + each, 0);
  if (doubtful > 0) return new AppError('MAIL_IN_DOUBT', `In doubt: ${doubtful} of ${all} unclear.`);
  return rejected > 0 && sent === 0
    ? new AppError('MAIL_RCPT_REJECTED', `None of ${plural(all, 'delivery')} was taken.`)
    : undefined;
};

const wasSent = (context: Context, { content, endedAt }: Edition): void => {
  const result = `Edition ${content.number} was sent already, ${endedAt?.slice(0, 16).replace('T', ' ')} UTC. Nothing is sent.`;
  context.result({ result, counts: { sent: 0 } });
  context.log('info', result);
};

const handOver = async (
  services: JobServices,
  context: Context,
  edition: Edition,
  rendered: RenderedEdition,
): Promise<AppError | undefined> => {
  const { options, signal, now, cause } = context;
  // What goes on by itself leaves alone what waits for the owner.
  const isForced = cause === 'manual' || (options.edition !== undefined && cause === 'retry');
  const onProgress = (done: number, total: number): void => context.progress(done, total);
  const told = await sendPlanned(services, { edition, rendered, options, signal, now, isForced, onProgress });
  const { counts, sent, error } = told;
  const { isTest } = edition.content;
  const numbers = { rejected: counts.rejected ?? 0, deferred: counts.deferred ?? 0, in_doubt: counts['in-doubt'] ?? 0 };
  const step = toCounts(isTest ? { tests_sent: sent } : { sent, ...numbers }, context);
  const result = sentInWords(counts, isTest);
  context.result({ result, counts: step, editionId: edition.id });
  context.log(error ? 'warn' : 'info', result);
  return judge(counts, error);
};

const send = async (services: JobServices, context: Context, made: Edition): Promise<void> => {
  const { store, events } = services;
  if (made.endedAt && isAllSent(services, made.id)) return wasSent(context, made);
  const deliveries = await planDeliveries(services, made, context.options);
  if (deliveries.length === 0) {
    const result = made.content.isTest ? 'A test, handed to nobody.' : 'There is nobody to send it to.';
    context.result({ result, counts: {}, editionId: made.id });
    context.log('info', result);
    return;
  }
  const rendered = await editionDeps({ store, events }).render(made.content);
  const error = await handOver(services, context, made, rendered);
  if (error) throw error;
};

/** Runs one part and keeps with it why it failed. */
const inStep = async <Value>(context: Context, action: DigestAction, work: () => Promise<Value>): Promise<Value> => {
  context.step(STEPS[action]);
  for (const name of COUNTERS[action]) context.count(name, 0);
  try {
    return await work();
  } catch (thrown) {
    context.result({ error: toAppError(context.signal.aborted ? context.signal.reason : thrown).message });
    throw thrown;
  }
};

const editionToSend = ({ store }: JobServices, id: string, digest: Digest): Edition => {
  const edition = store.editions.get(id);
  if (edition?.scheduleId !== digest.id) throw new AppError('NOT_FOUND', 'There is no such edition of this digest.');
  return edition;
};

const run = async (services: JobServices, context: Context): Promise<void> => {
  const { actions, edition: again } = context.options;
  const digest = digestOf(services, context);
  if (again !== undefined) {
    const edition = editionToSend(services, again, digest);
    return inStep(context, 'send', () => send(services, context, edition));
  }
  if (actions.includes('scrape')) await inStep(context, 'scrape', () => scrape(services, context));
  if (!actions.includes('generate')) return;
  const edition = await inStep(context, 'generate', () => generate(services, context, digest));
  if (actions.includes('send') && edition) await inStep(context, 'send', () => send(services, context, edition));
};

/** Gets new posts, makes the edition of the day, and hands it over: once. */
export const createSendDigest = (services: JobServices): JobDefinition =>
  defineJob<Options>({
    kind: DIGEST_JOB,
    title: 'Send a digest',
    description: 'Gets new posts, makes an edition of the best of them, and sends it: each edition once to each receiver.',
    optionsSchema,
    suggestedTrigger: { type: 'daily', time: '08:00' },
    goesOut: true,
    defaults: { missed: 'ask', timeoutMinutes: 60, retries: 4, retryMinutes: 5 },
    run: (context) => run(services, context),
  });
