import { AppError } from '../../preload/contract/errors.ts';
import type { Post, PostRow } from '../../preload/contract/post.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { Source, SourceRow } from '../../preload/contract/source.ts';
import { hostOf, whenNext } from '../jobs/due-sources.ts';
import type { ListContext, Store } from '../store/repositories.ts';

/** Dots on a source's row. */
const RECENT_JOBS = 20;
/** Failures in a row after which a source needs its owner. */
export const FAILING = 3;

/** The row with this id. Throws NOT_FOUND with the word for what it is. */
export const found = <Row>(row: Row | undefined | null, what: string): Row => {
  if (row === undefined || row === null) throw new AppError('NOT_FOUND', `There is no such ${what} any more.`);
  return row;
};

/** The title of a source, also when it is gone. */
export const titleOf = (store: Store, sourceId: string): string => store.sources.get(sourceId)?.title ?? 'A removed source';

/** What lists of posts need to know of the rest, at this moment. */
export const listContext = (store: Store, now: number): ListContext => {
  store.rules.lookAtMutes();
  const sources = new Map(store.sources.all().map((source) => [source.id, source]));
  return {
    now,
    startOfDay: new Date(now).setHours(0, 0, 0, 0),
    isMuted: (sourceId) => sources.get(sourceId)?.muted ?? false,
    folderOf: (sourceId) => sources.get(sourceId)?.folder ?? [],
    groupsStories: store.settings.get().groupDuplicates,
  };
};

/** A post with the title of its source. */
export const toPostRow = (store: Store, post: Post): PostRow => ({ ...post, sourceTitle: titleOf(store, post.sourceId) });

/** The same story from other sources, as far as it is shown; nothing while duplicates are not grouped. */
export const twinsOf = (store: Store, id: string): Post[] =>
  store.settings.get().groupDuplicates ? store.posts.twins(id).filter((post) => !store.posts.isMuted(post.id)) : [];

/** A post with the title of its source, and with where else the same story is. */
export const toStoryRow = (store: Store, post: Post): PostRow => {
  const twins = twinsOf(store, post.id);
  if (twins.length === 0) return toPostRow(store, post);
  const alsoIn = twins.map(({ id, sourceId, isRead }) => ({ id, sourceId, sourceTitle: titleOf(store, sourceId), isRead }));
  return { ...toPostRow(store, post), alsoIn };
};

/** Failed fetch jobs in a row, newest backwards; those that blame nobody are passed over. */
export const failuresInARow = (store: Store, sourceId: string, atMost = RECENT_JOBS): number => {
  const recent = store.fetchJobs
    .recentFor(sourceId, atMost)
    .filter((job) => job.status === 'failed' || job.status === 'completed');
  const blamed = recent.filter((job) => job.status === 'completed' || !job.isBlameless);
  const lastGood = blamed.findLastIndex((job) => job.status === 'completed');
  const inARow = blamed.length - 1 - lastGood;
  return lastGood === -1 ? Math.max(inARow, store.fetchMemory.get(sourceId)?.failures ?? 0) : inARow;
};

/** The due instant of the schedule that takes Hacker News sources; feeds have their own intervals. */
const scheduleDueFor = (store: Store, source: Source): string | undefined => {
  const jobKind = source.kind === 'feed' ? 'fetch-feeds' : 'collect-hacker-news';
  const dues = store.schedules
    .all()
    .flatMap(({ jobKind: kind, nextDueAt }) => (kind === jobKind && nextDueAt ? [nextDueAt] : []));
  return dues.sort()[0];
};

/** When a source is asked next, and why then. */
export const nextTryOf = (store: Store, source: Source, now: number): ReturnType<typeof whenNext> => {
  const { hackerNewsApi, fetchIntervalMinutes, adaptiveIntervals } = store.settings.get();
  const address = source.kind === 'feed' ? source.feedUrl : hackerNewsApi;
  return whenNext(
    {
      source,
      memory: store.fetchMemory.get(source.id),
      hostPause: store.fetchMemory.host(hostOf(address)),
      recent: store.fetchJobs.recentFor(source.id, RECENT_JOBS),
      fetchIntervalMinutes,
      adaptiveIntervals,
      scheduleDueAt: scheduleDueFor(store, source),
    },
    now,
  );
};

/** A source with all that its row shows. */
export const toSourceRow = (store: Store, source: Source, now: number): SourceRow => {
  const recent = store.fetchJobs.recentFor(source.id, RECENT_JOBS);
  const lastGoodAt = store.fetchJobs.latestCompletedFor(source.id)?.endedAt;
  const failureRecord = store.failures.forSource(source.id);
  return {
    source,
    unread: store.posts.unreadBySource(source.id),
    posts: store.posts.countBySource(source.id),
    recent,
    ...(lastGoodAt ? { lastGoodAt } : {}),
    failures: failuresInARow(store, source.id),
    ...(failureRecord ? { failureRecord } : {}),
    ...nextTryOf(store, source, now),
  };
};

/** Counters of the built-in jobs that are worth a word, in the order they are said. */
const COUNT_WORDS: readonly (readonly [string, string])[] = [
  ['posts_saved', 'new'],
  ['new_posts', 'new'],
  ['duplicates_skipped', 'known'],
  ['articles_extracted', 'articles'],
  ['changed', 'changed'],
  ['lists', 'lists made'],
  ['completed', 'completed'],
  ['error', 'failed'],
  ['errors', 'failed'],
  ['failed', 'failed'],
  ['posts_to_remove', 'posts would go'],
  ['posts_removed', 'posts removed'],
  ['runs_removed', 'run records removed'],
  ['files', 'files packed'],
];

/** A run that looked and found nothing to do: nobody needs to hear of it. */
export const didNothing = (run: Run): boolean =>
  run.status === 'completed' && run.cause !== 'manual' && Object.values(run.counts).every((count) => count === 0);

/** A round in which no source was due. */
const wasNothingDue = (run: Run): boolean => run.jobKind === 'fetch-feeds' && 'counts' in run && run.counts.sources === 0;

/** What a run did, in a few words: *25 new, 75 known*. */
export const runInWords = (run: Run): string => {
  if (run.status === 'failed') return run.errorMessage;
  if (run.status === 'missed' || run.status === 'skipped' || run.status === 'deferred') return run.reason;
  if (run.status !== 'completed') return run.status;
  if (wasNothingDue(run)) return 'Nothing was due';
  const said = COUNT_WORDS.flatMap(([name, word]) => {
    const count = run.counts[name] ?? 0;
    return count > 0 ? [`${count.toLocaleString('en')} ${word}`] : [];
  });
  return said.join(', ') || 'Nothing new';
};
