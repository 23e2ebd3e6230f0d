import type { DigestTone, EditionContent, EditionItem } from '../../../preload/contract/digest.ts';
import { toSafeLink } from '../../net/url.ts';
import { shorten, toPlain } from './plain.ts';
import { countsOf, longDay, words } from './words.ts';

/** A post as an edition shows it. Everything is plain text; links are http(s) or left out. */
export type Entry = {
  title: string;
  url?: string;
  summary?: string;
  /** The site, for stories with points; the name of the source for everything else. */
  place: string;
  /** Only in a magazine. */
  author?: string;
  points?: string;
  comments?: string;
  commentsUrl?: string;
  why?: string;
  /** The one large story of a magazine. */
  isLead: boolean;
};
export type Part = { title: string; entries: Entry[]; more?: string };
/** What an edition says, in order, before it becomes HTML, plain text or an entry of a feed. */
export type Layout = {
  name: string;
  numbered: string;
  tone: DigestTone;
  isTest: boolean;
  parts: Part[];
  more?: string;
};

/** How much of a post's beginning is shown, characters; two lines of the mail are about 150. */
const SUMMARY: Record<DigestTone, number> = { brief: 0, professional: 150, magazine: 320 };
const LEAD_SUMMARY = 520;
const LONGEST_TITLE = 240;
const LONGEST_PLACE = 80;
const LONGEST_WHY = 200;

const given = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  value ? ({ [key]: value } as Record<K, string>) : {};

const placeOf = (item: EditionItem): string => {
  const [site, source] = [toPlain(item.domain), toPlain(item.sourceTitle)];
  const place = item.score === undefined ? source || site : site || source;
  return shorten(place, LONGEST_PLACE);
};

const toEntry = (item: EditionItem, tone: DigestTone, isLead: boolean): Entry => {
  const url = toSafeLink(item.url);
  const commentsUrl = toSafeLink(item.commentsUrl);
  const { points, comments } = countsOf({ ...item, commentsUrl });
  const summary = shorten(toPlain(item.summary), isLead ? LEAD_SUMMARY : SUMMARY[tone]);
  return {
    title: shorten(toPlain(item.title), LONGEST_TITLE) || shorten(url ?? toPlain(item.domain), LONGEST_PLACE) || words.untitled,
    ...given('url', url),
    ...given('summary', tone === 'brief' ? undefined : summary),
    place: placeOf(item),
    ...given('author', tone === 'magazine' ? shorten(toPlain(item.author ?? ''), LONGEST_PLACE) : undefined),
    ...given('points', points),
    ...given('comments', comments),
    ...given('commentsUrl', commentsUrl),
    ...given('why', tone === 'magazine' ? shorten(toPlain(item.why), LONGEST_WHY) : undefined),
    isLead,
  };
};

const partsOf = (content: EditionContent): Part[] => {
  const lead = content.tone === 'magazine' ? content.items.toSorted((a, b) => a.section - b.section)[0] : undefined;
  const entriesOf = (isHere: (item: EditionItem) => boolean): Entry[] =>
    content.items.filter(isHere).map((item) => toEntry(item, content.tone, item === lead));
  const parts: Part[] = content.sections.map((section, index) => ({
    title: shorten(toPlain(section.title), LONGEST_TITLE),
    entries: entriesOf((item) => item.section === index),
    ...given('more', section.more > 0 ? words.moreInSection(section.more) : undefined),
  }));
  // Nothing is lost because a row names a section that is not there.
  parts.push({ title: '', entries: entriesOf((item) => item.section >= content.sections.length) });
  return parts.filter((part) => part.entries.length > 0 || part.more !== undefined);
};

/** Puts an edition in order for its tone. Throws RangeError for a zone or an instant that the runtime does not know. */
export const toLayout = (content: EditionContent): Layout => {
  const unseen = content.more - content.sections.reduce((sum, section) => sum + section.more, 0);
  return {
    name: toPlain(content.name),
    numbered: words.numbered(content.number, longDay(content.at, content.timeZone)),
    tone: content.tone,
    isTest: content.isTest,
    parts: partsOf(content),
    ...given('more', unseen > 0 ? words.moreInAll(unseen) : undefined),
  };
};
