import { spawn } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '../../main/lib/log.ts';
import type { Announcement, Transport } from '../../preload/contract/contract.ts';
import type { SecretState } from '../../preload/contract/secret.ts';
import { cli, jsonOf, resultOf, startCli, TIDINGS } from '../helpers/cli-kit.ts';
import { askOver, directTransport, makeFolder, openTestCore, runThrough } from '../helpers/core-kit.ts';

const CANARY = 'canary-4f1d-lantern';

let folder: Awaited<ReturnType<typeof makeFolder>>;
let dir: string;
beforeEach(async () => {
  folder = await makeFolder();
  dir = join(folder.dir, 'data');
});
afterEach(() => folder.remove());

/** Names of the files below a folder that hold the canary; archives are unpacked. */
const holders = async (): Promise<string[]> => {
  const files = (await readdir(folder.dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const held = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const bytes = await readFile(join(parentPath, name));
      return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).includes(CANARY) ? [name] : [];
    }),
  );
  return held.flat();
};

test('A-18: a secret is in its own file alone: in no row, journal, backup, export, log line, event or answer', async () => {
  const lines: string[] = [];
  const core = await openTestCore(dir, { log: createLog((line) => void lines.push(line), Date.now) });
  const answers: unknown[] = [];
  const direct = directTransport(core);
  const transport: Transport = {
    ...direct,
    request: async (method, params) => {
      const reply = await direct.request(method, params);
      answers.push(reply);
      return reply;
    },
  };
  const events: Announcement[] = [];
  core.onEvent((announcement) => events.push(announcement));
  try {
    await core.start();
    for (const name of ['smtp-password', 'telegram-token', 'notify-webhook-token', 'digest-webhook-token'] as const)
      await askOver(transport, 'secrets.set', { name, value: `${CANARY}-${name}` });
    await askOver(transport, 'secrets.list', {});
    await askOver(transport, 'settings.get', {});
    await askOver(transport, 'stats.storage', {});
    await askOver(transport, 'sources.exportOpml', {});
    await askOver(transport, 'rules.export', {});
    await askOver(transport, 'settings.export', {});
    const run = await runThrough(transport, 'runs.start', { jobKind: 'back-up' });
    expect(run.status).toBe('completed');
    // What cannot be kept is refused without being repeated.
    const refused = await transport.request('secrets.set', { name: 'smtp-password', value: CANARY.repeat(1000) } as never);
    expect(refused.ok).toBe(false);
  } finally {
    await core.stop();
  }
  expect(events.map(({ name }) => name)).toContain('secrets.changed');
  expect(JSON.stringify([answers, events, lines])).not.toContain(CANARY);
  expect((await readdir(join(dir, 'backups'))).length).toBe(1);
  expect(await holders()).toEqual(['secrets.json']);
});

describe('the command line', () => {
  const setBy = (input: string, ...words: string[]) => cli(['secret', 'set', ...words, '--data', dir], { input });
  const states = async (env: Record<string, string> = {}): Promise<SecretState[]> =>
    jsonOf<SecretState[]>(await cli(['secret', 'list', '--json', '--data', dir], { env }));

  test('sets, lists and removes a secret, and never prints it', async () => {
    expect(await setBy(CANARY, 'smtp-password')).toEqual({ code: 0, out: '', err: 'smtp-password is set.\n' });
    const listed = await cli(['secret', 'list', '--data', dir]);
    expect(listed.out).toMatch(/^smtp-password +set, in secrets\.json/m);
    expect(listed.out).toMatch(/^telegram-token +not set$/m);
    expect(listed.out + JSON.stringify(await states())).not.toContain(CANARY);
    expect((await cli(['secret', 'remove', 'smtp-password', '--data', dir])).code).toBe(0);
    expect((await states()).some(({ isSet }) => isSet)).toBe(false);
  });

  test('takes no secret from the command line, no unknown name, nothing empty', async () => {
    for (const [input, ...words] of [
      ['x', 'smtp-password', CANARY],
      ['x', 'root-password'],
      ['', 'smtp-password'],
      ['x'.repeat(10_001), 'smtp-password'],
    ] as const) {
      const result = await setBy(input, ...words);
      expect(result.code).toBe(2);
      expect(result.err).not.toContain(input || CANARY);
    }
  });

  test('reads it from a pipe without its line break, as a process of its own, also beside a running host', async () => {
    const host = startCli(['serve', '--port', '0', '--no-schedule', '--data', dir]);
    try {
      await new Promise((resolve) => host.stdout?.once('data', resolve));
      const child = spawn(process.execPath, [TIDINGS, 'secret', 'set', 'smtp-password', '--data', dir]);
      child.stdin.end(`${CANARY}\n`);
      expect(await resultOf(child)).toMatchObject({ code: 0 });
      expect(JSON.parse(await readFile(join(dir, 'secrets.json'), 'utf8')).secrets).toEqual({
        'smtp-password': { plain: CANARY },
      });
    } finally {
      host.kill('SIGTERM');
      await resultOf(host);
    }
  });

  test('a secret given by a file is told of, a readable one is refused with what to do, and neither is changed', async () => {
    const file = join(folder.dir, 'given');
    await writeFile(file, 'from a file\n', { mode: 0o600 });
    const env = { TIDINGS_SMTP_PASSWORD_FILE: file };
    expect((await states(env))[0]).toEqual({ name: 'smtp-password', isSet: true, keptIn: 'given', isLost: false });
    expect((await cli(['secret', 'set', 'smtp-password', '--data', dir], { env, input: 'x' })).err).toContain('given by a file');
    await chmod(file, 0o644);
    const listed = await cli(['secret', 'list', '--data', dir], { env });
    expect(listed.out).toContain('chmod 600');
  });

  test('reads the credentials of a systemd unit', async () => {
    const credentials = join(folder.dir, 'credentials');
    await mkdir(credentials);
    await writeFile(join(credentials, 'telegram-token'), 'token', { mode: 0o400 });
    const found = await states({ CREDENTIALS_DIRECTORY: credentials });
    expect(found.map(({ keptIn }) => keptIn)).toEqual(['own-file', 'given', 'own-file', 'own-file']);
  });
});
