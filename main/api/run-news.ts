import { DIGEST_JOB } from '../../preload/contract/digest.ts';
import type { MessageParts, Notifications } from '../../preload/contract/message.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { Source } from '../../preload/contract/source.ts';
import { NO_PARTS } from '../notify/parts.ts';
import type { ListContext, Store } from '../store/repositories.ts';
import { listContext } from './views.ts';

type SourceNews = MessageParts['sources'][number];

/** Titles of posts that a message holds of one source, and sources with their own lines. */
const MOST_POSTS = 5;
const MOST_SOURCES = 100;
/** Fetch jobs looked through for an earlier one: nearly always it is among the few, else among all. */
const LOOKS = [10, 100_000];

/** What the first look at a source brings is what it already had, and no news. */
const isFirstLook = (store: Store, sourceId: string, runId: string): boolean =>
  !LOOKS.some((most) =>
    store.fetchJobs.recentFor(sourceId, most).some((job) => job.status === 'completed' && job.runId !== runId),
  );

const isTold = (source: Source | undefined, posts: Notifications['posts']): source is Source =>
  source !== undefined && !source.muted && (posts === 'all' || (posts === 'chosen' && source.notify === true));

const newsOf = async (store: Store, source: Source, since: string, context: ListContext): Promise<SourceNews | undefined> => {
  // What a rule hides or has read, and what was found later, is not among the unread ones.
  const query = { view: 'all', sourceId: source.id, unreadOnly: true, since, limit: MOST_POSTS } as const;
  const { rows, total = rows.length } = await store.posts.list(query, context);
  if (rows.length === 0) return undefined;
  const posts = rows.map(({ title, url }) => ({ title: title.slice(0, 200), url }));
  return { id: source.id, title: source.title.slice(0, 200), total, posts };
};

/** The unread posts a run brought, by source, as far as the owner wants them told. */
export const postsOfRun = async (
  store: Store,
  run: Run,
  posts: Notifications['posts'],
  now: number,
): Promise<Pick<MessageParts, 'sources' | 'more'>> => {
  const startedAt = 'startedAt' in run ? run.startedAt : undefined;
  if (posts === 'off' || !startedAt) return { sources: [], more: 0 };
  const brought = store.fetchJobs.forRun(run.id).filter((job) => job.status === 'completed' && job.postsCount > 0);
  const context = { ...listContext(store, now), groupsStories: false };
  const found: SourceNews[] = [];
  for (const { sourceId } of brought) {
    const source = store.sources.get(sourceId);
    if (!isTold(source, posts) || isFirstLook(store, sourceId, run.id)) continue;
    const news = await newsOf(store, source, startedAt, context);
    if (news) found.push(news);
  }
  const sorted = found.toSorted((left, right) => right.total - left.total);
  const more = sorted.slice(MOST_SOURCES).reduce((sum, { total }) => sum + total, 0);
  return { sources: sorted.slice(0, MOST_SOURCES), more };
};

const people = (count: number): string => `${count} ${count === 1 ? 'receiver' : 'receivers'}`;

/** What became of the editions of a run. Tests are not told. */
export const digestsOfRun = (store: Store, run: Run): MessageParts['digests'] => {
  if (run.jobKind !== DIGEST_JOB || !run.scheduleId) return [];
  const { scheduleId } = run;
  if (run.status === 'failed') return [{ scheduleId, text: `${run.name} failed. ${run.errorMessage}`.slice(0, 300) }];
  const editions = store.editions.ofDigest(scheduleId).filter(({ runId, content }) => runId === run.id && !content.isTest);
  return editions.flatMap(({ id, content: { name, number } }) => {
    const deliveries = store.deliveries.ofEdition(id);
    const count = (state: string): number => deliveries.filter((delivery) => delivery.state === state).length;
    const [sent, doubt, rejected] = [count('sent'), count('in-doubt'), count('rejected')];
    const said = [
      sent > 0 && `sent to ${people(sent)}`,
      doubt > 0 && `in doubt for ${people(doubt)}`,
      rejected > 0 && `refused by ${people(rejected)}`,
    ].filter(Boolean);
    return said.length > 0 ? [{ scheduleId, text: `${name} no. ${number}: ${said.join(', ')}`.slice(0, 300) }] : [];
  });
};

/** All that a run gives to tell, without what rules noticed. */
export const newsOfRun = async (store: Store, run: Run, settings: Notifications, now: number): Promise<MessageParts> => ({
  ...NO_PARTS,
  ...(await postsOfRun(store, run, settings.posts, now)),
  digests: settings.digests ? digestsOfRun(store, run) : [],
});
