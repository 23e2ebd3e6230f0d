import type { Handlers } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { Source } from '../../preload/contract/source.ts';
import { forEachLimited } from '../lib/limit.ts';
import { keepPace } from './pace.ts';
import { startRun } from './runs.ts';
import type { Services } from './services.ts';
import { changeSettings } from './settings.ts';
import { found, listContext, toSourceRow } from './views.ts';

type SourceHandlers = Pick<
  Handlers,
  | 'sources.list'
  | 'sources.get'
  | 'sources.discover'
  | 'sources.previewHackerNews'
  | 'sources.add'
  | 'sources.update'
  | 'sources.removal'
  | 'sources.remove'
  | 'sources.fetch'
  | 'sources.fetchJobs'
  | 'sources.suggestions'
>;

const SHOWN_FETCH_JOBS = 100;
const MAX_FETCH_JOBS = 1_000_000;
const PREVIEW_LANES = 64;

/** One change of sources after another, so that two of the same address are never both added. */
const lines = new WeakMap<object, Promise<unknown>>();
const inLine = <Value>(services: Services, work: () => Promise<Value>): Promise<Value> => {
  const next = (lines.get(services.store) ?? Promise.resolve()).then(work);
  lines.set(
    services.store,
    next.catch(() => {}),
  );
  return next;
};

/** Adds or replaces sources, one change after another, and announces it. `make` sees what is there at its turn. */
export const changeSources = <Value>(
  services: Services,
  make: (present: readonly Source[]) => { put: readonly Source[]; result: Value },
): Promise<Value> =>
  inLine(services, async () => {
    const { put, result } = make(services.store.sources.all());
    if (put.length > 0) {
      await services.store.sources.put(put);
      await keepPace(services);
      services.events.emit('sources.changed', { ids: put.map((source) => source.id) });
    }
    return result;
  });

const putUnlessTwin = async (services: Services, make: (present: readonly Source[]) => Source): Promise<Source> => {
  const { twinOf } = await import('./new-source.ts');
  return changeSources(services, (present) => {
    const source = make(present);
    const twin = twinOf(source, present);
    if (twin) throw new AppError('CONFLICT', `You already read this: "${twin.title.slice(0, 100)}".`);
    return { put: [source], result: source };
  });
};

/** Who chooses a source wants to be told: where no posts were told so far, those of chosen sources are from now on. */
const tellChosen = async (services: Services): Promise<void> => {
  const { notifications } = services.store.settings.get();
  if (notifications.posts === 'off') await changeSettings(services, { notifications: { ...notifications, posts: 'chosen' } });
};

const previewScores = async (
  services: Services,
  list: Parameters<Handlers['sources.previewHackerNews']>[0],
): Promise<number[]> => {
  const { hackerNews } = await services.machine();
  const ids = (await hackerNews.list(list.list)).slice(0, list.limit);
  const scores: number[] = [];
  await forEachLimited(ids, PREVIEW_LANES, async (id) => {
    // A story that cannot be read is only missing from the preview.
    const answer = await hackerNews.item(id).catch(() => undefined);
    if (answer?.kind === 'item' && !answer.item.dead && !answer.item.deleted) scores.push(answer.item.score ?? 0);
  });
  return scores.sort((left, right) => right - left);
};

/** What the screen can ask about sources. OPML has its own file. */
export const createSourceHandlers = (services: Services): SourceHandlers => {
  const { store, clock, events } = services;
  const row = (source: Source) => toSourceRow(store, source, clock.now());
  return {
    'sources.list': () => store.sources.all().map(row),
    'sources.get': ({ id }) => row(found(store.sources.get(id), 'source')),
    'sources.discover': async ({ url, allowLocalNetwork }) => {
      const { discover } = await services.machine();
      return discover(url, allowLocalNetwork === undefined ? {} : { allowLocalNetwork });
    },
    'sources.previewHackerNews': async (params) => ({ scores: await previewScores(services, params) }),
    'sources.add': async (given) => {
      const { toSource } = await import('./new-source.ts');
      return putUnlessTwin(services, () => toSource(given, clock.now()));
    },
    'sources.update': async ({ id, patch }) => {
      const { patchSource } = await import('./new-source.ts');
      const source = await putUnlessTwin(services, () => patchSource(found(store.sources.get(id), 'source'), patch));
      if (patch.notify) await tellChosen(services);
      return source;
    },
    'sources.removal': async ({ id }) => {
      found(store.sources.get(id), 'source');
      const query = { sourceId: id, view: 'starred', limit: 1 } as const;
      const posts = await store.posts.list(query, { ...listContext(store, clock.now()), isMuted: () => false });
      return {
        posts: store.posts.storedBySource(id),
        starred: posts.total,
        fetchJobs: store.fetchJobs.recentFor(id, MAX_FETCH_JOBS).length,
      };
    },
    'sources.remove': async ({ id }) =>
      inLine(services, async () => {
        found(store.sources.get(id), 'source');
        const removed = await store.sources.remove(id);
        await keepPace(services);
        events.emit('sources.changed', { ids: [id] });
        events.emit('posts.changed', { added: 0, sourceIds: [id] });
        return removed;
      }),
    'sources.fetch': async ({ ids }) => {
      const sources = ids.map((id) => found(store.sources.get(id), 'source'));
      const ofKind = (kind: Source['kind']): string[] => sources.filter((source) => source.kind === kind).map(({ id }) => id);
      const start = (jobKind: string, sourceIds: string[]) =>
        startRun(services, { jobKind, cause: 'manual', options: { sourceIds } });
      const lists = ofKind('hacker-news');
      const feeds = ofKind('feed');
      const started = lists.length > 0 ? await start('collect-hacker-news', lists) : undefined;
      return feeds.length > 0 || !started ? start('fetch-feeds', feeds) : started;
    },
    'sources.fetchJobs': ({ id, failedOnly, limit = SHOWN_FETCH_JOBS }) => {
      const jobs = store.fetchJobs.recentFor(id, failedOnly ? MAX_FETCH_JOBS : limit);
      const wanted = failedOnly ? jobs.filter((job) => job.status === 'failed') : jobs;
      return wanted.slice(-limit).reverse();
    },
    'sources.suggestions': async () => {
      const { suggestedFeeds } = await import('../jobs/defaults.ts');
      return [...suggestedFeeds];
    },
  };
};
