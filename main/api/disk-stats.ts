import type { DiskStats, StorageInfo } from '../../preload/contract/stats.ts';
import { toInstant } from '../lib/clock.ts';
import type { Services } from './services.ts';
import { titleOf } from './views.ts';

const DAY_MS = 86_400_000;
const GROWTH_DAYS = 30;
const MOST_SOURCES = 10;
const SLICE = 250;

/** The rows that are counted, by the name their files begin with. */
const rowsOf = (name: string, counts: StorageInfo['counts']): number | undefined =>
  ({
    posts: counts.posts,
    bodies: counts.bodies,
    sources: counts.sources,
    runs: counts.runs,
    'fetch-jobs': counts.fetchJobs,
  })[name];

/** What a file belongs to: *posts* for `posts-2026-11.3.json`, *fetch-jobs* for `fetch-jobs.12.journal`. */
export const collectionOf = (file: string): string => /^[a-z]+(?:-[a-z]+)*/.exec(file)?.[0] ?? file;

/** Files by what they belong to, largest first. */
export const collectionsOf = ({ files, counts }: Pick<StorageInfo, 'files' | 'counts'>): DiskStats['collections'] =>
  [...Map.groupBy(files, ({ name }) => collectionOf(name))]
    .map(([name, those]) => {
      const rows = rowsOf(name, counts);
      const bytes = those.reduce((sum, file) => sum + file.bytes, 0);
      return { name, files: those.length, bytes, ...(rows === undefined ? {} : { rows }) };
    })
    .sort((left, right) => right.bytes - left.bytes);

const growthOf = async ({ store, clock }: Services, bytesAPost: number): Promise<DiskStats['growth']> => {
  const now = clock.now();
  const from = toInstant(now - GROWTH_DAYS * DAY_MS);
  let [posts, oldest] = [0, now];
  for await (const slice of store.posts.slices(SLICE)) {
    for (const { collectedAt, isBackfilled } of slice) {
      if (collectedAt < from || isBackfilled) continue;
      posts += 1;
      oldest = Math.min(oldest, Date.parse(collectedAt));
    }
    if (slice.every(({ collectedAt }) => collectedAt < from)) break;
  }
  const postsPerDay = posts / Math.min(GROWTH_DAYS, Math.max(1, (now - oldest) / DAY_MS));
  return { postsPerDay: Math.round(postsPerDay * 10) / 10, bytesPerDay: Math.round(postsPerDay * bytesAPost) };
};

/** What takes the disk, how fast it grows, and whose posts are largest. */
export const diskStats = async (services: Services): Promise<DiskStats> => {
  const { store } = services;
  await store.loaded;
  const storage = await store.storage();
  const collections = collectionsOf(storage);
  const ofPosts = collections.filter(({ name }) => name === 'posts' || name === 'bodies');
  const bytesAPost = ofPosts.reduce((sum, { bytes }) => sum + bytes, 0) / Math.max(1, storage.counts.posts);
  const largest = store.sources
    .all()
    .map(({ id }) => ({
      sourceId: id,
      title: titleOf(store, id),
      posts: store.posts.countBySource(id),
      bytes: store.posts.bytesBySource(id),
    }))
    .filter(({ bytes }) => bytes > 0)
    .sort((left, right) => right.bytes - left.bytes)
    .slice(0, MOST_SOURCES);
  return { dataDir: storage.dataDir, bytes: storage.bytes, collections, growth: await growthOf(services, bytesAPost), largest };
};
