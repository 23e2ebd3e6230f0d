import { AppError, toAppError } from '../../../preload/contract/errors.ts';
import type { FollowedAuthor, FoundBy, GapMap } from '../../../preload/contract/gap-map.ts';
import type { Post } from '../../../preload/contract/post.ts';
import type { HackerNewsSource } from '../../../preload/contract/source.ts';
import { toDraft, whyUnusable } from '../../hacker-news/to-post.ts';
import { toInstant } from '../../lib/clock.ts';
import type { PostDraft } from '../../store/repositories.ts';
import { hostPauseAfter } from '../back-off.ts';
import { mustWait } from '../due-sources.ts';
import type { JobContext } from '../job.ts';
import type { JobServices } from '../services.ts';
import { authorMap } from './gap-maps.ts';

type Context = Pick<JobContext<unknown>, 'runId' | 'signal' | 'count' | 'log'>;
type Options = { maxPages: number; before: GapMap | undefined; now: () => string; onMap: (map: GapMap) => Promise<void> };

/** The numbers of a user's submissions that were looked at: all from `oldest` to `newest`. By the author's id. */
type Looked = Record<string, { newest: number; oldest: number }>;
export const LOOKED_NOTE = 'backfill.hacker-news';

const readLooked = (value: unknown): Looked => (typeof value === 'object' && value !== null ? (value as Looked) : {});

/** Those not looked at yet: newer ones first, then further back. */
const toAsk = (submitted: readonly number[], looked: Looked[string] | undefined): number[] =>
  looked ? submitted.filter((id) => id > looked.newest || id < looked.oldest) : [...submitted];

/** Only a stretch without holes can be remembered as looked at. */
const afterLooking = (
  submitted: readonly number[],
  asked: ReadonlySet<number>,
  looked: Looked[string] | undefined,
): Looked[string] | undefined => {
  const isLooked = (id: number): boolean => asked.has(id) || (looked !== undefined && id <= looked.newest && id >= looked.oldest);
  const from = submitted.findIndex(isLooked);
  if (from < 0) return looked;
  const end = submitted.findIndex((id, at) => at > from && !isLooked(id));
  const oldest = submitted[(end < 0 ? submitted.length : end) - 1] ?? 0;
  return { newest: submitted[from] ?? 0, oldest };
};

const sourceFor = ({ store }: JobServices): HackerNewsSource => {
  const sources = store.sources.all().filter((source): source is HackerNewsSource => source.kind === 'hacker-news');
  const source = sources.find(({ paused }) => !paused) ?? sources[0];
  if (!source)
    throw new AppError('CONFLICT', 'Add a list of Hacker News first: its source keeps what a followed user submitted.');
  return source;
};

const postsBy = async ({ store }: JobServices, name: string): Promise<Post[]> => {
  const found: Post[] = [];
  for await (const posts of store.posts.slices()) found.push(...posts.filter((post) => post.hn && post.author === name));
  return found;
};

/** A young story may still reach a list that is read: it is left to that, so that it comes in as new. Milliseconds. */
const YOUNG_MS = 72 * 3_600_000;
const isYoung = (seconds: number | null | undefined, now: number): boolean => seconds != null && seconds * 1000 > now - YOUNG_MS;

type Asked = { drafts: PostDraft[]; asked: Set<number>; error?: AppError };

const askItems = async ({ hackerNews, store, clock }: JobServices, context: Context, ids: readonly number[]): Promise<Asked> => {
  const drafts: PostDraft[] = [];
  const asked = new Set<number>();
  for (const id of ids) {
    if (store.posts.byHackerNewsId(id)) {
      asked.add(id);
      continue;
    }
    try {
      context.count('requests');
      const answer = await hackerNews.item(id, context.signal);
      if (answer.kind === 'item' && isYoung(answer.item.time, clock.now())) continue;
      asked.add(id);
      if (answer.kind === 'item' && !whyUnusable(answer.item)) drafts.push({ ...toDraft(answer.item), isBackfilled: true });
    } catch (thrown) {
      context.signal.throwIfAborted();
      return { drafts, asked, error: toAppError(thrown) };
    }
  }
  return { drafts, asked };
};

