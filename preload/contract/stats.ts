import type { Source } from './source.ts';

/** Numbers computed for the screen. Days and hours are local to `timeZone`. */
export type Stats = {
  days: number;
  timeZone: string;
  from: string;
  to: string;
  posts: number;
  /** Marked read: opened, or marked so without opening. */
  opened: number;
  starred: number;
  /** Oldest first, one a day, zero included. `date` is YYYY-MM-DD. */
  perDay: { date: string; posts: number; read: number }[];
  /** 24 numbers. */
  perHour: number[];
  /** Seven days from Monday, 24 numbers each. */
  perWeekHour: number[][];
  /** Most posts first. */
  bySource: { sourceId: string; title: string; posts: number; read: number; starred: number }[];
  /** Most posts first, at most 20. */
  byDomain: { domain: string; posts: number; read: number }[];
  /** Most posts first, at most 20; posts without an author are left out. */
  byAuthor: { author: string; posts: number; read: number }[];
  /** Hacker News scores in steps: 0-9, 10-19, 20-49, 50-99, 100-199, 200-499, 500 and more. */
  scores: { from: number; to?: number; posts: number }[];
  /** The lowest score a Hacker News source keeps; absent without such a source. */
  scoreThreshold?: number;
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
      /** How late its runs were; absent when none had a due time. */
      lateness?: Lateness;
      /** Oldest first, one a day that had a run. */
      perDay: { date: string; p50Ms?: number; p95Ms?: number; failed: number; runs: number }[];
    }[];
  };
  fetches: { total: number; failed: number; notModified: number; bytes: number };
  /** Requests an hour: planned by the intervals, done in the last 24 h and in each of them, oldest first; a sentence when a cycle takes longer than its interval. */
  load: { plannedPerHour: number; donePerHour: number; warning?: string; perHour: { at: string; requests: number }[] };
};

/** Why a run came late, as far as its records tell. */
export const LATE_REASONS = ['asleep', 'off', 'offline', 'paused', 'power', 'away', 'busy'] as const;
export type LateReason = (typeof LATE_REASONS)[number];

/** Milliseconds between the due time and the start. `late` counts runs that came a minute or more after their time. */
export type Lateness = {
  p50Ms: number;
  p95Ms: number;
  worstMs: number;
  /** The due time of the worst. */
  worstAt: string;
  late: number;
  /** Most first. */
  reasons: { reason: LateReason; runs: number }[];
};

/** What is on disk. */
export type StorageInfo = {
  dataDir: string;
  bytes: number;
  files: { name: string; bytes: number }[];
  counts: { posts: number; sources: number; runs: number; fetchJobs: number; bodies: number; hackerNewsIndex: number };
};

/** What the disk is taken by, beyond the bare files. */
export type DiskStats = {
  dataDir: string;
  bytes: number;
  /** Files that belong together, largest first. `rows` where they are counted. */
  collections: { name: string; files: number; bytes: number; rows?: number }[];
  /** Reckoned from the last 30 days, or from the days there are: posts a day times what a post takes with its body. */
  growth: { postsPerDay: number; bytesPerDay: number };
  /** Sources by what their posts and bodies take, most first, at most 10. */
  largest: { sourceId: string; title: string; posts: number; bytes: number }[];
};

/**
 * What a source is worth to its reader. dead: gone for good, or unreachable for long. blocked: it will not have us. failing: its
 * last tries failed. idle: silent for longer than its own rhythm explains. quiet: few posts, as always. noisy: much comes, little
 * is opened. new: too little is known.
 */
export const VERDICTS = ['dead', 'blocked', 'failing', 'idle', 'noisy', 'quiet', 'new', 'fine', 'valuable', 'paused'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One source in the report of what sources are worth. */
export type SourceValue = {
  source: Source;
  verdict: Verdict;
  /** A sentence for people. */
  reason: string;
  /** Of the days asked for. */
  received: number;
  opened: number;
  starred: number;
  unread: number;
  /** Posts a week in the last four weeks, and before that by its own rhythm; absent where too little is known. */
  perWeekNow: number;
  perWeekUsual?: number;
  /** When its newest post was collected. */
  lastPostAt?: string;
  /** Where it seems to have moved. */
  movedTo?: string;
  /** A score that would have kept about half as many; Hacker News only. */
  higherScore?: number;
};
