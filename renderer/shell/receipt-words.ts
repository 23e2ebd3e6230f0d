import type { Alert, SleepReceipt } from '../../preload/contract/status.ts';
import { clock, dateTime, dayNumber } from '../ui/format.ts';
import { words } from '../words/words.ts';

const { shell: say } = words;

/** *Asleep 22:41–07:53*, with the days where the span is longer than a night. */
export const receiptTitle = ({ from, to, kind }: SleepReceipt, now: number): string => {
  const word = kind === 'asleep' ? say.receipt.asleep : say.receipt.off;
  const isNight = dayNumber(to) - dayNumber(from) <= 1 && dayNumber(now) === dayNumber(to);
  return isNight ? `${word} ${clock(from)}–${clock(to)}` : say.receipt.fromTo(word, dateTime(from, now), dateTime(to, now));
};

/** Where what an alert is about can be looked at. */
export const alertHref = ({ kind, subjectId }: Alert): string => {
  if (kind === 'source-failing') return `#/sources/${encodeURIComponent(subjectId)}`;
  if (kind === 'domains-failing') return '#/domains';
  if (kind === 'messages-failing') return '#/settings/notifications';
  if (kind === 'digest-in-doubt') return `#/digests/${encodeURIComponent(subjectId)}`;
  return `#/history?schedule=${encodeURIComponent(subjectId)}`;
};
