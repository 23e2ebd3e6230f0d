import { z } from 'zod';
import { type Domain, domainNameSchema } from '../../preload/contract/domain.ts';
import { AppError } from '../../preload/contract/errors.ts';
import { toInstant } from '../lib/clock.ts';
import { forEachLimited } from '../lib/limit.ts';
import { watchErrorRate } from './domain-alert.ts';
import { createDomainEndings, type DomainEndings } from './domain-endings.ts';
import { createNetworkMemory, type NetworkMemory } from './domain-verdict.ts';
import { hostOf } from './due-sources.ts';
import { defineJob, type JobContext, type JobDefinition } from './job.ts';
import { addMissingDomains } from './missing-domains.ts';
import type { JobServices } from './services.ts';
import { homeOf, visitDomain } from './visit-domain.ts';

const optionsSchema = z.strictObject({
  only: z.array(domainNameSchema).max(500).optional().describe('Only these domains, by their names; without it all that wait.'),
  batchSize: z.int().min(1).max(500).default(10).describe('How many domains one run takes: pinned ones first, then the oldest.'),
  atOnce: z
    .int()
    .min(1)
    .max(16)
    .default(4)
    .describe('How many sites are asked at the same time; each one gets a single request.'),
  attempts: z
    .int()
    .min(1)
    .max(10)
    .default(4)
    .describe('How often a site with a passing trouble is tried, with growing pauses, before it stays an error.'),
  alertPercent: z
    .int()
    .min(1)
    .max(100)
    .default(60)
    .describe('Tells you once when more than this share of the domains of the last 24 hours failed.'),
});
type Options = z.infer<typeof optionsSchema>;
type Context = JobContext<Options>;

const COUNTERS = ['domains', 'completed', 'error', 'feeds_found', 'bytes'];

/** A full disk can keep a run from giving its domains back; they would stay in its hands for ever. */
const takeFromEndedRuns = async ({ store }: JobServices, runId: string): Promise<void> => {
  const isOver = (id: string): boolean => {
    const status = store.runs.get(id)?.status;
    return status !== 'queued' && status !== 'running';
  };
  const left = store.domains
    .processing()
    .filter((domain) => domain.status === 'processing' && domain.runId !== runId && isOver(domain.runId));
  await store.domains.putBack(left.map(({ id }) => id));
};

const choose = async ({ store, clock }: JobServices, { options }: Context): Promise<Domain[]> => {
  const now = toInstant(clock.now());
  await store.domains.wakeUp(now);
  const isPaused = (domain: Domain): boolean => (store.fetchMemory.host(hostOf(homeOf(domain)))?.notBefore ?? '') > now;
  const only = options.only && new Set(options.only);
  return store.domains.due(now, options.batchSize, (domain) => (only && !only.has(domain.id)) || isPaused(domain));
};

type Cycle = {
  services: JobServices;
  context: Context;
  endings: DomainEndings;
  signal: AbortSignal;
  stop: (why: AppError) => void;
};

/** One domain from pending to its end: one small write when it begins and one when it ends, none while the network is waited for. */
const processOne = async (
  { services, context, endings, signal, stop }: Cycle,
  { id }: Domain,
): Promise<'taken' | 'elsewhere'> => {
  const { store, clock } = services;
  const startedAt = clock.now();
  const domain = await store.domains.start(id, { runId: context.runId, startedAt: toInstant(startedAt) });
  if (!domain) return 'elsewhere';
  const work = { domain, startedAt };
  try {
    const visit = await visitDomain(services, domain, { signal, onStep: (step) => store.domains.step(id, step) });
    await endings.succeed(work, visit);
  } catch (thrown) {
    // Stopped in the middle: it is given back with the others.
    if (signal.aborted) return 'taken';
    const toBlame = await endings.fail(work, thrown);
    if (toBlame) stop(toBlame);
  }
  return 'taken';
};

const giveBack = async ({ store }: JobServices, context: Context): Promise<void> => {
  const mine = store.domains.processing().filter((domain) => domain.status === 'processing' && domain.runId === context.runId);
  const back = await store.domains.putBack(mine.map(({ id }) => id));
  if (back.length > 0) context.count('put_back', back.length);
};

const processAll = async (services: JobServices, context: Context, memory: NetworkMemory, batch: Domain[]): Promise<void> => {
  const { options } = context;
  const endings = createDomainEndings({ services, context, attempts: options.attempts }, memory);
  const brake = new AbortController();
  const signal = AbortSignal.any([context.signal, brake.signal]);
  const cycle: Cycle = { services, context, endings, signal, stop: (why) => brake.abort(why) };
  let [done, taken] = [0, 0];
  context.progress(0, batch.length);
  try {
    await forEachLimited(batch, options.atOnce, async (domain) => {
      if (signal.aborted) return;
      if ((await processOne(cycle, domain)) === 'taken') taken += 1;
      context.progress(++done, batch.length, domain.id);
    });
    signal.throwIfAborted();
    const toBlame = await endings.settle();
    if (toBlame) throw toBlame;
  } finally {
    await giveBack(services, context);
  }
  // The promise of this job: a run that is completed has left none of its domains undone.
  if (endings.ended() < taken) throw new AppError('INTERNAL', `Left undone: ${taken - endings.ended()} of ${taken} domains.`);
};

const run = async (services: JobServices, context: Context, memory: NetworkMemory): Promise<void> => {
  for (const name of COUNTERS) context.count(name, 0);
  context.step('Choose domains');
  await takeFromEndedRuns(services, context.runId);
  const added = await addMissingDomains(services, context.signal);
  if (added > 0) context.count('found_in_posts', added);
  const batch = await choose(services, context);
  context.count('domains', batch.length);
  if (batch.length === 0) return context.log('info', 'No domain is waiting.');
  context.step('Visit them');
  await processAll(services, context, memory, batch);
  watchErrorRate(services, context.options.alertPercent);
};

/** Reads the home pages of the sites that kept posts link to. One bad site never stops the others. */
export const createProcessDomains = (services: JobServices): JobDefinition => {
  const memory = createNetworkMemory();
  services.events.onEvent(({ name, data }) => {
    if (name === 'fetch-jobs.changed' && data.fetchJob.status === 'completed') memory.goodAt = services.clock.now();
  });
  return defineJob<Options>({
    kind: 'process-domains',
    title: 'Process domains',
    description: 'Reads title, language and feeds of the sites your posts link to.',
    optionsSchema,
    suggestedTrigger: { type: 'interval', minutes: 5 },
    goesOut: true,
    run: (context) => run(services, context, memory),
  });
};
