import type { Handlers } from '../../preload/contract/contract.ts';
import { HOST_LEDGER_DAYS, type HostRow } from '../../preload/contract/host.ts';
import type { Reason, Source } from '../../preload/contract/source.ts';
import { hostOf } from '../jobs/due-sources.ts';
import { toInstant } from '../lib/clock.ts';
import { createSlices } from './in-slices.ts';
import { createHostLedger, type HostLedger } from './politeness.ts';
import type { Services } from './services.ts';
import { found, nextTryOf } from './views.ts';

const DAY_MS = 86_400_000;

type Next = Pick<HostRow, 'nextAt' | 'why' | 'reasons'>;
/** The sources of one host with its ledger. */
type Host = { host: string; sources: Source[]; ledger: HostLedger };

/** When a host is asked next, and what says so: a pause it asked for, else the first of its sources that is due. */
const nextOf = ({ store, clock }: Services, host: string, sources: readonly Source[]): Next => {
  const now = clock.now();
  const pause = store.fetchMemory.host(host);
  const tries = sources.map((source) => nextTryOf(store, source, now)).filter(({ nextTryAt }) => nextTryAt !== undefined);
  const first = tries.sort((left, right) => (left.nextTryAt ?? '').localeCompare(right.nextTryAt ?? ''))[0];
  if (pause && Date.parse(pause.notBefore) > now) {
    const asked: Reason = { kind: 'host', text: 'It asked us to wait.', until: pause.notBefore };
    const others = (first?.why ?? []).filter(({ kind }) => kind !== 'host');
    return { nextAt: pause.notBefore, why: asked.text, reasons: [asked, ...others] };
  }
  if (first?.nextTryAt) return { nextAt: first.nextTryAt, why: first.why[0]?.text ?? '', reasons: first.why };
  return { why: 'Paused.', reasons: [{ kind: 'paused', text: 'Paused.' }] };
};

/** Hosts that feeds are read from, with what was asked of them in the last 30 days; reckoned from fetch jobs. */
const hostsOf = async ({ store, clock }: Services, only?: string): Promise<Host[]> => {
  const feeds = store.sources.all().flatMap((source) => (source.kind === 'feed' && hostOf(source.feedUrl) ? [source] : []));
  const hosts = [...Map.groupBy(feeds, ({ feedUrl }) => hostOf(feedUrl))]
    .filter(([host]) => only === undefined || host === only)
    .map(([host, sources]): Host => ({ host, sources, ledger: createHostLedger() }));
  const ledgers = new Map(hosts.flatMap(({ sources, ledger }) => sources.map(({ id }) => [id, ledger])));
  const from = toInstant(clock.now() - HOST_LEDGER_DAYS * DAY_MS);
  for await (const slice of createSlices(store.fetchJobs.all())) {
    for (const job of slice) if (job.queuedAt >= from) ledgers.get(job.sourceId)?.add(job);
  }
  return hosts;
};

const toRow = (services: Services, { host, sources, ledger }: Host): HostRow => ({
  host,
  sources: sources.length,
  ...ledger.result(),
  ...nextOf(services, host, sources),
});

/** What was asked of each host that feeds are read from, in the last 30 days, most requests first. */
export const createHostHandlers = (services: Services): Pick<Handlers, 'sources.hosts' | 'sources.hostProof'> => ({
  'sources.hosts': async () => {
    const hosts = await hostsOf(services);
    return hosts
      .map((host) => toRow(services, host))
      .sort((left, right) => right.requests - left.requests || left.host.localeCompare(right.host));
  },
  'sources.hostProof': async ({ host, format }) => {
    const [one] = await hostsOf(services, host);
    const row = toRow(services, found(one, 'host'));
    const { proofOf } = await import('./host-proof.ts');
    return proofOf(row, { sources: found(one, 'host').sources, version: services.version, now: services.clock.now() }, format);
  },
});
