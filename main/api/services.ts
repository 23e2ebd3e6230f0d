import type { MessageSink } from '../../preload/contract/message.ts';
import type { Post } from '../../preload/contract/post.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { Discovery } from '../../preload/contract/source.ts';
import type { AppStatus } from '../../preload/contract/status.ts';
import type { UpdateState } from '../../preload/contract/update.ts';
import type { MarkdownHead } from '../feeds/markdown.ts';
import type { HackerNews } from '../hacker-news/client.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { ImageLoader } from '../jobs/load-image.ts';
import type { Alerts } from '../lib/alerts.ts';
import type { Clock } from '../lib/clock.ts';
import type { EventBus } from '../lib/events.ts';
import type { Log } from '../lib/log.ts';
import type { Secrets } from '../lib/secrets.ts';
import type { Downloader } from '../net/download-types.ts';
import type { Runner } from '../scheduler/runner.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Store } from '../store/repositories.ts';
import type { Restored } from '../store/restore.ts';
import type { Release } from './releases.ts';
import type { Noticing } from './rule-watch.ts';
import type { Search } from './search.ts';
import type { SearchCounts } from './search-counts.ts';

/** What the desktop can do for us; absent on a server. */
export type Desktop = {
  getStartAtLogin: () => Promise<boolean>;
  setStartAtLogin: (on: boolean) => Promise<void>;
  reveal: (path: string) => Promise<void>;
};

/** Everything that works, beside the store that keeps. */
export type Machine = {
  hackerNews: HackerNews;
  /** Finds feeds behind an address. Throws AppError of the network and of reading feeds. */
  discover: (url: string, options: { allowLocalNetwork?: boolean }) => Promise<Discovery>;
  jobs: ReadonlyMap<string, JobDefinition>;
  /** Articles of pages, and posts as Markdown. Throws AppError of the network and of reading. */
  articles: { extract: (post: Post) => Promise<Post>; toMarkdown: (html: string, head: MarkdownHead) => Promise<string> };
  /** Images of posts that the owner asked for. */
  images: ImageLoader;
  /** The versions that were published. Throws AppError of the network, DOC_MALFORMED, DOC_TOO_BIG. */
  releases: () => Promise<Release[]>;
  runner: Runner;
  scheduler: Scheduler;
  /** Hands a message to a server, through the guard of the net. */
  post: Downloader['post'];
};

/** Tells what is new: gathers it at the end of each run, and hands it to the desktop and the sinks. */
export type Messages = {
  /** Looks at the clock now: the computer woke up. */
  look: () => void;
  /** A run ended. */
  runOver: (run: Run, noticed: Promise<readonly Noticing[]>) => void;
  isQuiet: () => boolean;
  sinks: () => MessageSink[];
  start: () => Promise<void>;
  stop: () => Promise<void>;
  /** Settles when everything that was heard of is told or on its way. */
  idle: () => Promise<void>;
};

/** What the core knows of newer versions. */
export type Updates = {
  state: () => UpdateState;
  /** Looks now; an answer of the last minute is as good as a new one. */
  check: () => Promise<UpdateState>;
  start: () => void;
  stop: () => void;
};

/** What the handlers work with. */
export type Services = {
  host: 'desktop' | 'headless';
  version: string;
  store: Store;
  events: EventBus;
  clock: Clock;
  log: Log;
  /** Made once, when first asked for: reading a few posts loads no HTTP client and no parser. */
  machine: () => Promise<Machine>;
  /** The machine if it was made. */
  running: () => Machine | undefined;
  search: Search;
  searchCounts: SearchCounts;
  notices: () => AppStatus['notices'];
  alerts: Alerts;
  secrets: Secrets;
  messages: Messages;
  updates: Updates;
  /** Puts a backup in the place of everything while the hosts go on. */
  restore: (file: string) => Promise<Restored>;
  offlineSince: () => string | undefined;
  desktop: Desktop | undefined;
};
