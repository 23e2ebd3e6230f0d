import type { Backup } from '../../preload/contract/backup.ts';
import type { Delivery, Edition } from '../../preload/contract/digest.ts';
import type { Domain, DomainQuery, DomainStatus } from '../../preload/contract/domain.ts';
import type { ErrorCode } from '../../preload/contract/errors.ts';
import type { FailureRecord } from '../../preload/contract/failure.ts';
import type { CompletedFetchJob, FailedFetchJob, FetchJob } from '../../preload/contract/fetch-job.ts';
import type { FollowedAuthor, GapMap } from '../../preload/contract/gap-map.ts';
import type { Message } from '../../preload/contract/message.ts';
import type { Enclosure, Post, PostCounts, PostQuery } from '../../preload/contract/post.ts';
import type { Recipient } from '../../preload/contract/recipient.ts';
import type { Undoable } from '../../preload/contract/removal.ts';
import type { Rule } from '../../preload/contract/rule.ts';
import type { Run, RunFilter, RunQuery } from '../../preload/contract/run.ts';
import type { SavedSearch } from '../../preload/contract/saved-search.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import type { Source } from '../../preload/contract/source.ts';
import type { StorageInfo } from '../../preload/contract/stats.ts';
import type { TopList } from '../../preload/contract/top-list.ts';
import type { Page } from '../../preload/contract/values.ts';
import type { MarkChange } from '../lib/marks.ts';
import type { PostColumns } from './columns.ts';

/*
 * The questions and verbs of the store, in the language of the application.
 * Verbs answer after their change is synced to disk; questions answer from memory.
 * Rows are values: what comes out is never changed in place.
 */

/** A post on its way in, before it has an id and marks. `content` is HTML as the feed gave it, bounded; it becomes the body. */
export type PostDraft = Omit<
  Post,
  'id' | 'sourceId' | 'isRead' | 'isStarred' | 'collectedAt' | 'updatedAt' | 'hasBody' | 'runId'
> & {
  content?: string;
};

export type SavedPosts = {
  added: Post[];
  /** Known posts whose text, score or counts changed. */
  updated: Post[];
  /** Known posts, changed or not. */
  known: number;
  /** Known posts that came under another id than last time and were recognised by link and title. */
  rekeyed: number;
  /** Held back by a tombstone. */
  buried: number;
};

export type SourcesRepository = {
  all: () => Source[];
  get: (id: string) => Source | undefined;
  /** Adds rows; a row with a known id replaces it. One write for all. */
  put: (sources: readonly Source[]) => Promise<void>;
  /** Removes the source, its fetch jobs, its memory, its posts (leaving tombstones only where `keepTombstones`). */
  remove: (id: string) => Promise<{ posts: number; fetchJobs: number }>;
};

/** What a post's page says of it; absent is left as it is. */
export type PageChange = { id: string; title?: string; canonicalUrl?: string; iconUrl?: string };

