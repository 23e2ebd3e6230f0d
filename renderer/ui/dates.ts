/*
 * Dates and times as the region writes them: the house style from the catalogue's names, every other region through Intl.
 * Only format.ts asks here.
 */
import { regionNow } from '../words/locale.ts';
import { words } from '../words/words.ts';

const { format: say } = words;
const DAY = 86_400_000;

/** The parts of an instant in a zone. `weekday` is 0 for Sunday; `dayNumber` counts up by one a day. */
export type Parts = {
  year: number;
  month: number;
  day: number;
  weekday: number;
  time: string;
  seconds: string;
  dayNumber: number;
};

const formatters = new Map<string, Intl.DateTimeFormat>();
const cached = (tag: string, options: Intl.DateTimeFormatOptions, key: string): Intl.DateTimeFormat => {
  const name = `${tag} ${options.timeZone} ${key}`;
  const known = formatters.get(name);
  if (known) return known;
  const made = new Intl.DateTimeFormat(tag, options);
  formatters.set(name, made);
  return made;
};

const NUMBERS: Intl.DateTimeFormatOptions = {
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
};

/** What the clocks and the calendar of a zone (IANA name) show at an instant (milliseconds). */
export const partsOf = (at: number, zone: string): Parts => {
  const found: Record<string, string> = {};
  for (const { type, value } of cached('en-US', { ...NUMBERS, timeZone: zone }, 'parts').formatToParts(at)) found[type] = value;
  const [year, month, day] = [Number(found.year), Number(found.month), Number(found.day)];
  const dayNumber = Math.floor(Date.UTC(year, month - 1, day) / DAY);
  const weekday = (((dayNumber + 4) % 7) + 7) % 7;
  return { year, month, day, weekday, time: `${found.hour}:${found.minute}`, seconds: found.second ?? '00', dayNumber };
};

const month = (parts: Parts): string => say.shortMonths[parts.month - 1] ?? '';
const longMonth = (parts: Parts): string => say.months[parts.month - 1] ?? '';
const weekday = (parts: Parts): string => say.shortWeekdays[parts.weekday] ?? '';
const longWeekday = (parts: Parts): string => say.weekdays[parts.weekday] ?? '';

type Way = { house: (parts: Parts) => string; intl: Intl.DateTimeFormatOptions };
const TIME: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: 'numeric' };
const WAYS = {
  /** `10:30` */
  time: { house: ({ time }) => time, intl: TIME },
  /** `07:06:02` */
  timeSeconds: { house: ({ time, seconds }) => `${time}:${seconds}`, intl: { ...TIME, second: 'numeric' } },
  /** `2` */
  dayOfMonth: { house: ({ day }) => String(day), intl: { day: 'numeric' } },
  /** `Oct` */
  month: { house: month, intl: { month: 'short' } },
  /** `2 Oct` */
  day: { house: (parts) => `${parts.day} ${month(parts)}`, intl: { day: 'numeric', month: 'short' } },
  /** `2 Oct 2024` */
  dayYear: {
    house: (parts) => `${parts.day} ${month(parts)} ${parts.year}`,
    intl: { day: 'numeric', month: 'short', year: 'numeric' },
  },
  /** `2 October` */
  dayLongMonth: { house: (parts) => `${parts.day} ${longMonth(parts)}`, intl: { day: 'numeric', month: 'long' } },
  /** `Tue` */
  weekday: { house: weekday, intl: { weekday: 'short' } },
  /** `Tuesday` */
  longWeekday: { house: longWeekday, intl: { weekday: 'long' } },
  /** `Tue 2 Oct` */
  weekdayDay: {
    house: (parts) => `${weekday(parts)} ${parts.day} ${month(parts)}`,
    intl: { weekday: 'short', day: 'numeric', month: 'short' },
  },
  /** `Wednesday 14 October` */
  longDay: {
    house: (parts) => `${longWeekday(parts)} ${parts.day} ${longMonth(parts)}`,
    intl: { weekday: 'long', day: 'numeric', month: 'long' },
  },
  /** `Tue 21:30` */
  weekdayTime: { house: (parts) => `${weekday(parts)} ${parts.time}`, intl: { weekday: 'short', ...TIME } },
  /** `Wed 14 Oct, 10:22` */
  dateTime: {
    house: (parts) => `${weekday(parts)} ${parts.day} ${month(parts)}, ${parts.time}`,
    intl: { weekday: 'short', day: 'numeric', month: 'short', ...TIME },
  },
  /** `Wed 14 Oct 2026, 10:22` */
  dateTimeYear: {
    house: (parts) => `${weekday(parts)} ${parts.day} ${month(parts)} ${parts.year}, ${parts.time}`,
    intl: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', ...TIME },
  },
  /** `Wed 14 Oct 2026, 10:22:05` */
  exact: {
    house: (parts) => `${weekday(parts)} ${parts.day} ${month(parts)} ${parts.year}, ${parts.time}:${parts.seconds}`,
    intl: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', ...TIME, second: 'numeric' },
  },
} satisfies Record<string, Way>;

/** An instant (milliseconds) in a zone (IANA name), written in one of the ways there are. */
export const write = (way: keyof typeof WAYS, at: number, zone: string): string => {
  const { tag, isHouse } = regionNow();
  const { house, intl }: Way = WAYS[way];
  if (isHouse) return house(partsOf(at, zone));
  return cached(tag, { ...intl, timeZone: zone }, way).format(at);
};

type WeekInfo = { firstDay: number };
/** On which day a week begins: 1 for Monday to 7 for Sunday. Monday where the browser cannot tell. */
export const firstDayOfWeek = (): number => {
  const { tag, isHouse } = regionNow();
  if (isHouse) return 1;
  const place = new Intl.Locale(tag) as Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo };
  return (place.getWeekInfo?.() ?? place.weekInfo)?.firstDay ?? 1;
};
