import { basename, join } from 'node:path';
import { AppError } from '../../preload/contract/errors.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { createBodies } from './bodies.ts';
import { withBringing } from './bring-backup.ts';
import { type Collection, openCollection } from './collection.ts';
import type { StoreContext } from './context.ts';
import {
  createDeliveries,
  createEditions,
  createRecipients,
  deliveriesShape,
  editionsShape,
  recipientsShape,
} from './digests.ts';
import { createDomains, domainsShape } from './domains.ts';
import { keepDomainsOf } from './domains-kept.ts';
import { createFailures, failuresShape } from './failures.ts';
import { createFetchJobs, fetchJobsShape } from './fetch-jobs.ts';
import { type CollectionFiles, groupFiles } from './file-names.ts';
import { freezeBeside, freezeOpen } from './frozen.ts';
import { errnoOf, type Fs, nodeFs } from './fs.ts';
import { authorsShape, createAuthors, createGapMaps, gapMapsShape } from './gap-maps.ts';
import { createHealth } from './health.ts';
import { LOCK_NAME, type Lock, takeLock } from './lock.ts';
import { createMessages, messagesShape } from './messages.ts';
import { createMutes } from './mutes.ts';
import { createPageChecks, pageChecksShape } from './page-checks.ts';
import { openPostMonths } from './post-months.ts';
import { createBodiesRepository, createPosts } from './posts.ts';
import { createReclaim } from './reclaim-bodies.ts';
import type { Store } from './repositories.ts';
import { finishRestore, refuseHalfRestored } from './restore.ts';
import type { Shape } from './rows.ts';
import { createRules, rulesShape } from './rules.ts';
import { createRuns, runsShape } from './runs.ts';
import { createSearches, searchesShape } from './searches.ts';
import {
  createFetchMemory,
  createNotes,
  createSchedules,
  createSettings,
  fetchMemoryShape,
  hostsShape,
  notesShape,
  schedulesShape,
  settingsShape,
} from './small-repositories.ts';
import { createSources, sourcesShape } from './sources.ts';
import { toStoreError } from './store-error.ts';
import { createTombstones, tombstonesShape } from './tombstones.ts';
import { createTopLists, topListsShape } from './top-lists.ts';
import { createUndo, undoShape } from './undo.ts';
import { watchFolder } from './watch.ts';

export type StoreOptions = {
  dir: string;
  log: Log;
  clock?: Clock;
  fs?: Fs;
  /** `read` takes no lock and writes nothing. */
  mode?: 'write' | 'read';
  /** The owner said to start empty where no good copy is left; the damaged files are kept. */
  acceptEmpty?: boolean;
  /** The size in bytes from which a journal is folded into a snapshot. */
  compactBytes?: number;
};

const COMPACT_BYTES = 1 << 20;
const COMPACT_QUIET_MS = 2000;

/** How often a reader looks again when files change under it. */
const READ_TRIES = 5;

const prepareFolder = async (fs: Fs, dir: string, log: Log): Promise<void> => {
  await fs.mkdir(dir);
  const stat = await fs.stat(dir);
  // A symlinked data folder is the owner's choice; what it points to is checked by the first file made in it.
  if (!stat.isDirectory) return;
  await fs.chmod(dir, 0o700).catch((error: unknown) => log.warn('Data folder could not be made private', { error }));
};

