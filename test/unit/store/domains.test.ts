import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DomainsRepository } from '../../../main/store/repositories.ts';
import { type Domain, domainSchema } from '../../../preload/contract/domain.ts';
import { createRandom, createTempDir, withStore } from '../../helpers/store-kit.ts';

let folder: ReturnType<typeof createTempDir>;
beforeEach(() => {
  folder = createTempDir();
});
afterEach(() => folder.remove());

const AT = '2026-11-21T12:00:00.000Z';
const begin = { runId: 'r1', startedAt: AT };
const good = { endedAt: AT, ms: 5, facts: { feeds: [] } };
const bad = { endedAt: AT, ms: 5, errorCode: 'HTTP_5XX', errorMessage: 'The server answered 500.' } as const;

/** Every move, tried on a domain; answers whether it moved. */
const MOVES: Record<string, (domains: DomainsRepository, id: string) => Promise<boolean>> = {
  start: async (domains, id) => (await domains.start(id, begin)) !== null,
  step: async (domains, id) => domains.step(id, 'parsing') !== null,
  complete: async (domains, id) => (await domains.complete(id, good)) !== null,
  fail: async (domains, id) => (await domains.fail(id, bad)) !== null,
  putBack: async (domains, id) => (await domains.putBack([id])).length === 1,
  retry: async (domains, id) => (await domains.retry([{ id }])).length === 1,
};
const ALLOWED: Record<Domain['status'], readonly string[]> = {
  pending: ['start'],
  processing: ['step', 'complete', 'fail', 'putBack'],
  completed: ['retry'],
  error: ['retry'],
};

test('only the moves of the four states are done; any other changes nothing and says so', async () => {
  await withStore({ dir: folder.dir }, async ({ domains }) => {
    const random = createRandom(7);
    await domains.addNew([{ id: 'a.example' }], AT);
    const steps: string[] = [];
    for (let round = 0; round < 300; round += 1) {
      const before = domains.get('a.example');
      const names = Object.keys(MOVES);
      const name = names[Math.floor(random() * names.length)] ?? 'start';
      // The same step again is no news.
      const isAgain = name === 'step' && before?.status === 'processing' && before.step === 'parsing';
      const isAllowed = before !== undefined && ALLOWED[before.status].includes(name) && !isAgain;
      expect(await MOVES[name]?.(domains, 'a.example')).toBe(isAllowed);
      const after = domains.get('a.example');
      if (isAllowed) steps.push(name);
      else expect(after).toEqual(before);
      domainSchema.parse(after);
      const counts = domains.counts();
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(1);
      expect(counts[after?.status ?? 'pending']).toBe(1);
    }
    expect(new Set(steps)).toEqual(new Set(Object.keys(MOVES)));
  });
});

test('what was moved is there after opening again; the step of one in work is not', async () => {
  const end = { ...good, facts: { title: 'A', feeds: [{ url: 'https://a.example/feed' }] } };
  await withStore({ dir: folder.dir }, async ({ domains }) => {
    await domains.addNew(
      ['a', 'b', 'c', 'd'].map((id) => ({ id: `${id}.example`, url: `https://${id}.example/` })),
      AT,
    );
    for (const id of ['a', 'b', 'c']) await domains.start(`${id}.example`, begin);
    await domains.complete('a.example', end);
    await domains.fail('b.example', { ...bad, notBefore: '2026-11-21T13:00:00.000Z' });
    domains.step('c.example', 'saving');
    await domains.pin('d.example', true);
  });
  await withStore({ dir: folder.dir }, async ({ domains }) => {
    expect(domains.get('a.example')).toMatchObject({ status: 'completed', title: 'A', checkedAt: AT });
    expect(domains.get('b.example')).toMatchObject({ status: 'error', attempts: 1, notBefore: '2026-11-21T13:00:00.000Z' });
    expect(domains.get('c.example')).toMatchObject({ status: 'processing', step: 'resolving' });
    expect(domains.get('d.example')).toMatchObject({ status: 'pending', pinned: true });
    expect(domains.processing().map(({ id }) => id)).toEqual(['c.example']);
    expect(await domains.wakeUp('2026-11-21T12:59:59.999Z')).toBe(0);
    expect(await domains.wakeUp('2026-11-21T13:00:00.000Z')).toBe(1);
    expect(domains.get('b.example')).toMatchObject({ status: 'pending', attempts: 1, errorCode: 'HTTP_5XX' });
  });
});

test('a failed write changes no state and announces nothing', async () => {
  await withStore({ dir: folder.dir }, async ({ domains }) => {
    await domains.addNew([{ id: 'a.example' }], AT);
  });
  const heard: string[] = [];
  await withStore({ dir: folder.dir, mode: 'read' }, async ({ domains }) => {
    domains.onMove(({ status }) => heard.push(status));
    await expect(domains.start('a.example', begin)).rejects.toMatchObject({ code: 'STORE_READONLY' });
    expect(domains.get('a.example')?.status).toBe('pending');
  });
  expect(heard).toEqual([]);
});
