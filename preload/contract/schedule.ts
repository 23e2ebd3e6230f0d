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

/**
 * When a schedule may run, in its own zone: a due instant counts when its wall-clock time lies at or after `from` and before `to`
 * on one of `days`. `to` at or before `from` is on the next day, and `days` name the day on which the window opens;
 * `from` equal to `to` is a whole day. Where the clocks change, the wall clock of the due instant itself decides.
 */
export const activeWindowSchema = z.strictObject({
  days: z.array(weekdaySchema).min(1).max(7),
  from: timeOfDaySchema,
  to: timeOfDaySchema,
});
export type ActiveWindow = z.infer<typeof activeWindowSchema>;

/**
 * What happens to due instants that passed: one run for all of them, none, or none until the owner has answered.
 * `graceMinutes` says how late a run may still be: absent it is however late for run-once, 2 minutes for skip, 12 hours for ask.
 */
export const missedPolicySchema = z.enum(['run-once', 'skip', 'ask']);
export type MissedPolicy = z.infer<typeof missedPolicySchema>;

const graceMinutesSchema = z.int().min(2).max(525_600);
const retriesSchema = z.int().min(0).max(10);
const retryMinutesSchema = z.int().min(1).max(1440);

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
  window: activeWindowSchema.optional(),
  missed: missedPolicySchema,
  graceMinutes: graceMinutesSchema.optional(),
  /** Due instants that passed for which the owner is asked; see `schedules.answerMissed`. */
  asked: z.strictObject({ from: instantSchema, to: instantSchema, count: z.int().positive() }).optional(),
  jitterSeconds: z.int().min(0).max(3600),
  timeoutMinutes: z.int().min(1).max(1440),
  /** How often a failed scheduled run is started again; one instance at a time, always. */
  retries: retriesSchema,
  /** Before the first retry; each further one waits twice as long. */
  retryMinutes: retryMinutesSchema,
  /** A retry that waits: attempt `number` of `of` for the due instant `scheduledFor`, not before `at`. */
  retry: z
    .strictObject({ scheduledFor: instantSchema, number: z.int().min(2), of: z.int().min(2), at: instantSchema })
    .optional(),
  /** The run due at `scheduledFor` has waited for a better moment since then; `runId` is the row that says so. */
  deferred: z
    .strictObject({ scheduledFor: instantSchema, since: instantSchema, runId: idSchema, reason: z.string().max(80) })
    .optional(),
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
  /** `null`: at all times. */
  window: activeWindowSchema.nullable().optional(),
  missed: missedPolicySchema.optional(),
  /** `null`: what the rule for missed times means. */
  graceMinutes: graceMinutesSchema.nullable().optional(),
  jitterSeconds: z.int().min(0).max(3600).optional(),
  timeoutMinutes: z.int().min(1).max(1440).optional(),
  /** Without it 2 for jobs that go out to the network, else 0. */
  retries: retriesSchema.optional(),
  retryMinutes: retryMinutesSchema.optional(),
});
export type NewSchedule = z.infer<typeof newScheduleSchema>;
/** What is absent stays. */
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
  /** Something to know about its times: *Complete series also starts at 03:00.* */
  hint?: string;
};

/** What a trigger would do, without saving it. */
export type SchedulePreview = { words: string; next: string[]; hint?: string };

/** A rule that is not saved yet; `id` is the schedule it would belong to. */
export type WantedPreview = {
  trigger: Trigger;
  timeZone: string;
  window?: ActiveWindow;
  jobKind?: string;
  id?: string;
  count?: number;
};
export const wantedPreviewSchema = z.strictObject({
  trigger: triggerSchema,
  timeZone: timeZoneSchema,
  window: activeWindowSchema.optional(),
  jobKind: z.string().max(80).optional(),
  id: idSchema.optional(),
  count: z.int().min(1).max(100).optional(),
});

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
  /** All due instants and catch-up runs by the hour of the wall clock of `timeZone` in which they lie, never cut; `day` counts from 0. An hour without any is absent. */
  cells: { day: number; hour: number; onTime: number; madeUp: number; missed: number; catchUps: number }[];
  counts: { onTime: number; catchUps: number; madeUp: number; missed: number };
  isCut: boolean;
};

/** A rule to try out against the habits of a computer; `sleep: null` is one that never sleeps. */
export const wantedSimulationSchema = z.strictObject({
  trigger: triggerSchema,
  timeZone: timeZoneSchema,
  window: activeWindowSchema.optional(),
  missed: missedPolicySchema.optional(),
  graceMinutes: graceMinutesSchema.optional(),
  sleep: sleepHabitSchema.nullable(),
  days: z.int().min(1).max(60).optional(),
});
export type WantedSimulation = z.infer<typeof wantedSimulationSchema>;
