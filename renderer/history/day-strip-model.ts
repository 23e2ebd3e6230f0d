import type { Run } from '../../preload/contract/run.ts';
import type { ScheduleRow } from '../../preload/contract/schedule.ts';
import { words } from '../words/words.ts';

const { strip: say } = words.history;

/** How far the strip looks back and ahead, in milliseconds. */
export const BACK_MS = 23 * 3_600_000;
export const AHEAD_MS = 3 * 3_600_000;
/** Lanes with a name of their own; the rest share one. */
const OWN_LANES = 5;
/** A missed row may stand for thousands; no more rings than this are drawn. */
const MOST_RINGS = 200;

export type MarkKind = 'ran' | 'failed' | 'missed' | 'catch-up' | 'due' | 'running';
/** `at` is 0 (left edge) to 1 (right edge). */
export type Mark = { kind: MarkKind; at: number; instant: number; runId?: string };
export type Lane = { name: string; marks: Mark[] };
export type Band = { from: number; to: number; label: string };
export type DayStrip = {
  start: number;
  end: number;
  nowAt: number;
  lanes: Lane[];
  bands: Band[];
  hours: { at: number; instant: number }[];
};

const kindOf = (run: Run): MarkKind => {
  if (run.status === 'failed' || run.status === 'abandoned') return 'failed';
  if (run.status === 'running' || run.status === 'queued') return 'running';
  return run.cause === 'catch-up' ? 'catch-up' : 'ran';
};

/** The instants a missed row stands for, spread evenly from its first to its last. */
export const missedInstants = (run: Run): number[] => {
  if (run.status !== 'missed') return [];
  const from = Date.parse(run.from ?? run.scheduledFor ?? run.queuedAt);
  const to = Date.parse(run.to ?? run.from ?? run.scheduledFor ?? run.queuedAt);
  const count = Math.min(run.missedCount ?? 1, MOST_RINGS);
  if (count <= 1) return [from];
  return Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1));
};

/** Why a gap is there, in one word: asleep, off, paused, offline; *missed* where the reason says none of them. */
export const gapWord = (reason: string): string => {
  if (/not running|closed/i.test(reason)) return 'off';
  const word = /asleep|sleep|paused|offline|off\b/i.exec(reason)?.[0]?.toLowerCase();
  return word === 'sleep' ? 'asleep' : (word ?? 'missed');
};

const joinBands = (bands: Band[]): Band[] => {
  const joined: Band[] = [];
  for (const band of bands.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && band.from <= last.to && band.label === last.label) last.to = Math.max(last.to, band.to);
    else joined.push({ ...band });
  }
  return joined;
};

const bandsOf = (runs: Run[], place: (instant: number) => number): Band[] =>
  joinBands(
    runs.flatMap((run) => {
      if (run.status !== 'missed' || !run.from || !run.to || run.from === run.to) return [];
      const from = Math.max(0, place(Date.parse(run.from)));
      const to = Math.min(1, place(Date.parse(run.to)));
      return to > from ? [{ from, to, label: gapWord(run.reason) }] : [];
    }),
  );

const marksOf = (run: Run): { kind: MarkKind; instant: number; runId: string }[] => {
  if (run.status === 'skipped' || run.status === 'deferred') return [];
  if (run.status === 'missed') return missedInstants(run).map((instant) => ({ kind: 'missed', instant, runId: run.id }));
  const started = 'startedAt' in run ? run.startedAt : undefined;
  return [{ kind: kindOf(run), instant: Date.parse(started ?? run.queuedAt), runId: run.id }];
};

/** Keeps the order of the schedules; when there are too many, the busiest keep a lane of their own. */
const gatherLanes = (lanes: Map<string, Lane>): Lane[] => {
  const used = [...lanes.values()].filter((lane) => lane.marks.length > 0);
  if (used.length <= OWN_LANES + 1) return used;
  const busiest = new Set(used.toSorted((a, b) => b.marks.length - a.marks.length).slice(0, OWN_LANES));
  const rest = used.filter((lane) => !busiest.has(lane));
  return [
    ...used.filter((lane) => busiest.has(lane)),
    { name: say.others(rest.length), marks: rest.flatMap((lane) => lane.marks) },
  ];
};

/** The last 23 hours and the next 3 as one lane a schedule; places are fractions of the width. */
export const toDayStrip = (runs: Run[], schedules: ScheduleRow[], now: number): DayStrip => {
  const start = now - BACK_MS;
  const end = now + AHEAD_MS;
  const place = (instant: number) => (instant - start) / (end - start);
  const lanes = new Map<string, Lane>();
  const laneOf = (key: string, name: string): Lane => {
    const lane = lanes.get(key) ?? { name, marks: [] };
    lanes.set(key, lane);
    return lane;
  };
  const isInside = ({ instant }: { instant: number }) => instant >= start && instant <= end;
  const put = (lane: Lane, marks: Omit<Mark, 'at'>[]) =>
    lane.marks.push(...marks.filter(isInside).map((mark) => ({ ...mark, at: place(mark.instant) })));
  for (const { schedule } of schedules) laneOf(schedule.id, schedule.name);
  // A run without a schedule stands in the lane of the first schedule that does the same work.
  const byKind = new Map(schedules.toReversed().map(({ schedule }) => [schedule.jobKind, schedule.id]));
  for (const run of runs) put(laneOf(run.scheduleId ?? byKind.get(run.jobKind) ?? run.jobKind, run.name), marksOf(run));
  for (const { schedule, next } of schedules) {
    const dues = next.map((at) => ({ kind: 'due' as const, instant: Date.parse(at) }));
    put(
      laneOf(schedule.id, schedule.name),
      dues.filter(({ instant }) => instant >= now),
    );
  }
  return {
    start,
    end,
    nowAt: place(now),
    lanes: gatherLanes(lanes),
    bands: bandsOf(runs, place),
    hours: wholeHours(start, end, place),
  };
};

const wholeHours = (start: number, end: number, place: (instant: number) => number): DayStrip['hours'] => {
  const hour = 3_600_000;
  const step = 3 * hour;
  const offset = new Date(start).getTimezoneOffset() * 60_000;
  const firstLocal = Math.ceil((start - offset) / step) * step;
  return Array.from({ length: 10 }, (_, index) => firstLocal + index * step + offset)
    .filter((instant) => instant <= end)
    .map((instant) => ({ instant, at: place(instant) }));
};

/** What the strip shows, for those who do not see it. */
export const stripWords = (strip: DayStrip): string => {
  const count = (kind: MarkKind) =>
    strip.lanes.reduce((sum, lane) => sum + lane.marks.filter((mark) => mark.kind === kind).length, 0);
  const parts: [MarkKind, string][] = [
    ['ran', say.ran],
    ['catch-up', say.caughtUp],
    ['failed', say.failed],
    ['missed', say.missed],
    ['running', say.running],
    ['due', say.due],
  ];
  const said = parts.map(([kind, word]) => [count(kind), word] as const).filter(([n]) => n > 0);
  return say.all(said.map(([n, word]) => `${n} ${word}`).join(', ') || say.nothing);
};
