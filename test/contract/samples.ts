import { z } from 'zod';
import type { MethodName, Params } from '../../preload/contract/contract.ts';
import { deliverySchema, deliveryStateSchema, digestOptionsSchema, editionContentSchema } from '../../preload/contract/digest.ts';
import { domainSchema } from '../../preload/contract/domain.ts';
import { fetchJobSchema } from '../../preload/contract/fetch-job.ts';
import { followedAuthorSchema, gapMapSchema } from '../../preload/contract/gap-map.ts';
import { postSchema } from '../../preload/contract/post.ts';
import { recipientSchema } from '../../preload/contract/recipient.ts';
import { type NewRule, ruleSchema } from '../../preload/contract/rule.ts';
import { runSchema } from '../../preload/contract/run.ts';
import { savedSearchSchema } from '../../preload/contract/saved-search.ts';
import { newScheduleSchema, scheduleSchema, triggerSchema } from '../../preload/contract/schedule.ts';
import { secretNameSchema } from '../../preload/contract/secret.ts';
import { settingsSchema } from '../../preload/contract/settings.ts';
import { sourceSchema } from '../../preload/contract/source.ts';
import { LATE_REASONS, VERDICTS } from '../../preload/contract/stats.ts';
import { topListSchema } from '../../preload/contract/top-list.ts';
import { instantSchema } from '../../preload/contract/values.ts';

const updateState = z.strictObject({
  current: z.string(),
  isOn: z.boolean(),
  checkedAt: instantSchema.optional(),
  newer: z.strictObject({ version: z.string(), at: z.string().optional() }).optional(),
  page: z.url(),
  problem: z.string().optional(),
});

/** Ids of what the suite finds in the core it is given. */
export type Known = {
  domainId: string;
  sourceId: string;
  postId: string;
  scheduleId: string;
  runId: string;
  gapMapId: string;
  ruleId: string;
  topId: string;
  digestId: string;
  recipientId: string;
  editionId: string;
  feedUrl: string;
  siteUrl: string;
};

/** A rule that marks and hides nothing. */
export const SAMPLE_RULE = {
  name: 'Told of posts',
  match: 'any',
  conditions: [{ field: 'title', operator: 'contains', value: 'post' }],
  actions: { notify: true },
} satisfies NewRule;

