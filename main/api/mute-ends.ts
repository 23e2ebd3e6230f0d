import { toInstant } from '../lib/clock.ts';
import { lookAgain } from './look-again.ts';
import type { Services } from './services.ts';
import { changeSources } from './sources.ts';

/** A mute may end so much later than it says. */
const LOOK_MS = 5 * 60_000;

/** Takes back the mutes whose end has come. Rejects when the store cannot be written; they end at the next look. */
export const endMutes = async (services: Services): Promise<void> => {
  const now = toInstant(services.clock.now());
  const isOver = (until: string | undefined): boolean => until !== undefined && until <= now;
  if (!services.store.sources.all().some(({ mutedUntil }) => isOver(mutedUntil))) return;
  await changeSources(services, (sources) => {
    const ended = sources
      .filter(({ mutedUntil }) => isOver(mutedUntil))
      .map(({ mutedUntil: _mutedUntil, ...source }) => ({ ...source, muted: false }));
    return { put: ended, result: undefined };
  });
};

/** Looks every five minutes whether a mute is over, from `start` on. */
export const watchMutes = (services: Services): { start: () => void; stop: () => void } =>
  lookAgain(services, LOOK_MS, () => endMutes(services), 'A mute could not be ended');
