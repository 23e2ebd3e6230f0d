import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nodeFs } from '../../main/store/fs.ts';
import { LOCK_NAME, startOf, takeLock } from '../../main/store/lock.ts';
import { toAppError } from '../../preload/contract/errors.ts';
import { hostileCase } from '../helpers/hostile-case.ts';
import { createTempDir, openTestStore } from '../helpers/store-kit.ts';

const RACES = Number(process.env.LOCK_RACES ?? 500);
const CHILD = join(import.meta.dirname, '../helpers/store-lock-child.ts');

/** A process one talks to in lines. */
const startChild = () => {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [CHILD], { stdio: 'pipe' });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    say: (line: string) => void child.stdin.write(`${line}\n`),
    hear: async (): Promise<string> => (await lines.next()).value ?? 'ended',
  };
};
type Child = ReturnType<typeof startChild>;

const goneHolder = (more = {}) =>
  JSON.stringify({ pid: 2 ** 22 + 7, started: '1@boot', host: hostname(), token: 'a'.repeat(24), ...more });

let folder: ReturnType<typeof createTempDir>;
beforeEach(() => {
  folder = createTempDir();
});
afterEach(() => folder.remove());

describe('the lock', () => {
  let children: Child[] = [];
  beforeAll(async () => {
    children = [startChild(), startChild(), startChild()];
    for (const child of children) expect(await child.hear()).toBe('ready');
  });
  afterAll(async () => {
    for (const { child } of children) child.stdin.end();
    for (const { child } of children) if (child.exitCode === null) await new Promise((resolve) => child.once('close', resolve));
  });

  const race = async (): Promise<string[]> => {
    for (const child of children) child.say(`go ${folder.dir}`);
    const answers = await Promise.all(children.map((child) => child.hear()));
    const winner = children[answers.indexOf('won')];
    winner?.say('back');
    if (winner) expect(await winner.hear()).toBe('given back');
    return answers;
  };

  test(`of one folder has exactly one winner in each of ${RACES} races, half of them for the lock of a process that is gone`, async () => {
    for (let number = 0; number < RACES; number++) {
      if (number % 2 === 0) writeFileSync(join(folder.dir, LOCK_NAME), goneHolder());
      const answers = await race();
      expect(
        answers.filter((answer) => answer === 'won'),
        `race ${number}: ${answers}`,
      ).toHaveLength(1);
      for (const answer of answers) expect(answer).toMatch(/^(won|lost STORE_LOCKED )/);
      expect(readdirSync(folder.dir), `race ${number}`).toEqual([]);
    }
  });

  test('of a process that died while taking it over is taken over in turn', async () => {
    writeFileSync(join(folder.dir, LOCK_NAME), goneHolder());
    writeFileSync(join(folder.dir, `${LOCK_NAME}.after-${'a'.repeat(24)}`), goneHolder({ token: 'b'.repeat(24) }));
    const answers = await race();
    expect(answers.filter((answer) => answer === 'won')).toHaveLength(1);
    expect(readdirSync(folder.dir)).toEqual([]);
  });
});

hostileCase(
  150,
  'a second process is told within a second who has the folder; a dead or reused pid is taken over at once',
  async () => {
    const { dir } = folder;
    const child = startChild();
    expect(await child.hear()).toBe('ready');
    child.say(`go ${dir}`);
    expect(await child.hear()).toBe('won');
    const begun = performance.now();
    const refused = await openTestStore({ dir }).catch(toAppError);
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(refused).toMatchObject({ message: expect.stringContaining(`process ${child.child.pid} on ${hostname()}`) });
    child.child.kill('SIGKILL');
    await new Promise((resolve) => child.child.once('close', resolve));
    const lock = await takeLock(nodeFs, dir, Date.now);
    await lock.release();
    // Our own pid, but another start time: the number was given out again.
    if (startOf(process.pid)) {
      writeFileSync(join(dir, LOCK_NAME), goneHolder({ pid: process.pid, started: `1${startOf(process.pid)}` }));
      await (await takeLock(nodeFs, dir, Date.now)).release();
    }
    // Another host cannot be asked: it counts as there.
    writeFileSync(join(dir, LOCK_NAME), goneHolder({ host: 'elsewhere' }));
    await expect(takeLock(nodeFs, dir, Date.now)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    return toAppError(refused).code;
  },
);
