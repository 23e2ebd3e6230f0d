import { useState } from 'react';
import type { SleepHabit, Weekday } from '../../preload/contract/schedule.ts';
import { timeOfDay } from '../ui/format.ts';
import { WEEKDAYS } from '../ui/trigger-form.ts';
import { words } from '../words/words.ts';

const { sleepHabit: say } = words.schedules;

/** On which evenings the computer goes to sleep. */
export type SleepDays = 'never' | 'weekdays' | 'every' | 'weekend';
/** What the owner says of the sleep of this computer; kept in this window. */
export type SleepWords = { from: string; to: string; days: SleepDays };

export const SLEEP_DAYS: readonly { value: SleepDays; label: string }[] = [
  { value: 'weekdays', label: say.weekdays },
  { value: 'every', label: say.everyDay },
  { value: 'weekend', label: say.weekends },
  { value: 'never', label: say.noDay },
];
const KEY = 'tidings.sleep';
const USUAL: SleepWords = { from: '23:00', to: '07:00', days: 'weekdays' };
const WEEKEND: readonly Weekday[] = ['sat', 'sun'];

const isTime = (value: unknown): value is string => typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);

/** Every half hour of a day to choose from, with the one that is chosen. */
export const halfHours = (chosen: string): { value: string; label: string }[] => {
  const all = Array.from({ length: 48 }, (_, place) => `${String(place >> 1).padStart(2, '0')}:${place % 2 ? '30' : '00'}`);
  return [...new Set([...all, chosen])].toSorted().map((value) => ({ value, label: timeOfDay(value) }));
};

/** What is kept, or 23:00 to 07:00 on weekdays where that cannot be read. */
export const readSleep = (kept: string | null): SleepWords => {
  try {
    const { from, to, days } = JSON.parse(kept ?? '') as Partial<SleepWords>;
    const isKnown = SLEEP_DAYS.some(({ value }) => value === days);
    return isTime(from) && isTime(to) && isKnown ? { from, to, days: days as SleepDays } : USUAL;
  } catch {
    return USUAL;
  }
};

/** The habit for the simulator; null for a computer that never sleeps. */
export const toHabit = ({ from, to, days }: SleepWords): SleepHabit | null => {
  if (days === 'never' || from === to || !isTime(from) || !isTime(to)) return null;
  const isIn = (day: Weekday) => days === 'every' || WEEKEND.includes(day) === (days === 'weekend');
  return { from, to, days: WEEKDAYS.filter(isIn) };
};

/** The habit as typed, and how to change it; it is kept for the next time. */
export const useSleep = (): [SleepWords, (part: Partial<SleepWords>) => void] => {
  const [sleep, setSleep] = useState(() => readSleep(localStorage.getItem(KEY)));
  const change = (part: Partial<SleepWords>) => {
    const next = { ...sleep, ...part };
    setSleep(next);
    localStorage.setItem(KEY, JSON.stringify(next));
  };
  return [sleep, change];
};
