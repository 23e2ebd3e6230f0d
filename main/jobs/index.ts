import { createApplyRules } from './apply-rules.ts';
import { createBackUp } from './back-up.ts';
import { createCleanUp } from './clean-up.ts';
import { createCollectHackerNews } from './collect-hacker-news.ts';
import { createCompleteAuthors } from './complete-authors.ts';
import { createCompleteSeries } from './complete-series.ts';
import { createCrawlSources } from './crawl-sources.ts';
import { createDiscoverTop } from './discover-top.ts';
import { createFetchFeeds } from './fetch-feeds.ts';
import type { JobDefinition } from './job.ts';
import { createProcessDomains } from './process-domains.ts';
import { createRefreshMetadata } from './refresh-metadata.ts';
import { createSendDigest } from './send-digest.ts';
import type { JobServices } from './services.ts';

export { defaultSchedules, defaultSources, suggestedFeeds } from './defaults.ts';

/** Every kind of work there is. A new job is a file and a line here. */
export const createJobs = (services: JobServices): JobDefinition[] => [
  createFetchFeeds(services),
  createCompleteSeries(services),
  createCompleteAuthors(services),
  createCollectHackerNews(services),
  createCrawlSources(services),
  createDiscoverTop(services),
  createRefreshMetadata(services),
  createCleanUp(services),
  createBackUp(services),
  createProcessDomains(services),
  createApplyRules(services),
  createSendDigest(services),
];
