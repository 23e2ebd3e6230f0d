import { clock } from '../ui/format.ts';
import { words } from '../words/words.ts';

const { pauseTimes: say } = words.schedules;

/** A way to pause; `until` is an ISO instant, absent for *until I resume*. */
export type PauseChoice = { label: string; until?: string };

const HOUR_MS = 3_600_000;
const MORNING = 8;

/** The four ways to pause, counted from `now` (milliseconds); *tomorrow* is the local one. */
export const pauseChoices = (now: number): PauseChoice[] => {
  const day = new Date(now);
  const tomorrow = new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, MORNING);
  return [
    { label: say.halfAnHour, until: new Date(now + HOUR_MS / 2).toISOString() },
    { label: say.oneHour, until: new Date(now + HOUR_MS).toISOString() },
    { label: say.untilTomorrow(clock(tomorrow.getTime())), until: tomorrow.toISOString() },
    { label: say.untilIResume },
  ];
};

const two = (value: number): string => String(value).padStart(2, '0');
/** Tomorrow 08:00 as a field for a local date and time writes it. */
export const tomorrowMorning = (now: number): string => {
  const day = new Date(now);
  const tomorrow = new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, MORNING);
  return `${tomorrow.getFullYear()}-${two(tomorrow.getMonth() + 1)}-${two(tomorrow.getDate())}T${two(MORNING)}:00`;
};

/** A local date and time as an instant, if it is still to come. */
export const readUntil = (text: string, now: number): { until: string } | { message: string } => {
  const at = new Date(text).getTime();
  if (Number.isNaN(at)) return { message: say.giveADayAndATime };
  return at > now ? { until: new Date(at).toISOString() } : { message: say.thisTimeIsOver };
};