export type PostsRepository = {
  /**
   * Keeps what is new, refreshes what is known (text, score, comment count; marks stay), in one durable write.
   * `addsOnly` leaves known posts as they are. Drafts that are backfilled come in read. A known post whose text says something else
   * keeps its marks, and the text it had before; with `unreadOnUpdate` it becomes unread again.
   */
  save: (
    sourceId: string,
    drafts: readonly PostDraft[],
    options: { now: string; runId?: string; addsOnly?: boolean; unreadOnUpdate?: boolean },
  ) => Promise<SavedPosts>;
  get: (id: string) => Promise<Post | undefined>;
  /** Newest collected first, `last-hour` by score. `search` is answered by ids from the index and handed in. */
  list: (query: PostQuery, context: ListContext) => Promise<Page<Post>>;
  counts: (context: ListContext) => PostCounts;
  /** How many posts a query means; leaves the thread free in between. A story counts once where lists show it once. */
  countMatching: (query: PostQuery, context: ListContext) => Promise<number>;
  /** All posts as columns, once the store is loaded. */
  columns: () => PostColumns;
  /** The same story from other sources, newest first, without what rules hide. Empty while the rest of the posts is being read. */
  twins: (id: string) => Post[];
  /** How many unread posts tell a story that another unread one tells: what the sum over sources counts too often. */
  unreadAgain: (context: Pick<ListContext, 'isMuted'>) => number;
  unreadBySource: (sourceId: string) => number;
  countBySource: (sourceId: string) => number;
  /** Bytes in memory and of bodies that the posts of a source take; close to what they take on the disk. */
  bytesBySource: (sourceId: string) => number;
  mark: (ids: readonly string[], marks: { isRead?: boolean; isStarred?: boolean }) => Promise<string[]>;
  /** Gives and takes labels; answers the posts that are different now. A label in another spelling is the one that is there. */
  label: (ids: readonly string[], labels: { add?: readonly string[]; remove?: readonly string[] }) => Promise<string[]>;
  /** Makes what rules found out durable, each on the post as it is at that moment; answers what is different now. */
  applyMarks: (changes: readonly { id: string; change: MarkChange }[]) => Promise<Post[]>;
  /** From now on every post that comes, and every one whose words or numbers change, goes before this judge. */
  judgeBy: (judge: Judge) => void;
  /** Whether a rule hides the post at this moment. */
  isMuted: (id: string) => boolean;
  /** How many posts a rule hides now, and the ids of all it muted. */
  hiddenBy: (ruleId: string) => number;
  mutedIds: (ruleId: string) => string[];
  /** All posts of a source, muted ones too; `countBySource` leaves those out. */
  storedBySource: (sourceId: string) => number;
  byHackerNewsId: (hnId: number) => Post | undefined;
  /** Refreshes Hacker News numbers of known posts in one write; posts that died are marked. */
  refreshHackerNews: (
    changes: readonly { id: string; score: number; commentCount: number; isDead: boolean; title?: string; sampleAt?: string }[],
  ) => Promise<Post[]>;
  /** Living posts of Hacker News collected at or after an instant, newest first. */
  hackerNewsSince: (instant: string) => Promise<Post[]>;
  /** What pages say of their posts, in one write. A title given here stays until the feed itself says another. Answers what changed. */
  refreshPages: (changes: readonly PageChange[]) => Promise<Post[]>;
  /** Shows the article (HTML, bounded) in place of what the feed gave, which is kept behind it. Undefined when the post is gone. */
  putArticle: (id: string, html: string) => Promise<Post | undefined>;
  /** Shows what the feed gave again. */
  dropArticle: (id: string) => Promise<Post | undefined>;
  /** Whether a post of this source with this address was removed and must not come back. */
  wasRemoved: (sourceId: string, url: string) => boolean;
  /**
   * Removes posts and leaves tombstones, so that they do not come back as new. `isStill` is asked again in the moment of removal.
   */
  remove: (ids: readonly string[], isStill?: (post: Post) => boolean) => Promise<number>;
  /** All posts, newest first, in slices that leave the thread free between them. */
  slices: (size?: number) => AsyncIterable<readonly Post[]>;
  count: () => number;
  /** How many posts of Hacker News can be looked up by number. */
  hackerNewsCount: () => number;
  /** How many posts link to each domain, by its name. Complete once the store is loaded. */
  domainCounts: () => ReadonlyMap<string, number>;
};

/** What a search finds among the posts that are there now, by their slots. */
export type PostMatch = {
  has: (slot: number) => boolean;
  /** By slot, 0 for posts that are surely not found. */
  column?: Uint8Array;
  /** Posts that lists hide are asked for by name. */
  showsDead: boolean;
  showsMuted: boolean;
  /** It asks for sources by name, so that a muted one is meant too. */
  namesSource: boolean;
};

