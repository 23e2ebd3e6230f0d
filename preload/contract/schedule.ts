import { z } from 'zod';
import type { Run } from './run.ts';
import { idSchema, instantSchema, timeOfDaySchema, timeZoneSchema } from './values.ts';

export const weekdaySchema = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
export type Weekday = z.infer<typeof weekdaySchema>;

/** When. The rule of time is in docs/architecture.md; every schedule carries an IANA zone beside it. */
export const triggerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('interval'), minutes: z.int().min(1).max(525_600) }),
  z.strictObject({ type: z.literal('daily'), time: timeOfDaySchema }),
  z.strictObject({ type: z.literal('weekly'), days: z.array(weekdaySchema).min(1).max(7), time: timeOfDaySchema }),
  z.strictObject({ type: z.literal('monthly'), day: z.int().min(1).max(31), time: timeOfDaySchema }),
  z.strictObject({ type: z.literal('cron'), expression: z.string().min(1).max(200) }),
]);
export type Trigger = z.infer<typeof triggerSchema>;

export const scheduleSchema = z.strictObject({
  id: idSchema,
  name: z.string().trim().min(1).max(200),
  jobKind: z.string().max(80),
  /** Checked by the job's own schema when saved and again when run. */
  options: z.unknown(),
  trigger: triggerSchema,
  timeZone: timeZoneSchema,
  enabled: z.boolean(),
  /** Paused until this instant; `9999-12-31T23:59:59.999Z` means until resumed. */
  pausedUntil: instantSchema.optional(),
  /** A stored instant, recomputed after each run, on edit, resume, zone or clock change. Absent when off. */
  nextDueAt: instantSchema.optional(),
  /** The due instant served last: the grid of an interval goes on from here. */
  lastDueAt: instantSchema.optional(),
  /** After sleep: one catch-up run however late, or none. */
  missed: z.enum(['run-once', 'skip']),
  jitterSeconds: z.int().min(0).max(3600),
  timeoutMinutes: z.int().min(1).max(1440),
  /** Ours from the first start: can be switched off, edited and restored. */
  isBuiltIn: z.boolean(),
  /** Kept here so that clean-up of run records does not shrink them. */
  totals: z.strictObject({ runs: z.int(), completed: z.int(), failed: z.int() }),
});
export type Schedule = z.infer<typeof scheduleSchema>;

export const newScheduleSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  jobKind: z.string().min(1).max(80),
  options: z.unknown().optional(),
  trigger: triggerSchema,
  timeZone: timeZoneSchema.optional(),
  enabled: z.boolean().optional(),
  missed: z.enum(['run-once', 'skip']).optional(),
  jitterSeconds: z.int().min(0).max(3600).optional(),
  timeoutMinutes: z.int().min(1).max(1440).optional(),
});
export type NewSchedule = z.infer<typeof newScheduleSchema>;
export const schedulePatchSchema = newScheduleSchema.omit({ jobKind: true }).partial();
export type SchedulePatch = z.infer<typeof schedulePatchSchema>;

/** A due instant far enough away to mean *until I resume*. */
export const UNTIL_RESUMED = '9999-12-31T23:59:59.999Z';

/** A schedule with all that its row shows. */
export type ScheduleRow = {
  schedule: Schedule;
  jobTitle: string;
  /** *Every hour at :00*; the zone is shown beside it. */
  words: string;
  /** The next five due instants; empty when off. */
  next: string[];
  /** Why the next time is what it is, or why there is none. */
  why: string;
  /** Newest last, at most 30, only runs that started or were missed. */
  recent: Run[];
  last?: Run;
  /** 0 to 1 over `recent`; absent when it never ran. */
  successRate?: number;
  /** Median milliseconds of completed runs in `recent`. */
  usualMs?: number;
};

/** What a trigger would do, without saving it. */
export type SchedulePreview = { words: string; next: string[] };

/** When this computer sleeps, as the owner tells the simulator: wall-clock times in the zone of this computer; `to` before `from` is the next morning. */
export const sleepHabitSchema = z.strictObject({
  from: timeOfDaySchema,
  to: timeOfDaySchema,
  /** The days on whose evening it goes to sleep. */
  days: z.array(weekdaySchema).max(7),
});
export type SleepHabit = z.infer<typeof sleepHabitSchema>;

/** One due instant of a simulated schedule and what becomes of it. */
export type SimulatedDue = {
  dueAt: string;
  /** on-time: the computer is awake. made-up: asleep, and the catch-up run at `startsAt` stands for it. missed: asleep, and no run stands for it. */
  outcome: 'on-time' | 'made-up' | 'missed';
  startsAt?: string;
};

/** What the next days look like. Days are local to this computer; `hours` is 23 or 25 (or 23.5, 24.5) where the clocks change. */
export type Simulation = {
  timeZone: string;
  days: { date: string; startsAt: string; hours: number; asleep: { from: string; to: string }[] }[];
  /** Oldest first; bounded: `isCut` when there were more than are shown. */
  dues: SimulatedDue[];
  /** Catch-up runs at a wake. */
  wakes: { at: string; standsFor: number }[];
  counts: { onTime: number; catchUps: number; madeUp: number; missed: number };
  isCut: boolean;
};
