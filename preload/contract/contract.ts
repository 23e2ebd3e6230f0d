import { z } from 'zod';
import type { Backup } from './backup.ts';
import {
  type DigestPreview,
  type DigestRow,
  type DigestTemplate,
  type EditionPage,
  type EditionRow,
  type WantedDigestPreview,
  wantedDigestPreviewSchema,
} from './digest.ts';
import {
  type Domain,
  type DomainQuery,
  type DomainRow,
  type DomainStats,
  domainNameSchema,
  domainQuerySchema,
} from './domain.ts';
import type { ErrorData } from './errors.ts';
import type { FetchJob } from './fetch-job.ts';
import { type FollowedAuthor, followedAuthorSchema, type GapMap } from './gap-map.ts';
import type { HostProof, HostRow } from './host.ts';
import type { JobInfo } from './job.ts';
import type { MailCheck } from './mail.ts';
import type { MessageSink, MessagesState, MessageTest, ToldMessage } from './message.ts';
import {
  type ImagePart,
  labelSchema,
  type PostChanges,
  type PostCounts,
  type PostDetail,
  type PostQuery,
  type PostRow,
  postQuerySchema,
} from './post.ts';
import type { Recipient, RecipientImport } from './recipient.ts';
import type { Undoable } from './removal.ts';
import {
  type NewRule,
  newRuleSchema,
  type Rule,
  type RulePatch,
  type RuleQuestion,
  type RuleRow,
  type RuleTest,
  rulePatchSchema,
  ruleQuestionSchema,
} from './rule.ts';
import {
  type FetchJobRow,
  gridQuerySchema,
  type Progress,
  type Run,
  type RunDetail,
  type RunFilter,
  type RunGrid,
  type RunQuery,
  type RunStep,
  type RunSummary,
  runFilterSchema,
  runQuerySchema,
  type StartedRun,
} from './run.ts';
import {
  MAX_SEARCH,
  type SavedSearch,
  type SavedSearchDraft,
  type SearchMeaning,
  savedSearchDraftSchema,
} from './saved-search.ts';
import {
  type NewSchedule,
  newScheduleSchema,
  type Schedule,
  type SchedulePatch,
  type SchedulePreview,
  type ScheduleRow,
  type Simulation,
  schedulePatchSchema,
  type WantedPreview,
  type WantedSimulation,
  wantedPreviewSchema,
  wantedSimulationSchema,
} from './schedule.ts';
import { type SecretName, type SecretState, secretNameSchema } from './secret.ts';
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
import type { DiskStats, SourceValue, Stats, StorageInfo } from './stats.ts';
import type { AppStatus } from './status.ts';
import type { TopEdition, TopPage } from './top-list.ts';
import type { UpdateState } from './update.ts';
import { folderSchema, idSchema, instantSchema, type Page, timeZoneSchema } from './values.ts';

type Nothing = Record<string, never>;
type ById = { id: string };

