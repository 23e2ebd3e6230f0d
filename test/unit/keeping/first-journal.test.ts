import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTempDir, withStore } from '../../helpers/store-kit.ts';

test('a collection whose very first file was cut off at its first byte is written on, and read by every later start', async () => {
  for (const left of ['', '120 0badc0de {"journal":"tombst']) {
    const { dir, remove } = createTempDir();
    await withStore({ dir }, (store) => store.notes.put('note', 1));
    writeFileSync(join(dir, 'failures.1.journal'), left);
    writeFileSync(join(dir, 'tombstones.1.journal'), left);
    await withStore({ dir }, (store) =>
      store.failures.noteRun({
        id: 'r1',
        jobKind: 'clean-up',
        name: 'Clean up',
        cause: 'manual',
        queuedAt: '2026-11-21T12:00:00.000Z',
        startedAt: '2026-11-21T12:00:00.000Z',
        endedAt: '2026-11-21T12:00:00.000Z',
        counts: {},
        log: [],
        status: 'failed',
        errorCode: 'INTERNAL',
        errorMessage: 'It broke.',
      }),
    );
    for (let start = 0; start < 2; start++)
      await withStore({ dir }, async (store) => {
        expect(store.failures.forJob('clean-up')?.count).toBe(1);
        expect(store.notices).toEqual([]);
      });
    expect(readdirSync(dir).filter((name) => name.startsWith('corrupt'))).toEqual([]);
    remove();
  }
});
