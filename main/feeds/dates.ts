const ZONES: Record<string, string> = {
  ut: '+0000',
  utc: '+0000',
  gmt: '+0000',
  z: '+0000',
  wet: '+0000',
  west: '+0100',
  bst: '+0100',
  ist: '+0530',
  cet: '+0100',
  met: '+0100',
  cest: '+0200',
  mest: '+0200',
  eet: '+0200',
  eest: '+0300',
  msk: '+0300',
  msd: '+0400',
  est: '-0500',
  edt: '-0400',
  cst: '-0600',
  cdt: '-0500',
  mst: '-0700',
  mdt: '-0600',
  pst: '-0800',
  pdt: '-0700',
  akst: '-0900',
  akdt: '-0800',
  hst: '-1000',
  ast: '-0400',
  adt: '-0300',
  nst: '-0330',
  ndt: '-0230',
  brt: '-0300',
  jst: '+0900',
  kst: '+0900',
  hkt: '+0800',
  sgt: '+0800',
  pht: '+0800',
  wib: '+0700',
  ict: '+0700',
  pkt: '+0500',
  aest: '+1000',
  aedt: '+1100',
  acst: '+0930',
  acdt: '+1030',
  awst: '+0800',
  nzst: '+1200',
  nzdt: '+1300',
  sast: '+0200',
};
const MONTHS = [
  ['jan', 'janvier', 'januar', 'enero', 'ene', 'gennaio', 'gen', 'янв'],
  ['feb', 'fév', 'fev', 'february', 'février', 'febrero', 'фев'],
  ['mar', 'mär', 'mrz', 'maa', 'мар'],
  ['apr', 'avr', 'abr', 'апр'],
  ['may', 'mai', 'mei', 'mag', 'май', 'мая'],
  ['jun', 'juin', 'giu', 'июн'],
  ['jul', 'juil', 'lug', 'июл'],
  ['aug', 'aoû', 'aou', 'ago', 'авг'],
  ['sep', 'set', 'сен'],
  ['oct', 'okt', 'ott', 'out', 'окт'],
  ['nov', 'ноя'],
  ['dec', 'déc', 'dez', 'dic', 'дек'],
];

type Parts = { year: number; month: number; day: number; hour: number; minute: number; second: number; ms: number; zone: string };

/** Milliseconds of checked parts, or undefined for a day or time that does not exist. */
const toMs = (parts: Parts): number | undefined => {
  const { year, month, day, minute, second, ms } = parts;
  const hour = parts.hour === 24 && minute === 0 && second === 0 ? 24 : parts.hour;
  if (month < 1 || month > 12 || day < 1 || hour > 24 || (hour === 24 && hour !== parts.hour) || minute > 59 || second > 60)
    return undefined;
  const start = new Date(Date.UTC(2000, 0, 1));
  start.setUTCFullYear(year, month - 1, day);
  if (start.getUTCMonth() !== month - 1 || start.getUTCDate() !== day) return undefined;
  const offset = zoneMinutes(parts.zone);
  if (offset === undefined) return undefined;
  const midnight = start.setUTCHours(0, 0, 0, 0);
  return midnight + ((hour * 60 + minute - offset) * 60 + second) * 1000 + ms;
};

/** Minutes east of UTC; a name we do not know counts as UTC. */
const zoneMinutes = (zone: string): number | undefined => {
  const known = ZONES[zone.toLowerCase()] ?? zone;
  const match = /^(?:gmt|utc?)?([+-])(\d{1,2}):?(\d{2})?$/i.exec(known);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 18 * 60) return undefined;
  return match[1] === '-' ? -minutes : minutes;
};

const fullYear = (text: string): number => {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
};

/** ISO 8601 and what is near it: `2024-03-05T10:20:30.5+01:00`, `2024-03`, `20240305T1020Z`, a blank for the `T`. RFC 3339. */
const ISO =
  /^(\d{4})-?(\d{1,2})?(?:-?(\d{1,2}))?(?:[T\s]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[A-Za-z]{2,5}|(?:GMT|UTC)?[+-]\d{1,2}:?(?:\d{2})?)?$/i;
const readIso = (text: string): Parts | undefined => {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const [, year, month = '1', day = '1', hour = '0', minute = '0', second = '0', fraction = '0', zone = 'Z'] = match;
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    ms: Math.floor(Number(`0.${fraction}`) * 1000),
    zone,
  };
};

