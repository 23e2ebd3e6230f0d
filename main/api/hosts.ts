import type { Handlers } from '../../preload/contract/contract.ts';
import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { HostRow } from '../../preload/contract/host.ts';
import { HOST_LEDGER_DAYS } from '../../preload/contract/host.ts';
import type { Source } from '../../preload/contract/source.ts';
import { hostOf } from '../jobs/due-sources.ts';
import { toInstant } from '../lib/clock.ts';
import type { Services } from './services.ts';
import { nextTryOf } from './views.ts';

const DAY_MS = 86_400_000;
/** Rows looked at before the thread is given back. */
const SLICE = 2000;
const TOO_MANY = 429;

type Tally = Pick<HostRow, 'requests' | 'notModified' | 'failed' | 'tooMany' | 'bytes'>;

const addJob = (tally: Tally, job: FetchJob): void => {
  // Without a start nothing was sent.
  if (!('startedAt' in job) || !job.startedAt || job.status === 'ongoing') return;
  tally.requests += 1;
  if (job.httpStatus === TOO_MANY) tally.tooMany += 1;
  if (job.status === 'failed') tally.failed += job.isBlameless ? 0 : 1;
  else {
    tally.bytes += job.bytes ?? 0;
    if (job.outcome === 'not-modified') tally.notModified += 1;
  }
};

/** When a host is asked next, and what says so: a pause it asked for, else the first of its sources that is due. */
const nextOf = ({ store, clock }: Services, host: string, sources: readonly Source[]): Pick<HostRow, 'nextAt' | 'why'> => {
  const now = clock.now();
  const pause = store.fetchMemory.host(host);
  if (pause && Date.parse(pause.notBefore) > now) return { nextAt: pause.notBefore, why: 'It asked us to wait.' };
  const tries = sources.map((source) => nextTryOf(store, source, now)).filter(({ nextTryAt }) => nextTryAt !== undefined);
  const first = tries.sort((left, right) => (left.nextTryAt ?? '').localeCompare(right.nextTryAt ?? ''))[0];
  return first?.nextTryAt ? { nextAt: first.nextTryAt, why: first.why[0]?.text ?? '' } : { why: 'Paused.' };
};

/** Sums up the fetch jobs since `from`, by the tally of their source. */
const addJobs = async (jobs: readonly FetchJob[], from: string, tallies: ReadonlyMap<string, Tally>): Promise<void> => {
  for (let start = 0; start < jobs.length; start += SLICE) {
    for (const job of jobs.slice(start, start + SLICE)) {
      const tally = job.queuedAt >= from ? tallies.get(job.sourceId) : undefined;
      if (tally) addJob(tally, job);
    }
    await new Promise(setImmediate);
  }
};

/** What was asked of each host that feeds are read from, in the last 30 days; reckoned from fetch jobs, most requests first. */
export const createHostHandlers = (services: Services): Pick<Handlers, 'sources.hosts'> => ({
  'sources.hosts': async () => {
    const { store, clock } = services;
    const feeds = store.sources.all().flatMap((source) => (source.kind === 'feed' && hostOf(source.feedUrl) ? [source] : []));
    const hosts = [...Map.groupBy(feeds, ({ feedUrl }) => hostOf(feedUrl))].map(([host, sources]) => ({
      host,
      sources,
      tally: { requests: 0, notModified: 0, failed: 0, tooMany: 0, bytes: 0 },
    }));
    const tallies = new Map(hosts.flatMap(({ sources, tally }) => sources.map(({ id }) => [id, tally])));
    await addJobs(store.fetchJobs.all(), toInstant(clock.now() - HOST_LEDGER_DAYS * DAY_MS), tallies);
    return hosts
      .map(({ host, sources, tally }) => ({ host, sources: sources.length, ...tally, ...nextOf(services, host, sources) }))
      .sort((left, right) => right.requests - left.requests || left.host.localeCompare(right.host));
  },
});
