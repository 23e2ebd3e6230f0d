import type { SimulatedDue, Simulation, SleepHabit, WantedSimulation, Weekday } from '../../preload/contract/schedule.ts';
import { toInstant } from '../lib/clock.ts';
import { DAY_MS, MINUTE_MS, WEEKDAYS, weekdayOf } from './calendar.ts';
import { firstDue, GRACE_MS, latenessAllowed, type Rule } from './due.ts';
import { nextDues, validateTrigger } from './next-due.ts';
import { instantOf, type Zone, zoneOf } from './zone.ts';

/** Due instants that are reckoned at most, and those that are handed over. Every five minutes for 60 days is within the first. */
const MAX_RECKONED = 20_000;
const MAX_SHOWN = 1_000;
const STEP = 500;
const DEFAULT_DAYS = 30;

type Span = { from: number; to: number };

const minuteOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const atTime = (zone: Zone, day: number, time: string): number => instantOf(zone, day * DAY_MS + minuteOfDay(time) * MINUTE_MS);

/** When the computer sleeps, oldest first; nights that touch are one. */
const sleepSpans = (zone: Zone, habit: SleepHabit | null, firstDay: number, count: number): Span[] => {
  const spans: Span[] = [];
  for (let day = firstDay - 1; habit && day <= firstDay + count; day += 1) {
    if (!habit.days.includes(WEEKDAYS[weekdayOf(day)] as Weekday)) continue;
    const morning = minuteOfDay(habit.to) <= minuteOfDay(habit.from) ? day + 1 : day;
    const [from, to] = [atTime(zone, day, habit.from), atTime(zone, morning, habit.to)];
    const last = spans.at(-1);
    if (last && last.to >= from) last.to = Math.max(last.to, to);
    else if (to > from) spans.push({ from, to });
  }
  return spans;
};

const toDays = (zone: Zone, spans: readonly Span[], firstDay: number, count: number): Simulation['days'] =>
  Array.from({ length: count }, (_, index) => {
    const [start, end] = [instantOf(zone, (firstDay + index) * DAY_MS), instantOf(zone, (firstDay + index + 1) * DAY_MS)];
    const asleep = spans
      .filter(({ from, to }) => from < end && to > start)
      .map(({ from, to }) => ({ from: toInstant(Math.max(from, start)), to: toInstant(Math.min(to, end)) }));
    const date = toInstant((firstDay + index) * DAY_MS).slice(0, 10);
    return { date, startsAt: toInstant(start), hours: (end - start) / 3_600_000, asleep };
  });

/** Due instants from now up to `until`, milliseconds. */
const reckon = (rule: Rule, now: number, until: number): { dues: number[]; isCut: boolean } => {
  const dues: number[] = [];
  let more = [firstDue(rule, now)];
  for (;;) {
    for (const due of more) {
      if (Date.parse(due) >= until) return { dues, isCut: false };
      dues.push(Date.parse(due));
    }
    if (dues.length >= MAX_RECKONED) return { dues, isCut: true };
    const wanted = dues.length === 1 ? 1 : STEP;
    more = nextDues(rule.trigger, rule.timeZone, more.at(-1) as string, wanted, rule.window);
  }
};

type Outcome = { dues: SimulatedDue[]; wake?: { at: string; standsFor: number } };
type Policy = Pick<WantedSimulation, 'missed' | 'graceMinutes'>;

/** What becomes of the due instants of one sleep, the one at the wake included: as the scheduler decides when it looks at the clock. */
const afterSleep = (dues: readonly number[], wakesAt: number, { missed = 'run-once', graceMinutes }: Policy): Outcome => {
  const last = dues.at(-1) as number;
  const policy = { missed, ...(graceMinutes === undefined ? {} : { graceMinutes }) };
  const late = wakesAt - last;
  if (late > latenessAllowed(policy)) return { dues: dues.map((due) => ({ dueAt: toInstant(due), outcome: 'missed' })) };
  const startsAt = toInstant(wakesAt);
  const isOnTime = late <= GRACE_MS;
  const outcomes = dues.map((due): SimulatedDue => {
    if (due === last && isOnTime) return { dueAt: toInstant(due), outcome: 'on-time', startsAt };
    return missed === 'skip' && due !== last
      ? { dueAt: toInstant(due), outcome: 'missed' }
      : { dueAt: toInstant(due), outcome: 'made-up', startsAt };
  });
  const standsFor = outcomes.filter(({ outcome }) => outcome !== 'missed').length;
  return { dues: outcomes, ...(isOnTime && standsFor === 1 ? {} : { wake: { at: startsAt, standsFor } }) };
};

