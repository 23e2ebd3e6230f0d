import type { Handlers } from '../../preload/contract/contract.ts';
import { DIGEST_JOB, type DigestRow, type EditionPage, type EditionRow } from '../../preload/contract/digest.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import type { Page } from '../../preload/contract/values.ts';
import { toAddress } from '../digest/addresses.ts';
import { decideDelivery } from '../digest/outbox-recovery.ts';
import { hasEnded } from '../digest/outbox-rows.ts';
import { DIGEST_TEMPLATES } from '../digest/templates.ts';
import { digestSchedule, toDigestRow, toEditionRow } from './digest-views.ts';
import { startRun } from './runs.ts';
import { toScheduleRow } from './schedules.ts';
import type { Services } from './services.ts';
import { found } from './views.ts';

type DigestHandlers = Pick<Handlers, Extract<keyof Handlers, `digests.${string}`>>;

/** Editions on a page when nothing else is said. */
const PAGE = 50;

const rowsOf = async (services: Services, schedules: readonly Schedule[]): Promise<DigestRow[]> => {
  const [machine, { inWords }] = await Promise.all([services.machine(), import('../scheduler/words.ts')]);
  const words = ({ trigger, window }: Schedule): string => inWords(trigger, window);
  const now = services.clock.now();
  return schedules.map((schedule) => toDigestRow(services.store, toScheduleRow(services, machine, words, schedule), now));
};

const editionsOf = (
  { store }: Services,
  { scheduleId, cursor, limit = PAGE }: { scheduleId: string; cursor?: string | undefined; limit?: number | undefined },
): Page<EditionRow> => {
  digestSchedule(store, scheduleId);
  const all = store.editions.ofDigest(scheduleId).toSorted((a, b) => (a.madeAt < b.madeAt ? 1 : a.madeAt > b.madeAt ? -1 : 0));
  const from = cursor ? all.findIndex(({ id }) => id === cursor) + 1 : 0;
  const shown = all.slice(from, from + limit);
  const last = shown.at(-1);
  return {
    rows: shown.map((edition) => toEditionRow(store, edition)),
    total: all.length,
    ...(last && from + limit < all.length ? { next: last.id } : {}),
  };
};

const editionPage = async (services: Services, id: string): Promise<EditionPage> => {
  const { store } = services;
  const edition = found(store.editions.get(id), 'edition');
  const { editionDeps } = await import('../jobs/send-digest.ts');
  return {
    edition: toEditionRow(store, edition),
    content: edition.content,
    rendered: await editionDeps(services).render(edition.content),
    deliveries: store.deliveries.ofEdition(id),
  };
};

const sendAgain = (services: Services, editionId: string): ReturnType<DigestHandlers['digests.retrySend']> => {
  const { store } = services;
  const edition = found(store.editions.get(editionId), 'edition');
  const schedule = digestSchedule(store, edition.scheduleId);
  const deliveries = store.deliveries.ofEdition(editionId);
  if (deliveries.length > 0 && deliveries.every(hasEnded))
    throw new AppError('CONFLICT', 'Nothing of this edition is left to be sent.');
  const before = store.runs.get(edition.runId);
  return startRun(services, {
    jobKind: DIGEST_JOB,
    schedule,
    cause: 'retry',
    options: { edition: editionId },
    ...(before ? { retryOf: before.id } : {}),
  });
};

/** What the screen can ask about digests and their editions. */
export const createDigestHandlers = (services: Services): DigestHandlers => {
  const { store } = services;
  return {
    'digests.list': () =>
      rowsOf(
        services,
        store.schedules.all().filter(({ jobKind }) => jobKind === DIGEST_JOB),
      ),
    'digests.templates': () => [...DIGEST_TEMPLATES],
    'digests.get': async ({ id }) => found((await rowsOf(services, [digestSchedule(store, id)]))[0], 'digest'),
    'digests.preview': async (wish) => (await import('./digest-preview.ts')).previewDigest(services, wish),
    'digests.editions': (query) => editionsOf(services, query),
    'digests.edition': ({ id }) => editionPage(services, id),
    'digests.sendTest': async ({ scheduleId, to }) => {
      const schedule = digestSchedule(store, scheduleId);
      const options = { testMode: true, testTo: toAddress(to, 'to'), actions: ['generate', 'send'] };
      return startRun(services, { jobKind: DIGEST_JOB, schedule, cause: 'manual', options });
    },
    'digests.retrySend': async ({ id }) => sendAgain(services, id),
    'digests.decideDelivery': async ({ id, verdict }) => {
      const { editionId } = await decideDelivery(services, id, verdict);
      if (verdict === 'send-again') await sendAgain(services, editionId);
      return editionPage(services, editionId);
    },
  };
};
