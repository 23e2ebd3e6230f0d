/** Numbers computed for the screen. Days and hours are local to `timeZone`. */
export type Stats = {
  days: number;
  timeZone: string;
  from: string;
  to: string;
  posts: number;
  opened: number;
  /** Oldest first, one a day, zero included. `date` is YYYY-MM-DD. */
  perDay: { date: string; posts: number; read: number }[];
  /** 24 numbers. */
  perHour: number[];
  /** Most posts first. */
  bySource: { sourceId: string; title: string; posts: number; read: number }[];
  /** Most posts first, at most 20. */
  byDomain: { domain: string; posts: number }[];
  /** Hacker News scores in steps: 0-9, 10-19, 20-49, 50-99, 100-199, 200-499, 500 and more. */
  scores: { from: number; to?: number; posts: number }[];
  runs: {
    total: number;
    completed: number;
    failed: number;
    missed: number;
    bySchedule: {
      scheduleId?: string;
      name: string;
      runs: number;
      failed: number;
      p50Ms?: number;
      p95Ms?: number;
      /** Median lateness in milliseconds. */
      latenessMs?: number;
      /** Oldest first, one a day that had a run. */
      perDay: { date: string; p50Ms?: number; p95Ms?: number; failed: number; runs: number }[];
    }[];
  };
  fetches: { total: number; failed: number; notModified: number; bytes: number };
  /** Requests an hour: planned by the intervals, and done in the last 24 h; a sentence when a cycle takes longer than its interval. */
  load: { plannedPerHour: number; donePerHour: number; warning?: string };
};

/** What is on disk. */
export type StorageInfo = {
  dataDir: string;
  bytes: number;
  files: { name: string; bytes: number }[];
  counts: { posts: number; sources: number; runs: number; fetchJobs: number; bodies: number; hackerNewsIndex: number };
};
