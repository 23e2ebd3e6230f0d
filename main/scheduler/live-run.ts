import {
  type LogLine,
  MAX_PLAN_LINES,
  type PlanLine,
  type Progress,
  type Run,
  type RunStep,
} from '../../preload/contract/run.ts';
import type { JobContext, JobDefinition } from '../jobs/job.ts';
import { type Clock, toInstant } from '../lib/clock.ts';
import type { EventBus } from '../lib/events.ts';
import type { LogLevel } from '../lib/log.ts';
import { createSteps } from './steps.ts';

/** The most lines a run keeps, and the longest line in characters. */
const MAX_LINES = 500;
const MAX_LINE = 500;
/** At most five progress events a second. */
const PROGRESS_MS = 200;

/** What a run gathers while it works. After `close` the job is no longer heard. */
export type Notebook = {
  counts: Record<string, number>;
  progress: () => Progress | undefined;
  lines: () => LogLine[];
  plan: () => PlanLine[];
  steps: () => RunStep[];
  write: (level: LogLevel, message: string) => void;
  context: Pick<JobContext<unknown>, 'progress' | 'step' | 'result' | 'count' | 'log' | 'plan'>;
  close: () => void;
};

/** An empty notebook for the run `runId`; announces progress on `events`. */
export const createNotebook = (runId: string, clock: Clock, events: EventBus): Notebook => {
  const counts: Record<string, number> = {};
  const lines: LogLine[] = [];
  const plan: PlanLine[] = [];
  const steps = createSteps(() => toInstant(clock.now()));
  let leftOut = 0;
  let progress: Progress | undefined;
  let isOpen = true;
  let waiting: (() => void) | undefined;
  let announcedAt = Number.NEGATIVE_INFINITY;

  const announce = (): void => {
    waiting = undefined;
    announcedAt = clock.monotonic();
    const known = steps.list();
    if (progress)
      events.emit('runs.progress', { runId, progress, counts: { ...counts }, ...(known.length ? { steps: known } : {}) });
  };
  const announceSoon = (): void => {
    if (waiting) return;
    const wait = announcedAt + PROGRESS_MS - clock.monotonic();
    if (wait <= 0) announce();
    else waiting = clock.after(wait, announce);
  };
  const write = (level: LogLevel, message: string): void => {
    if (lines.length >= MAX_LINES - 1) leftOut += 1;
    else lines.push({ at: toInstant(clock.now()), level, message: message.slice(0, MAX_LINE) });
  };
  const whole = (value: number): number => (Number.isFinite(value) ? Math.max(0, Math.trunc(value)) : 0);
  return {
    counts,
    progress: () => progress,
    lines: () =>
      leftOut === 0
        ? [...lines]
        : [...lines, { at: toInstant(clock.now()), level: 'warn', message: `${leftOut} more lines were left out.` }],
    plan: () => [...plan],
    steps: steps.list,
    write,
    context: {
      progress: (done, total, label) => {
        if (!isOpen) return;
        progress = { done: whole(done), total: whole(total), ...(label ? { label: label.slice(0, 200) } : {}) };
        steps.reach(progress.done, progress.total);
        announceSoon();
      },
      step: (name) => {
        if (isOpen) steps.begin(name);
      },
      result: (told) => {
        if (isOpen) steps.tell(told);
      },
      count: (name, by = 1) => {
        if (!isOpen) return;
        counts[name] = (counts[name] ?? 0) + Math.trunc(by);
      },
      plan: (line) => {
        if (isOpen && plan.length < MAX_PLAN_LINES) plan.push({ ...line, text: line.text.slice(0, 300) });
      },
      log: (level, message) => {
        if (isOpen) write(level, message);
      },
    },
    close: () => {
      isOpen = false;
      steps.end();
      waiting?.();
      waiting = undefined;
    },
  };
};

/** A run that is queued or running in this process. */
export type LiveRun = {
  /** What makes a second start the same run. */
  key: string;
  run: Run;
  job: JobDefinition;
  rawOptions: Record<string, unknown>;
  timeoutMinutes: number;
  notebook: Notebook;
  controller: AbortController;
  /** Settles when the first row is stored; rejects when it cannot be. */
  stored: Promise<void>;
  /** Settles with the last row; never rejects. */
  ended: Promise<Run>;
  end: (run: Run) => void;
  isEnding: boolean;
};
