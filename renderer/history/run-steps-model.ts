import type { LogLine, Run, RunStep } from '../../preload/contract/run.ts';
import { words } from '../words/words.ts';

const { steps: say } = words.history;
/** Waiting for less than this is no step of its own, milliseconds. */
const WORTH_TELLING_MS = 1000;

/** A part of a run as its page shows it. Places are fractions of the run's time. */
export type ShownStep = {
  name: string;
  status: 'completed' | 'warning' | 'failed' | 'running' | 'cancelled' | 'abandoned';
  tookMs: number;
  from: number;
  to: number;
  done?: number | undefined;
  total?: number | undefined;
  lines: readonly LogLine[];
  /** What it came to, and why it failed, where the job told. */
  said?: string | undefined;
};

const statusOf = (run: Run, isLast: boolean, lines: readonly LogLine[]): ShownStep['status'] => {
  const { status } = run;
  if (isLast && (status === 'failed' || status === 'cancelled' || status === 'abandoned' || status === 'running')) return status;
  return lines.some(({ level }) => level !== 'info') ? 'warning' : 'completed';
};

const partsOf = (run: Run, startedAt: string): RunStep[] => {
  const known = 'steps' in run ? run.steps : undefined;
  const waited = Date.parse(startedAt) - Date.parse(run.queuedAt);
  const queue: RunStep[] = waited >= WORTH_TELLING_MS ? [{ name: say.queue, startedAt: run.queuedAt, endedAt: startedAt }] : [];
  return [...queue, ...(known && known.length > 0 ? known : [{ name: say.work, startedAt }])];
};

/** Each line to the step it was written in. */
const linesOf = (parts: readonly RunStep[], log: readonly LogLine[]): LogLine[][] => {
  const shares: LogLine[][] = parts.map(() => []);
  for (const line of log) {
    const place = parts.findLastIndex(({ startedAt }) => startedAt <= line.at);
    shares[Math.max(0, place)]?.push(line);
  }
  return shares;
};

/** The steps of a run that started, with the lines each wrote; none for one that never did. `now` in milliseconds. */
export const toSteps = (run: Run, now: number): ShownStep[] => {
  const startedAt = 'startedAt' in run ? run.startedAt : undefined;
  if (!startedAt) return [];
  const parts = partsOf(run, startedAt);
  const first = Date.parse(parts[0]?.startedAt ?? startedAt);
  const end = 'endedAt' in run ? Date.parse(run.endedAt) : now;
  const whole = Math.max(1, end - first);
  const lines = linesOf(parts, 'log' in run ? run.log : []);
  return parts.map(({ name, startedAt: from, endedAt, done, total, result, error }, place) => {
    const begun = Date.parse(from);
    const ended = endedAt ? Date.parse(endedAt) : end;
    const own = lines[place] ?? [];
    const said = [result, error].filter((text) => text).join(' ');
    return {
      name,
      status: statusOf(run, place === parts.length - 1, own),
      tookMs: Math.max(0, ended - begun),
      from: Math.min(1, Math.max(0, (begun - first) / whole)),
      to: Math.min(1, Math.max(0, (ended - first) / whole)),
      done,
      total,
      lines: own,
      ...(said ? { said } : {}),
    };
  });
};

/** Whether a step opens by itself: it failed, it goes on, or something in it went wrong. */
export const opensItself = ({ status }: ShownStep): boolean => status !== 'completed';
