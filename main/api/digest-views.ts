import {
  DIGEST_JOB,
  type DigestOptions,
  type DigestRow,
  digestOptionsSchema,
  type Edition,
  type EditionRow,
} from '../../preload/contract/digest.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { Schedule, ScheduleRow } from '../../preload/contract/schedule.ts';
import { nextNumber } from '../digest/gather.ts';
import { countDeliveries } from '../digest/outbox-rows.ts';
import type { Store } from '../store/repositories.ts';
import { found } from './views.ts';

/** The schedule of a digest. Throws NOT_FOUND. */
export const digestSchedule = (store: Pick<Store, 'schedules'>, id: string): Schedule => {
  const schedule = store.schedules.get(id);
  return found(schedule?.jobKind === DIGEST_JOB ? schedule : undefined, 'digest');
};

/** The options of a digest, defaults filled in; those of an earlier version that no longer fit give the defaults. */
export const optionsOf = ({ options }: Pick<Schedule, 'options'>): DigestOptions => {
  const parsed = digestOptionsSchema.safeParse(options);
  return parsed.success ? parsed.data : digestOptionsSchema.parse({});
};

/** An edition as a row of a list. */
export const toEditionRow = (store: Pick<Store, 'deliveries'>, edition: Edition): EditionRow => ({
  id: edition.id,
  scheduleId: edition.scheduleId,
  number: edition.content.number,
  madeAt: edition.madeAt,
  at: edition.content.at,
  subject: edition.subject,
  items: edition.content.items.length,
  runId: edition.runId,
  deliveries: countDeliveries(store.deliveries.ofEdition(edition.id)),
  ...(edition.content.isTest ? { isTest: true } : {}),
});

const badgeOf = ({ enabled, pausedUntil }: Schedule, last: Run | undefined, now: number): DigestRow['badge'] => {
  if (!enabled) return 'disabled';
  if (pausedUntil && Date.parse(pausedUntil) > now) return 'paused';
  return last?.status === 'failed' ? 'failed' : 'active';
};

const statsOf = ({ totals }: Schedule, runs: readonly Run[]): DigestRow['stats'] => {
  const ended = totals.completed + totals.failed;
  const took = runs.flatMap((run) => (run.status === 'completed' ? [Date.parse(run.endedAt) - Date.parse(run.startedAt)] : []));
  return {
    runs: totals.runs,
    completed: totals.completed,
    failed: totals.failed,
    ...(ended > 0 ? { successRate: totals.completed / ended } : {}),
    ...(took.length > 0 ? { averageMs: Math.round(took.reduce((sum, ms) => sum + ms, 0) / took.length) } : {}),
  };
};

/** Run records that stand behind the numbers of a digest. */
const LOOKED_AT = 500;

/** A digest as a row of the list. */
export const toDigestRow = (
  store: Pick<Store, 'editions' | 'deliveries' | 'recipients' | 'runs'>,
  row: ScheduleRow,
  now: number,
): DigestRow => {
  const { schedule } = row;
  const runs = store.runs.recentFor(schedule.id, LOOKED_AT);
  const last = runs.findLast(({ status }) => status === 'completed' || status === 'failed');
  const recipients = { active: 0, suspended: 0, unsubscribed: 0 };
  for (const { state } of store.recipients.ofDigest(schedule.id)) recipients[state] += 1;
  const editions = store.editions.ofDigest(schedule.id).filter(({ content }) => !content.isTest);
  const [newest] = editions;
  return {
    row,
    options: optionsOf(schedule),
    badge: badgeOf(schedule, last, now),
    recipients,
    ...(newest ? { lastEdition: toEditionRow(store, newest) } : {}),
    nextNumber: nextNumber(editions),
    stats: statsOf(schedule, runs),
  };
};
