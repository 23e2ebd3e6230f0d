/** A way to pause; `until` is an ISO instant, absent for *until I resume*. */
export type PauseChoice = { label: string; until?: string };

const HOUR_MS = 3_600_000;
const MORNING = 8;

/** The four ways to pause, counted from `now` (milliseconds); *tomorrow* is the local one. */
export const pauseChoices = (now: number): PauseChoice[] => {
  const day = new Date(now);
  const tomorrow = new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, MORNING);
  return [
    { label: '30 minutes', until: new Date(now + HOUR_MS / 2).toISOString() },
    { label: '1 hour', until: new Date(now + HOUR_MS).toISOString() },
    { label: 'Until tomorrow 08:00', until: tomorrow.toISOString() },
    { label: 'Until I resume' },
  ];
};
