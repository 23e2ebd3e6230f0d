import type { Source, SourcePatch } from '../../preload/contract/source.ts';
import { words } from '../words/words.ts';
import { folderWords, readFolder } from './source-groups.ts';

const { sourceForm: say } = words.sources;

/** Own settings of a source, as typed; empty means as in Settings. */
export type SourceForm = {
  title: string;
  folder: string;
  feedUrl: string;
  everyMinutes: string;
  timeoutSeconds: string;
  keepDays: string;
  allowLocalNetwork: boolean;
  images: boolean;
  fullArticle: boolean;
  unreadOnUpdate: boolean;
  notify: boolean;
  list: 'top' | 'best' | 'new' | 'ask' | 'show' | 'job';
  minScore: string;
  limit: string;
};
export type SourceFormResult = { patch: SourcePatch } | { field: keyof SourceForm; message: string };

/** A source as the form begins with it. */
export const toForm = (source: Source): SourceForm => ({
  title: source.title,
  folder: folderWords(source.folder),
  feedUrl: source.kind === 'feed' ? source.feedUrl : '',
  everyMinutes: source.kind === 'feed' && source.everyMinutes ? String(source.everyMinutes) : '',
  timeoutSeconds: source.kind === 'feed' && source.timeoutSeconds ? String(source.timeoutSeconds) : '',
  keepDays: source.keepDays === undefined ? '' : String(source.keepDays),
  allowLocalNetwork: source.kind === 'feed' && source.allowLocalNetwork === true,
  images: source.images === true,
  fullArticle: source.fullArticle === true,
  unreadOnUpdate: source.unreadOnUpdate === true,
  notify: source.notify === true,
  list: source.kind === 'hacker-news' ? source.list : 'top',
  minScore: source.kind === 'hacker-news' ? String(source.minScore) : '50',
  limit: source.kind === 'hacker-news' ? String(source.limit) : '100',
});

const whole = (text: string, low: number, high: number): number | undefined => {
  const value = /^\d{1,7}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= low && value <= high ? value : undefined;
};
const wrong = (field: keyof SourceForm, message: string): SourceFormResult => ({ field, message });

const SWITCHES = ['images', 'fullArticle', 'unreadOnUpdate', 'notify'] as const;
/** Only what differs from what is kept: an absent switch is off. */
const switchesOf = (form: SourceForm, before: Source): SourcePatch =>
  Object.fromEntries(SWITCHES.flatMap((name) => (form[name] === (before[name] ?? false) ? [] : [[name, form[name]]])));

const readFeed = (form: SourceForm, before: Extract<Source, { kind: 'feed' }>, shared: SourcePatch): SourceFormResult => {
  const everyMinutes = form.everyMinutes.trim() === '' ? null : whole(form.everyMinutes, 5, 525_600);
  if (everyMinutes === undefined) return wrong('everyMinutes', say.giveWholeMinutes);
  const timeoutSeconds = form.timeoutSeconds.trim() === '' ? null : whole(form.timeoutSeconds, 1, 300);
  if (timeoutSeconds === undefined) return wrong('timeoutSeconds', say.giveWholeSeconds);
  const feedUrl = form.feedUrl.trim();
  if (feedUrl === '') return wrong('feedUrl', say.giveTheAddress);
  return {
    patch: {
      ...shared,
      everyMinutes,
      timeoutSeconds,
      allowLocalNetwork: form.allowLocalNetwork,
      ...(feedUrl === before.feedUrl ? {} : { feedUrl }),
    },
  };
};

/** What the owner changed, checked; an empty own value is taken away again. */
export const readForm = (form: SourceForm, before: Source): SourceFormResult => {
  const title = form.title.trim();
  if (title === '') return wrong('title', say.giveItAName);
  const keepDays = form.keepDays.trim() === '' ? null : whole(form.keepDays, 0, 36_500);
  if (keepDays === undefined) return wrong('keepDays', say.giveWholeDays);
  const shared = { title, folder: readFolder(form.folder), keepDays, ...switchesOf(form, before) };
  if (before.kind === 'feed') return readFeed(form, before, shared);
  const minScore = whole(form.minScore, 0, 100_000);
  if (minScore === undefined) return wrong('minScore', say.giveWholePoints);
  const limit = whole(form.limit, 1, 500);
  if (limit === undefined) return wrong('limit', say.giveANumberOfStories);
  return { patch: { ...shared, list: form.list, minScore, limit } };
};
