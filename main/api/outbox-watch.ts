import { DIGEST_JOB, type Edition } from '../../preload/contract/digest.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import { lookAgain } from './look-again.ts';
import type { Services } from './services.ts';

/** What waits is tried again so much later than it says, at most. */
const LOOK_MS = 60_000;

type Parts = Pick<Services, 'store' | 'clock' | 'log' | 'machine' | 'running' | 'offlineSince'>;

const isHeld = ({ store, clock, offlineSince }: Parts, schedule: Schedule): boolean => {
  const { schedulerEnabled, pausedUntil } = store.settings.get();
  const isPaused = [pausedUntil, schedule.pausedUntil].some((until) => until && Date.parse(until) > clock.now());
  return !schedulerEnabled || !schedule.enabled || isPaused || offlineSince() !== undefined;
};

/** The last edition, if there is something of it that waits and may be tried now by itself. */
const waitingEdition = (parts: Parts, schedule: Schedule): Edition | undefined => {
  const { store, clock } = parts;
  const edition = store.editions.ofDigest(schedule.id).find(({ content }) => !content.isTest);
  if (!edition?.sendBegunAt || edition.endedAt) return undefined;
  const rows = store.deliveries.ofEdition(edition.id);
  const needsOwner = rows.some(({ state, nextAt }) => state === 'deferred' && nextAt === undefined);
  const last = store.runs.latestFor(schedule.id);
  if (needsOwner || last?.status === 'cancelled') return undefined;
  const isDue = rows.some(({ nextAt }) => nextAt !== undefined && Date.parse(nextAt) <= clock.now());
  // A process that was killed left them; whoever cancelled the run left them on purpose.
  const isLeftOver = last?.status === 'abandoned' && rows.some(({ state }) => state === 'planned');
  return isDue || isLeftOver ? edition : undefined;
};

const lookAt = async (parts: Parts, schedule: Schedule): Promise<void> => {
  const isRunning = parts
    .running()
    ?.runner.running()
    .some((run) => run.scheduleId === schedule.id);
  // A retry of the schedule sends it too.
  if (isRunning || schedule.retry || isHeld(parts, schedule)) return;
  const edition = waitingEdition(parts, schedule);
  if (!edition) return;
  const { runner } = await parts.machine();
  await runner.start({ jobKind: DIGEST_JOB, schedule, cause: 'catch-up', attach: true, options: { edition: edition.id } });
};

/** Goes on, once, with what of the last editions is due to be tried again or was left by a process that was killed. */
export const sendWaiting = async (parts: Parts): Promise<void> => {
  for (const schedule of parts.store.schedules.all()) if (schedule.jobKind === DIGEST_JOB) await lookAt(parts, schedule);
};

/** Looks every minute whether something of a digest waits to be sent again, from `start` on. */
export const watchOutbox = (services: Parts): { start: () => void; stop: () => void } =>
  lookAgain(services, LOOK_MS, () => sendWaiting(services), 'What waits to be sent could not be taken up');