/** A right question for every method. */
export const samplesFor = (known: Known): { [Name in MethodName]: Params<Name> } => ({
  'app.status': {},
  'app.dismissReceipt': {},
  'app.dismissAlert': { id: 'source-failing-x' },
  'posts.list': { view: 'all', limit: 2 },
  'posts.get': { id: known.postId },
  'posts.extract': { id: known.postId },
  'posts.markdown': { id: known.postId },
  'posts.image': { id: known.postId, image: 'none', from: 0 },
  'posts.changes': { id: known.postId },
  'posts.counts': {},
  'posts.mark': { ids: [known.postId], isStarred: true },
  'posts.markAllRead': { query: { sourceId: known.sourceId } },
  'posts.label': { ids: [known.postId], add: ['Later'] },
  'rules.list': {},
  'rules.add': { ...SAMPLE_RULE, id: 'put-back', order: 7 },
  'rules.update': { id: known.ruleId, patch: { name: 'Renamed', enabled: false } },
  'rules.remove': { id: known.ruleId },
  'rules.reorder': { ids: ['put-back'] },
  'rules.test': { question: { match: 'all', conditions: SAMPLE_RULE.conditions }, ticket: 'one' },
  'rules.export': {},
  'rules.import': { text: JSON.stringify({ format: 'tidings-rules', version: 1, rules: [{ ...SAMPLE_RULE, name: 'Other' }] }) },
  'searches.list': {},
  'searches.save': { name: 'Mine', search: 'author:ada tide' },
  'searches.order': { ids: [] },
  'searches.remove': { id: 'nobody' },
  'searches.explain': { text: 'author:ada after:today sco', caret: 25 },
  'sources.list': {},
  'sources.get': { id: known.sourceId },
  'sources.discover': { url: known.siteUrl, allowLocalNetwork: true },
  'sources.previewHackerNews': { list: 'top', limit: 10 },
  'sources.add': { kind: 'feed', feedUrl: 'https://added.example/feed' },
  'sources.update': { id: known.sourceId, patch: { starred: true } },
  'sources.renameFolder': { from: [], to: [], only: [known.sourceId] },
  'sources.removal': { id: known.sourceId },
  'sources.remove': { id: known.sourceId },
  'sources.fetch': { ids: [known.sourceId] },
  'sources.fetchJobs': { id: known.sourceId, limit: 5 },
  'sources.importOpml': { text: '<opml><body><outline text="A" xmlUrl="https://a.example/feed"/></body></opml>' },
  'sources.exportOpml': {},
  'sources.hosts': {},
  'sources.hostProof': { host: new URL(known.feedUrl).host, format: 'json' },
  'sources.suggestions': {},
  'top.list': { limit: 5 },
  'top.get': { id: known.topId },
  'schedules.list': {},
  'schedules.preview': { trigger: { type: 'daily', time: '06:30' }, timeZone: 'Europe/Vienna', count: 3 },
  'schedules.add': { name: 'Mine', jobKind: 'fetch-feeds', trigger: { type: 'daily', time: '07:00' } },
  'schedules.update': { id: known.scheduleId, patch: { name: 'Renamed' } },
  'schedules.remove': { id: known.scheduleId },
  'schedules.pause': { id: known.scheduleId },
  'schedules.resume': { id: known.scheduleId },
  'schedules.pauseAll': {},
  'schedules.resumeAll': {},
  'schedules.restoreDefaults': {},
  'schedules.why': { id: known.scheduleId },
  'schedules.simulate': {
    trigger: { type: 'cron', expression: '*/15 * * * *' },
    timeZone: 'Europe/Vienna',
    window: { days: ['mon', 'tue'], from: '09:00', to: '17:00' },
    sleep: { from: '23:00', to: '07:00', days: ['mon', 'tue'] },
    days: 7,
  },
  'schedules.answerMissed': { id: known.scheduleId, run: false },
  'digests.list': {},
  'digests.templates': {},
  'digests.get': { id: known.digestId },
  'digests.preview': { name: 'Mine', options: { sections: [{ from: { kind: 'all' } }] }, scheduleId: known.digestId },
  'digests.editions': { scheduleId: known.digestId, limit: 5 },
  'digests.edition': { id: known.editionId },
  'digests.sendTest': { scheduleId: known.digestId, to: 'me@example.org' },
  'digests.retrySend': { id: known.editionId },
  'digests.decideDelivery': { id: 'nobody', verdict: 'arrived' },
  'runs.list': { limit: 5 },
  'runs.summary': { problemsOnly: true },
  'runs.get': { id: known.runId },
  'runs.grid': { jobKind: 'fetch-feeds', runs: 5 },
  'runs.fetchJob': { runId: known.runId, sourceId: known.sourceId },
  'runs.start': { jobKind: 'fetch-feeds' },
  'runs.cancel': { id: known.runId },
  'runs.retryFailed': { id: known.runId },
  'runs.remove': { id: known.runId },
  'domains.list': { status: 'pending', limit: 5 },
  'domains.stats': {},
  'domains.get': { id: known.domainId },
  'domains.retry': { ids: [known.domainId] },
  'domains.pin': { id: known.domainId, pinned: true },
  'jobs.list': {},
  'undo.list': {},
  'undo.apply': { id: known.runId },
  'backups.list': {},
  'backups.bring': { id: 'c0ffee00c0de', from: 0, data: 'dGlkaW5ncw==', isLast: false },
  'backups.restore': { name: 'tidings-2026-01-01T00-00-00Z.tar.gz' },
  'gaps.list': { kind: 'series' },
  'gaps.get': { id: known.gapMapId },
  'authors.list': {},
  'authors.follow': { name: 'Ann', on: { kind: 'source', sourceId: known.sourceId } },
  'authors.unfollow': { id: 'nobody' },
  'recipients.list': { scheduleId: known.digestId },
  'recipients.import': { scheduleId: known.digestId, text: 'ada@example.org\nnobody' },
  'recipients.export': { scheduleId: known.digestId },
  'recipients.setState': { id: known.recipientId, state: 'unsubscribed' },
  'recipients.remove': { id: 'nobody' },
  'mail.check': {},
  'stats.get': { days: 7, timeZone: 'Europe/Vienna' },
  'stats.storage': {},
  'stats.disk': {},
  'stats.sources': { days: 30 },
  'settings.get': {},
  'settings.export': {},
  'settings.import': { text: '{"format":"tidings-settings","version":1,"settings":{"density":"compact"}}' },
  'updates.get': {},
  'updates.check': {},
  'settings.update': { patch: { appearance: 'dark' } },
  'messages.state': {},
  'messages.test': { place: 'desktop' },
  'secrets.list': {},
  'secrets.set': { name: 'smtp-password', value: 'correct horse' },
  'secrets.remove': { name: 'telegram-token' },
  'desktop.get': {},
  'desktop.setStartAtLogin': { on: true },
  'desktop.revealData': {},
});