const listFiles = async (fs: Fs, dir: string, mode: 'write' | 'read'): Promise<string[]> => {
  try {
    return await fs.readdir(dir);
  } catch (error) {
    if (mode === 'read' && errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
};

const openAll = async (given: StoreContext, lock: Lock | undefined): Promise<Store> => {
  const mutes = createMutes(given.clock.now);
  const context: StoreContext = { ...given, mutes };
  const { fs, dir, health, clock } = context;
  const names = await listFiles(fs, dir, context.mode);
  const files: Map<string, CollectionFiles> = groupFiles(names);
  const collections: Pick<Collection<unknown>, 'name' | 'repair' | 'settle' | 'close' | 'isOurs' | 'position'>[] = [];
  const open = async <Row>(shape: Shape<Row>): Promise<Collection<Row>> => {
    const collection = await openCollection(context, shape, files.get(shape.name));
    collections.push(collection);
    return collection;
  };
  const [sources, schedules, runs, fetchJobs, memory, hosts, settings, notes, buried] = await Promise.all([
    open(sourcesShape),
    open(schedulesShape),
    open(runsShape),
    open(fetchJobsShape),
    open(fetchMemoryShape),
    open(hostsShape),
    open(settingsShape),
    open(notesShape),
    open(tombstonesShape),
  ]);
  const searches = await open(searchesShape);
  const [gapMaps, authors] = await Promise.all([open(gapMapsShape), open(authorsShape)]);
  const domainRows = await open(domainsShape);
  const [topLists, pageChecks] = await Promise.all([open(topListsShape), open(pageChecksShape)]);
  const [editions, deliveries, recipients] = await Promise.all([
    open(editionsShape),
    open(deliveriesShape),
    open(recipientsShape),
  ]);
  const messages = await open(messagesShape);
  const [failureRows, undoHeads] = await Promise.all([open(failuresShape), open(undoShape)]);
  // Before the posts: what is hidden is so from the first list on.
  const rules = createRules(await open(rulesShape), mutes);
  const months = await openPostMonths(context, files);
  const bodies = createBodies(context, names);
  const everything = () => [...collections, ...months.collections()];
  if (context.mode === 'write') for (const collection of collections) await collection.repair();
  const areFilesOurs = async (): Promise<boolean> => {
    for (const collection of everything()) if (!(await collection.isOurs())) return false;
    return true;
  };
  const stopWatching = lock ? watchFolder(context, lock, areFilesOurs) : () => {};
  const tombstones = createTombstones(buried);
  const failures = createFailures(failureRows, { fetchJobs, runs });
  const fetchJobsRepository = createFetchJobs(fetchJobs, context.log, failures);
  const hasFailedFetch = (runId: string): boolean => fetchJobsRepository.failedIn(runId) > 0;
  const undo = createUndo(context, { heads: undoHeads, months, tombstones, runs, fetchJobs, sources });
  const bodiesRepository = {
    ...createBodiesRepository(months, bodies),
    reclaim: createReclaim({ context, months, bodies, neededByUndo: undo.bodyFiles }),
  };
  const domains = createDomains(domainRows, context.log);

  return {
    dir,
    sources: createSources(sources, { months, fetchJobs, memory, tombstones, failures }),
    posts: createPosts({ months, bodies, tombstones, now: clock.now, onKept: keepDomainsOf(domains, context.log) }),
    bodies: bodiesRepository,
    runs: createRuns(runs, hasFailedFetch, failures),
    fetchJobs: fetchJobsRepository,
    schedules: createSchedules(schedules),
    fetchMemory: createFetchMemory(memory, hosts),
    domains,
    settings: createSettings(settings),
    notes: createNotes(notes),
    failures,
    undo,
    backups: withBringing({
      context,
      freeze: async () => {
        if (context.mode === 'read') return freezeBeside(context);
        await months.loaded();
        return freezeOpen(context, everything, () => ({
          posts: months.table().size(),
          sources: sources.size(),
          runs: runs.size(),
          fetchJobs: fetchJobs.size(),
        }));
      },
      openToRead: (folder) => openStore({ dir: folder, log: context.log, clock, mode: 'read' }),
    }),
    editions: createEditions(editions),
    deliveries: createDeliveries(deliveries),
    recipients: createRecipients(recipients),
    messages: createMessages(messages),
    topLists: createTopLists(topLists),
    pageChecks: createPageChecks(pageChecks),
    rules,
    gapMaps: createGapMaps(gapMaps),
    authors: createAuthors(authors),
    searches: createSearches(searches),
    isNew: [...files.values()].every((group) => group.snapshots.length + group.journals.length === 0),
    notices: context.notices,
    get loaded() {
      return months.loaded();
    },
    loadingProgress: months.progress,
    problem: health.problem,
    onProblem: health.onProblem,
    storage: async () => {
      await months.loaded();
      const found = await Promise.all(
        (await fs.readdir(dir))
          .filter((name) => name !== LOCK_NAME)
          .map(async (name) => {
            const stat = await fs.stat(join(dir, name)).catch(() => undefined);
            return stat && !stat.isDirectory ? { name: basename(name), bytes: stat.size } : undefined;
          }),
      );
      const list = found.filter((file) => file !== undefined).sort((a, b) => (a.name < b.name ? -1 : 1));
      return {
        dataDir: dir,
        bytes: list.reduce((sum, file) => sum + file.bytes, 0),
        files: list,
        counts: {
          posts: months.table().size(),
          sources: sources.size(),
          runs: runs.size(),
          fetchJobs: fetchJobs.size(),
          bodies: months.table().bodyCount(),
          hackerNewsIndex: months.table().hackerNewsCount(),
        },
      };
    },
    close: async () => {
      stopWatching();
      await months.settle();
      for (const collection of everything()) await collection.settle();
      health.stop();
      for (const collection of everything()) await collection.close();
      await bodies.close();
      await lock?.release();
    },
  };
};

const openToRead = async (context: StoreContext): Promise<Store> => {
  for (let tries = 1; ; tries++) {
    try {
      return await openAll(context, undefined);
    } catch (error) {
      // A compaction took a file away between the look at the folder and the reading.
      if (errnoOf(error) !== 'ENOENT' || tries >= READ_TRIES) throw error;
    }
  }
};

/**
 * Opens the data folder. Rejects with STORE_LOCKED (who has it), STORE_NEWER (nothing written), STORE_CORRUPT (no good copy left),
 * STORE_FULL, STORE_READONLY or STORE_IO. Writes no defaults: `isNew` says that they are wanted.
 */
export const openStore = async (options: StoreOptions): Promise<Store> => {
  const {
    dir,
    log,
    clock = systemClock,
    fs = nodeFs,
    mode = 'write',
    acceptEmpty = false,
    compactBytes = COMPACT_BYTES,
  } = options;
  // A size of one's own is a wish to see it happen: then nothing is waited for.
  const compactQuietMs = options.compactBytes === undefined ? COMPACT_QUIET_MS : 0;
  const health = createHealth(clock);
  const notices: string[] = [];
  const notice = (text: string): void => {
    notices.push(text);
    log.warn('Store repaired', { text });
  };
  const context: StoreContext = { dir, fs, log, clock, health, mode, acceptEmpty, compactBytes, compactQuietMs, notice, notices };
  let lock: Lock | undefined;
  try {
    if (mode === 'read') {
      await refuseHalfRestored(fs, dir);
      return await openToRead(context);
    }
    await prepareFolder(fs, dir, log);
    lock = await takeLock(fs, dir, clock.now);
    if (await finishRestore(fs, dir)) log.info('A restore that was interrupted was finished', {});
    return await openAll(context, lock);
  } catch (error) {
    health.stop();
    await lock?.release().catch(() => {});
    throw error instanceof AppError ? error : toStoreError(error);
  }
};
