import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type SecretName, secretNameSchema } from '../../preload/contract/secret.ts';

/** Longest secret in characters, as the contract has it. */
const MAX_LENGTH = 10_000;
/** Read by everyone: the bits of `others` in a file's mode. */
const FOR_OTHERS = 0o007;

/** What a file of the owner's gave: a text, or why it is not used. */
export type Given = { value: string } | { problem: string };

type Environment = Readonly<Record<string, string | undefined>>;

/** `smtp-password` is given by `TIDINGS_SMTP_PASSWORD_FILE`. */
const variableOf = (name: SecretName): string => `TIDINGS_${name.toUpperCase().replaceAll('-', '_')}_FILE`;

/**
 * The file the owner named for a secret: `TIDINGS_SMTP_PASSWORD_FILE`, else the credential `smtp-password` of a systemd unit
 * (`LoadCredential=`, systemd.exec(5)), which need not be there. Undefined when neither is set.
 */
const fileOf = (name: SecretName, env: Environment): { path: string; mayLack: boolean } | undefined => {
  const named = env[variableOf(name)];
  if (named) return { path: named, mayLack: false };
  return env.CREDENTIALS_DIRECTORY ? { path: join(env.CREDENTIALS_DIRECTORY, name), mayLack: true } : undefined;
};

const readGiven = async (path: string): Promise<Given> => {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return { problem: 'What was given for this secret is not a file. It is not used.' };
    if (process.platform !== 'win32' && (stat.mode & FOR_OTHERS) !== 0)
      return { problem: 'Everyone on this computer can open the file of this secret, so it is not used. Run: chmod 600 FILE' };
    if (stat.size > 4 * MAX_LENGTH) return { problem: 'The file of this secret is too long. It is not used.' };
    // An editor ends a file with a line break that is no part of the secret.
    const value = (await file.readFile('utf8')).replace(/\r?\n$/, '');
    if (value === '') return { problem: 'The file of this secret is empty.' };
    return value.length > MAX_LENGTH ? { problem: 'The file of this secret is too long. It is not used.' } : { value };
  } finally {
    await file.close();
  }
};

/** Reads what the owner gives for a secret by a file; undefined when nothing is given. Never throws. */
export const givenSecret = async (name: SecretName, env: Environment): Promise<Given | undefined> => {
  const file = fileOf(name, env);
  if (!file) return undefined;
  try {
    return await readGiven(file.path);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing && file.mayLack) return undefined;
    return { problem: `The file of this secret ${isMissing ? 'is not there' : 'cannot be read'}.` };
  }
};

/** All names there are. */
export const SECRET_NAMES: readonly SecretName[] = secretNameSchema.options;
