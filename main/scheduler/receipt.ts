import type { Schedule, Trigger } from '../../preload/contract/schedule.ts';
import type { SleepReceipt } from '../../preload/contract/status.ts';
import { toInstant } from '../lib/clock.ts';
import { newId } from '../lib/ids.ts';
import { keepReceipt, readReceipt } from '../lib/receipt.ts';
import { GRACE_MS, type Plan } from './due.ts';
import type { SchedulerState } from './state.ts';
import { spanInWords } from './why.ts';

/** A span in which nobody looked at the clock. Milliseconds. */
export type Gap = { from: number; to: number; kind: SleepReceipt['kind'] };
type Line = SleepReceipt['lines'][number];

/** *hourly*, *daily*, *weekly*, *monthly*; empty for any other rhythm. */
const rhythmOf = (trigger: Trigger): string => {
  if (trigger.type === 'daily' || trigger.type === 'weekly' || trigger.type === 'monthly') return trigger.type;
  const isHourly = trigger.type === 'interval' ? trigger.minutes === 60 : /^\s*\d+(\s+\*){4}\s*$/.test(trigger.expression);
  return isHourly ? 'hourly' : '';
};

const runs = (count: number, kind = ''): string =>
  `${count.toLocaleString('en')} ${kind ? `${kind} ` : ''}run${count === 1 ? '' : 's'}`;

/** What a line says: *9 hourly runs became 1 run.* */
const lineInWords = (line: Omit<Line, 'text'>, trigger: Trigger, lateMs: number): string => {
  const { dues = line.missed, runs: started = 0, outcome } = line;
  const were = dues === 1 ? 'was' : 'were';
  const what = runs(dues, rhythmOf(trigger));
  if (outcome === 'skipped') return `${runs(line.missed, rhythmOf(trigger))} ${line.missed === 1 ? 'was' : 'were'} skipped.`;
  if (outcome === 'asked') return `${what} ${were} missed: make up or let go?`;
  if (outcome === 'waiting') return `${what} ${dues === 1 ? 'waits' : 'wait'} for a connection.`;
  if (dues === 1) return `${what} started ${spanInWords(lateMs)} late.`;
  return `${what} became ${runs(started)}.`;
};

const outcomeOf = (schedule: Schedule, plan: Plan, isWaiting: boolean): Line['outcome'] => {
  if (isWaiting) return 'waiting';
  if (plan.asks) return 'asked';
  return plan.start && schedule.missed !== 'skip' ? 'made-up' : 'skipped';
};

/** The line of a schedule whose plan covers due instants that nobody served in time; undefined when there are none. */
export const toLine = (
  schedule: Schedule,
  plan: Plan,
  now: number,
  { runId, isWaiting = false }: { runId?: string | undefined; isWaiting?: boolean } = {},
): Line | undefined => {
  const lateMs = plan.start ? now - Date.parse(plan.start.scheduledFor) : 0;
  const missed = (plan.missed?.count ?? 0) + (lateMs > GRACE_MS ? 1 : 0);
  if (missed === 0) return undefined;
  const line = {
    scheduleId: schedule.id,
    name: schedule.name,
    missed,
    dues: (plan.missed?.count ?? 0) + (plan.start ? 1 : 0),
    runs: plan.start && !isWaiting ? 1 : 0,
    outcome: outcomeOf(schedule, plan, isWaiting),
    ...(runId ? { runId } : {}),
  };
  return { ...line, text: lineInWords(line, schedule.trigger, lateMs) };
};

/** A newer line of the same schedule takes the place of one that waited, and adds to any other. */
const joined = (state: SchedulerState, before: Line | undefined, line: Line): Line => {
  const trigger = state.store.schedules.get(line.scheduleId)?.trigger;
  if (!before || before.outcome === 'waiting' || !trigger) return line;
  const sum = {
    ...line,
    missed: before.missed + line.missed,
    dues: (before.dues ?? before.missed) + (line.dues ?? line.missed),
    runs: (before.runs ?? 0) + (line.runs ?? 0),
  };
  return { ...sum, text: lineInWords(sum, trigger, 0) };
};

/** Whether the receipt that is kept says that this schedule waits. */
export const isWaitingOnReceipt = (state: SchedulerState, scheduleId: string): boolean =>
  readReceipt(state.store.notes)?.lines.some((line) => line.scheduleId === scheduleId && line.outcome === 'waiting') ?? false;

/** Writes the lines of a look at the clock to the receipt; one that nobody has seen goes on. Never rejects. */
export const writeReceipt = async (state: SchedulerState, lines: readonly Line[], gap: Gap | undefined): Promise<void> => {
  const before = readReceipt(state.store.notes);
  if (lines.length === 0 || !(gap || before)) return;
  const all = new Map(before?.lines.map((line) => [line.scheduleId, line]));
  for (const line of lines) all.set(line.scheduleId, joined(state, all.get(line.scheduleId), line));
  const now = toInstant(state.clock.now());
  const receipt: SleepReceipt = {
    id: before?.id ?? newId(state.clock.now()),
    from: before?.from ?? toInstant(gap?.from ?? state.clock.now()),
    to: gap ? toInstant(gap.to) : (before?.to ?? now),
    kind: gap?.kind ?? before?.kind ?? 'asleep',
    lines: [...all.values()],
  };
  await keep(state, receipt);
};

const keep = async (state: SchedulerState, receipt: SleepReceipt): Promise<void> => {
  try {
    await keepReceipt(state.store.notes, receipt);
    state.events.emit('status.changed', {});
  } catch (error) {
    state.log.warn('The receipt of a sleep could not be written down', { error });
  }
};

/** Says on the receipt what the owner answered: one run for all that was missed, or, without `runId`, none. Never rejects. */
export const answerOnReceipt = async (state: SchedulerState, schedule: Schedule, runId: string | undefined): Promise<void> => {
  const receipt = readReceipt(state.store.notes);
  const asked = receipt?.lines.find((line) => line.scheduleId === schedule.id && line.outcome === 'asked');
  if (!receipt || !asked) return;
  const line: Line = runId ? { ...asked, outcome: 'made-up', runs: 1, runId } : { ...asked, outcome: 'skipped' };
  const dues = runs(line.dues ?? line.missed, rhythmOf(schedule.trigger));
  const text = runId ? `${dues} became 1 run.` : `${dues} let go.`;
  await keep(state, { ...receipt, lines: receipt.lines.map((each) => (each === asked ? { ...line, text } : each)) });
};
