import type { Post } from '../../preload/contract/post.ts';
import type { Source } from '../../preload/contract/source.ts';
import { type SourceValue, VERDICTS } from '../../preload/contract/stats.ts';
import { isGoneForGood } from '../jobs/back-off.ts';
import { toInstant } from '../lib/clock.ts';
import type { Services } from './services.ts';
import { higherScore, judgeSource, type SourceFacts, usualGap } from './source-value.ts';
import { failuresInARow } from './views.ts';

const DAY_MS = 86_400_000;
const SLICE = 250;
const NOW_DAYS = 28;
/** What is older tells nothing about the rhythm of today. */
const RHYTHM_DAYS = 366;
const LEAST_EARLIER_DAYS = 28;

/** What the posts of one source tell. `days` are days since 1970 (UTC) with a post, each with how many. */
type Sums = { received: number; opened: number; starred: number; days: Map<number, number>; lastMs: number; scores: number[] };

/** When a post came: as its feed says, but not later than we saw it. */
const timeOf = ({ publishedAt, collectedAt }: Post): number => {
  const collected = Date.parse(collectedAt);
  const published = publishedAt ? Date.parse(publishedAt) : collected;
  return Math.min(published, collected);
};

const addPost = (sums: Sums, post: Post, fromMs: number): void => {
  const at = timeOf(post);
  sums.lastMs = Math.max(sums.lastMs, at);
  const day = Math.floor(at / DAY_MS);
  sums.days.set(day, (sums.days.get(day) ?? 0) + 1);
  if (post.isBackfilled || Date.parse(post.collectedAt) < fromMs) return;
  sums.received += 1;
  if (post.isRead) sums.opened += 1;
  if (post.isStarred) sums.starred += 1;
  if (post.hn) sums.scores.push(post.hn.score);
};

/** Posts a week in the last four weeks, and in the year before them where that is known well enough. */
const weekly = ({ days }: Sums, now: number): Pick<SourceValue, 'perWeekNow' | 'perWeekUsual'> => {
  const today = Math.floor(now / DAY_MS);
  const recent = [...days].filter(([day]) => day > today - NOW_DAYS && day <= today);
  const earlier = [...days].filter(([day]) => day <= today - NOW_DAYS && day > today - RHYTHM_DAYS);
  const sum = (rows: readonly [number, number][]): number => rows.reduce((total, [, count]) => total + count, 0);
  const rounded = (value: number): number => Math.round(value * 10) / 10;
  const perWeekNow = rounded((sum(recent) / NOW_DAYS) * 7);
  const span = today - NOW_DAYS - Math.min(...earlier.map(([day]) => day)) + 1;
  if (earlier.length < 3 || span < LEAST_EARLIER_DAYS) return { perWeekNow };
  return { perWeekNow, perWeekUsual: rounded((sum(earlier) / span) * 7) };
};

const lastErrorOf = ({ store }: Services, id: string): SourceFacts['lastError'] => {
  const job = store.fetchJobs.recentFor(id, 20).findLast((each) => each.status === 'failed' && !each.isBlameless);
  if (job?.status !== 'failed') return undefined;
  const { errorCode: code, errorMessage: message, httpStatus } = job;
  return { code, message, ...(httpStatus === undefined ? {} : { httpStatus }) };
};

const factsOf = (services: Services, source: Source, sums: Sums, days: number): SourceFacts => {
  const { store, clock } = services;
  const now = clock.now();
  const today = Math.floor(now / DAY_MS);
  const gap = usualGap([...sums.days.keys()].filter((day) => day > today - RHYTHM_DAYS).sort((left, right) => left - right));
  const memory = store.fetchMemory.get(source.id);
  const lastError = lastErrorOf(services, source.id);
  const lastGood = store.fetchJobs.latestCompletedFor(source.id)?.endedAt;
  return {
    now,
    addedAt: Date.parse(source.addedAt),
    paused: source.paused,
    days,
    received: sums.received,
    opened: sums.opened,
    starred: sums.starred,
    perWeekNow: weekly(sums, now).perWeekNow,
    failures: failuresInARow(store, source.id),
    isGone: memory !== undefined && isGoneForGood(memory, now),
    ...(gap === undefined ? {} : { usualGapMs: gap }),
    ...(sums.lastMs > 0 ? { lastPostAt: sums.lastMs } : {}),
    ...(lastError ? { lastError } : {}),
    ...(lastGood ? { lastGoodAt: Date.parse(lastGood) } : {}),
  };
};

const toRow = (services: Services, source: Source, sums: Sums, days: number): SourceValue => {
  const { store, clock } = services;
  const facts = factsOf(services, source, sums, days);
  const moved = store.fetchMemory.get(source.id)?.moved?.to;
  const score = source.kind === 'hacker-news' ? higherScore(sums.scores, source.minScore) : undefined;
  return {
    source,
    ...judgeSource(facts),
    received: sums.received,
    opened: sums.opened,
    starred: sums.starred,
    unread: store.posts.unreadBySource(source.id),
    ...weekly(sums, clock.now()),
    ...(sums.lastMs > 0 ? { lastPostAt: toInstant(sums.lastMs) } : {}),
    ...(moved ? { movedTo: moved } : {}),
    ...(score === undefined ? {} : { higherScore: score }),
  };
};

/** Every source with what it brought in the last `days` and what became of it; what wants a decision first. */
export const sourceValues = async (services: Services, days: number): Promise<SourceValue[]> => {
  const { store, clock } = services;
  await store.loaded;
  const fromMs = clock.now() - days * DAY_MS;
  const bySource = new Map<string, Sums>();
  const sumsOf = (id: string): Sums => {
    const sums = bySource.get(id) ?? { received: 0, opened: 0, starred: 0, days: new Map(), lastMs: 0, scores: [] };
    bySource.set(id, sums);
    return sums;
  };
  for await (const slice of store.posts.slices(SLICE)) {
    for (const post of slice) addPost(sumsOf(post.sourceId), post, fromMs);
  }
  const place = (row: SourceValue): number => VERDICTS.indexOf(row.verdict);
  return store.sources
    .all()
    .map((source) => toRow(services, source, sumsOf(source.id), days))
    .sort((left, right) => place(left) - place(right) || right.received - left.received);
};
