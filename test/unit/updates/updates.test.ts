import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Release } from '../../../main/api/releases.ts';
import type { Machine, Updates } from '../../../main/api/services.ts';
import { createUpdates } from '../../../main/api/updates.ts';
import { createEventBus } from '../../../main/lib/events.ts';
import { silentLog } from '../../../main/lib/log.ts';
import type { Store } from '../../../main/store/repositories.ts';
import { openStore } from '../../../main/store/store.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import { makeFolder } from '../../helpers/core-kit.ts';
import { createFakeClock, type FakeClock } from '../../helpers/fake-clock.ts';

const HOUR = 3_600_000;
let clock: FakeClock;
let store: Store;
let updates: Updates;
let asked: number;
let answer: () => Promise<Release[]>;
let removeFolder: () => Promise<void>;
const events = createEventBus(silentLog);

const make = (version = '0.1.0'): Updates =>
  createUpdates({
    store,
    events,
    clock,
    log: silentLog,
    version,
    machine: async () =>
      ({
        releases: () => {
          asked += 1;
          return answer();
        },
      }) as unknown as Machine,
  });
const turn = async (updateCheck: boolean): Promise<void> => {
  const settings = await store.settings.update({ updateCheck });
  events.emit('settings.changed', { settings });
};
/** Lets hours pass, and what was begun by a timer be written to disk. */
const pass = async (hours: number): Promise<void> => {
  for (let hour = 0; hour < hours; hour += 1) {
    await clock.pass(HOUR);
    await store.notes.put('turn', hour);
  }
};

beforeEach(async () => {
  const folder = await makeFolder();
  removeFolder = folder.remove;
  clock = createFakeClock('2026-11-21T10:00:00.000Z');
  store = await openStore({ dir: folder.dir, log: silentLog });
  asked = 0;
  answer = async () => [{ version: '0.2.0', at: '2026-11-20' }];
  updates = make();
});
afterEach(async () => {
  updates.stop();
  await store.close();
  await removeFolder();
});

describe('looking for a newer version', () => {
  test('is off until it is asked for: nothing is requested in a week', async () => {
    updates.start();
    await pass(24 * 7);
    expect(asked).toBe(0);
    expect(updates.state()).toEqual({ current: '0.1.0', isOn: false, page: 'https://example.org/tidings/releases' });
  });

  test('is done at once when it is turned on, and then once a day', async () => {
    updates.start();
    await turn(true);
    await pass(1);
    expect(asked).toBe(1);
    await pass(22);
    expect(asked).toBe(1);
    await pass(2);
    expect(asked).toBe(2);
    await pass(24 * 5);
    expect(asked).toBeLessThanOrEqual(7);
    await turn(false);
    await pass(48);
    expect(asked).toBeLessThanOrEqual(7);
  });

  test('is not done again after a start on the same day', async () => {
    await turn(true);
    await updates.check();
    updates.stop();
    updates = make();
    updates.start();
    await pass(12);
    expect(asked).toBe(1);
  });

  test('tells a newer version with its day, and nothing once that version runs', async () => {
    await turn(true);
    expect(await updates.check()).toMatchObject({ newer: { version: '0.2.0', at: '2026-11-20' }, isOn: true });
    expect(make('0.2.0').state().newer).toBeUndefined();
    expect(make('0.3.0').state().newer).toBeUndefined();
  });

  test('that fails says why, keeps what was known, and counts as the look of that day', async () => {
    updates.start();
    await turn(true);
    await pass(1);
    answer = async () => {
      throw new AppError('HTTP_5XX', 'The server answered 503.');
    };
    await pass(24);
    expect(updates.state()).toMatchObject({ problem: 'The server answered 503.', newer: { version: '0.2.0' } });
    const before = asked;
    await pass(6);
    expect(asked).toBe(before);
  });

  test('by hand works also while it is off, and twice at a time asks once', async () => {
    const [first, second] = await Promise.all([updates.check(), updates.check()]);
    expect(first).toEqual(second);
    await updates.check();
    expect(asked).toBe(1);
    expect(first.isOn).toBe(false);
  });

  test('a clock that was set back does not stop it for good', async () => {
    updates.start();
    await turn(true);
    await pass(1);
    clock.set('2026-01-01T00:00:00.000Z');
    await pass(2);
    expect(asked).toBe(2);
  });

  test('a note somebody spoilt is as good as none', async () => {
    await store.notes.put('updates', { checkedAt: 5, newest: 'x' });
    expect(updates.state()).toEqual({ current: '0.1.0', isOn: false, page: 'https://example.org/tidings/releases' });
  });
});
