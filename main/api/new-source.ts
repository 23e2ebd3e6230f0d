import type { CheckedParams } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { FeedSource, HackerNewsList, HackerNewsSource, Source } from '../../preload/contract/source.ts';
import { toInstant } from '../lib/clock.ts';
import { newId } from '../lib/ids.ts';
import { normaliseUrl } from '../net/url.ts';

/** How a Hacker News list is called. */
export const LIST_TITLES: Record<HackerNewsList, string> = {
  top: 'Hacker News: top',
  best: 'Hacker News: best',
  new: 'Hacker News: new',
  ask: 'Hacker News: ask',
  show: 'Hacker News: show',
  job: 'Hacker News: jobs',
};

/** The address of a feed as it is kept: http or https, no credentials, no fragment. Throws IPC_INVALID naming the field. */
export const toFeedUrl = (raw: string, field: string): string => {
  try {
    return normaliseUrl(raw);
  } catch (error) {
    throw new AppError('IPC_INVALID', error instanceof AppError ? error.message : 'This is not an address.', { field });
  }
};

/** What two sources that read the same thing have in common. */
export const sourceKey = (source: Source): string => (source.kind === 'feed' ? source.feedUrl : `hacker-news ${source.list}`);

/** The source that already reads the same thing. */
export const twinOf = (source: Source, all: readonly Source[]): Source | undefined =>
  all.find((other) => other.id !== source.id && sourceKey(other) === sourceKey(source));

const common = (title: string, folder: string[] | undefined, now: number) => ({
  id: newId(now),
  title,
  folder: folder ?? [],
  paused: false,
  muted: false,
  starred: false,
  addedAt: toInstant(now),
});

const toFeedSource = (given: Extract<CheckedParams<'sources.add'>, { kind: 'feed' }>, now: number): FeedSource => {
  const { feedUrl: raw, siteUrl, title, folder, kind, ...own } = given;
  const feedUrl = toFeedUrl(raw, 'feedUrl');
  const site = siteUrl ? toFeedUrl(siteUrl, 'siteUrl') : undefined;
  const named = title?.trim() || new URL(feedUrl).hostname;
  return { ...common(named, folder, now), kind, feedUrl, ...(site ? { siteUrl: site } : {}), ...own };
};

/** A source made of what the owner gave. Throws IPC_INVALID for an address that is none or carries credentials. */
export const toSource = (given: CheckedParams<'sources.add'>, now: number): Source => {
  if (given.kind === 'feed') return toFeedSource(given, now);
  const { list, minScore, limit, title, folder } = given;
  const source: HackerNewsSource = {
    ...common(title?.trim() || LIST_TITLES[list], folder, now),
    kind: 'hacker-news',
    list,
    minScore,
    limit,
  };
  return source;
};

type Patch = CheckedParams<'sources.update'>['patch'];
const FEED_FIELDS = ['feedUrl', 'everyMinutes', 'timeoutSeconds', 'allowLocalNetwork'] as const;
const LIST_FIELDS = ['list', 'minScore', 'limit'] as const;

const refuse = (patch: Patch, fields: readonly (keyof Patch)[], what: string): void => {
  const wrong = fields.find((field) => patch[field] !== undefined);
  if (wrong) throw new AppError('IPC_INVALID', `${what} has no such setting.`, { field: `patch.${wrong}` });
};

/** `null` takes an own value away again. */
const withoutNulls = <Row extends object>(row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Row;

/** A source with a change applied. Throws IPC_INVALID for settings its kind does not have. */
export const patchSource = (before: Source, patch: Patch): Source => {
  // Muting or not, said anew, forgets the end of the mute before.
  const { mutedUntil, ...plain } = before;
  const source: Source = patch.muted === undefined && mutedUntil ? { ...plain, mutedUntil } : plain;
  if (source.kind === 'hacker-news') {
    refuse(patch, FEED_FIELDS, 'A Hacker News source');
    return withoutNulls({ ...source, ...patch }) as Source;
  }
  refuse(patch, LIST_FIELDS, 'A feed');
  const { feedUrl: raw, ...rest } = patch;
  if (raw === undefined) return withoutNulls({ ...source, ...rest }) as Source;
  const { movedFrom: _movedFrom, ...kept } = source;
  return withoutNulls({ ...kept, ...rest, feedUrl: toFeedUrl(raw, 'patch.feedUrl') }) as Source;
};
