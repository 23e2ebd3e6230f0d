import type { Services } from './services.ts';

/**
 * Looks at `start`, and again `ms` after each look began, until `stop`. A look that rejects is logged with `trouble`; the
 * next one comes all the same.
 */
export const lookAgain = (
  { clock, log }: Pick<Services, 'clock' | 'log'>,
  ms: number,
  look: () => Promise<void>,
  trouble: string,
): { start: () => void; stop: () => void } => {
  let isStopped = false;
  let cancel = (): void => {};
  const beat = (): void => {
    if (isStopped) return;
    look().catch((error: unknown) => log.warn(trouble, { error }));
    cancel = clock.after(ms, beat);
  };
  return {
    start: beat,
    stop: () => {
      isStopped = true;
      cancel();
    },
  };
};
