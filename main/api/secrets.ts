import type { Handlers } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { Services } from './services.ts';

type SecretHandlers = Pick<Handlers, Extract<keyof Handlers, `secrets.${string}`>>;
const missing = (): never => {
  throw new AppError('NOT_FOUND', 'There is no such secret.');
};

/** What the screen can ask about secrets: whether they are set, never what they are. */
export const createSecretHandlers = (_services: Services): SecretHandlers => ({
  'secrets.list': () => [],
  'secrets.set': missing,
  'secrets.remove': missing,
});
