import type { Handlers } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { Services } from './services.ts';

type DigestHandlers = Pick<Handlers, Extract<keyof Handlers, `digests.${string}`>>;
const missing = (): never => {
  throw new AppError('NOT_FOUND', 'There is no such digest.');
};

/** What the screen can ask about digests and their editions. */
export const createDigestHandlers = (_services: Services): DigestHandlers => ({
  'digests.list': () => [],
  'digests.templates': () => [],
  'digests.get': missing,
  'digests.preview': missing,
  'digests.editions': () => ({ rows: [], total: 0 }),
  'digests.edition': missing,
  'digests.sendTest': missing,
  'digests.retrySend': missing,
  'digests.decideDelivery': missing,
});
