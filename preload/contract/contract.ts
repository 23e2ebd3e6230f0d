import { z } from 'zod';
import type { ErrorData } from './errors.ts';
import type { FetchJob } from './fetch-job.ts';
import type { JobInfo } from './job.ts';
import { type PostCounts, type PostDetail, type PostQuery, type PostRow, postQuerySchema } from './post.ts';
import { type Progress, type Run, type RunDetail, type RunQuery, runQuerySchema, type StartedRun } from './run.ts';
import {
  type NewSchedule,
  newScheduleSchema,
  type Schedule,
  type SchedulePatch,
  type SchedulePreview,
  type ScheduleRow,
  schedulePatchSchema,
  type Trigger,
  triggerSchema,
} from './schedule.ts';
import { type Settings, type SettingsPatch, settingsPatchSchema } from './settings.ts';
import {
  type Discovery,
  type HackerNewsList,
  hackerNewsListSchema,
  type NewSource,
  newSourceSchema,
  type OpmlImport,
  type Source,
  type SourcePatch,
  type SourceRow,
  sourcePatchSchema,
} from './source.ts';
import type { Stats, StorageInfo } from './stats.ts';
import type { AppStatus } from './status.ts';
import { idSchema, instantSchema, type Page, timeZoneSchema } from './values.ts';

type Nothing = Record<string, never>;
type ById = { id: string };

/** Everything the screen can ask. One line a request: what goes in, what comes back. */
export type Methods = {
  'app.status': (params: Nothing) => AppStatus;

  'posts.list': (params: PostQuery) => Page<PostRow>;
  'posts.get': (params: ById) => PostDetail;
  'posts.counts': (params: Nothing) => PostCounts;
  /** Posts whose mark really changed, so that the same list undoes it. */
  'posts.mark': (params: { ids: string[]; isRead?: boolean; isStarred?: boolean }) => { changed: string[] };
  /** Marks all that match as read; `before`: only those collected before that instant. */
  'posts.markAllRead': (params: { query: PostQuery; before?: string }) => { changed: string[] };

  'sources.list': (params: Nothing) => SourceRow[];
  'sources.get': (params: ById) => SourceRow;
  /** Looks behind an address and reads what is there; stores nothing. */
  'sources.discover': (params: { url: string; allowLocalNetwork?: boolean }) => Discovery;
  /** The scores of the stories on a list now, so that a threshold can be tried without asking again. */
  'sources.previewHackerNews': (params: { list: HackerNewsList; limit: number }) => { scores: number[] };
  'sources.add': (params: NewSource) => Source;
  'sources.update': (params: { id: string; patch: SourcePatch }) => Source;
  /** What removing would take along. */
  'sources.removal': (params: ById) => { posts: number; starred: number; fetchJobs: number };
  'sources.remove': (params: ById) => { posts: number; fetchJobs: number };
  'sources.fetch': (params: { ids: string[] }) => StartedRun;
  /** Fetch jobs of one source, newest first; the audit trail. */
  'sources.fetchJobs': (params: { id: string; failedOnly?: boolean; limit?: number }) => FetchJob[];
  'sources.importOpml': (params: { text: string; allowLocalNetwork?: boolean }) => OpmlImport;
  'sources.exportOpml': (params: Nothing) => { fileName: string; text: string };
  /** Well-known feeds offered on a first start; none is added by itself. */
  'sources.suggestions': (params: Nothing) => { title: string; feedUrl: string; about: string }[];

  'schedules.list': (params: Nothing) => ScheduleRow[];
  'schedules.preview': (params: { trigger: Trigger; timeZone: string; jobKind?: string; count?: number }) => SchedulePreview;
  'schedules.add': (params: NewSchedule) => Schedule;
  'schedules.update': (params: { id: string; patch: SchedulePatch }) => Schedule;
  'schedules.remove': (params: ById) => { runs: number };
  /** Pauses one schedule; without `until`, until resumed. */
  'schedules.pause': (params: { id: string; until?: string }) => Schedule;
  'schedules.resume': (params: { id: string; makeUp?: boolean }) => Schedule;
  /** Pauses or resumes all of them. */
  'schedules.pauseAll': (params: { until?: string }) => AppStatus;
  'schedules.resumeAll': (params: Nothing) => AppStatus;
  'schedules.restoreDefaults': (params: Nothing) => { restored: string[] };
  /** The four checks behind *why isn't this running?* */
  'schedules.why': (params: ById) => { checks: { ok: boolean; text: string }[] };

  'runs.list': (params: RunQuery) => Page<Run>;
  'runs.get': (params: ById) => RunDetail;
  'runs.start': (params: { scheduleId?: string; jobKind?: string; options?: Record<string, unknown> }) => StartedRun;
  'runs.cancel': (params: ById) => { cancelled: boolean };
  /** Runs the same job again for the sources that failed in that run. */
  'runs.retryFailed': (params: ById) => StartedRun;
  /** Removes a run record and its fetch jobs; sources and posts stay. */
  'runs.remove': (params: ById) => { fetchJobs: number };

  'jobs.list': (params: Nothing) => JobInfo[];

  'stats.get': (params: { days: number; timeZone?: string }) => Stats;
  'stats.storage': (params: Nothing) => StorageInfo;

  'settings.get': (params: Nothing) => Settings;
  'settings.update': (params: { patch: SettingsPatch }) => Settings;
  /** Read back from the system, never from our own settings. */
  'desktop.get': (params: Nothing) => { startAtLogin: boolean };
  'desktop.setStartAtLogin': (params: { on: boolean }) => { startAtLogin: boolean };
  /** Shows the data folder in the system's file manager. */
  'desktop.revealData': (params: Nothing) => { shown: boolean };
};
export type MethodName = keyof Methods;
export type Params<Name extends MethodName> = Parameters<Methods[Name]>[0];
export type Result<Name extends MethodName> = ReturnType<Methods[Name]>;

