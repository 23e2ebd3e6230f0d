import type { Trigger } from './schedule.ts';

/** A kind of work, as a form needs it. */
export type JobInfo = {
  kind: string;
  title: string;
  description: string;
  /** JSON Schema (draft 2020-12) of the options; the editor's form is made from it. */
  optionsSchema: unknown;
  suggestedTrigger: Trigger;
  /** Goes out to the network: no more often than every 5 minutes. */
  goesOut: boolean;
};