/** What a list needs to know of the rest. */
export type ListContext = {
  now: number;
  /** Local midnight, milliseconds. */
  startOfDay: number;
  /** Sources that count: not muted. */
  isMuted: (sourceId: string) => boolean;
  folderOf: (sourceId: string) => readonly string[];
  /** Posts of several sources that are one story stand, and count, as one. */
  groupsStories?: boolean;
  /** Only these, for the posts a rule told of. */
  only?: readonly string[];
  /** What the search words find, if there are any. */
  matching?: PostMatch;
};

export type BodiesRepository = {
  /** The HTML a feed gave for this post; undefined when there is none. Read from disk on demand. */
  get: (post: Pick<Post, 'id' | 'collectedAt'>) => Promise<string | undefined>;
  /**
   * What a feed gave before its text changed last (`title`, `text`: HTML; each absent where it did not change or was not kept), and the
   * text it gives now (`own`). Undefined when nothing changed.
   */
  former: (post: Pick<Post, 'id'>) => Promise<{ at: string; title?: string; text?: string; own: string } | undefined>;
  /**
   * Moves what is alive out of files that are mostly dead, and takes away files nothing has needed for ten minutes. Answers the
   * bytes given back, and those that will be when the files go. Rejects with a STORE_ error, or the signal's reason.
   */
  reclaim: (options?: { dryRun?: boolean; signal?: AbortSignal }) => Promise<{ freed: number; later: number }>;
};

export type RunsRepository = {
  get: (id: string) => Run | undefined;
  /** Writes a run; the change of status is checked. Throws CONFLICT for an illegal move, INTERNAL never. */
  put: (run: Run) => Promise<Run>;
  /** Newest queued first. */
  list: (query: RunQuery) => Page<Run>;
  /** Newest last, at most `limit`. */
  recentFor: (scheduleId: string, limit: number) => Run[];
  latestFor: (scheduleId: string) => Run | undefined;
  /** Runs that match, newest queued first; the whole of them. */
  matching: (filter: RunFilter) => Run[];
  /** All runs of a schedule, or of a job where there is none; newest last. */
  seriesOf: (run: Pick<Run, 'scheduleId' | 'jobKind'>) => Run[];
  /** Runs that tried this one again by hand, oldest first. */
  retriesOf: (id: string) => Run[];
  unfinished: () => Run[];
  all: () => Run[];
  remove: (ids: readonly string[]) => Promise<number>;
};

/** Each answers the whole row, or null when the move is not allowed (it is logged); never throws for that. */
export type FetchJobsRepository = {
  /** Null when the source has a queued or ongoing job: attach to that one. */
  queue: (job: { id: string; runId: string; sourceId: string; queuedAt: string }) => Promise<FetchJob | null>;
  markOngoing: (id: string, startedAt: string) => Promise<FetchJob | null>;
  complete: (
    id: string,
    end: Pick<
      CompletedFetchJob,
      'endedAt' | 'outcome' | 'postsCount' | 'itemsCount' | 'bytes' | 'httpStatus' | 'request' | 'warnings'
    >,
  ) => Promise<FetchJob | null>;
  fail: (
    id: string,
    end: Pick<FailedFetchJob, 'endedAt' | 'errorCode' | 'errorMessage' | 'httpStatus' | 'isBlameless' | 'waitUntil' | 'request'>,
  ) => Promise<FetchJob | null>;
  get: (id: string) => FetchJob | null;
  latestFor: (sourceId: string) => FetchJob | null;
  /** The queued or ongoing job of a source. */
  openFor: (sourceId: string) => FetchJob | null;
  latestCompletedFor: (sourceId: string) => CompletedFetchJob | null;
  /** Newest last, at most `limit`. */
  recentFor: (sourceId: string, limit: number) => FetchJob[];
  forRun: (runId: string) => FetchJob[];
  /** How many fetch jobs a run has. */
  countFor: (runId: string) => number;
  /** How many fetch jobs of a run failed through a fault of their source; kept as a number. */
  failedIn: (runId: string) => number;
  unfinished: () => FetchJob[];
  all: () => FetchJob[];
  remove: (ids: readonly string[]) => Promise<number>;
};