const count = z.int().nonnegative();
const reason = z.strictObject({ kind: z.string(), text: z.string(), until: instantSchema.optional() });
const postRow = z.strictObject({ ...postSchema.shape, sourceTitle: z.string(), snippet: z.string().optional() });
const sourceRow = z.strictObject({
  source: sourceSchema,
  unread: count,
  posts: count,
  recent: z.array(fetchJobSchema).max(20),
  lastGoodAt: instantSchema.optional(),
  failures: count,
  failureRecord: z.looseObject({ count, since: instantSchema }).optional(),
  nextTryAt: instantSchema.optional(),
  why: z.array(reason),
});
const preview = z.strictObject({ words: z.string(), next: z.array(instantSchema), hint: z.string().optional() });
const simulation = z.strictObject({
  timeZone: z.string(),
  days: z.array(
    z.strictObject({
      date: z.string(),
      startsAt: instantSchema,
      hours: z.number(),
      asleep: z.array(z.strictObject({ from: instantSchema, to: instantSchema })),
    }),
  ),
  dues: z.array(
    z.strictObject({
      dueAt: instantSchema,
      outcome: z.enum(['on-time', 'made-up', 'missed']),
      startsAt: instantSchema.optional(),
    }),
  ),
  wakes: z.array(z.strictObject({ at: instantSchema, standsFor: count })),
  cells: z
    .array(z.strictObject({ day: count, hour: count, onTime: count, madeUp: count, missed: count, catchUps: count }))
    .optional(),
  counts: z.strictObject({ onTime: count, catchUps: count, madeUp: count, missed: count }),
  isCut: z.boolean(),
});
const scheduleRow = z.strictObject({
  schedule: scheduleSchema,
  jobTitle: z.string(),
  words: z.string(),
  next: z.array(instantSchema).max(5),
  why: z.string(),
  recent: z.array(runSchema).max(30),
  last: runSchema.optional(),
  successRate: z.number().min(0).max(1).optional(),
  usualMs: z.number().nonnegative().optional(),
  hint: z.string().optional(),
});
const status = z.strictObject({
  version: z.string(),
  host: z.enum(['desktop', 'headless']),
  dataDir: z.string(),
  timeZone: z.string(),
  now: instantSchema,
  state: z.enum(['idle', 'working', 'paused', 'attention']),
  schedulerRunning: z.boolean(),
  pausedUntil: instantSchema.optional(),
  running: z.array(runSchema),
  next: z.strictObject({ scheduleId: z.string(), name: z.string(), dueAt: instantSchema }).optional(),
  waiting: z
    .array(
      z.strictObject({
        scheduleId: z.string(),
        name: z.string(),
        dueAt: instantSchema,
        why: z.enum(['offline', 'power']),
        since: instantSchema.optional(),
        latestAt: instantSchema.optional(),
        reason: z.string().optional(),
      }),
    )
    .optional(),
  last: z.strictObject({ runId: z.string(), name: z.string(), words: z.string() }).optional(),
  unread: count,
  failingSources: count,
  update: z.strictObject({ version: z.string(), page: z.url() }).optional(),
  offlineSince: instantSchema.optional(),
  storeProblem: z.string().optional(),
  notices: z.array(z.strictObject({ at: instantSchema, text: z.string() })),
  alerts: z
    .array(z.strictObject({ id: z.string(), at: instantSchema, kind: z.string(), subjectId: z.string(), text: z.string() }))
    .optional(),
  receipt: z.looseObject({ id: z.string() }).optional(),
  loading: z.number().min(0).max(1).optional(),
  can: z.strictObject({ startAtLogin: z.boolean(), revealFile: z.boolean() }),
});
const domainRow = z.strictObject({ domain: domainSchema, posts: count });
const startedRun = z.strictObject({ run: runSchema, alreadyRunning: z.boolean() });
const runBrief = z.strictObject({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  cause: z.string(),
  attempt: z.strictObject({ number: count, of: count }).optional(),
  queuedAt: instantSchema,
  scheduledFor: instantSchema.optional(),
  tookMs: count.optional(),
  counts: z.record(z.string(), z.int()).optional(),
});
const opmlImport = z.strictObject({
  title: z.string().optional(),
  found: count,
  added: count,
  known: count,
  folders: count,
  refused: z.array(z.strictObject({ url: z.string(), title: z.string().optional(), reason: z.string() })),
});
const discovery = z.strictObject({
  url: z.string(),
  ms: z.number(),
  feeds: z.array(
    z.strictObject({
      feedUrl: z.string(),
      siteUrl: z.string().optional(),
      title: z.string(),
      description: z.string().optional(),
      format: z.enum(['rss', 'atom', 'rdf', 'json']),
      posts: z.array(z.strictObject({ title: z.string(), publishedAt: z.string().optional() })).max(5),
      postCount: count,
      perWeek: z.number().optional(),
      hasFullText: z.boolean(),
      bytes: count,
      validators: z.array(z.enum(['etag', 'last-modified'])),
      alreadySourceId: z.string().optional(),
    }),
  ),
});
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const stats = z.strictObject({
  days: count,
  timeZone: z.string(),
  from: instantSchema,
  to: instantSchema,
  posts: count,
  opened: count,
  starred: count,
  perDay: z.array(z.strictObject({ date: day, posts: count, read: count })).length(7),
  perHour: z.array(count).length(24),
  perWeekHour: z.array(z.array(count).length(24)).length(7),
  bySource: z.array(z.strictObject({ sourceId: z.string(), title: z.string(), posts: count, read: count, starred: count })),
  byDomain: z.array(z.strictObject({ domain: z.string(), posts: count, read: count })),
  byAuthor: z.array(z.strictObject({ author: z.string(), posts: count, read: count })),
  scoreThreshold: count.optional(),
  scores: z.array(z.strictObject({ from: count, to: count.optional(), posts: count })),
  runs: z.strictObject({
    total: count,
    completed: count,
    failed: count,
    missed: count,
    bySchedule: z.array(
      z.strictObject({
        scheduleId: z.string().optional(),
        name: z.string(),
        runs: count,
        failed: count,
        p50Ms: count.optional(),
        p95Ms: count.optional(),
        latenessMs: count.optional(),
        lateness: z
          .strictObject({
            p50Ms: count,
            p95Ms: count,
            worstMs: count,
            worstAt: instantSchema,
            late: count,
            reasons: z.array(z.strictObject({ reason: z.enum(LATE_REASONS), runs: count })),
          })
          .optional(),
        perDay: z.array(
          z.strictObject({ date: day, p50Ms: count.optional(), p95Ms: count.optional(), failed: count, runs: count }),
        ),
      }),
    ),
  }),
  fetches: z.strictObject({ total: count, failed: count, notModified: count, bytes: count }),
  load: z.strictObject({
    plannedPerHour: count,
    donePerHour: count,
    warning: z.string().optional(),
    perHour: z.array(z.strictObject({ at: instantSchema, requests: count })).length(24),
  }),
});
const storage = z.strictObject({
  dataDir: z.string(),
  bytes: count,
  files: z.array(z.strictObject({ name: z.string(), bytes: count })),
  counts: z.strictObject({ posts: count, sources: count, runs: count, fetchJobs: count, bodies: count, hackerNewsIndex: count }),
});
const disk = z.strictObject({
  dataDir: z.string(),
  bytes: count,
  collections: z.array(z.strictObject({ name: z.string(), files: count, bytes: count, rows: count.optional() })).min(1),
  growth: z.strictObject({ postsPerDay: z.number(), bytesPerDay: count }),
  largest: z.array(z.strictObject({ sourceId: z.string(), title: z.string(), posts: count, bytes: count })).max(10),
});
const sourceValue = z.strictObject({
  source: sourceSchema,
  verdict: z.enum(VERDICTS),
  reason: z.string().min(1),
  received: count,
  opened: count,
  starred: count,
  unread: count,
  perWeekNow: z.number(),
  perWeekUsual: z.number().optional(),
  lastPostAt: instantSchema.optional(),
  movedTo: z.string().optional(),
  higherScore: count.optional(),
});
const topEdition = z.strictObject({
  id: z.string(),
  madeAt: instantSchema,
  from: instantSchema,
  to: instantSchema,
  lists: count,
  posts: count,
  lead: z.strictObject({ title: z.string(), url: z.string() }).optional(),
});
const deliveryCounts = z.partialRecord(deliveryStateSchema, count);
const editionRow = z.strictObject({
  id: z.string(),
  scheduleId: z.string(),
  number: count,
  madeAt: instantSchema,
  at: instantSchema,
  subject: z.string(),
  items: count,
  runId: z.string(),
  deliveries: deliveryCounts,
  isTest: z.boolean().optional(),
});
const digestRow = z.strictObject({
  row: scheduleRow,
  options: digestOptionsSchema,
  badge: z.enum(['active', 'paused', 'disabled', 'failed']),
  recipients: z.strictObject({ active: count, suspended: count, unsubscribed: count }),
  lastEdition: editionRow.optional(),
  nextNumber: count,
  stats: z.strictObject({
    runs: count,
    completed: count,
    failed: count,
    successRate: z.number().min(0).max(1).optional(),
    averageMs: count.optional(),
  }),
});
const rendered = z.strictObject({ subject: z.string(), html: z.string(), text: z.string() });
const editionPage = z.strictObject({
  edition: editionRow,
  content: editionContentSchema,
  rendered,
  deliveries: z.array(deliverySchema),
});
const page = (row: z.ZodType) => z.strictObject({ rows: z.array(row), total: count, next: z.string().optional() });
const changed = z.strictObject({ changed: z.array(z.string()) });
const secretState = z.strictObject({
  name: secretNameSchema,
  isSet: z.boolean(),
  keptIn: z.enum(['keyring', 'own-file', 'given']),
  isLost: z.boolean(),
  problem: z.string().optional(),
});
const autostart = z.strictObject({ startAtLogin: z.boolean() });

