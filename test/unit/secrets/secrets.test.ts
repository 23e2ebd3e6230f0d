import { chmod, mkdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../main/lib/clock.ts';
import type { Log } from '../../../main/lib/log.ts';
import type { Vault } from '../../../main/lib/secrets.ts';
import { createSecrets, type SecretsDeps } from '../../../main/secrets/secrets.ts';
import { nodeFs } from '../../../main/store/fs.ts';
import { makeFolder } from '../../helpers/core-kit.ts';

const CANARY = 'canary-5e3c-horse';

let folder: Awaited<ReturnType<typeof makeFolder>>;
let lines: string[];
beforeEach(async () => {
  folder = await makeFolder();
  lines = [];
});
afterEach(() => folder.remove());

const log: Log = {
  info: (message, fields) => void lines.push(`${message} ${JSON.stringify(fields)}`),
  warn: (message, fields) => void lines.push(`${message} ${JSON.stringify(fields)}`),
  error: (message, fields) => void lines.push(`${message} ${JSON.stringify(fields)}`),
};
const open = (own: Partial<SecretsDeps> = {}) => createSecrets({ dir: folder.dir, clock: systemClock, log, ...own });
const path = (): string => join(folder.dir, 'secrets.json');
const stateOf = async (secrets: ReturnType<typeof open>, name = 'smtp-password') =>
  (await secrets.states()).find((state) => state.name === name);

/** A key store that seals by a key number, and can lose it. */
type TestVault = Vault & { key: number; newKey: number; isSafeNow: boolean; refuses: boolean };
const makeVault = (): TestVault => {
  const vault: TestVault = {
    key: 1,
    newKey: 1,
    isSafeNow: true,
    refuses: false,
    seal: async (text: string) => {
      if (vault.refuses) throw new Error('The keyring is locked');
      return Buffer.from(`${vault.newKey}:${Buffer.from(text).toString('hex')}`);
    },
    open: async (bytes: Uint8Array) => {
      const [key, hex = ''] = Buffer.from(bytes).toString().split(':');
      if (vault.refuses || (Number(key) !== vault.key && Number(key) !== vault.newKey)) throw new Error('No such key');
      return { text: Buffer.from(hex, 'hex').toString(), renew: Number(key) !== vault.newKey };
    },
    isSafe: async () => vault.isSafeNow,
  };
  return vault;
};

describe('secrets without a key store', () => {
  test('keeps a secret in a file only its owner can read, and gives it back to the next process', async () => {
    await open().set('smtp-password', CANARY);
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    const later = open();
    expect(await later.get('smtp-password')).toBe(CANARY);
    expect(await later.get('telegram-token')).toBeUndefined();
    expect(await stateOf(later)).toEqual({ name: 'smtp-password', isSet: true, keptIn: 'own-file', isLost: false });
    await later.remove('smtp-password');
    expect(await open().get('smtp-password')).toBeUndefined();
    expect(await readFile(path(), 'utf8')).not.toContain(CANARY);
  });

  test('sees what another process set a moment ago', async () => {
    const host = open();
    expect(await host.get('smtp-password')).toBeUndefined();
    await open().set('smtp-password', CANARY);
    expect(await host.get('smtp-password')).toBe(CANARY);
  });

  test('loses none of many changes at the same time by two processes', async () => {
    const [left, right] = [open(), open()];
    await Promise.all([
      left.set('smtp-password', 'one'),
      right.set('telegram-token', 'two'),
      left.set('notify-webhook-token', 'three'),
      right.set('digest-webhook-token', 'four'),
    ]);
    expect((await open().states()).map(({ isSet }) => isSet)).toEqual([true, true, true, true]);
  });

  test('puts a file nobody can read as ours aside and goes on', async () => {
    await writeFile(path(), '{"version":1,"secrets":{"smtp-pass');
    const secrets = open();
    expect(await secrets.get('smtp-password')).toBeUndefined();
    await secrets.set('smtp-password', CANARY);
    expect(await secrets.get('smtp-password')).toBe(CANARY);
    expect(await readFile(`${path()}.unreadable`, 'utf8')).toContain('smtp-pass');
  });

  test('does not follow a link that somebody laid in its place', async () => {
    await writeFile(join(folder.dir, 'elsewhere'), '{"version":1,"secrets":{}}');
    await symlink(join(folder.dir, 'elsewhere'), path());
    await expect(open().get('smtp-password')).rejects.toMatchObject({ code: 'STORE_IO' });
  });
});

describe('a kill or a full disk in the middle', () => {
  test.each(['create', 'write', 'datasync', 'rename'] as const)('leaves the old secret when it comes at %s', async (step) => {
    await open().set('smtp-password', 'old');
    const cut = (): never => {
      throw Object.assign(new Error('cut'), { code: 'ENOSPC' });
    };
    const fs = {
      ...nodeFs,
      rename: step === 'rename' ? cut : nodeFs.rename,
      create: async (name: string) => {
        if (step === 'create') cut();
        const file = await nodeFs.create(name);
        return { ...file, ...(step === 'write' ? { write: cut } : {}), ...(step === 'datasync' ? { datasync: cut } : {}) };
      },
    };
    await expect(open({ fs }).set('smtp-password', 'new')).rejects.toMatchObject({ code: 'STORE_FULL' });
    expect(await open().get('smtp-password')).toBe('old');
    await open().set('smtp-password', 'newer');
    expect(await open().get('smtp-password')).toBe('newer');
  });

  test('an unfinished file of a killed process is passed over, and taken away by the next change', async () => {
    await open().set('smtp-password', 'old');
    await writeFile(`${path()}.tmp`, '{"version":1,"sec');
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(`${path()}.tmp`, longAgo, longAgo);
    expect(await open().get('smtp-password')).toBe('old');
    await open().set('smtp-password', 'new');
    expect(await open().get('smtp-password')).toBe('new');
    await expect(stat(`${path()}.tmp`)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('secrets in the key store of the system', () => {
  test('keeps only what the key store sealed', async () => {
    const vault = makeVault();
    await open({ vault }).set('smtp-password', CANARY);
    expect(await readFile(path(), 'utf8')).not.toContain(CANARY);
    expect(await open({ vault }).get('smtp-password')).toBe(CANARY);
    expect(await stateOf(open({ vault }))).toMatchObject({ isSet: true, keptIn: 'keyring', isLost: false });
  });

  test('seals again when the key was changed', async () => {
    const vault = makeVault();
    await open({ vault }).set('smtp-password', CANARY);
    const before = await readFile(path(), 'utf8');
    vault.newKey = 2;
    expect(await open({ vault }).get('smtp-password')).toBe(CANARY);
    expect(await readFile(path(), 'utf8')).not.toBe(before);
    vault.key = 2;
    expect(await open({ vault }).get('smtp-password')).toBe(CANARY);
  });

  test('a lost keyring costs the password and nothing else: it is said to be lost, and can be set again', async () => {
    const vault = makeVault();
    await open({ vault }).set('smtp-password', CANARY);
    await open().set('telegram-token', 'kept in our own file');
    vault.key = vault.newKey = 9;
    const secrets = open({ vault });
    expect(await secrets.get('smtp-password')).toBeUndefined();
    expect(await stateOf(secrets)).toMatchObject({ isSet: true, keptIn: 'keyring', isLost: true });
    expect(await secrets.get('telegram-token')).toBe('kept in our own file');
    await secrets.set('smtp-password', 'typed again');
    expect(await stateOf(secrets)).toMatchObject({ isLost: false });
    expect(await secrets.get('smtp-password')).toBe('typed again');
  });

  test('where the key store would only hide it, it is kept in our own file and said to be there', async () => {
    const vault = makeVault();
    vault.isSafeNow = false;
    const secrets = open({ vault });
    expect(await stateOf(secrets)).toMatchObject({ isSet: false, keptIn: 'own-file' });
    await secrets.set('smtp-password', CANARY);
    expect(await stateOf(secrets)).toMatchObject({ isSet: true, keptIn: 'own-file', isLost: false });
  });

  test('a key store that does not take it keeps nothing: never weaker than promised', async () => {
    const vault = makeVault();
    vault.refuses = true;
    await expect(open({ vault }).set('smtp-password', CANARY)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(stat(path())).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('what the desktop sealed is lost to a host without its key store, not mistaken', async () => {
    await open({ vault: makeVault() }).set('smtp-password', CANARY);
    expect(await open().get('smtp-password')).toBeUndefined();
    expect(await stateOf(open())).toMatchObject({ keptIn: 'keyring', isLost: true });
  });
});

describe('secrets the owner gives by a file', () => {
  const give = async (text: string, mode = 0o600): Promise<Record<string, string>> => {
    const file = join(folder.dir, 'given-password');
    await writeFile(file, text, { mode });
    await chmod(file, mode);
    return { TIDINGS_SMTP_PASSWORD_FILE: file };
  };

  test('counts before what is kept, without the line break of its end, and is not changed from here', async () => {
    await open().set('smtp-password', 'kept');
    const secrets = open({ env: await give(`${CANARY} \n`) });
    expect(await secrets.get('smtp-password')).toBe(`${CANARY} `);
    expect(await stateOf(secrets)).toEqual({ name: 'smtp-password', isSet: true, keptIn: 'given', isLost: false });
    await expect(secrets.set('smtp-password', 'x')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(secrets.remove('smtp-password')).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('reads the credentials of a systemd unit, those that are there', async () => {
    const dir = join(folder.dir, 'credentials');
    await mkdir(dir, { mode: 0o700 });
    await writeFile(join(dir, 'telegram-token'), CANARY, { mode: 0o400 });
    const secrets = open({ env: { CREDENTIALS_DIRECTORY: dir } });
    expect(await secrets.get('telegram-token')).toBe(CANARY);
    expect(await stateOf(secrets, 'telegram-token')).toMatchObject({ keptIn: 'given', isSet: true });
    expect(await stateOf(secrets)).toMatchObject({ keptIn: 'own-file', isSet: false });
  });

  test.each([
    [0o644, 'Everyone'],
    [0o602, 'Everyone'],
  ])('refuses a file of mode %o and says so once', async (mode, word) => {
    const secrets = open({ env: await give(CANARY, mode) });
    expect(await secrets.get('smtp-password')).toBeUndefined();
    expect(await secrets.get('smtp-password')).toBeUndefined();
    expect(await stateOf(secrets)).toMatchObject({ isSet: false, keptIn: 'given', problem: expect.stringContaining(word) });
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toContain(CANARY);
  });

  test('says in words what is wrong with a file that is missing, empty, too long or no file', async () => {
    const problemOf = async (env: Record<string, string>) => (await stateOf(open({ env })))?.problem;
    expect(await problemOf({ TIDINGS_SMTP_PASSWORD_FILE: join(folder.dir, 'nowhere') })).toContain('not there');
    expect(await problemOf({ TIDINGS_SMTP_PASSWORD_FILE: folder.dir })).toContain('not a file');
    expect(await problemOf(await give('\n'))).toContain('empty');
    expect(await problemOf(await give('x'.repeat(50_000)))).toContain('too long');
  });
});