export type SchedulesRepository = {
  all: () => Schedule[];
  get: (id: string) => Schedule | undefined;
  put: (schedules: readonly Schedule[]) => Promise<void>;
  remove: (id: string) => Promise<boolean>;
};

/** Hours (since 1970, UTC) in which a source published, oldest first, each with its number of posts. At most 168 of four weeks. */
export type Rhythm = { hours: [hour: number, posts: number][] };

/** What a request to a source needs next time. Written with the posts it belongs to, and on every 304. */
export type FetchMemory = {
  sourceId: string;
  /** The address the validators belong to. */
  url: string;
  etag?: string;
  lastModified?: string;
  /** SHA-256 of the decoded body, hex. */
  bodyHash?: string;
  /** No request before this instant: the server or our back-off says so. */
  notBefore?: string;
  notBeforeReason?: 'retry-after' | 'max-age' | 'failures';
  /** Failures in a row that the source is to blame for. */
  failures: number;
  /** When its posts come; learnt from the posts that were saved. */
  rhythm?: Rhythm;
  /** The feed itself asks to be read no more often than this (RSS `<ttl>`, `sy:updatePeriod`), minutes. */
  ttlMinutes?: number;
  /** One plain GET next time: the server said 304 to a question we had not asked. */
  mustBePlain?: boolean;
  /** Posts that are known to change their ids at each fetch, counted. */
  idChurn?: number;
  /** 410 answers: when first, how many in a row. */
  gone?: { since: string; count: number };
  /** Permanent redirects seen in a row to the same address: when first, how many. */
  moved?: { to: string; since: string; count: number };
  /** The address it had before it was followed to `url`. */
  movedFrom?: string;
  /** The owner moved back from this address: not followed there again. */
  notTo?: string;
};

/** What a host asked of us; counts for all sources on it. */
export type HostMemory = { host: string; notBefore: string; reason: 'retry-after' };

export type FetchMemoryRepository = {
  get: (sourceId: string) => FetchMemory | undefined;
  put: (memory: FetchMemory) => Promise<void>;
  remove: (sourceId: string) => Promise<void>;
  host: (host: string) => HostMemory | undefined;
  putHost: (memory: HostMemory) => Promise<void>;
};

/** What the home page of a domain told. */
export type DomainFacts = Partial<Pick<Domain, 'title' | 'description' | 'faviconUrl' | 'language'>> & Pick<Domain, 'feeds'>;
type DomainEnd = { endedAt: string; ms: number };

/** Moves answer the whole row, or null when the row is not in the state the move begins at; they never throw for that. */
export type DomainsRepository = {
  get: (id: string) => Domain | undefined;
  all: () => Domain[];
  /** Adds those that are not known yet as pending, in one write. */
  addNew: (found: readonly { id: string; url?: string }[], addedAt: string) => Promise<Domain[]>;
  /** Pending domains that may be asked now, in the order to ask them: pinned first, then oldest. `isHeldBack` leaves out more. */
  due: (now: string, limit: number, isHeldBack?: (domain: Domain) => boolean) => Domain[];
  /** Makes pending again, in one write, what ended with a passing error whose time has come. Answers how many. */
  wakeUp: (now: string) => Promise<number>;
  /** pending -> processing. */
  start: (id: string, begin: { runId: string; startedAt: string }) => Promise<Domain | null>;
  /** Says how far a processing domain is. Kept in memory: a crash makes it pending anyway. */
  step: (id: string, step: Extract<Domain, { status: 'processing' }>['step']) => Domain | null;
  /** processing -> completed. */
  complete: (id: string, end: DomainEnd & { facts: DomainFacts }) => Promise<Domain | null>;
  /** processing -> error; with `notBefore` it is tried again by itself. Without having been asked it is no try. */
  fail: (
    id: string,
    end: DomainEnd & { errorCode: ErrorCode; errorMessage: string; notBefore?: string; wasAsked?: boolean },
  ) => Promise<Domain | null>;
  /** processing -> pending, as if it had not been tried; one write for all. Answers those that moved. */
  putBack: (ids: readonly string[], notBefore?: string) => Promise<Domain[]>;
  /** error or completed -> pending; one write for all. Answers those that moved. */
  retry: (moves: readonly { id: string; notBefore?: string }[]) => Promise<Domain[]>;
  pin: (id: string, pinned: boolean) => Promise<Domain | null>;
  /** Those in the hands of a run. */
  processing: () => Domain[];
  counts: () => Record<DomainStatus, number>;
  /** Pinned first, then newest. The order does not hang on the status, so that rows stay where they are. */
  list: (query: DomainQuery) => Page<Domain>;
  /** How the newest `limit` ended, newest first. */
  recentEnds: (limit: number) => Extract<Domain, { status: 'completed' | 'error' }>[];
  /** How many ended at or after this instant, by how. */
  endedSince: (instant: string) => { completed: number; error: number };
  remove: (ids: readonly string[]) => Promise<number>;
  /** Calls back after each stored move and each step. */
  onMove: (listener: (domain: Domain) => void) => void;
  /** Calls back when domains came or went. */
  onListed: (listener: (change: { added: number; removed: number }) => void) => void;
};