const monthNumber = (word: string): number => {
  const name = word.toLowerCase();
  if (name === '') return 0;
  return MONTHS.findIndex((names) => names.some((known) => name.startsWith(known))) + 1;
};

const CLOCK = /(?:^|[\sT,])(\d{1,2})[:.](\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?/i;
const CLOCK_ZONE = /(?:^|\s)((?:GMT|UTC)?[+-]\d{1,2}:?\d{2}|[A-Za-z]{1,5})\)?(?:\s*\([^)]*\))?$/;

const readClock = (text: string): Pick<Parts, 'hour' | 'minute' | 'second' | 'ms' | 'zone'> => {
  const match = CLOCK.exec(text);
  if (!match) return { hour: 0, minute: 0, second: 0, ms: 0, zone: 'Z' };
  const [whole, hour = '0', minute = '0', second = '0', fraction = '0', half] = match;
  const rest = text.slice(match.index + whole.length).trim();
  let hours = Number(hour);
  if (half && /^p/i.test(half) && hours < 12) hours += 12;
  if (half && /^a/i.test(half) && hours === 12) hours = 0;
  const zone = CLOCK_ZONE.exec(` ${rest.replace(/^\d{4}(?:\s+|$)|\s+\d{4}$/g, '')}`)?.[1] ?? 'Z';
  return { hour: hours, minute: Number(minute), second: Number(second), ms: Math.floor(Number(`0.${fraction}`) * 1000), zone };
};

/** RFC 822 and what is near it: weekday or none, day and month in either order, two-digit years, month names in several languages. */
const DAY_MONTH = /(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+(?:de\s+)?(\p{L}{3,12})\.?,?[\s-]+(?:de\s+)?(\d{4}|\d{2})(?=\D|$)/u;
const MONTH_DAY = /(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(?:[\d:.]+\s+(?:[A-Z]{2,5}\s+)?)?(\d{4})(?=\D|$)/u;
const readWords = (text: string): Parts | undefined => {
  const dayFirst = DAY_MONTH.exec(text);
  if (dayFirst && monthNumber(dayFirst[2] ?? '') > 0) {
    const [whole, day, month = '', year = ''] = dayFirst;
    return {
      year: fullYear(year),
      month: monthNumber(month),
      day: Number(day),
      ...readClock(text.slice(dayFirst.index + whole.length)),
    };
  }
  const [, month = '', day, year = ''] = MONTH_DAY.exec(text) ?? [];
  if (monthNumber(month) === 0) return undefined;
  return { year: fullYear(year), month: monthNumber(month), day: Number(day), ...readClock(text) };
};

/** `3/25/2024 10:30` and `25/3/2024`: month first, as Americans write it, unless it cannot be. */
const readSlashes = (text: string): Parts | undefined => {
  const match = /^(?:\p{L}+,?\s+)?(\d{1,4})[/.](\d{1,2})[/.](\d{1,4})(?=\D|$)/u.exec(text);
  if (!match) return undefined;
  const [whole, a = '', b = '', c = ''] = match;
  const clock = readClock(text.slice(whole.length));
  if (a.length === 4) return { year: Number(a), month: Number(b), day: Number(c), ...clock };
  const dayFirst = Number(a) > 12 || text.includes('.');
  const [month, day] = dayFirst ? [Number(b), Number(a)] : [Number(a), Number(b)];
  return { year: fullYear(c), month, day, ...clock };
};

const EARLIEST = Date.UTC(1, 0, 1);
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * A date as feeds write it, as ISO-8601 UTC; undefined when it is none, or a day that does not exist (30 February).
 * A time without a zone counts as UTC. Numbers alone are no dates in XML.
 */
export const parseDate = (raw: string): string | undefined => {
  const text = raw.slice(0, 100).replace(/\s+/g, ' ').trim();
  if (text.length < 6 || /^[+-]?\d{1,5}$|^\d{9,}$/.test(text)) return undefined;
  const parts = readIso(text) ?? readSlashes(text) ?? readWords(text);
  const ms = parts ? toMs(parts) : undefined;
  if (ms === undefined || !(ms >= EARLIEST && ms <= LATEST)) return undefined;
  return new Date(ms).toISOString();
};
