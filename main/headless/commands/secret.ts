import { AppError } from '../../../preload/contract/errors.ts';
import { type SecretName, type SecretState, secretNameSchema } from '../../../preload/contract/secret.ts';
import { createSecrets } from '../../core.ts';
import { systemClock } from '../../lib/clock.ts';
import type { Secrets } from '../../lib/secrets.ts';
import { readArgs } from '../args.ts';
import { type Command, type Io, printJson } from '../io.ts';
import { placeOf, quietLog } from '../with-core.ts';

/** Longest secret in characters, as the contract has it. */
const MAX_LENGTH = 10_000;

const KEPT: Readonly<Record<SecretState['keptIn'], string>> = {
  keyring: 'set, in the key store of the desktop: this command cannot open it',
  'own-file': 'set, in secrets.json of the data folder, which only you can read',
  given: 'given by a file or a credential',
};

const inWords = ({ isSet, keptIn, problem }: SecretState): string => {
  if (problem) return `not used: ${problem}`;
  return isSet ? KEPT[keptIn] : 'not set';
};

const readName = (word: string | undefined): SecretName => {
  const parsed = secretNameSchema.safeParse(word);
  if (parsed.success) return parsed.data;
  throw new AppError('USAGE', `The secrets are: ${secretNameSchema.options.join(', ')}.`);
};

const readValue = async (io: Io): Promise<string> => {
  const value = (await io.readSecret?.()) ?? '';
  if (value === '') throw new AppError('USAGE', 'Nothing was given. Pipe it in: tidings secret set NAME < FILE');
  if (value.length > MAX_LENGTH) throw new AppError('USAGE', 'That is too long for a secret.');
  return value;
};

type Parsed = { words: string[]; isJson: boolean };
const VERBS: Readonly<Record<string, (secrets: Secrets, parsed: Parsed, io: Io) => Promise<void>>> = {
  list: async (secrets, { isJson }, io) => {
    const states = await secrets.states();
    if (isJson) return printJson(io, states);
    await io.out(states.map((state) => `${state.name.padEnd(22)}${inWords(state)}\n`).join(''));
  },
  set: async (secrets, { words }, io) => {
    const name = readName(words[0]);
    await secrets.set(name, await readValue(io));
    io.tell(`${name} is set.`);
  },
  remove: async (secrets, { words }, io) => {
    const name = readName(words[0]);
    await secrets.remove(name);
    io.tell(`${name} is removed.`);
  },
};

/**
 * `tidings secret set NAME | list | remove NAME`. The secret is read from standard input, never from the command line, which other
 * processes can see. Works beside a running host, which reads its secrets anew each time.
 */
export const secretCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, {}, { min: 1, max: 2 });
  const [verb = '', ...words] = positionals;
  const work = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (!work || (verb === 'list') === words.length > 0)
    throw new AppError('USAGE', 'Say: secret set NAME, secret list or secret remove NAME.');
  const secrets = createSecrets({ dir: placeOf(io, values.data), clock: systemClock, log: quietLog(io), env: io.env });
  await work(secrets, { words, isJson: values.json === true }, io);
  return 0;
};
