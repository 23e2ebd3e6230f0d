import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../../main/core.ts';
import type { Transport } from '../../../preload/contract/contract.ts';
import { announced, askOver, directTransport, makeFolder, openTestCore } from '../../helpers/core-kit.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;
let core: Core;
let transport: Transport;
let scheduleId: string;

beforeEach(async () => {
  folder = await makeFolder();
  core = await openTestCore(folder.dir);
  await core.start();
  transport = directTransport(core);
  const wanted = { name: 'Große Woche: AI & more', jobKind: 'send-digest', trigger: { type: 'daily', time: '08:00' } } as const;
  scheduleId = (await askOver(transport, 'schedules.add', wanted)).id;
});
afterEach(async () => {
  await core.stop();
  await folder.remove();
});

describe('the people of a digest', () => {
  test('are imported one a line, listed, and exported again', async () => {
    const heard = announced(transport, 'digests.changed');
    const text = 'bob@x.test\nAda@Bücher.example\nBob <bob@x.test>\nbob@X.test\n';
    expect(await askOver(transport, 'recipients.import', { scheduleId, text })).toEqual({
      added: 2,
      known: 1,
      refused: [{ line: 3, text: 'Bob <bob@x.test>', message: expect.stringMatching(/plain address/) }],
    });
    expect(await heard).toEqual({ scheduleId });
    const list = await askOver(transport, 'recipients.list', { scheduleId });
    expect(list.map(({ address, state }) => [address, state])).toEqual([
      ['Ada@xn--bcher-kva.example', 'active'],
      ['bob@x.test', 'active'],
    ]);
    expect(await askOver(transport, 'recipients.export', { scheduleId })).toEqual({
      fileName: 'gro-e-woche-ai-more-recipients.txt',
      text: 'Ada@xn--bcher-kva.example\nbob@x.test\n',
    });
  });

  test('who have unsubscribed stay in the list, out of the export, and out of the next import', async () => {
    await askOver(transport, 'recipients.import', { scheduleId, text: 'ada@x.test\nbob@x.test' });
    const [ada] = await askOver(transport, 'recipients.list', { scheduleId });
    const heard = announced(transport, 'digests.changed');
    const changed = await askOver(transport, 'recipients.setState', { id: ada?.id ?? '', state: 'unsubscribed' });
    expect(changed).toMatchObject({ address: 'ada@x.test', state: 'unsubscribed' });
    expect(await heard).toEqual({ scheduleId });
    const again = await askOver(transport, 'recipients.import', { scheduleId, text: 'ADA+tag@x.test\nada@x.test' });
    expect(again).toMatchObject({ added: 0, known: 2 });
    expect((await askOver(transport, 'recipients.export', { scheduleId })).text).toBe('bob@x.test\n');
  });

  test('of one digest are not those of another', async () => {
    const wanted = { name: 'Other', jobKind: 'send-digest', trigger: { type: 'daily', time: '09:00' } } as const;
    const other = await askOver(transport, 'schedules.add', wanted);
    await askOver(transport, 'recipients.import', { scheduleId, text: 'ada@x.test' });
    await askOver(transport, 'recipients.import', { scheduleId: other.id, text: 'ada@x.test' });
    const [ada] = await askOver(transport, 'recipients.list', { scheduleId });
    expect(await askOver(transport, 'recipients.remove', { id: ada?.id ?? '' })).toEqual({ removed: true });
    expect(await askOver(transport, 'recipients.remove', { id: ada?.id ?? '' })).toEqual({ removed: false });
    expect(await askOver(transport, 'recipients.list', { scheduleId })).toEqual([]);
    expect(await askOver(transport, 'recipients.list', { scheduleId: other.id })).toHaveLength(1);
  });

  test('two imports at once add an address once, and 10,000 lines are no work', async () => {
    const text = Array.from({ length: 10_000 }, (_, number) => `person${number}@x.test`).join('\n');
    const start = performance.now();
    const both = await Promise.all([
      askOver(transport, 'recipients.import', { scheduleId, text }),
      askOver(transport, 'recipients.import', { scheduleId, text }),
    ]);
    expect(both.map(({ added }) => added).toSorted((a, b) => a - b)).toEqual([0, 10_000]);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test('of nothing that is a digest cannot be had', async () => {
    for (const id of ['nobody', 'fetch_feeds']) {
      await expect(askOver(transport, 'recipients.import', { scheduleId: id, text: 'a@x.test' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await expect(askOver(transport, 'recipients.export', { scheduleId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect(askOver(transport, 'recipients.setState', { id: 'nobody', state: 'active' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('the sender of the mail', () => {
  const mail = {
    host: 'mail.x.test',
    port: 587,
    security: 'starttls',
    user: 'ada',
    from: 'Daily@Paper.test',
    fromName: 'Paper',
  } as const;
  test('D-17: has to be one plain address, and is kept in one way of writing', async () => {
    const settings = await askOver(transport, 'settings.update', {
      patch: { mail: { ...mail, unsubscribe: 'leave@bücher.test' } },
    });
    expect(settings.mail).toMatchObject({ from: 'Daily@paper.test', unsubscribe: 'leave@xn--bcher-kva.test' });
    for (const [field, wrong] of [
      ['from', 'Paper <daily@paper.test>'],
      ['from', 'a@x.test\r\nBcc: b@x.test'],
      ['unsubscribe', 'nobody'],
    ] as const)
      await expect(askOver(transport, 'settings.update', { patch: { mail: { ...mail, [field]: wrong } } })).rejects.toMatchObject(
        {
          code: 'MAIL_INPUT',
          details: { field: `patch.mail.${field}` },
        },
      );
    expect((await askOver(transport, 'settings.get', {})).mail?.from).toBe('Daily@paper.test');
  });
});

describe('the password of the mail server', () => {
  test('A-18: is in no file but that of the secrets, and in nothing the screen is told', async () => {
    const CANARY = 'canary-5f2b-of-the-mail';
    await askOver(transport, 'secrets.set', { name: 'smtp-password', value: CANARY });
    const mail = { host: '127.0.0.1', port: 1, security: 'tls', user: 'ada', from: 'digest@sender.test', fromName: '' } as const;
    await askOver(transport, 'settings.update', { patch: { mail } });
    await askOver(transport, 'recipients.import', { scheduleId, text: 'ada@x.test' });
    const told = [
      await askOver(transport, 'mail.check', {}),
      await askOver(transport, 'settings.get', {}),
      await askOver(transport, 'secrets.list', {}),
      await askOver(transport, 'digests.list', {}),
    ];
    expect(JSON.stringify(told)).not.toContain(CANARY);
    const files = (await readdir(folder.dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const holding: string[] = [];
    for (const { parentPath, name } of files) if ((await readFile(join(parentPath, name))).includes(CANARY)) holding.push(name);
    expect(holding.every((name) => name.startsWith('secrets'))).toBe(true);
  });
});