const judge = (dues: readonly number[], spans: readonly Span[], policy: Policy): Outcome[] => {
  const outcomes: Outcome[] = [];
  let index = 0;
  for (const span of [...spans, { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY }]) {
    for (; index < dues.length && (dues[index] as number) < span.from; index += 1) {
      const at = toInstant(dues[index] as number);
      outcomes.push({ dues: [{ dueAt: at, outcome: 'on-time', startsAt: at }] });
    }
    const start = index;
    while (index < dues.length && (dues[index] as number) <= span.to) index += 1;
    if (index > start) outcomes.push(afterSleep(dues.slice(start, index), span.to, policy));
  }
  return outcomes;
};

/** What lies in each hour of the wall clock, in the order of time. */
const toCells = (
  zone: Zone,
  firstDay: number,
  dues: readonly SimulatedDue[],
  wakes: Simulation['wakes'],
): Simulation['cells'] => {
  const cells = new Map<number, Simulation['cells'][number]>();
  const cellAt = (at: string): Simulation['cells'][number] => {
    const instant = Date.parse(at);
    const hours = Math.floor((instant + zone.offsetAt(instant)) / 3_600_000) - firstDay * 24;
    const empty = { day: Math.floor(hours / 24), hour: hours % 24, onTime: 0, madeUp: 0, missed: 0, catchUps: 0 };
    const cell = cells.get(hours) ?? empty;
    cells.set(hours, cell);
    return cell;
  };
  const FIELDS = { 'on-time': 'onTime', 'made-up': 'madeUp', missed: 'missed' } as const;
  for (const { dueAt, outcome } of dues) cellAt(dueAt)[FIELDS[outcome]] += 1;
  for (const { at } of wakes) cellAt(at).catchUps += 1;
  return [...cells.values()];
};

/**
 * What the next days of a rule look like on a computer with such a habit of sleeping: pure, stores nothing. `now` is in milliseconds;
 * days and sleep are on the wall clock of `systemTimeZone`, the rule in its own zone. Throws SCHED_INVALID or SCHED_NEVER.
 */
export const simulate = (
  wanted: WantedSimulation,
  { now, systemTimeZone }: { now: number; systemTimeZone: string },
): Simulation => {
  const { timeZone, window, sleep, days: count = DEFAULT_DAYS } = wanted;
  const rule = { trigger: validateTrigger(wanted.trigger, timeZone, { goesOut: false, window }), timeZone, window };
  const zone = zoneOf(systemTimeZone);
  const today = Math.floor((now + zone.offsetAt(now)) / DAY_MS);
  const spans = sleepSpans(zone, sleep, today, count);
  const end = instantOf(zone, (today + count) * DAY_MS);
  // A night that goes on beyond the last day is judged whole, so that its evening is told right.
  const until = Math.max(end, ...spans.filter(({ from }) => from < end).map(({ to }) => to + 1));
  const { dues, isCut } = reckon(rule, now, until);
  const outcomes = judge(
    dues,
    spans.filter(({ to }) => to > now),
    wanted,
  );
  const all = outcomes.flatMap((outcome) => outcome.dues).filter(({ dueAt }) => Date.parse(dueAt) < end);
  const wakes = outcomes.flatMap(({ wake }) => (wake && Date.parse(wake.at) < end ? [wake] : []));
  const countOf = (outcome: SimulatedDue['outcome']): number => all.filter((due) => due.outcome === outcome).length;
  return {
    timeZone: systemTimeZone,
    days: toDays(zone, spans, today, count),
    dues: all.slice(0, MAX_SHOWN),
    wakes,
    cells: toCells(zone, today, all, wakes),
    counts: { onTime: countOf('on-time'), catchUps: wakes.length, madeUp: countOf('made-up'), missed: countOf('missed') },
    isCut: isCut || all.length > MAX_SHOWN,
  };
};