const rememberPause = async ({ store, hackerNews, clock }: JobServices, error: AppError): Promise<void> => {
  const host = hackerNews.host();
  const until = hostPauseAfter(error, host, store.fetchMemory.host(host)?.notBefore, clock.now());
  if (until) await store.fetchMemory.putHost({ host, notBefore: until, reason: 'retry-after' });
};

const inWords = (total: number, looked: number, left: number): string =>
  `submissions: ${total} in all, ${looked} looked at now${left > 0 ? `, ${left} left for later runs` : ''}`;

const askUser = async (services: JobServices, context: Context, name: string): Promise<number[] | undefined> => {
  const { store, hackerNews, clock } = services;
  if (mustWait(undefined, store.fetchMemory.host(hackerNews.host()), clock.now()))
    throw new AppError('HTTP_429', 'Hacker News asked us to wait, so it was not asked.');
  context.count('requests');
  try {
    return await hackerNews.submitted(name, context.signal);
  } catch (thrown) {
    context.signal.throwIfAborted();
    await rememberPause(services, toAppError(thrown));
    throw thrown;
  }
};

const rememberLooked = async ({ store }: JobServices, authorId: string, range: Looked[string] | undefined): Promise<void> => {
  // Read just now: others may have been looked through meanwhile.
  const looked = { ...readLooked(store.notes.get(LOOKED_NOTE)), ...(range ? { [authorId]: range } : {}) };
  const followed = Object.entries(looked).filter(([id]) => store.authors.get(id) !== undefined);
  await store.notes.put(LOOKED_NOTE, Object.fromEntries(followed));
};

type Outcome = { tried: string[]; finds: Map<string, FoundBy>; error?: AppError };

/** The posts first, then what was looked at: a crash in between asks once more and loses nothing. */
const lookThrough = async (
  services: JobServices,
  context: Context,
  author: FollowedAuthor,
  maxPages: number,
): Promise<Outcome> => {
  const { store, clock, events } = services;
  const source = sourceFor(services);
  const submitted = await askUser(services, context, author.name);
  if (!submitted) return { tried: ['Hacker News knows no user of this name'], finds: new Map() };
  const looked = readLooked(store.notes.get(LOOKED_NOTE))[author.id];
  const open = toAsk(submitted, looked);
  const { drafts, asked, error } = await askItems(services, context, open.slice(0, maxPages));
  const options = { now: toInstant(clock.now()), runId: context.runId, addsOnly: true };
  const { added } = await store.posts.save(source.id, drafts, options);
  await rememberLooked(services, author.id, afterLooking(submitted, asked, looked));
  context.count('parts_found', added.length);
  context.count('posts_added', added.length);
  if (added.length > 0) events.emit('posts.changed', { added: 0, sourceIds: [source.id] });
  if (error) await rememberPause(services, error);
  const tried = [inWords(submitted.length, asked.size, open.length - asked.size)];
  return { tried, finds: new Map(added.map(({ id }) => [id, 'hacker-news'])), ...(error ? { error } : {}) };
};

/** Looks through what a user of Hacker News submitted, so many at a time; the next run goes on where this one stopped. */
export const completeOnHackerNews = async (
  services: JobServices,
  context: Context,
  author: FollowedAuthor,
  options: Options,
): Promise<void> => {
  const outcome = await lookThrough(services, context, author, options.maxPages).catch((thrown: unknown): Outcome => {
    context.signal.throwIfAborted();
    return { tried: [], finds: new Map(), error: toAppError(thrown) };
  });
  const { error, finds } = outcome;
  const tried = [...outcome.tried, ...(error ? [error.message.slice(0, 200)] : [])];
  const posts = await postsBy(services, author.name);
  await options.onMap(authorMap(author, posts, [], { now: options.now(), tried, finds, before: options.before }));
  if (error) throw error;
  context.log('info', `${author.name}: ${finds.size} found. ${tried.join('; ')}.`.slice(0, 500));
};
