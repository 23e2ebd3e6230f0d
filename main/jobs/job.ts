import type { z } from 'zod';
import type { PlanLine, RunCause, RunStep } from '../../preload/contract/run.ts';
import type { NewSchedule, Trigger } from '../../preload/contract/schedule.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import type { LogLevel } from '../lib/log.ts';

/** What a step of a run came to. */
export type StepResult = Pick<RunStep, 'result' | 'counts' | 'editionId' | 'error'>;

/** What a job gets, beside the services it was made with. */
export type JobContext<Options> = {
  runId: string;
  cause: RunCause;
  /** The schedule it runs for, and the due instant it stands for; absent for runs by hand without one. */
  scheduleId?: string;
  scheduledFor?: string;
  options: Options;
  /** Aborted by cancel, timeout and stop. `signal.reason` is an AppError. */
  signal: AbortSignal;
  /** Milliseconds, wall clock. */
  now: () => number;
  progress: (done: number, total: number, label?: string) => void;
  /** A new part of the work begins; the one before has ended. Named as people would: *Fetch and keep*. */
  step: (name: string) => void;
  /** What the present step came to, kept with the run; called again, it adds to what was said. */
  result: (told: StepResult) => void;
  /** Adds to a counter of the run; naming it with 0 makes it show. */
  count: (name: string, by?: number) => void;
  /** A line of a dry run's plan: what would be done. The first 200 are kept with the run; count the whole. */
  plan: (line: PlanLine) => void;
  /** A line in the run's own log. */
  log: (level: LogLevel, message: string) => void;
};

/** A kind of work: what it is called, what it can be told, what it does. */
export type JobDefinition<Options = unknown> = {
  kind: string;
  title: string;
  description: string;
  optionsSchema: z.ZodType<Options>;
  suggestedTrigger: Trigger;
  /** Goes out to the network: no more often than every 5 minutes, and waits for a connection. */
  goesOut: boolean;
  /** Goes through very much at once: two of these at the same time are worth a hint. */
  isHeavy?: boolean;
  /** What a new schedule of this job gets where the owner says nothing else. */
  defaults?: Pick<NewSchedule, 'missed' | 'graceMinutes' | 'timeoutMinutes' | 'retries' | 'retryMinutes'>;
  /** For jobs whose pace is a setting: the trigger of the built-in schedule follows it, unless the owner gave it another. */
  triggerFrom?: (settings: Settings) => Trigger;
  /** Throws AppError when the whole run failed; trouble with one item is counted and logged. */
  run: (context: JobContext<Options>) => Promise<void>;
};

/** Keeps the options' type inside the definition. The runner parses options with the schema before it calls `run`. */
export const defineJob = <Options>(definition: JobDefinition<Options>): JobDefinition => definition as JobDefinition;
