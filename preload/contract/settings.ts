import { z } from 'zod';
import { DEFAULT_SETTINGS as DEFAULTS } from './default-settings.ts';
import { mailAccountSchema } from './mail.ts';
import { notificationsSchema } from './message.ts';

/** What the owner can set. An older or hand-written file is completed from the defaults, not refused. */
export const settingsSchema = z.strictObject({
  /** Minutes between two looks at a feed. */
  fetchIntervalMinutes: z.int().min(5).max(10_080),
  /** Feeds that post seldom are asked less often than `fetchIntervalMinutes`; a source's own interval stays as it is. */
  adaptiveIntervals: z.boolean(),
  /** Seconds for one whole request. */
  timeoutSeconds: z.int().min(1).max(300),
  /** Requests in flight at once. */
  lanes: z.int().min(1).max(64),
  /** The base with its `/v0`. */
  hackerNewsApi: z.url({ protocol: /^https?$/ }),
  appearance: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  /** Reading size in CSS pixels. */
  readingSize: z.int().min(16).max(22),
  /** How dates and numbers are written: a BCP 47 tag, or as this computer does. */
  region: z.string().min(2).max(35),
  /** Sources without unread posts are left out of the sidebar. */
  hideReadSources: z.boolean(),
  /** Posts of several sources about the same page stand as one. */
  groupDuplicates: z.boolean(),
  /** Unread number in the tray. */
  trayCount: z.boolean(),
  /** Every scheduled run waits until this instant. Runs by hand go on. */
  pausedUntil: z.iso.datetime({ precision: 3 }).nullable(),
  /** The master switch of the scheduler. */
  schedulerEnabled: z.boolean(),
  /** Heavy work of schedules waits while this computer is on battery, hot, or its connection is metered. */
  deferHeavy: z.boolean(),
  /** Hours it waits at most; then it starts whatever the power. */
  deferHeavyHours: z.int().min(1).max(24),
  /** The owner says that this connection is paid by volume: no system tells us in a way to rely on. */
  isMetered: z.boolean(),
  /** Days run records are kept. The newest of each job and source stay whatever their age. */
  keepRunsDays: z.int().min(1).max(3650),
  /** Days read posts are kept; null: for ever. Starred and unread posts are never removed. */
  keepPostsDays: z.int().min(1).max(36_500).nullable(),
  /** How digests are mailed; null: not set up. */
  mail: mailAccountSchema.nullable(),
  /** What is told, when, and where. */
  notifications: notificationsSchema,
  /** Asks the homepage once a day whether there is a newer version; nothing is loaded. */
  updateCheck: z.boolean(),
  /** The owner was told that closing the window keeps Tidings in the tray. */
  toldAboutTray: z.boolean(),
  /** The welcome page was finished. */
  welcomed: z.boolean(),
  /** The first steps stand above the list until they are put away. */
  firstSteps: z.boolean(),
  /** Where the window was, in screen pixels. */
  window: z
    .strictObject({
      x: z.int().optional(),
      y: z.int().optional(),
      width: z.int().min(1),
      height: z.int().min(1),
      isMaximized: z.boolean(),
    })
    .nullable(),
  /** Pane widths in CSS pixels, by name. */
  panes: z.record(z.string().max(40), z.int().min(0).max(4000)),
});
export type Settings = z.infer<typeof settingsSchema>;
/** What is set when nobody has set anything. */
export const DEFAULT_SETTINGS: Settings = DEFAULTS;

/** What the screen may change: everything but what the hosts keep for themselves. */
export const settingsPatchSchema = settingsSchema.omit({ window: true, toldAboutTray: true }).partial();
export type SettingsPatch = Partial<Settings>;
