import { z } from 'zod';
import { ERROR_CODES } from './errors.ts';
import type { FetchJob } from './fetch-job.ts';
import { idSchema, instantSchema } from './values.ts';

export const runCauseSchema = z.enum(['schedule', 'manual', 'catch-up', 'retry']);
export type RunCause = z.infer<typeof runCauseSchema>;

export const progressSchema = z.strictObject({
  done: z.int().nonnegative(),
  total: z.int().nonnegative(),
  /** What is being worked on, in words. */
  label: z.string().max(200).optional(),
});
export type Progress = z.infer<typeof progressSchema>;

export const logLineSchema = z.strictObject({
  at: instantSchema,
  level: z.enum(['info', 'warn', 'error']),
  message: z.string().max(500),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** One thing a dry run would do. */
export const planLineSchema = z.strictObject({
  /** What would happen: *remove*, *change*, *add*. */
  verb: z.enum(['remove', 'change', 'add']),
  /** What to: a post, a run record, a file. */
  kind: z.string().max(40),
  text: z.string().max(300),
  postId: idSchema.optional(),
});
export type PlanLine = z.infer<typeof planLineSchema>;
/** The most lines of a plan that are kept; the counts tell the whole. */
export const MAX_PLAN_LINES = 200;

/** One part of a run's work. The last one is where a run that ended badly stopped. */
export const runStepSchema = z.strictObject({
  name: z.string().max(80),
  startedAt: instantSchema,
  /** Absent while it goes on. */
  endedAt: instantSchema.optional(),
  /** How far it came, where the job told. */
  done: z.int().nonnegative().optional(),
  total: z.int().nonnegative().optional(),
  /** What it came to, in a sentence and in numbers, where the job told. */
  result: z.string().max(300).optional(),
  counts: z.record(z.string(), z.int()).optional(),
  /** The edition it made or handed over. */
  editionId: idSchema.optional(),
  /** Why it failed. */
  error: z.string().max(300).optional(),
});
export type RunStep = z.infer<typeof runStepSchema>;
/** The most steps of a run that are kept. */
export const MAX_STEPS = 20;

const common = {
  id: idSchema,
  scheduleId: idSchema.optional(),
  jobKind: z.string().max(80),
  /** The schedule's or the job's name at the time. */
  name: z.string().max(200),
  cause: runCauseSchema,
  /** When it should have started; absent for runs by hand. */
  scheduledFor: instantSchema.optional(),
  /** On retries: the second attempt of three is `{ number: 2, of: 3 }`. It stands for the same due instant as the first. */
  attempt: z.strictObject({ number: z.int().min(2), of: z.int().min(2) }).optional(),
  /** The run this one tries again, when the owner asked for that. */
  retryOf: idSchema.optional(),
  queuedAt: instantSchema,
  /** It was removed and brought back by an undo. */
  isRestored: z.boolean().optional(),
  /** The options as they were used. */
  options: z.unknown().optional(),
};
const worked = {
  startedAt: instantSchema,
  counts: z.record(z.string(), z.int()),
  progress: progressSchema.optional(),
  /** The parts of its work, in their order; absent on runs of earlier versions. */
  steps: z.array(runStepSchema).max(MAX_STEPS).optional(),
  /** What a dry run would do; absent on runs that do it. */
  plan: z.array(planLineSchema).max(200).optional(),
};
const ended = { endedAt: instantSchema, log: z.array(logLineSchema).max(500) };
const error = {
  errorCode: z.enum(ERROR_CODES),
  errorMessage: z.string().max(300),
  /** Where it was thrown, for a bug report; collapsed on the screen. */
  errorStack: z.string().max(4000).optional(),
};
const span = {
  endedAt: instantSchema,
  reason: z.string().max(300),
  code: z.enum(['SCHED_MISSED', 'SCHED_OVERLAP']).optional(),
  /** First and last due instant the row stands for, and how many. */
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  missedCount: z.int().positive().optional(),
};

/**
 * One execution of a job.
 * queued -> running -> completed | failed | cancelled.  abandoned: the application stopped in the middle.
 * missed, skipped, deferred: never started; the row says why and which span it covers.
 */
export const runSchema = z.discriminatedUnion('status', [
  z.strictObject({ ...common, status: z.literal('queued') }),
  z.strictObject({ ...common, ...worked, status: z.literal('running') }),
  z.strictObject({ ...common, ...worked, ...ended, status: z.literal('completed') }),
  z.strictObject({ ...common, ...worked, ...ended, ...error, status: z.literal('failed') }),
  z.strictObject({ ...common, ...worked, ...ended, startedAt: instantSchema.optional(), status: z.literal('cancelled') }),
  z.strictObject({ ...common, ...worked, ...ended, startedAt: instantSchema.optional(), status: z.literal('abandoned') }),
  z.strictObject({ ...common, ...span, status: z.literal('missed') }),
  z.strictObject({ ...common, ...span, status: z.literal('skipped') }),
  z.strictObject({ ...common, ...span, status: z.literal('deferred') }),
]);
export type Run = z.infer<typeof runSchema>;
export type RunStatus = Run['status'];
export const RUN_STATUSES = runSchema.options.map((option) => option.shape.status.value);

export const runQuerySchema = z.strictObject({
  status: z
    .array(z.enum(['queued', 'running', 'completed', 'failed', 'cancelled', 'abandoned', 'missed', 'skipped', 'deferred']))
    .optional(),
  scheduleId: idSchema.optional(),
  jobKind: z.string().max(80).optional(),
  cause: runCauseSchema.optional(),
  /** Queued at or after. */
  since: instantSchema.optional(),
  until: instantSchema.optional(),
  /** Failed, abandoned or missed runs, and completed ones in which a source failed. */
  problemsOnly: z.boolean().optional(),
  /** Part of the name, or the beginning of the id. */
  text: z.string().trim().max(100).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.int().min(1).max(500).default(50),
});
export type RunQuery = z.input<typeof runQuerySchema>;

/** Which runs a summary is about. */
export const runFilterSchema = runQuerySchema.omit({ cursor: true, limit: true });
export type RunFilter = z.input<typeof runFilterSchema>;
/** Runs that match, in numbers. Durations are milliseconds of completed runs; absent without any. */
export type RunSummary = {
  total: number;
  byStatus: Partial<Record<RunStatus, number>>;
  /** Due times that were missed: a row may stand for many. */
  missedTimes: number;
  /** Runs that `problemsOnly` would show. */
  problems: number;
  averageMs?: number;
  medianMs?: number;
  p95Ms?: number;
};

/** A fetch job with the title of its source (which may be gone). */
export type FetchJobRow = FetchJob & { sourceTitle: string };
/** A run in a chain or beside another: what it was, when, how it went. */
export type RunBrief = Pick<Run, 'id' | 'name' | 'status' | 'cause' | 'attempt' | 'queuedAt' | 'scheduledFor'> & {
  tookMs?: number;
  counts?: Record<string, number>;
};
export type RunDetail = {
  run: Run;
  fetchJobs: FetchJobRow[];
  /** This run and those that tried the same again, oldest first. */
  attempts: RunBrief[];
  /** The retry that waits for its time. */
  retry?: { at: string; number: number; of: number };
  /** The runs before and after it of the same schedule, or of the same job where it has none. */
  previous?: RunBrief;
  next?: RunBrief;
  /** The last runs of the same schedule or job that started, this one included, newest last. */
  recent: RunBrief[];
};

/** How many of the last runs a grid shows at most. */
export const MAX_GRID_RUNS = 60;
export const gridQuerySchema = z.strictObject({
  /** Without it the job that fetches feeds. */
  jobKind: z.string().max(80).optional(),
  runs: z.int().min(1).max(MAX_GRID_RUNS).optional(),
});
/**
 * What became of a source in a run, in one letter: `n` new posts, `o` nothing new, `=` not modified, `x` failed,
 * `w` its host asked for a pause, `r` under way, `.` not in this run.
 */
export type GridDot = 'n' | 'o' | '=' | 'x' | 'w' | 'r' | '.';
export type GridRow = {
  sourceId: string;
  title: string;
  addedAt: string;
  isPaused: boolean;
  /** One `GridDot` a run. */
  dots: string;
  /** New posts, one number a run. */
  added: number[];
  /** It is not asked before then, because the server wanted a pause. */
  waitsUntil?: string;
  /** Its last failure, while it has not worked since. */
  failing?: { since: string; errorCode: string; httpStatus?: number };
};
/** Sources by the last runs of a job that asked any; runs are oldest first. */
export type RunGrid = {
  jobKind: string;
  /** Jobs that ask sources, for the choice. */
  jobs: { kind: string; title: string }[];
  runs: { id: string; at: string; status: RunStatus; cause: RunCause; sources: number; failed: number }[];
  /** Where runs were missed: after the run at that place. */
  gaps: { after: number; from: string; to: string; reason: string }[];
  rows: GridRow[];
};

/** What starting a run by hand answers: the run, and whether it was already going. */
export type StartedRun = { run: Run; alreadyRunning: boolean };
