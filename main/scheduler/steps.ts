import { MAX_STEPS, type RunStep } from '../../preload/contract/run.ts';
import type { StepResult } from '../jobs/job.ts';

const MAX_NAME = 80;
const MAX_TEXT = 300;

/** The parts of a run's work, as the job names them. */
export type Steps = {
  /** Ends the step before. When there are as many as are kept, the last one goes on. */
  begin: (name: string) => void;
  /** How far the present step has come. */
  reach: (done: number, total: number) => void;
  /** What the present step came to. */
  tell: (told: StepResult) => void;
  end: () => void;
  list: () => RunStep[];
};

/** No steps yet; `now` answers the present instant. */
export const createSteps = (now: () => string): Steps => {
  const steps: RunStep[] = [];
  const end = (): void => {
    const last = steps.at(-1);
    if (last && !last.endedAt) steps[steps.length - 1] = { ...last, endedAt: now() };
  };
  return {
    begin: (name) => {
      if (steps.length >= MAX_STEPS) return;
      end();
      steps.push({ name: name.slice(0, MAX_NAME), startedAt: now() });
    },
    reach: (done, total) => {
      const last = steps.at(-1);
      if (last) steps[steps.length - 1] = { ...last, done, total };
    },
    tell: ({ result, error, ...told }) => {
      const last = steps.at(-1);
      if (!last) return;
      const texts = {
        ...(result ? { result: result.slice(0, MAX_TEXT) } : {}),
        ...(error ? { error: error.slice(0, MAX_TEXT) } : {}),
      };
      steps[steps.length - 1] = { ...last, ...told, ...texts };
    },
    end,
    list: () => [...steps],
  };
};