const image = z.strictObject({
  key: z.string(),
  host: z.string(),
  alt: z.string(),
  width: count.optional(),
  height: count.optional(),
});
const postDetail = z.strictObject({
  ...postRow.shape,
  html: z.string(),
  blockedImages: count,
  images: z.array(image),
  trackers: count,
  hasChanges: z.boolean().optional(),
  wants: z.strictObject({ images: z.boolean(), fullArticle: z.boolean() }),
});
const searchMeaning = z.strictObject({
  parts: z.array(
    z.strictObject({
      field: z.string(),
      value: z.string(),
      isNot: z.literal(true).optional(),
      isOr: z.literal(true).optional(),
      op: z.string().optional(),
      at: instantSchema.optional(),
      problem: z.enum(['unfinished', 'date', 'value']).optional(),
      from: count,
      to: count,
    }),
  ),
  suggestions: z.array(
    z.strictObject({
      kind: z.enum(['operator', 'value']),
      insert: z.string(),
      from: count,
      to: count,
      posts: count.optional(),
    }),
  ),
  waiting: count.optional(),
});
const textChange = z.strictObject({ kind: z.enum(['same', 'added', 'removed', 'cut']), text: z.string() });

const ruleRow = z.strictObject({ rule: ruleSchema, muted: count, isMuteOver: z.boolean() });
const places = z.array(z.tuple([count, count]));
const ruleTest = z.strictObject({
  looked: count,
  total: count,
  matched: count,
  posts: z
    .array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        sourceTitle: z.string(),
        collectedAt: instantSchema,
        isRead: z.boolean(),
        isStarred: z.boolean(),
        inTitle: places,
        line: z.strictObject({ text: z.string(), found: places }).optional(),
      }),
    )
    .max(50),
});

