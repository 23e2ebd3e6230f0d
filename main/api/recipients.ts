import type { Handlers } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { Services } from './services.ts';

type RecipientHandlers = Pick<Handlers, Extract<keyof Handlers, `recipients.${string}` | `mail.${string}`>>;
const missing = (): never => {
  throw new AppError('NOT_FOUND', 'There is no such recipient.');
};

/** What the screen can ask about the people of a digest, and about the way mail leaves. */
export const createRecipientHandlers = ({ store }: Services): RecipientHandlers => ({
  'recipients.list': ({ scheduleId }) => store.recipients.ofDigest(scheduleId),
  'recipients.import': missing,
  'recipients.export': missing,
  'recipients.setState': missing,
  'recipients.remove': missing,
  'mail.check': () => [],
});
