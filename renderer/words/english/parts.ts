import { count, number } from '../counting.ts';

/** The parts that every screen is made of. */
export const parts = {
  undo: 'Undo',
  /** `text`: what was done, as its message said it. */
  undone: (text: string) => `Undone: ${text}`,
  nothingToUndo: 'There is nothing to undo',
  nothingIsLost: 'Nothing is lost.',
  tryAgain: 'Try again',
  loading: 'Loading',
  openTheRun: 'Open the run',
  noFetchJob: 'No fetch job yet',
  /** How a fetch job ended, after a number. */
  dots: {
    new: 'with new posts',
    nothing: 'with nothing new',
    same: 'not modified',
    failed: 'failed',
    waiting: 'waiting',
    none: 'not in a run',
  },
  glyphs: { waiting: 'Waiting', warning: 'Warning', idle: 'Idle' },
  runs: {
    statuses: {
      queued: 'Queued',
      running: 'Running',
      completed: 'Completed',
      failed: 'Failed',
      cancelled: 'Cancelled',
      abandoned: 'Abandoned',
      missed: 'Missed',
      skipped: 'Skipped',
      deferred: 'Deferred',
    },
    causes: { schedule: 'Schedule', manual: 'You', 'catch-up': 'Catch-up', retry: 'Retry' },
    keptOf: (kept: number, fetched: number) => `${number(kept)} of ${number(fetched)} kept`,
    sources: (amount: number) => count(amount, 'source'),
    failed: (amount: number) => `${number(amount)} failed`,
    fresh: (amount: number) => `${number(amount)} new`,
    found: (amount: number) => `${number(amount)} found`,
    freshAndKnown: (fresh: string, known: number) => `${fresh}, ${number(known)} known`,
    nothingNew: 'Nothing new',
    nothingDue: 'Nothing due',
  },
};
