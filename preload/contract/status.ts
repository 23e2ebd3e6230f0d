import type { Run } from './run.ts';

/** What became of the schedules while the computer slept or Tidings was off; shown once, until it is put away. */
export type SleepReceipt = {
  id: string;
  from: string;
  to: string;
  kind: 'asleep' | 'off';
  /** In the order of their start. */
  lines: {
    scheduleId: string;
    name: string;
    /** Due instants no run was started for at their time. */
    missed: number;
    /** All due instants the line is about, those served in time included, and the runs that were started for them. */
    dues?: number;
    runs?: number;
    /** made-up: one run stands for all of them. skipped: none does, by the schedule's own rule. asked: the owner decides. waiting: for the network. */
    outcome: 'made-up' | 'skipped' | 'asked' | 'waiting';
    runId?: string;
    /** *9 hourly runs became 1 run.* */
    text: string;
  }[];
};

/** Something began to fail or to stand still. Raised once, taken back by itself when it works again. */
export type Alert = {
  id: string;
  at: string;
  kind: 'source-failing' | 'job-failing' | 'job-stalled' | 'domains-failing' | 'digest-in-doubt' | 'messages-failing';
  /** The source, schedule (or digest) or job it is about. */
  subjectId: string;
  text: string;
};

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
  /**
   * Runs whose time has come and which wait, in the order they were due; absent when none does. power: heavy work waits for a better
   * moment, since `since`, because of `reason` (*on battery*), until `latestAt` at most.
   */
  waiting?: {
    scheduleId: string;
    name: string;
    dueAt: string;
    why: 'offline' | 'power';
    since?: string;
    latestAt?: string;
    reason?: string;
  }[];
  last?: { runId: string; name: string; words: string };
  unread: number;
  /** Sources that failed at their last three tries or more. */
  failingSources: number;
  /** A newer version, and where it can be had. */
  update?: { version: string; page: string };
  /** No connection since this instant. */
  offlineSince?: string;
  /** A store problem that stops collecting, in words; reading goes on. */
  storeProblem?: string;
  /** Warnings worth a line: clock jumps, a recovered file. Newest last. */
  notices: { at: string; text: string }[];
  /** Newest last; absent when there is none. */
  alerts?: Alert[];
  /** Until it is put away. */
  receipt?: SleepReceipt;
  /** 0 to 1 while older months are still being read after a start; absent when all is there. */
  loading?: number;
  /** What only some hosts can do. */
  can: { startAtLogin: boolean; revealFile: boolean };
};