export type SettingsRepository = {
  get: () => Settings;
  update: (patch: Partial<Settings>) => Promise<Settings>;
};

/** Small durable values that belong to no collection: the headless host's port, when the scheduler last ticked. */
export type NotesRepository = {
  get: (key: string) => unknown;
  put: (key: string, value: unknown) => Promise<void>;
};

/** A post as rules see it. The HTML is what the reader shows; undefined when there is none, or none was needed. */
export type Judged = { post: Post; html: string | undefined };
/** Judges posts by the rules of that moment. The store asks it, so that a post and its marks are one write. */
export type Judge = {
  /** Settles when the rules can be asked. Never rejects. */
  ready: () => Promise<void>;
  /** False: nothing needs to be asked. */
  isNeeded: () => boolean;
  readsBodies: () => boolean;
  /** A post on its way in. */
  arrived: (arrival: Judged, runId: string | undefined) => MarkChange | undefined;
  /** A post whose words or numbers changed: only what did not fit before and does now is acted on. */
  changed: (before: Judged, after: Judged, runId: string | undefined) => MarkChange | undefined;
};

/** What the owner wants done with posts by itself. */
export type RulesRepository = {
  /** In the order they are asked. */
  all: () => readonly Rule[];
  get: (id: string) => Rule | undefined;
  /** Adds rules; one with a known id is replaced. One write for all. */
  put: (rules: readonly Rule[]) => Promise<void>;
  remove: (id: string) => Promise<boolean>;
  onChange: (listener: () => void) => void;
  /** Looks at the clock; mutes whose time is over hide nothing any more. */
  lookAtMutes: () => void;
  /** When the next mute ends, milliseconds; Infinity when none does. */
  nextMuteEnd: () => number;
  /** Calls back with the rules that began or ceased to hide posts. */
  onMutes: (listener: (ruleIds: readonly string[]) => void) => void;
};

export type GapMapsRepository = {
  all: () => GapMap[];
  get: (id: string) => GapMap | undefined;
  /** Adds maps; one with a known id is replaced. One write for all. */
  put: (maps: readonly GapMap[]) => Promise<void>;
  remove: (ids: readonly string[]) => Promise<number>;
};

export type AuthorsRepository = {
  all: () => FollowedAuthor[];
  get: (id: string) => FollowedAuthor | undefined;
  put: (author: FollowedAuthor) => Promise<void>;
  remove: (id: string) => Promise<boolean>;
};

export type SearchesRepository = {
  /** In the order the owner gave them. */
  all: () => SavedSearch[];
  get: (id: string) => SavedSearch | undefined;
  /** Adds rows or replaces those with the same id; one durable write. */
  put: (searches: readonly SavedSearch[]) => Promise<void>;
  remove: (id: string) => Promise<boolean>;
};

