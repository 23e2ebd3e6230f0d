import type { Mailer } from '../digest/mailer.ts';
import type { FeedParser } from '../feeds/parsed-feed.ts';
import type { HackerNews } from '../hacker-news/client.ts';
import type { Alerts } from '../lib/alerts.ts';
import type { Clock } from '../lib/clock.ts';
import type { EventBus } from '../lib/events.ts';
import type { Log } from '../lib/log.ts';
import type { Secrets } from '../lib/secrets.ts';
import type { Downloader } from '../net/download-types.ts';
import type { Store } from '../store/repositories.ts';

/** What the jobs work with; the core makes it once. */
export type JobServices = {
  store: Pick<
    Store,
    | 'dir'
    | 'sources'
    | 'posts'
    | 'bodies'
    | 'runs'
    | 'fetchJobs'
    | 'fetchMemory'
    | 'domains'
    | 'settings'
    | 'notes'
    | 'failures'
    | 'undo'
    | 'backups'
    | 'loaded'
    | 'topLists'
    | 'editions'
    | 'deliveries'
    | 'recipients'
    | 'schedules'
    | 'pageChecks'
    | 'gapMaps'
    | 'authors'
    | 'rules'
  >;
  downloader: Pick<Downloader, 'download' | 'post'>;
  parser: Pick<FeedParser, 'parsePosts' | 'readPage' | 'extract' | 'readHead'>;
  hackerNews: HackerNews;
  clock: Clock;
  log: Log;
  events: Pick<EventBus, 'emit' | 'onEvent'>;
  /** Raised once when something begins to fail, taken back when it works again. */
  alerts?: Pick<Alerts, 'raise' | 'clear'>;
  /** Passwords and tokens. */
  secrets: Pick<Secrets, 'get'>;
  /** In place of the real world's. */
  mailer?: Mailer;
  /** 0 up to 1, for the spread of waiting times; default `Math.random`. */
  random?: () => number;
};
