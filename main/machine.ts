import { createReleases } from './api/releases.ts';
import type { Machine } from './api/services.ts';
import type { Mailer } from './digest/mailer.ts';
import { createDiscover } from './feeds/discover.ts';
import { createFeedParser } from './feeds/parser.ts';
import { createHackerNews } from './hacker-news/client.ts';
import { extractArticleOf } from './jobs/extract-article.ts';
import { createJobs } from './jobs/index.ts';
import { createImageLoader } from './jobs/load-image.ts';
import type { Alerts } from './lib/alerts.ts';
import type { Clock } from './lib/clock.ts';
import type { EventBus } from './lib/events.ts';
import type { Log } from './lib/log.ts';
import type { Secrets } from './lib/secrets.ts';
import type { AddressPolicy, Resolve } from './net/address-policy.ts';
import { createDownloader } from './net/download.ts';
import type { Downloader } from './net/download-types.ts';
import type { Limits } from './net/limits.ts';
import type { Power } from './power.ts';
import { createRunner } from './scheduler/runner.ts';
import { createScheduler } from './scheduler/scheduler.ts';
import type { Store } from './store/repositories.ts';

/** What the machine is made with; what is undefined is the real thing. */
export type MachineDeps = {
  store: Store;
  events: EventBus;
  clock: Clock;
  log: Log;
  version: string;
  hackerNewsApi?: string | undefined;
  /** The list of published versions, instead of the homepage's. */
  releasesUrl?: string | undefined;
  addressPolicy?: AddressPolicy | undefined;
  resolve?: Resolve | undefined;
  netLimits?: Partial<Limits> | undefined;
  mailer?: Mailer | undefined;
  isOnline: () => boolean;
  power?: Pick<Power, 'whyWait' | 'isFallingAsleep'>;
  alerts?: Alerts;
  /** Without them no secret is set. */
  secrets?: Pick<Secrets, 'get'>;
};

/** The way out to the network and the reader of feeds, without a store: enough for `tidings parse`. */
export const createReaders = (
  deps: Pick<MachineDeps, 'clock' | 'log' | 'version' | 'addressPolicy' | 'resolve' | 'netLimits'>,
  lanes = 64,
) => {
  const { clock, log, version, addressPolicy, resolve, netLimits } = deps;
  const downloader = createDownloader({
    clock,
    log,
    lanes,
    userAgent: `Tidings/${version} (+https://example.org/tidings)`,
    ...(addressPolicy ? { policy: addressPolicy } : {}),
    ...(resolve ? { resolve } : {}),
    ...(netLimits ? { limits: netLimits } : {}),
  });
  return { downloader, parser: createFeedParser({ log }) };
};

/** Everything that works, wired once; `close` lets go of connections and workers. Start and stop order is the core's. */
export const createMachine = (deps: MachineDeps): Machine & Pick<Downloader, 'close' | 'warmUp'> => {
  const { store, events, clock, log, isOnline } = deps;
  const { downloader, parser } = createReaders(deps, store.settings.get().lanes);
  const baseUrl = (): string => deps.hackerNewsApi ?? store.settings.get().hackerNewsApi;
  const hackerNews = createHackerNews({ download: downloader.download, baseUrl });
  const list = createJobs({
    ...(deps.alerts ? { alerts: deps.alerts } : {}),
    ...(deps.mailer ? { mailer: deps.mailer } : {}),
    secrets: deps.secrets ?? { get: async () => undefined },
    store,
    downloader,
    parser,
    hackerNews,
    clock,
    log,
    events,
  });
  const jobs = new Map(list.map((job) => [job.kind, job]));
  const runner = createRunner({ store, jobs, events, clock, log });
  const scheduler = createScheduler({ store, jobs, runner, events, clock, log, isOnline, ...deps.power });
  const releases = createReleases(downloader.download, deps.releasesUrl);
  const discover = createDiscover({ downloader, parser, sources: store.sources.all });
  const stopListening = events.onEvent((announcement) => {
    if (announcement.name === 'settings.changed') downloader.setLanes(announcement.data.settings.lanes);
  });
  return {
    hackerNews,
    releases,
    discover,
    articles: {
      extract: (post) => extractArticleOf({ store, downloader, clock, parser }, post),
      toMarkdown: parser.toMarkdown,
    },
    images: createImageLoader({ store, downloader, clock }),
    jobs,
    runner,
    scheduler,
    post: downloader.post,
    warmUp: downloader.warmUp,
    close: async () => {
      stopListening();
      await Promise.all([downloader.close(), parser.close()]);
    },
  };
};