/** How often a source or a job failed since it is known, and the last errors. Clean-up does not shrink it. */
export type FailuresRepository = {
  forSource: (sourceId: string) => FailureRecord | undefined;
  forJob: (jobKind: string) => FailureRecord | undefined;
  /** One more failure of a source; those that blame nobody are left out. */
  noteFetchJob: (job: FailedFetchJob) => Promise<void>;
  /** One more failed run of a kind of job. */
  noteRun: (run: Extract<Run, { status: 'failed' }>) => Promise<void>;
  /** Writes down what rows of earlier versions tell, before they go. */
  settleEarlier: () => Promise<void>;
  forgetSource: (sourceId: string) => Promise<void>;
};

/** What is told to the undo before rows go or change. Posts are named by id: their rows are read as they stand. */
export type ToKeep = {
  runId: string;
  jobKind: string;
  /** What is about to happen to the rows. */
  change: 'removed' | 'changed';
  postIds?: readonly string[];
  runs?: readonly Run[];
  fetchJobs?: readonly FetchJob[];
  sources?: readonly Source[];
  /** What rules are about to do to posts; undoing takes just that back. */
  marks?: readonly { id: string; change: MarkChange }[];
};

/** What a job took away or rewrote, kept for 7 days. One entry a run. */
export type UndoRepository = {
  /**
   * Makes the rows as they stand durable; only then may they be removed or changed. Can be called again and again by one run:
   * all becomes one entry. Rejects with a STORE_ error; then nothing may go.
   */
  keep: (what: ToKeep) => Promise<void>;
  /** Newest first, expired ones left out. */
  list: () => Undoable[];
  get: (id: string) => Undoable | undefined;
  /**
   * Puts the rows back, and takes their tombstones away. Rows that are there again stay as they are; marks set since stay.
   * Throws CONFLICT when there is no such entry or it expired. A second time nothing is left to do: 0 rows.
   */
  apply: (id: string) => Promise<{ rows: number; postIds: string[] }>;
  /** Forgets what can no longer be undone; answers the bytes that were freed. */
  expire: () => Promise<number>;
  /** Files of bodies that something undoable needs, as `YYYY-MM.number`. */
  bodyFiles: () => ReadonlySet<string>;
  onChange: (listener: () => void) => void;
};

/** Rows a backup holds. */
export type Counts = { posts: number; sources: number; runs: number; fetchJobs: number };

export type MakeBackup = {
  /** The file to make; it must not be there yet. */
  file: string;
  signal?: AbortSignal;
  /** Bytes packed so far, and of how many. */
  onProgress?: (done: number, total: number) => void;
};
export type MadeBackup = { file: string; bytes: number; files: number; counts: Counts };

/** A piece of a backup that comes from elsewhere, in order. `id`: 12 hexadecimal digits, the same for all pieces. */
export type BackupPiece = { id: string; from: number; bytes: Uint8Array; isLast: boolean };
/** How much is there, and the backup once it is whole. */
export type Brought = { bytes: number; backup?: Backup };

/** The backups of a store. */
export type BackupsRepository = {
  /** The folder they are kept in unless another one is named. */
  folder: string;
  list: (folder?: string) => Promise<Backup[]>;
  /** Makes one in a folder under the name of this moment. */
  make: (options?: Omit<MakeBackup, 'file'> & { folder?: string }) => Promise<MadeBackup>;
  /** Makes one as the file the owner named. */
  makeFile: (options: MakeBackup) => Promise<MadeBackup>;
  /** Takes in a piece of one from elsewhere; with the last piece it is read back and listed. */
  bring: (piece: BackupPiece, folder?: string) => Promise<Brought>;
  /** Removes those that are over; answers which. */
  rotate: (keep: { days: number; weeks: number }, folder?: string) => Promise<Backup[]>;
};

