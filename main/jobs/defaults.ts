import type { NewSchedule } from '../../preload/contract/schedule.ts';
import type { NewSource } from '../../preload/contract/source.ts';

/** A built-in schedule: what a person would fill in, with the id it always has. */
export type DefaultSchedule = NewSchedule & { id: string };

/** The schedules of a first start. Without a zone they get the one of this computer. */
export const defaultSchedules: readonly DefaultSchedule[] = [
  // A thousand feeds with some slow hosts among them take longer than the usual ten minutes.
  {
    id: 'fetch_feeds',
    name: 'Fetch feeds',
    jobKind: 'fetch-feeds',
    trigger: { type: 'interval', minutes: 30 },
    timeoutMinutes: 30,
  },
  {
    id: 'hourly_posts_collection',
    name: 'Collect Hacker News',
    jobKind: 'collect-hacker-news',
    trigger: { type: 'cron', expression: '0 * * * *' },
    timeZone: 'UTC',
  },
  {
    id: 'domain_processing',
    name: 'Process domains',
    jobKind: 'process-domains',
    trigger: { type: 'interval', minutes: 5 },
  },
  {
    id: 'crawl_sources',
    name: 'Full crawl',
    jobKind: 'crawl-sources',
    trigger: { type: 'daily', time: '02:00' },
    enabled: false,
    timeoutMinutes: 120,
  },
  {
    id: 'discover_top',
    name: 'Top posts',
    jobKind: 'discover-top',
    trigger: { type: 'weekly', days: ['sun'], time: '03:00' },
  },
  {
    id: 'refresh_metadata_recent',
    name: 'Refresh recent posts',
    jobKind: 'refresh-metadata',
    options: { scope: 'recent' },
    trigger: { type: 'weekly', days: ['sun'], time: '04:30' },
    timeoutMinutes: 60,
  },
  {
    id: 'refresh_metadata_full',
    name: 'Refresh all posts',
    jobKind: 'refresh-metadata',
    options: { scope: 'full' },
    trigger: { type: 'monthly', day: 1, time: '04:00' },
    enabled: false,
    timeoutMinutes: 240,
  },
  {
    id: 'clean_up',
    name: 'Clean up',
    jobKind: 'clean-up',
    trigger: { type: 'daily', time: '01:00' },
    timeoutMinutes: 60,
  },
  // Both ask sites for old pages, so they are off until they are wanted.
  {
    id: 'complete_series',
    name: 'Complete series',
    jobKind: 'complete-series',
    trigger: { type: 'monthly', day: 2, time: '03:00' },
    enabled: false,
    timeoutMinutes: 120,
  },
  {
    id: 'complete_authors',
    name: 'Complete authors',
    jobKind: 'complete-authors',
    trigger: { type: 'monthly', day: 3, time: '03:00' },
    enabled: false,
    timeoutMinutes: 120,
  },
  {
    id: 'back_up',
    name: 'Back up',
    jobKind: 'back-up',
    trigger: { type: 'daily', time: '03:30' },
    timeoutMinutes: 60,
  },
];

/** The sources of a first start. */
export const defaultSources: readonly (NewSource & { kind: 'hacker-news'; title: string })[] = [
  { kind: 'hacker-news', title: 'Hacker News', list: 'top', minScore: 50, limit: 100 },
];

/** Well-known feeds offered on a first start; none is added by itself. */
export const suggestedFeeds: readonly { title: string; feedUrl: string; about: string }[] = [
  {
    title: 'Ars Technica',
    feedUrl: 'https://feeds.arstechnica.com/arstechnica/index',
    about: 'Technology and science, reported in depth',
  },
  { title: 'BBC News: World', feedUrl: 'https://feeds.bbci.co.uk/news/world/rss.xml', about: 'News from around the world' },
  { title: 'LWN.net', feedUrl: 'https://lwn.net/headlines/rss', about: 'Linux and free software' },
  { title: 'Lobsters', feedUrl: 'https://lobste.rs/rss', about: 'Links about computing, with discussion' },
  { title: 'NASA: Image of the Day', feedUrl: 'https://www.nasa.gov/feeds/iotd-feed/', about: 'One picture from space a day' },
  { title: 'Nature', feedUrl: 'https://www.nature.com/nature.rss', about: 'Research and news from the journal' },
  {
    title: 'Quanta Magazine',
    feedUrl: 'https://www.quantamagazine.org/feed/',
    about: 'Mathematics, physics and biology explained',
  },
  {
    title: 'Simon Willison',
    feedUrl: 'https://simonwillison.net/atom/everything/',
    about: 'A working diary on software and language models',
  },
  { title: 'The Guardian: Books', feedUrl: 'https://www.theguardian.com/books/rss', about: 'Reviews and writing on books' },
  { title: 'xkcd', feedUrl: 'https://xkcd.com/atom.xml', about: 'A web comic, three times a week' },
];
