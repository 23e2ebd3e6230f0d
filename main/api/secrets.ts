import type { Handlers } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { SecretName, SecretState } from '../../preload/contract/secret.ts';
import type { Services } from './services.ts';

type SecretHandlers = Pick<Handlers, Extract<keyof Handlers, `secrets.${string}`>>;

/** What the screen can ask about secrets: whether they are set, never what they are. */
export const createSecretHandlers = ({ secrets }: Pick<Services, 'secrets'>): SecretHandlers => {
  const stateOf = async (name: SecretName): Promise<SecretState> => {
    const state = (await secrets.states()).find((one) => one.name === name);
    if (!state) throw new AppError('NOT_FOUND', 'There is no such secret.');
    return state;
  };
  return {
    'secrets.list': () => secrets.states(),
    'secrets.set': async ({ name, value }) => {
      await secrets.set(name, value);
      return stateOf(name);
    },
    'secrets.remove': async ({ name }) => {
      await secrets.remove(name);
      return stateOf(name);
    },
  };
};