/** The shape of every method's result; unknown keys are refused here too. */
export const resultSchemas: Record<MethodName, z.ZodType> = {
  'app.status': status,
  'app.dismissReceipt': status,
  'app.dismissAlert': status,
  'posts.list': page(postRow),
  'posts.get': postDetail,
  'posts.extract': postDetail,
  'posts.image': z.strictObject({
    type: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']),
    width: count.optional(),
    height: count.optional(),
    base64: z.base64(),
    size: count,
    next: count.optional(),
  }),
  'posts.changes': z.strictObject({
    at: instantSchema,
    title: z.array(textChange),
    text: z.array(textChange),
    isWhole: z.boolean(),
  }),
  'posts.markdown': z.strictObject({ text: z.string().startsWith('# ') }),
  'posts.counts': z.strictObject({
    today: count,
    todayTotal: count,
    all: count,
    unread: count,
    starred: count,
    hackerNews: count,
    lastHour: count,
    bySource: z.record(z.string(), count),
    bySearch: z.record(z.string(), count).optional(),
    labels: z.array(z.strictObject({ name: z.string(), unread: count, total: count })),
    muted: count,
  }),
  'posts.mark': changed,
  'posts.markAllRead': changed,
  'posts.label': changed,
  'rules.list': z.array(ruleRow),
  'rules.add': ruleSchema,
  'rules.update': ruleSchema,
  'rules.remove': z.strictObject({ rule: ruleSchema, released: count }),
  'rules.reorder': z.array(ruleRow),
  'rules.test': ruleTest,
  'rules.export': z.strictObject({ fileName: z.string(), text: z.string() }),
  'rules.import': z.strictObject({ added: count, known: count, refused: count }),
  'searches.list': z.array(savedSearchSchema),
  'searches.save': savedSearchSchema,
  'searches.order': z.array(savedSearchSchema),
  'searches.remove': z.strictObject({ removed: z.boolean() }),
  'searches.explain': searchMeaning,
  'sources.list': z.array(sourceRow),
  'sources.get': sourceRow,
  'sources.discover': discovery,
  'sources.previewHackerNews': z.strictObject({ scores: z.array(z.int()) }),
  'sources.add': sourceSchema,
  'sources.update': sourceSchema,
  'sources.renameFolder': z.strictObject({ changed: z.array(z.string()) }),
  'sources.removal': z.strictObject({ posts: count, starred: count, fetchJobs: count }),
  'sources.remove': z.strictObject({ posts: count, fetchJobs: count }),
  'sources.fetch': startedRun,
  'sources.fetchJobs': z.array(fetchJobSchema).max(5),
  'sources.importOpml': opmlImport,
  'sources.exportOpml': z.strictObject({ fileName: z.string(), text: z.string() }),
  'sources.hosts': z.array(
    z.strictObject({
      host: z.string().min(1),
      sources: count,
      requests: count,
      notModified: count,
      failed: count,
      tooMany: count,
      bytes: count,
      savedBytes: count,
      pausesAsked: count,
      pausesKept: count,
      score: count,
      faults: z.array(z.strictObject({ kind: z.string(), times: count, points: count })),
      nextAt: instantSchema.optional(),
      why: z.string().min(1),
      reasons: z.array(reason).min(1),
    }),
  ),
  'sources.hostProof': z.strictObject({ fileName: z.string().min(1), text: z.string().min(1) }),
  'sources.suggestions': z.array(z.strictObject({ title: z.string(), feedUrl: z.string(), about: z.string() })),
  'top.list': z.array(topEdition),
  'top.get': z.strictObject({ edition: topEdition, lists: z.array(topListSchema).min(1), kept: z.array(z.string()).min(1) }),
  'schedules.list': z.array(scheduleRow),
  'schedules.preview': preview,
  'schedules.add': scheduleSchema,
  'schedules.update': scheduleSchema,
  'schedules.remove': z.strictObject({
    runs: count,
    digest: z.strictObject({ editions: count, deliveries: count, recipients: count }).optional(),
  }),
  'schedules.pause': scheduleSchema,
  'schedules.resume': scheduleSchema,
  'schedules.pauseAll': status,
  'schedules.resumeAll': status,
  'schedules.simulate': simulation,
  'schedules.answerMissed': z.strictObject({ schedule: scheduleSchema, run: runSchema.optional() }),
  'schedules.restoreDefaults': z.strictObject({ restored: z.array(z.string()) }),
  'schedules.why': z.strictObject({ checks: z.array(z.strictObject({ ok: z.boolean(), text: z.string() })).length(4) }),
  'digests.list': z.array(digestRow).min(1),
  'digests.templates': z.array(
    z.strictObject({ id: z.string(), title: z.string(), about: z.string(), schedule: newScheduleSchema }),
  ),
  'digests.get': digestRow,
  'digests.preview': z.strictObject({ ...rendered.shape, content: editionContentSchema, considered: count, bytes: count }),
  'digests.editions': page(editionRow),
  'digests.edition': editionPage,
  'digests.sendTest': startedRun,
  'digests.retrySend': startedRun,
  'digests.decideDelivery': editionPage,
  'runs.list': page(runSchema),
  'runs.summary': z.strictObject({
    total: count,
    byStatus: z.record(z.string(), count),
    missedTimes: count,
    problems: count,
    averageMs: count.optional(),
    medianMs: count.optional(),
    p95Ms: count.optional(),
  }),
  'runs.get': z.strictObject({
    run: runSchema,
    fetchJobs: z.array(z.looseObject({ id: z.string(), sourceTitle: z.string() })),
    attempts: z.array(runBrief).min(1),
    retry: z.strictObject({ at: instantSchema, number: count, of: count }).optional(),
    previous: runBrief.optional(),
    next: runBrief.optional(),
    recent: z.array(runBrief),
  }),
  'runs.grid': z.strictObject({
    jobKind: z.string(),
    jobs: z.array(z.strictObject({ kind: z.string(), title: z.string() })),
    runs: z
      .array(
        z.strictObject({
          id: z.string(),
          at: instantSchema,
          status: z.string(),
          cause: z.string(),
          sources: count,
          failed: count,
        }),
      )
      .min(1)
      .max(5),
    gaps: z.array(z.strictObject({ after: z.int(), from: instantSchema, to: instantSchema, reason: z.string() })),
    rows: z.array(
      z.strictObject({
        sourceId: z.string(),
        title: z.string(),
        addedAt: instantSchema,
        isPaused: z.boolean(),
        dots: z.string().regex(/^[no=xwr.]+$/),
        added: z.array(count),
        waitsUntil: instantSchema.optional(),
        failing: z.strictObject({ since: instantSchema, errorCode: z.string(), httpStatus: z.int().optional() }).optional(),
      }),
    ),
  }),
  'runs.fetchJob': z.looseObject({ id: z.string(), sourceTitle: z.string() }).nullable(),
  'runs.start': startedRun,
  'runs.cancel': z.strictObject({ cancelled: z.boolean() }),
  'runs.retryFailed': startedRun,
  'runs.remove': z.strictObject({ fetchJobs: count }),
  'domains.list': page(domainRow),
  'domains.stats': z.strictObject({
    counts: z.strictObject({ pending: count, processing: count, completed: count, error: count }),
    p50Ms: count.optional(),
    p95Ms: count.optional(),
    errorRate24h: z.number().min(0).max(1).optional(),
  }),
  'domains.get': domainRow,
  'domains.retry': z.strictObject({ changed: z.array(z.string()) }),
  'domains.pin': domainRow,
  'undo.list': z.array(z.looseObject({ id: z.string(), text: z.string(), rows: count })),
  'undo.apply': z.strictObject({ rows: count }),
  'backups.bring': z.strictObject({
    bytes: z.int(),
    backup: z.strictObject({ name: z.string(), at: instantSchema, bytes: z.int() }).optional(),
  }),
  'backups.restore': z.strictObject({ posts: z.int(), sources: z.int(), madeAt: instantSchema, before: z.string() }),
  'backups.list': z.strictObject({
    folder: z.string(),
    backups: z.array(z.strictObject({ name: z.string(), at: instantSchema, bytes: count })),
  }),
  'jobs.list': z.array(
    z.strictObject({
      kind: z.string(),
      title: z.string(),
      description: z.string(),
      optionsSchema: z.looseObject({ type: z.literal('object') }),
      suggestedTrigger: triggerSchema,
      goesOut: z.boolean(),
    }),
  ),
  'gaps.list': z.array(gapMapSchema),
  'gaps.get': gapMapSchema,
  'authors.list': z.array(followedAuthorSchema),
  'authors.follow': followedAuthorSchema,
  'authors.unfollow': z.strictObject({ removed: z.boolean() }),
  'recipients.list': z.array(recipientSchema),
  'recipients.import': z.strictObject({
    added: count,
    known: count,
    refused: z.array(z.strictObject({ line: count, text: z.string(), message: z.string() })),
  }),
  'recipients.export': z.strictObject({ fileName: z.string(), text: z.string() }),
  'recipients.setState': recipientSchema,
  'recipients.remove': z.strictObject({ removed: z.boolean() }),
  'mail.check': z.array(
    z.strictObject({
      id: z.string(),
      state: z.enum(['ok', 'warn', 'fail', 'skipped']),
      text: z.string(),
      hint: z.string().optional(),
    }),
  ),
  'stats.get': stats,
  'stats.storage': storage,
  'stats.disk': disk,
  'stats.sources': z.array(sourceValue),
  'settings.get': settingsSchema,
  'settings.export': z.strictObject({ fileName: z.string(), text: z.string() }),
  'settings.import': z.strictObject({ changed: z.array(z.string()), leftOut: z.array(z.string()) }),
  'updates.get': updateState,
  'updates.check': updateState,
  'settings.update': settingsSchema,
  'messages.state': z.strictObject({
    isQuiet: z.boolean(),
    held: z.array(z.strictObject({ id: z.string(), at: instantSchema, title: z.string(), body: z.string() })),
    sinks: z.array(z.looseObject({ sink: z.enum(['webhook', 'telegram']), waiting: count })).length(2),
  }),
  'messages.test': z.strictObject({ ok: z.boolean(), text: z.string() }),
  'secrets.list': z.array(secretState).length(4),
  'secrets.set': secretState,
  'secrets.remove': secretState,
  'desktop.get': autostart,
  'desktop.setStartAtLogin': autostart,
  'desktop.revealData': z.strictObject({ shown: z.boolean() }),
};
