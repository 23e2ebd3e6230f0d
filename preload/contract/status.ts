import type { Run } from './run.ts';

/** What the tray, the wire and the health strip say. */
export type AppStatus = {
  version: string;
  host: 'desktop' | 'headless';
  dataDir: string;
  /** The zone of this computer. */
  timeZone: string;
  /** The core's clock. */
  now: string;
  state: 'idle' | 'working' | 'paused' | 'attention';
  /** False when the timer does not run: nothing is started by itself. */
  schedulerRunning: boolean;
  pausedUntil?: string;
  running: Run[];
  next?: { scheduleId: string; name: string; dueAt: string };
  last?: { runId: string; name: string; words: string };
  unread: number;
  /** Sources that failed at their last three tries or more. */
  failingSources: number;
  /** No connection since this instant. */
  offlineSince?: string;
  /** A store problem that stops collecting, in words; reading goes on. */
  storeProblem?: string;
  /** Warnings worth a line: clock jumps, a recovered file. Newest last. */
  notices: { at: string; text: string }[];
  /** 0 to 1 while older months are still being read after a start; absent when all is there. */
  loading?: number;
  /** What only some hosts can do. */
  can: { startAtLogin: boolean; revealFile: boolean };
};
