import { afterEach, describe, expect, it } from 'vitest';
import {
  bytes,
  clock,
  dateTime,
  dayAndMonth,
  due,
  duration,
  longDay,
  past,
  percent,
  plainDay,
  timeOfDay,
  timeTooltip,
  weekdayName,
  weekOrder,
} from '../../../renderer/ui/format.ts';
import { count, number } from '../../../renderer/words/counting.ts';
import { english } from '../../../renderer/words/english/english.ts';
import { HOUSE_STYLE, onRegion, regionNow, regionOf, writeAs } from '../../../renderer/words/locale.ts';
import { chooseLanguage } from '../../../renderer/words/words.ts';

/* Friday 2 October 2026, 21:05 in Vienna; 15:05 in New York; Saturday 04:05 in Tokyo. */
const AT = '2026-10-02T19:05:00.000Z';
const NOW = Date.parse('2026-10-20T08:00:00.000Z');
const VIENNA = 'Europe/Vienna';
/* Intl parts some languages with spaces that do not break; here any space will do. */
const plain = (text: string): string => text.replaceAll(/\s/gu, ' ').replaceAll('\u200f', '');

afterEach(() => writeAs(HOUSE_STYLE));
const inRegion = (tag: string): void => writeAs(regionOf(tag, 'xx'));

describe('which region dates and numbers are written by', () => {
  it.each(['en-US', 'en-AU', 'en', 'en-GB'])('a system that speaks %s gets the house style', (system) => {
    expect(regionOf('system', system)).toEqual(HOUSE_STYLE);
  });
  it.each(['de-AT', 'fr', 'ja-JP', 'ar-EG', 'hi-IN'])('a system that speaks %s is followed', (system) => {
    expect(regionOf('system', system)).toEqual({ tag: system, isHouse: false });
  });
  it('a region the owner chose counts before the system, also an English one', () => {
    expect(regionOf('en-US', 'de-AT')).toEqual({ tag: 'en-US', isHouse: false });
    expect(regionOf('en-GB', 'de-AT')).toEqual(HOUSE_STYLE);
  });
  it.each(['not a tag', 'zz-ZZ', '??', 'x'])('%s is no region, so the house style stays', (setting) => {
    expect(regionOf(setting, 'de')).toEqual(HOUSE_STYLE);
  });
  it('whoever listens hears of a change, and of nothing else', () => {
    let heard = 0;
    const stop = onRegion(() => {
      heard += 1;
    });
    inRegion('de');
    inRegion('de');
    expect(regionNow().tag).toBe('de');
    stop();
    inRegion('fr');
    expect(heard).toBe(1);
  });
});

