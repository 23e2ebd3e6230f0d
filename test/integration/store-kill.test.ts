import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom, createTempDir, withStore } from '../helpers/store-kit.ts';

const KILLS = Number(process.env.STORE_KILLS ?? 300);
const SEED = Number(process.env.STORE_SEED ?? 20_261_121);
const LANES = 2;
const CHILD = join(import.meta.dirname, '../helpers/store-kill-child.ts');

/** The writer as one file, so that its start takes little and most of its life is writing. */
let built = '';
beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'tidings-writer-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: { ssr: CHILD, outDir: built, rollupOptions: { output: { entryFileNames: 'writer.mjs' } } },
  });
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

type Life = { acknowledged: [id: string, fingerprint: string][]; wasOpen: boolean; trouble: string };

/** Starts a writer and kills it: somewhere in its start, or so long after it opened the store. */
const liveAndDie = (dir: string, number: number, random: () => number): Promise<Life> =>
  new Promise((resolve) => {
    const child: ChildProcess = spawn(process.execPath, [join(built, 'writer.mjs'), dir, String(number)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(built, 'cache') },
    });
    let out = '';
    let trouble = '';
    const kill = (): void => void child.kill('SIGKILL');
    const diesEarly = random() < 0.25;
    const delay = random() * (diesEarly ? 120 : 40);
    const last = setTimeout(kill, 20_000);
    if (diesEarly) setTimeout(kill, 30 + delay);
    child.stdout?.on('data', (chunk) => {
      if (!out.includes('open\n') && `${out}${chunk}`.includes('open\n')) setTimeout(kill, delay);
      out += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      trouble += chunk;
    });
    child.on('close', () => {
      clearTimeout(last);
      // A line that was cut by the kill was not told.
      const lines = out.slice(0, out.lastIndexOf('\n') + 1).split('\n');
      const pairs = lines.filter((line) => line.includes('=')).flatMap((line) => line.split(' '));
      resolve({
        acknowledged: pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
        wasOpen: lines.includes('open'),
        trouble,
      });
    });
  });

const runLane = async (lane: number, kills: number) => {
  const { dir, remove } = createTempDir();
  const random = createRandom(SEED + lane);
  const totals = { acknowledged: 0, lost: 0, opened: 0, troubles: [] as string[], half: 0 };
  const all: Life['acknowledged'] = [];
  const missingOf = (told: Life['acknowledged']) =>
    withStore({ dir, mode: 'read' }, async (store) => {
      await store.loaded;
      let missing = 0;
      for (const [id, fingerprint] of told) {
        const post = await store.posts.get(id);
        const body = post && (await store.bodies.get(post));
        if (post?.fingerprint !== fingerprint || body !== `<p>${fingerprint}</p>`) missing++;
      }
      return { missing, notices: store.notices, count: store.posts.count() };
    });
  for (let number = 0; number < kills; number++) {
    const life = await liveAndDie(dir, number, random);
    totals.opened += life.wasOpen ? 1 : 0;
    if (life.trouble) totals.troubles.push(life.trouble.slice(0, 500));
    totals.lost += (await missingOf(life.acknowledged)).missing;
    all.push(...life.acknowledged);
  }
  totals.acknowledged = all.length;
  const { missing, count } = await missingOf(all);
  totals.lost += missing;
  // Three posts a save: anything else is half a save.
  totals.half = count % 3;
  // And the next writer starts without a word about damage.
  await withStore({ dir }, async (store) => {
    await store.loaded;
    totals.troubles.push(...store.notices);
  });
  remove();
  return totals;
};

test(`${KILLS} kills with SIGKILL while posts are being added lose nothing acknowledged, and every start reads the folder (seed ${SEED})`, async () => {
  const lanes = await Promise.all(Array.from({ length: LANES }, (_, lane) => runLane(lane, Math.ceil(KILLS / LANES))));
  for (const lane of lanes) {
    expect(lane.troubles).toEqual([]);
    expect(lane).toMatchObject({ lost: 0, half: 0 });
    expect(lane.opened).toBeGreaterThan(KILLS / LANES / 4);
    expect(lane.acknowledged).toBeGreaterThan(KILLS / LANES);
  }
  process.stdout.write(`kills ${KILLS}, seed ${SEED}: ${JSON.stringify(lanes)}\n`);
}, 600_000);