/** Everything the screen can ask. One line a request: what goes in, what comes back. */
export type Methods = {
  'app.status': (params: Nothing) => AppStatus;
  /** The receipt was seen. */
  'app.dismissReceipt': (params: Nothing) => AppStatus;
  /** The alert was seen; it comes again only after its cause has gone and come back. */
  'app.dismissAlert': (params: ById) => AppStatus;

  'posts.list': (params: PostQuery) => Page<PostRow>;
  'posts.get': (params: ById) => PostDetail;
  /** Takes the article from the post's page and shows it in place of the feed's text; `back` shows that text again. */
  'posts.extract': (params: { id: string; back?: boolean }) => PostDetail;
  /** The post as Markdown, with its title, author and address. */
  'posts.markdown': (params: ById) => { text: string };
  /** Loads one image of a post through our own guard; `image` is its key, `from` where a further part of its bytes begins. */
  'posts.image': (params: { id: string; image: string; from?: number }) => ImagePart;
  /** What is different between the present text and the one before. Throws NOT_FOUND when there was none. */
  'posts.changes': (params: ById) => PostChanges;
  'posts.counts': (params: Nothing) => PostCounts;
  /**
   * Posts whose mark really changed, so that the same list, with `only`, undoes it. While duplicates are grouped, read and unread
   * hold for the same story in other sources too; `only`: for these posts alone.
   */
  'posts.mark': (params: { ids: string[]; isRead?: boolean; isStarred?: boolean; only?: boolean }) => { changed: string[] };
  /** Marks all that match as read; `before`: only those collected before that instant; `below`, `above`: only the rows beyond that post. */
  'posts.markAllRead': (params: { query: PostQuery; before?: string; below?: string; above?: string }) => { changed: string[] };

  /** Gives and takes labels; a label that is there in another spelling is that one. */
  'posts.label': (params: { ids: string[]; add?: string[]; remove?: string[] }) => { changed: string[] };

  /** In the order they are asked. */
  'rules.list': (params: Nothing) => RuleRow[];
  /** Judges what comes from now on; posts already here wait for a run of the job `apply-rules`. */
  'rules.add': (params: NewRule) => Rule;
  /** Posts it muted that no longer fit come back. */
  'rules.update': (params: { id: string; patch: RulePatch }) => Rule;
  /** What it muted comes back, with the marks it had; `released` says how many. */
  'rules.remove': (params: ById) => { rule: Rule; released: number };
  /** All ids, in the order wanted. */
  'rules.reorder': (params: { ids: string[] }) => RuleRow[];
  /** How the stored posts would fit; stores nothing. A newer test with the same ticket ends this one: CANCELLED. */
  'rules.test': (params: { question: RuleQuestion; ticket: string }) => RuleTest;
  'rules.export': (params: Nothing) => { fileName: string; text: string };
  /** Adds the rules of an exported file; those that are there already are passed over. */
  'rules.import': (params: { text: string }) => { added: number; known: number; refused: number };

  /** In the order the owner gave them. */
  'searches.list': (params: Nothing) => SavedSearch[];
  /** Adds a search, or changes the one with this id; one that was removed comes back under its id. Throws CONFLICT for a name in use. */
  'searches.save': (params: SavedSearchDraft) => SavedSearch;
  /** Those named come first, in this order. */
  'searches.order': (params: { ids: string[] }) => SavedSearch[];
  'searches.remove': (params: ById) => { removed: boolean };
  /** What a search means; with the place of the caret, also what could be typed there. */
  'searches.explain': (params: { text: string; caret?: number }) => SearchMeaning;

  'sources.list': (params: Nothing) => SourceRow[];
  'sources.get': (params: ById) => SourceRow;
  /** Looks behind an address and reads what is there; stores nothing. */
  'sources.discover': (params: { url: string; allowLocalNetwork?: boolean }) => Discovery;
  /** The scores of the stories on a list now, so that a threshold can be tried without asking again. */
  'sources.previewHackerNews': (params: { list: HackerNewsList; limit: number }) => { scores: number[] };
  'sources.add': (params: NewSource) => Source;
  'sources.update': (params: { id: string; patch: SourcePatch }) => Source;
  /** Moves a folder with all that is in it, all sources or none; to its parent, it is gone. `only`: these sources alone, which undoes it. */
  'sources.renameFolder': (params: { from: string[]; to: string[]; only?: string[] }) => { changed: string[] };
  /** What removing would take along. */
  'sources.removal': (params: ById) => { posts: number; starred: number; fetchJobs: number };
  'sources.remove': (params: ById) => { posts: number; fetchJobs: number };
  'sources.fetch': (params: { ids: string[] }) => StartedRun;
  /** Fetch jobs of one source, newest first; the audit trail. */
  'sources.fetchJobs': (params: { id: string; failedOnly?: boolean; limit?: number }) => FetchJob[];
  'sources.importOpml': (params: { text: string; allowLocalNetwork?: boolean }) => OpmlImport;
  'sources.exportOpml': (params: Nothing) => { fileName: string; text: string };
  /** What was asked of each host in the last 30 days, most requests first. */
  'sources.hosts': (params: Nothing) => HostRow[];
  /** All that is known of what one host was asked, as a file for its owner. Throws NOT_FOUND for a host no feed is read from. */
  'sources.hostProof': (params: { host: string; format: 'text' | 'json' }) => HostProof;
  /** Well-known feeds offered on a first start; none is added by itself. */
  'sources.suggestions': (params: Nothing) => { title: string; feedUrl: string; about: string }[];

  /** Editions of top posts, newest first. */
  'top.list': (params: { limit?: number }) => TopEdition[];
  'top.get': (params: ById) => TopPage;

  'schedules.list': (params: Nothing) => ScheduleRow[];
  'schedules.preview': (params: WantedPreview) => SchedulePreview;
  /** What the next days would look like; stores nothing. */
  'schedules.simulate': (params: WantedSimulation) => Simulation;
  'schedules.add': (params: NewSchedule) => Schedule;
  'schedules.update': (params: { id: string; patch: SchedulePatch }) => Schedule;
  /** Removes a schedule; its run records stay, and `runs` says how many there are. `digest` says what went with a digest. */
  'schedules.remove': (params: ById) => { runs: number; digest?: { editions: number; deliveries: number; recipients: number } };
  /** Pauses one schedule; without `until`, until resumed. */
  'schedules.pause': (params: { id: string; until?: string }) => Schedule;
  'schedules.resume': (params: { id: string; makeUp?: boolean }) => Schedule;
  /** Pauses or resumes all of them. */
  'schedules.pauseAll': (params: { until?: string }) => AppStatus;
  /** Without `makeUp`, what was due meanwhile is made up by one run each. */
  'schedules.resumeAll': (params: { makeUp?: boolean }) => AppStatus;
  /** Answers `schedule.asked`: one run for all that was missed, or none. Throws CONFLICT when nothing was asked. */
  'schedules.answerMissed': (params: { id: string; run: boolean }) => { schedule: Schedule; run?: Run };
  'schedules.restoreDefaults': (params: Nothing) => { restored: string[] };
  /** The four checks behind *why isn't this running?* */
  'schedules.why': (params: ById) => { checks: { ok: boolean; text: string }[] };

  /** Digests are schedules of the kind `send-digest`: added, changed, paused, run and removed as such. */
  'digests.list': (params: Nothing) => DigestRow[];
  /** Digests to begin with. */
  'digests.templates': (params: Nothing) => DigestTemplate[];
  'digests.get': (params: ById) => DigestRow;
  /** The edition as it would be; stores and sends nothing. */
  'digests.preview': (params: WantedDigestPreview) => DigestPreview;
  /** Newest first. */
  'digests.editions': (params: { scheduleId: string; cursor?: string; limit?: number }) => Page<EditionRow>;
  /** An edition as it went out. */
  'digests.edition': (params: ById) => EditionPage;
  /** Makes the real content, marked TEST, and sends it to one address; nothing counts as sent. */
  'digests.sendTest': (params: { scheduleId: string; to: string }) => StartedRun;
  /** Goes on with the deliveries of an edition that are planned or deferred; nothing is made again. */
  'digests.retrySend': (params: ById) => StartedRun;
  /** What the owner found out about a delivery in doubt: it arrived, or it is to be sent again. */
  'digests.decideDelivery': (params: { id: string; verdict: 'arrived' | 'send-again' }) => EditionPage;

  'recipients.list': (params: { scheduleId: string }) => Recipient[];
  /** Adds addresses, one a line; those refused are told with their line. */
  'recipients.import': (params: { scheduleId: string; text: string }) => RecipientImport;
  /** The active addresses, one a line. */
  'recipients.export': (params: { scheduleId: string }) => { fileName: string; text: string };
  /** Unsubscribed people stay in the list, so that an import does not bring them back. */
  'recipients.setState': (params: { id: string; state: Recipient['state'] }) => Recipient;
  'recipients.remove': (params: ById) => { removed: boolean };

  /** Looks at the account, the server and the sender's domain as far as can be seen from here; sends nothing. */
  'mail.check': (params: Nothing) => MailCheck[];

  /** What quiet hours hold back, and how the webhook and the bot are doing. */
  'messages.state': (params: Nothing) => MessagesState;
  /** Tells a short message there now, whatever the hours, and says what came of it. */
  'messages.test': (params: { place: 'desktop' | MessageSink }) => MessageTest;

  'secrets.list': (params: Nothing) => SecretState[];
  'secrets.set': (params: { name: SecretName; value: string }) => SecretState;
  'secrets.remove': (params: { name: SecretName }) => SecretState;

  'runs.list': (params: RunQuery) => Page<Run>;
  'runs.summary': (params: RunFilter) => RunSummary;
  'runs.get': (params: ById) => RunDetail;
  /** Sources by the last runs of a job, as dots. */
  'runs.grid': (params: { jobKind?: string; runs?: number }) => RunGrid;
  /** What one source came to in one run; null when it was not in it. */
  'runs.fetchJob': (params: { runId: string; sourceId: string }) => FetchJobRow | null;
  'runs.start': (params: { scheduleId?: string; jobKind?: string; options?: Record<string, unknown> }) => StartedRun;
  'runs.cancel': (params: ById) => { cancelled: boolean };
  /** Runs the same job again for the sources that failed in that run. */
  'runs.retryFailed': (params: ById) => StartedRun;
  /** Removes a run record and its fetch jobs; sources and posts stay. */
  'runs.remove': (params: ById) => { fetchJobs: number };

  /** Sites that kept posts link to: pinned first, then newest. */
  'domains.list': (params: DomainQuery) => Page<DomainRow>;
  'domains.stats': (params: Nothing) => DomainStats;
  'domains.get': (params: ById) => DomainRow;
  /** Makes domains that ended pending again; others are passed over. Answers which. */
  'domains.retry': (params: { ids: string[] }) => { changed: string[] };
  'domains.pin': (params: { id: string; pinned: boolean }) => DomainRow;

  'jobs.list': (params: Nothing) => JobInfo[];

  /** What jobs removed or rewrote in the last 7 days, newest first; what was undone says so. */
  'undo.list': (params: Nothing) => Undoable[];
  /** Puts it back; a second time there is nothing left to do. Throws CONFLICT when the 7 days are over. */
  'undo.apply': (params: ById) => { rows: number };
  /** The backups in their folder, newest first. A new one is a run of the job `back-up`. */
  'backups.list': (params: Nothing) => { folder: string; backups: Backup[] };
  /** A piece of a backup from elsewhere, base64, in order; with the last it is read back and stands in the list. `id` names the file they are of. */
  'backups.bring': (params: { id: string; from: number; data: string; isLast: boolean }) => { bytes: number; backup?: Backup };
  /** Puts a backup in the place of everything. What is here now is backed up first, as `before`, and put aside. */
  'backups.restore': (params: { name: string }) => { posts: number; sources: number; madeAt: string; before: string };

  /** Series and followed authors with what is kept and what is missing, those with gaps first. */
  'gaps.list': (params: { kind?: GapMap['kind'] }) => GapMap[];
  'gaps.get': (params: ById) => GapMap;
  'authors.list': (params: Nothing) => FollowedAuthor[];
  /** Following somebody twice answers the same row. */
  'authors.follow': (params: Pick<FollowedAuthor, 'name' | 'on'>) => FollowedAuthor;
  /** The posts that were found stay. */
  'authors.unfollow': (params: ById) => { removed: boolean };

  'stats.get': (params: { days: number; timeZone?: string }) => Stats;
  'stats.storage': (params: Nothing) => StorageInfo;
  /** What takes the disk, how fast it grows, and whose posts are largest. */
  'stats.disk': (params: Nothing) => DiskStats;
  /** What each source brought and what became of it; those that need a decision first. */
  'stats.sources': (params: { days: number }) => SourceValue[];

  'settings.get': (params: Nothing) => Settings;
  /** A file for another computer: no account, no secret, nothing of this computer alone. */
  'settings.export': (params: Nothing) => { fileName: string; text: string };
  /** All or nothing. `leftOut`: what this version does not know, or does not take from a file. */
  'settings.import': (params: { text: string }) => { changed: string[]; leftOut: string[] };
  'settings.update': (params: { patch: SettingsPatch }) => Settings;
  'updates.get': (params: Nothing) => UpdateState;
  /** Looks now, whether it is done by itself or not. A look that failed is told in the answer. */
  'updates.check': (params: Nothing) => UpdateState;
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
  'rules.changed': { ids: string[] };
  /** At the end of a run: posts that came and that a rule wants to be told of. At most 50 ids. */
  'rules.noticed': { ruleId: string; name: string; postIds: string[]; total: number };
  'sources.changed': { ids: string[] };
  /** Saved searches came, changed or went, or their numbers did. */
  'searches.changed': Nothing;
  'schedules.changed': { ids: string[] };
  /** The whole row, at each transition. */
  /** Editions, deliveries or recipients of a digest are new, different or gone. */
  'digests.changed': { scheduleId: string };
  /** One summary of what is new, to be shown by a host that can, while nobody looks at the window. */
  'messages.told': ToldMessage;
  /** What is held back or on its way is different now. */
  'messages.changed': Nothing;
  'secrets.changed': Nothing;
  'runs.changed': { run: Run };
  'runs.removed': { ids: string[] };
  'runs.progress': { runId: string; progress: Progress; counts: Record<string, number>; steps?: RunStep[] };
  /** The whole row, at each transition. */
  'fetch-jobs.changed': { fetchJob: FetchJob };
  /** The whole row, at each transition and each step. */
  /** A new edition of top posts, by its id. */
  'top.changed': { id: string };
  'domains.changed': { domain: Domain };
  /** Domains came or went; which ones, the list says. */
  'domains.listed': { added: number; removed: number };
  /** Gap maps or followed authors that are new, different or gone. */
  'gaps.changed': { ids: string[] };
  /** Something can be undone, was undone, or can no longer be. */
  'undo.changed': Nothing;
  'backups.changed': Nothing;
  'settings.changed': { settings: Settings };
  /** A backup was put in the place of everything: whatever is known is old. */
  'app.restored': Nothing;
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
  'app.dismissReceipt': nothing,
  'app.dismissAlert': byId,

  'posts.list': postQuerySchema,
  'posts.get': byId,
  'posts.extract': z.strictObject({ id: idSchema, back: z.boolean().optional() }),
  'posts.markdown': byId,
  'posts.image': z.strictObject({
    id: idSchema,
    image: z.string().min(1).max(40),
    from: z.int().nonnegative().max(10_000_000).optional(),
  }),
  'posts.changes': byId,
  'posts.counts': nothing,
  'posts.mark': z.strictObject({
    ids: z.array(idSchema).max(10_000),
    isRead: z.boolean().optional(),
    isStarred: z.boolean().optional(),
    only: z.boolean().optional(),
  }),
  'posts.markAllRead': z.strictObject({
    query: postQuerySchema,
    before: instantSchema.optional(),
    below: idSchema.optional(),
    above: idSchema.optional(),
  }),

  'posts.label': z.strictObject({
    ids: z.array(idSchema).max(10_000),
    add: z.array(labelSchema).max(20).optional(),
    remove: z.array(labelSchema).max(20).optional(),
  }),

  'rules.list': nothing,
  'rules.add': newRuleSchema,
  'rules.update': z.strictObject({ id: idSchema, patch: rulePatchSchema }),
  'rules.remove': byId,
  'rules.reorder': z.strictObject({ ids: z.array(idSchema).max(500) }),
  'rules.test': z.strictObject({ question: ruleQuestionSchema, ticket: idSchema }),
  'rules.export': nothing,
  'rules.import': z.strictObject({ text: z.string().max(1_000_000) }),

  'searches.list': nothing,
  'searches.save': savedSearchDraftSchema,
  'searches.order': z.strictObject({ ids: z.array(idSchema).max(500) }),
  'searches.remove': byId,
  'searches.explain': z.strictObject({ text: z.string().max(MAX_SEARCH), caret: z.int().nonnegative().optional() }),

  'sources.list': nothing,
  'sources.get': byId,
  'sources.discover': z.strictObject({ url: z.string().min(1).max(2048), allowLocalNetwork: z.boolean().optional() }),
  'sources.previewHackerNews': z.strictObject({ list: hackerNewsListSchema, limit: z.int().min(1).max(500) }),
  'sources.add': newSourceSchema,
  'sources.update': z.strictObject({ id: idSchema, patch: sourcePatchSchema }),
  'sources.renameFolder': z.strictObject({
    from: folderSchema,
    to: folderSchema,
    only: z.array(idSchema).max(5000).optional(),
  }),
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
  'sources.hosts': nothing,
  'sources.hostProof': z.strictObject({ host: z.string().min(1).max(300), format: z.enum(['text', 'json']) }),
  'sources.suggestions': nothing,

  'top.list': z.strictObject({ limit: z.int().min(1).max(2000).optional() }),
  'top.get': byId,

  'schedules.list': nothing,
  'schedules.preview': wantedPreviewSchema,
  'schedules.simulate': wantedSimulationSchema,
  'schedules.add': newScheduleSchema,
  'schedules.update': z.strictObject({ id: idSchema, patch: schedulePatchSchema }),
  'schedules.remove': byId,
  'schedules.pause': z.strictObject({ id: idSchema, until: instantSchema.optional() }),
  'schedules.resume': z.strictObject({ id: idSchema, makeUp: z.boolean().optional() }),
  'schedules.pauseAll': z.strictObject({ until: instantSchema.optional() }),
  'schedules.resumeAll': z.strictObject({ makeUp: z.boolean().optional() }),
  'schedules.answerMissed': z.strictObject({ id: idSchema, run: z.boolean() }),
  'schedules.restoreDefaults': nothing,
  'schedules.why': byId,

  'digests.list': nothing,
  'digests.templates': nothing,
  'digests.get': byId,
  'digests.preview': wantedDigestPreviewSchema,
  'digests.editions': z.strictObject({
    scheduleId: idSchema,
    cursor: z.string().max(200).optional(),
    limit: z.int().min(1).max(200).optional(),
  }),
  'digests.edition': byId,
  'digests.sendTest': z.strictObject({ scheduleId: idSchema, to: z.string().max(320) }),
  'digests.retrySend': byId,
  'digests.decideDelivery': z.strictObject({ id: idSchema, verdict: z.enum(['arrived', 'send-again']) }),

  'recipients.list': z.strictObject({ scheduleId: idSchema }),
  'recipients.import': z.strictObject({ scheduleId: idSchema, text: z.string().max(1_000_000) }),
  'recipients.export': z.strictObject({ scheduleId: idSchema }),
  'recipients.setState': z.strictObject({ id: idSchema, state: z.enum(['active', 'suspended', 'unsubscribed']) }),
  'recipients.remove': byId,

  'mail.check': nothing,

  'messages.state': nothing,
  'messages.test': z.strictObject({ place: z.enum(['desktop', 'webhook', 'telegram']) }),
  'secrets.list': nothing,
  'secrets.set': z.strictObject({ name: secretNameSchema, value: z.string().min(1).max(10_000) }),
  'secrets.remove': z.strictObject({ name: secretNameSchema }),

  'runs.list': runQuerySchema,
  'runs.summary': runFilterSchema,
  'runs.get': byId,
  'runs.grid': gridQuerySchema,
  'runs.fetchJob': z.strictObject({ runId: idSchema, sourceId: idSchema }),
  'runs.start': z.strictObject({
    scheduleId: idSchema.optional(),
    jobKind: z.string().max(80).optional(),
    options: z.record(z.string().max(80), z.unknown()).optional(),
  }),
  'runs.cancel': byId,
  'runs.retryFailed': byId,
  'runs.remove': byId,

  'domains.list': domainQuerySchema,
  'domains.stats': nothing,
  'domains.get': z.strictObject({ id: domainNameSchema }),
  'domains.retry': z.strictObject({ ids: z.array(domainNameSchema).min(1).max(5000) }),
  'domains.pin': z.strictObject({ id: domainNameSchema, pinned: z.boolean() }),

  'jobs.list': nothing,

  'undo.list': nothing,
  'undo.apply': byId,
  'backups.list': nothing,
  'backups.bring': z.strictObject({
    id: z.string().regex(/^[0-9a-f]{12}$/),
    from: z.int().nonnegative(),
    data: z.base64().max(700_000),
    isLast: z.boolean(),
  }),
  'backups.restore': z.strictObject({ name: z.string().max(80) }),

  'gaps.list': z.strictObject({ kind: z.enum(['series', 'author']).optional() }),
  'gaps.get': byId,
  'authors.list': nothing,
  'authors.follow': followedAuthorSchema.pick({ name: true, on: true }),
  'authors.unfollow': byId,

  'stats.get': z.strictObject({ days: z.int().min(1).max(366), timeZone: timeZoneSchema.optional() }),
  'stats.storage': nothing,
  'stats.disk': nothing,
  'stats.sources': z.strictObject({ days: z.int().min(1).max(366) }),

  'settings.get': nothing,
  'settings.export': nothing,
  'settings.import': z.strictObject({ text: z.string().max(100_000) }),
  'settings.update': z.strictObject({ patch: settingsPatchSchema }),
  'updates.get': nothing,
  'updates.check': nothing,
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