/** Issues of digests. */
export type EditionsRepository = {
  all: () => Edition[];
  get: (id: string) => Edition | undefined;
  /** There is at most one edition of a key. */
  byKey: (key: string) => Edition | undefined;
  /** Highest number first. */
  ofDigest: (scheduleId: string) => Edition[];
  put: (edition: Edition) => Promise<void>;
  /** Answers how many went. */
  remove: (ids: readonly string[]) => Promise<number>;
};

/** The outbox: what was handed over, and what is still to be. */
export type DeliveriesRepository = {
  all: () => Delivery[];
  get: (id: string) => Delivery | undefined;
  ofEdition: (editionId: string) => Delivery[];
  /** Durable when it answers: an intent stands on the disk before a connection is opened. */
  put: (deliveries: readonly Delivery[]) => Promise<void>;
  remove: (ids: readonly string[]) => Promise<number>;
};

export type RecipientsRepository = {
  get: (id: string) => Recipient | undefined;
  /** Oldest first. */
  ofDigest: (scheduleId: string) => Recipient[];
  put: (recipients: readonly Recipient[]) => Promise<void>;
  remove: (ids: readonly string[]) => Promise<number>;
};

/** What is told, held back, or on its way to a webhook or a bot. */
export type MessagesRepository = {
  /** Oldest first. */
  all: () => Message[];
  get: (id: string) => Message | undefined;
  /** Durable when it answers. One write for all. */
  put: (messages: readonly Message[]) => Promise<void>;
  remove: (ids: readonly string[]) => Promise<number>;
};

/** Lists of best posts as they were made; all lists of one run are an edition. */
export type TopListsRepository = {
  /** Oldest first. */
  all: () => TopList[];
  forRun: (runId: string) => TopList[];
  /** In one durable write; the oldest give way when there are very many. */
  put: (lists: readonly TopList[]) => Promise<void>;
};

/** When a post's page, or its item, was looked at last, and what the next request needs. */
export type PageCheck = {
  postId: string;
  checkedAt: string;
  etag?: string;
  lastModified?: string;
  /** The title the page had: one that changes is news, one that differs from the feed's is not. */
  title?: string;
};
export type PageChecksRepository = {
  get: (postId: string) => PageCheck | undefined;
  /** In one durable write. */
  put: (checks: readonly PageCheck[]) => Promise<void>;
  /** Forgets the posts for which `isKept` is false; answers how many. */
  prune: (isKept: (postId: string) => boolean) => Promise<number>;
};

export type Store = {
  dir: string;
  sources: SourcesRepository;
  posts: PostsRepository;
  bodies: BodiesRepository;
  runs: RunsRepository;
  fetchJobs: FetchJobsRepository;
  schedules: SchedulesRepository;
  fetchMemory: FetchMemoryRepository;
  domains: DomainsRepository;
  settings: SettingsRepository;
  notes: NotesRepository;
  failures: FailuresRepository;
  undo: UndoRepository;
  backups: BackupsRepository;
  editions: EditionsRepository;
  deliveries: DeliveriesRepository;
  recipients: RecipientsRepository;
  messages: MessagesRepository;
  topLists: TopListsRepository;
  pageChecks: PageChecksRepository;
  rules: RulesRepository;
  gapMaps: GapMapsRepository;
  authors: AuthorsRepository;
  searches: SearchesRepository;
  /** True when the folder held nothing: the defaults are to be written. */
  isNew: boolean;
  /** Repairs made while opening, in words for people. */
  notices: string[];
  /** Settles when the older months are in memory; before that lists answer from the newest month. */
  loaded: Promise<void>;
  /** 0 to 1. */
  loadingProgress: () => number;
  /** What stops writing now (a full disk, a folder taken away), or undefined. Writing resumes by itself when it can. */
  problem: () => { code: 'STORE_FULL' | 'STORE_IO' | 'STORE_READONLY'; message: string } | undefined;
  onProblem: (listener: () => void) => () => void;
  storage: () => Promise<StorageInfo>;
  /** Waits for writes under way, gives the lock back. */
  close: () => Promise<void>;
};

export type { Enclosure };
