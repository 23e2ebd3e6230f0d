import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { SourceRow } from '../../preload/contract/source.ts';
import { newPosts } from '../ui/format.ts';
import type { Dot } from '../ui/health-dots.tsx';
import { words } from '../words/words.ts';

const { sourceGroups: say } = words.sources;

/** Sources of one folder, by title. `path` is the folder, outermost first; empty is the top level. */
export type SourceGroup = { key: string; path: string[]; rows: SourceRow[] };

const compare = new Intl.Collator('en', { sensitivity: 'base', numeric: true }).compare;

/** `Systems / Databases`. */
export const folderWords = (path: string[]): string => path.join(' / ');

/** A folder as typed, `Systems / Databases`, as the contract wants it. */
export const readFolder = (text: string): string[] =>
  text
    .split('/')
    .map((part) => part.trim().slice(0, 100))
    .filter(Boolean)
    .slice(0, 8);

/** Rows by folder: the top level first, then folders by name, sources by title. */
export const groupByFolder = (rows: SourceRow[]): SourceGroup[] => {
  const groups = new Map<string, SourceGroup>();
  for (const row of rows) {
    const key = JSON.stringify(row.source.folder);
    const group = groups.get(key) ?? { key, path: row.source.folder, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  const sorted = [...groups.values()].toSorted((a, b) => compare(folderWords(a.path), folderWords(b.path)));
  return sorted.map((group) => ({ ...group, rows: group.rows.toSorted((a, b) => compare(a.source.title, b.source.title)) }));
};

/** Every folder in use, in words, by name. */
export const foldersIn = (rows: SourceRow[]): string[] =>
  [...new Set(rows.map((row) => folderWords(row.source.folder)))].filter(Boolean).toSorted(compare);

/** How a source stands: what the chips filter by. */
export type Health = 'well' | 'waiting' | 'failing' | 'paused' | 'new';

/** Failed tries in a row after which a source needs the owner. */
export const NEEDS_YOU_AFTER = 3;

const isAsked = (job: FetchJob | undefined): boolean =>
  job?.status === 'failed' && (job.errorCode === 'HTTP_429' || job.isBlameless === true);

/** Failing is three in a row; waiting is a pause the host asked for. */
export const healthOf = (row: SourceRow): Health => {
  if (row.source.paused) return 'paused';
  const last = row.recent.at(-1);
  if (!last) return 'new';
  if (row.failures >= NEEDS_YOU_AFTER) return 'failing';
  const winner = row.why[0]?.kind;
  if (winner === 'retry-after' || (last.status === 'failed' && isAsked(last))) return 'waiting';
  return 'well';
};

const goneWords = (posts: number): string => say.theFeedIsGone(posts);

/** The sentence under a title when something is wrong; absent when all is well. */
export const problemOf = (row: SourceRow): string | undefined => {
  const last = row.recent.at(-1);
  if (last?.status === 'failed') {
    if (last.errorCode === 'HTTP_GONE') return goneWords(row.posts);
    return last.errorMessage.replace(/\.$/, '');
  }
  const ended = row.recent.filter((job) => job.status === 'completed' || job.status === 'failed');
  const failed = ended.filter((job) => job.status === 'failed' && !job.isBlameless).length;
  return failed >= 3 ? say.flaky(failed, ended.length) : undefined;
};

/** Where a source is read, short: its host, or the Hacker News list with its threshold. */
export const placeOf = ({ source }: SourceRow): string => {
  if (source.kind === 'hacker-news') return say.hackerNewsPlace(source.list, source.minScore, source.limit);
  try {
    return new URL(source.feedUrl).host.replace(/^www\./, '');
  } catch {
    return source.feedUrl;
  }
};

/** *44 sources, 41 well, 1 waiting, 2 need you* without the last part, which is said apart. */
export const headline = (rows: SourceRow[]): { plain: string; needYou: number } => {
  const of = (health: Health) => rows.filter((row) => healthOf(row) === health).length;
  const total = rows.length;
  const parts = [say.sources(total)];
  for (const health of ['well', 'waiting', 'new', 'paused'] as const) {
    const n = of(health);
    if (n > 0) parts.push(say.standing[health](n));
  }
  return { plain: parts.join(', '), needYou: of('failing') };
};

/** A fetch job as a dot. What blames nobody, and what has not ended, counts as not in a run. */
export const dotOf = (job: FetchJob): Dot => {
  if (job.status === 'failed') {
    if (job.errorCode === 'HTTP_429') return 'waiting';
    return job.isBlameless ? 'none' : 'failed';
  }
  if (job.status !== 'completed') return 'none';
  if (job.outcome === 'not-modified') return 'same';
  return job.postsCount > 0 ? 'new' : 'nothing';
};

/** The words of a fetch job: `2 new`, `Nothing new`, `Not modified`, `Failed`, `Waiting`, `Not started`. */
export const outcomeWords = (job: FetchJob): string => {
  if (job.status === 'queued') return say.queued;
  if (job.status === 'ongoing') return say.running;
  if (job.status === 'failed') return job.errorCode === 'HTTP_429' ? say.waiting : job.startedAt ? say.failed : say.notStarted;
  return job.outcome === 'not-modified' ? say.notModified : newPosts(job.postsCount);
};

/** Whether a source is being asked just now. */
export const isFetching = (row: SourceRow): boolean => {
  const last = row.recent.at(-1);
  return last?.status === 'queued' || last?.status === 'ongoing';
};