describe('dates and times in several regions', () => {
  it.each([
    ['en-GB', '21:05', '2 Oct', 'Friday 2 October'],
    ['en-US', '9:05 PM', 'Oct 2', 'Friday, October 2'],
    ['de', '21:05', '2. Okt.', 'Freitag, 2. Oktober'],
    ['fr', '21:05', '2 oct.', 'vendredi 2 octobre'],
    ['ja', '21:05', '10月2日', '10月2日金曜日'],
    ['hi', '9:05 pm', '2 अक्टू॰', 'शुक्रवार, 2 अक्टूबर'],
    ['ar-EG', '٩:٠٥ م', '٢ أكتوبر', 'الجمعة، ٢ أكتوبر'],
  ])('%s writes %s, %s and %s', (tag, time, day, long) => {
    inRegion(tag);
    expect(plain(clock(AT, VIENNA))).toBe(time);
    expect(plain(dayAndMonth(AT, NOW, VIENNA))).toBe(day);
    expect(plain(longDay(AT, VIENNA))).toBe(long);
    expect(plain(past(AT, NOW, VIENNA))).toBe(day);
  });
  it.each([
    ['Europe/Vienna', '21:05', 'Fr.'],
    ['America/New_York', '15:05', 'Fr.'],
    ['Asia/Tokyo', '04:05', 'Sa.'],
    ['Pacific/Apia', '08:05', 'Sa.'],
  ])('the zone %s decides the day and the time, whatever the region', (zone, time, weekday) => {
    inRegion('de');
    expect(clock(AT, zone)).toBe(time);
    expect(plain(dateTime(AT, NOW, zone))).toContain(weekday);
  });
  it('another year is said in every region', () => {
    inRegion('de');
    expect(plain(dayAndMonth('2024-10-02T08:00:00.000Z', NOW, VIENNA))).toBe('2. Okt. 2024');
  });
  it('a date and a time without a zone are only written', () => {
    inRegion('en-US');
    expect(plain(timeOfDay('23:30'))).toBe('11:30 PM');
    expect(plainDay('2026-10-02')).toBe('Oct 2');
    expect(plainDay('2026-10-02', 'long')).toBe('October 2');
  });
  it('relative words stay those of the language', () => {
    inRegion('de');
    expect(past(NOW - 18 * 60_000, NOW, VIENNA)).toBe('18 min ago');
    expect(due('2026-10-21T04:30:00.000Z', NOW, VIENNA)).toBe('Tomorrow 06:30');
    expect(due('2026-10-25T02:00:00.000Z', NOW, VIENNA)).toBe('Sonntag 03:00, in 5 days');
  });
  it('a tooltip keeps UTC as machines write it', () => {
    inRegion('en-US');
    expect(plain(timeTooltip(AT, VIENNA))).toBe('Fri, Oct 2, 2026, 9:05:00 PM Europe/Vienna 2026-10-02 19:05:00 UTC');
  });
});

describe('weeks and numbers in several regions', () => {
  it.each([
    ['en-GB', [1, 2, 3, 4, 5, 6, 7], 'Mon'],
    ['en-US', [7, 1, 2, 3, 4, 5, 6], 'Sun'],
    ['de', [1, 2, 3, 4, 5, 6, 7], 'Mo'],
    ['ar-EG', [6, 7, 1, 2, 3, 4, 5], 'السبت'],
  ])('a week in %s runs %j and begins with %s', (tag, order, first) => {
    inRegion(tag);
    expect(weekOrder()).toEqual(order);
    expect(weekdayName(order[0] ?? 1)).toBe(first);
  });
  it.each([
    ['en-GB', '18,402', '3.4 s', '2.4 MB', '46 %'],
    ['de', '18.402', '3,4 s', '2,4 MB', '46 %'],
    ['fr', '18 402', '3,4 s', '2,4 MB', '46 %'],
    ['hi', '18,402', '3.4 s', '2.4 MB', '46%'],
    ['en-IN', '18,402', '3.4 s', '2.4 MB', '46%'],
  ])('%s writes %s, %s, %s and %s', (tag, thousands, seconds, size, share) => {
    inRegion(tag);
    expect(plain(number(18_402))).toBe(thousands);
    expect(plain(duration(3400))).toBe(seconds);
    expect(plain(bytes(2_440_000))).toBe(size);
    expect(plain(percent(0.456))).toBe(share);
  });
  it('counts take their number from the region and their noun from the language', () => {
    inRegion('de');
    expect(count(18_402, 'post')).toBe('18.402 posts');
  });
});

describe('which language the window speaks', () => {
  const there = [
    { tag: 'en', words: english },
    { tag: 'pt-BR', words: english },
    { tag: 'de', words: english },
  ] as const;
  it.each([
    [['de-AT', 'en'], 'de'],
    [['fr-FR', 'de'], 'de'],
    [['pt-PT'], 'pt-BR'],
    [['PT-br'], 'pt-BR'],
    [['fr', 'it'], 'en'],
    [[], 'en'],
  ])('a reader who wants %j gets %s', (wanted, tag) => {
    expect(chooseLanguage(wanted, there).tag).toBe(tag);
  });
});
