import type { MailAccount } from './mail.ts';

/** What is set when nobody has set anything. Apart from the schema, so that the page can show it without reading zod. */
export const DEFAULT_SETTINGS = {
  fetchIntervalMinutes: 30,
  adaptiveIntervals: true,
  timeoutSeconds: 30,
  lanes: 64,
  hackerNewsApi: 'https://hacker-news.firebaseio.com/v0',
  appearance: 'system' as 'system' | 'light' | 'dark',
  density: 'comfortable' as 'comfortable' | 'compact',
  readingSize: 18,
  region: 'system',
  hideReadSources: false,
  groupDuplicates: true,
  trayCount: true,
  pausedUntil: null as string | null,
  schedulerEnabled: true,
  keepRunsDays: 30,
  keepPostsDays: null as number | null,
  mail: null as MailAccount | null,
  toldAboutTray: false,
  welcomed: false,
  firstSteps: false,
  window: null,
  panes: {} as Record<string, number>,
};
