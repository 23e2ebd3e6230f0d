import { AppError, toAppError } from '../../preload/contract/errors.ts';
import type { SecretName, SecretState } from '../../preload/contract/secret.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Secrets, Vault } from '../lib/secrets.ts';
import { type Fs, nodeFs } from '../store/fs.ts';
import { type Given, givenSecret, SECRET_NAMES } from './given.ts';
import { createSecretsFile, type Entry, type SecretsFile } from './secrets-file.ts';

export type SecretsDeps = {
  dir: string;
  clock: Clock;
  log: Log;
  /** Absent on a server: the file of our own is all there is. */
  vault?: Vault | undefined;
  /** Where files of the owner's are named; none by default. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Hears of each change. */
  onChange?: () => void;
  fs?: Fs;
};

type Opened = { text: string } | 'lost';

const sameEntry = (left: Entry | undefined, right: Entry): boolean => JSON.stringify(left) === JSON.stringify(right);

const sealWith = async (vault: Vault, text: string): Promise<Entry> => ({
  sealed: Buffer.from(await vault.seal(text)).toString('base64'),
});

/** Opens what is kept. A key store that refuses costs this text and nothing else. */
const openEntry = async ({ vault, log }: SecretsDeps, file: SecretsFile, name: SecretName, entry: Entry): Promise<Opened> => {
  if ('plain' in entry) return { text: entry.plain };
  if (!vault) return 'lost';
  try {
    const { text, renew } = await vault.open(Buffer.from(entry.sealed, 'base64'));
    if (renew) {
      const renewed = await sealWith(vault, text);
      // What was set in the meantime is newer than what was opened.
      await file.change((entries) => (sameEntry(entries[name], entry) ? { ...entries, [name]: renewed } : entries));
    }
    return { text };
  } catch (error) {
    log.warn('A secret could not be opened', { secret: name, code: toAppError(error).code });
    return 'lost';
  }
};

const toEntry = async (vault: Vault | undefined, value: string): Promise<Entry> => {
  if (!(await vault?.isSafe().catch(() => false)) || !vault) return { plain: value };
  try {
    return await sealWith(vault, value);
  } catch {
    throw new AppError('CONFLICT', 'The key store of this computer did not take it. Unlock it and try again.');
  }
};

const stateOfGiven = (name: SecretName, given: Given): SecretState => ({
  name,
  isSet: 'value' in given,
  keptIn: 'given',
  isLost: false,
  ...('problem' in given ? { problem: given.problem } : {}),
});

/**
 * The secrets of a data folder. What the owner gives by a file counts before what is kept here. Every question reads anew, so that
 * a change by the command line is seen at once.
 */
export const createSecrets = (deps: SecretsDeps): Secrets => {
  const { dir, clock, log, vault, env = {}, onChange, fs = nodeFs } = deps;
  const file = createSecretsFile(fs, clock, dir);
  const told = new Set<string>();
  const given = async (name: SecretName): Promise<Given | undefined> => {
    const found = await givenSecret(name, env);
    if (found && 'problem' in found && !told.has(name + found.problem)) {
      told.add(name + found.problem);
      log.warn('A given secret is not used', { secret: name, problem: found.problem });
    }
    return found;
  };
  const refuseGiven = async (name: SecretName): Promise<void> => {
    if (await given(name)) throw new AppError('CONFLICT', 'This secret is given by a file. Change it there.');
  };
  const stateOf = async (name: SecretName, entry: Entry | undefined): Promise<SecretState> => {
    const found = await given(name);
    if (found) return stateOfGiven(name, found);
    if (!entry)
      return { name, isSet: false, keptIn: (await vault?.isSafe().catch(() => false)) ? 'keyring' : 'own-file', isLost: false };
    const isLost = (await openEntry(deps, file, name, entry)) === 'lost';
    return { name, isSet: true, keptIn: 'sealed' in entry ? 'keyring' : 'own-file', isLost };
  };
  return {
    get: async (name) => {
      const found = await given(name);
      if (found) return 'value' in found ? found.value : undefined;
      const entry = (await file.read()).entries[name];
      const opened = entry ? await openEntry(deps, file, name, entry) : 'lost';
      return opened === 'lost' ? undefined : opened.text;
    },
    set: async (name, value) => {
      await refuseGiven(name);
      const entry = await toEntry(vault, value);
      await file.change((entries) => ({ ...entries, [name]: entry }));
      onChange?.();
    },
    remove: async (name) => {
      await refuseGiven(name);
      await file.change(({ [name]: _, ...rest }) => rest);
      onChange?.();
    },
    states: async () => {
      const { entries } = await file.read();
      return Promise.all(SECRET_NAMES.map((name) => stateOf(name, entries[name])));
    },
  };
};