/** Everything the core announces. An event says what changed, never how to react. */
export type Events = {
  'posts.changed': { added: number; sourceIds?: string[] };
  'sources.changed': { ids: string[] };
  'schedules.changed': { ids: string[] };
  /** The whole row, at each transition. */
  'runs.changed': { run: Run };
  'runs.removed': { ids: string[] };
  'runs.progress': { runId: string; progress: Progress; counts: Record<string, number> };
  /** The whole row, at each transition. */
  'fetch-jobs.changed': { fetchJob: FetchJob };
  'settings.changed': { settings: Settings };
  /** Something `app.status` tells is different now. */
  'status.changed': Nothing;
};
export type EventName = keyof Events;
/** An announcement as it crosses a wire. */
export type Announcement = { [Name in EventName]: { name: Name; data: Events[Name] } }[EventName];

const nothing = z.strictObject({});
const byId = z.strictObject({ id: idSchema });

/** What each method accepts, checked at the door. Unknown keys are refused. */
export const paramSchemas = {
  'app.status': nothing,

  'posts.list': postQuerySchema,
  'posts.get': byId,
  'posts.counts': nothing,
  'posts.mark': z.strictObject({
    ids: z.array(idSchema).max(10_000),
    isRead: z.boolean().optional(),
    isStarred: z.boolean().optional(),
  }),
  'posts.markAllRead': z.strictObject({ query: postQuerySchema, before: instantSchema.optional() }),

  'sources.list': nothing,
  'sources.get': byId,
  'sources.discover': z.strictObject({ url: z.string().min(1).max(2048), allowLocalNetwork: z.boolean().optional() }),
  'sources.previewHackerNews': z.strictObject({ list: hackerNewsListSchema, limit: z.int().min(1).max(500) }),
  'sources.add': newSourceSchema,
  'sources.update': z.strictObject({ id: idSchema, patch: sourcePatchSchema }),
  'sources.removal': byId,
  'sources.remove': byId,
  'sources.fetch': z.strictObject({ ids: z.array(idSchema).min(1).max(5000) }),
  'sources.fetchJobs': z.strictObject({
    id: idSchema,
    failedOnly: z.boolean().optional(),
    limit: z.int().min(1).max(500).optional(),
  }),
  'sources.importOpml': z.strictObject({ text: z.string().max(1_000_000), allowLocalNetwork: z.boolean().optional() }),
  'sources.exportOpml': nothing,
  'sources.suggestions': nothing,

  'schedules.list': nothing,
  'schedules.preview': z.strictObject({
    trigger: triggerSchema,
    timeZone: timeZoneSchema,
    jobKind: z.string().max(80).optional(),
    count: z.int().min(1).max(100).optional(),
  }),
  'schedules.add': newScheduleSchema,
  'schedules.update': z.strictObject({ id: idSchema, patch: schedulePatchSchema }),
  'schedules.remove': byId,
  'schedules.pause': z.strictObject({ id: idSchema, until: instantSchema.optional() }),
  'schedules.resume': z.strictObject({ id: idSchema, makeUp: z.boolean().optional() }),
  'schedules.pauseAll': z.strictObject({ until: instantSchema.optional() }),
  'schedules.resumeAll': nothing,
  'schedules.restoreDefaults': nothing,
  'schedules.why': byId,

  'runs.list': runQuerySchema,
  'runs.get': byId,
  'runs.start': z.strictObject({
    scheduleId: idSchema.optional(),
    jobKind: z.string().max(80).optional(),
    options: z.record(z.string().max(80), z.unknown()).optional(),
  }),
  'runs.cancel': byId,
  'runs.retryFailed': byId,
  'runs.remove': byId,

  'jobs.list': nothing,

  'stats.get': z.strictObject({ days: z.int().min(1).max(366), timeZone: timeZoneSchema.optional() }),
  'stats.storage': nothing,

  'settings.get': nothing,
  'settings.update': z.strictObject({ patch: settingsPatchSchema }),
  'desktop.get': nothing,
  'desktop.setStartAtLogin': z.strictObject({ on: z.boolean() }),
  'desktop.revealData': nothing,
} satisfies { [Name in MethodName]: z.ZodType<unknown, Params<Name>> };

/** What a handler gets: the params after the door, defaults filled in. */
export type CheckedParams<Name extends MethodName> = z.output<(typeof paramSchemas)[Name]>;
/** One handler a method; `main/api` has them. A handler throws AppError; the door turns it into a reply. */
export type Handlers = {
  [Name in MethodName]: (params: CheckedParams<Name>) => Result<Name> | Promise<Result<Name>>;
};

/** A reply is data, never thrown across a wire. */
export type Reply<Value = unknown> = { ok: true; result: Value } | { ok: false; error: ErrorData };

/** What carries questions and announcements. Two functions; knows no method names. */
export type Transport = {
  request: (method: string, params: unknown) => Promise<Reply>;
  /** Calls back at each announcement; returns how to stop. */
  onEvent: (listener: (announcement: Announcement) => void) => () => void;
};

/** The largest question a host lets in, in characters of JSON. */
export const MAX_REQUEST_CHARS = 1_048_576;
