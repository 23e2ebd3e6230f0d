import type { Announcement } from '../preload/contract/contract.ts';
import type { Services } from './api/services.ts';
import { type Connection, hasInterface, watchConnection } from './lib/connection.ts';
import type { Store } from './store/repositories.ts';

/** An address on this computer needs no interface to the world. */
const isLocalUrl = (url: string): boolean => /^(localhost|127\.[\d.]+|\[::1\])$/.test(URL.parse(url)?.hostname ?? '');

const readsLocally = (store: Store, hackerNewsApi: string | undefined): boolean =>
  isLocalUrl(hackerNewsApi ?? store.settings.get().hackerNewsApi) ||
  store.sources.all().some((source) => source.kind === 'feed' && source.allowLocalNetwork === true);

/** Hears from runs and fetch jobs whether anybody can be reached. */
const learnFromRuns = (connection: Connection, { name, data }: Announcement): void => {
  if (name === 'runs.changed' && data.run.status === 'failed' && data.run.errorCode === 'OFFLINE') connection.note(false);
  if (name === 'fetch-jobs.changed' && data.fetchJob.status === 'completed') connection.note(true);
};

/**
 * Whether what we read can be reached, by the interfaces of this computer and by what runs found. `onBack` hears when it can be again.
 */
export const watchReach = (
  { store, events, clock }: Pick<Services, 'store' | 'events' | 'clock'>,
  { hackerNewsApi, isOnline }: { hackerNewsApi: string | undefined; isOnline: (() => boolean) | undefined },
  onBack: () => void,
): Connection => {
  // The host knows better where it says no: an interface can be up and lead nowhere.
  const hasNetwork = (): boolean => hasInterface() && (isOnline?.() ?? true);
  const isReachable = (): boolean => hasNetwork() || readsLocally(store, hackerNewsApi);
  const connection = watchConnection(clock, isReachable, (isUp) => {
    if (isUp) onBack();
    events.emit('status.changed', {});
  });
  events.onEvent((announcement) => learnFromRuns(connection, announcement));
  return connection;
};
