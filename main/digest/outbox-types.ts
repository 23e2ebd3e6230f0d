import type { DigestOptions, Edition, RenderedEdition } from '../../preload/contract/digest.ts';
import type { Alerts } from '../lib/alerts.ts';
import type { Clock } from '../lib/clock.ts';
import type { EventBus } from '../lib/events.ts';
import type { Log } from '../lib/log.ts';
import type { Secrets } from '../lib/secrets.ts';
import type { Downloader } from '../net/download-types.ts';
import type { Store } from '../store/repositories.ts';
import type { Mailer } from './mailer.ts';

/** What the outbox works with. The jobs' services fit. */
export type OutboxDeps = {
  store: Pick<Store, 'dir' | 'editions' | 'deliveries' | 'recipients' | 'settings' | 'schedules'>;
  clock: Clock;
  log: Log;
  events: Pick<EventBus, 'emit'>;
  alerts?: Pick<Alerts, 'raise' | 'clear'>;
  secrets?: Pick<Secrets, 'get'>;
  downloader?: Pick<Downloader, 'post'>;
  /** In place of the real world's. */
  mailer?: Mailer;
};

/** One edition on its way out. */
export type SendOptions = {
  edition: Edition;
  rendered: RenderedEdition;
  options: DigestOptions;
  signal?: AbortSignal;
  /** Milliseconds. */
  now: () => number;
  /** The owner asked: what waits is tried now, also what waits for him. */
  isForced?: boolean;
  onProgress?: (done: number, total: number, label?: string) => void;
};

/** Both. */
export type Sender = OutboxDeps & SendOptions;
