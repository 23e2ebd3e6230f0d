import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore } from '../core.ts';
import { createFeedParser } from '../feeds/parser.ts';
import { runCli } from '../headless/cli.ts';
import type { Io } from '../headless/io.ts';
import { silentLog } from '../lib/log.ts';
import { openStore } from '../store/store.ts';
import { seedDigests } from './digests-past.ts';
import { seedHistory } from './history.ts';
import { seedSearches } from './past-searches.ts';
import { seedRules } from './rules-past.ts';
import { type DemoServer, startDemoServer } from './server.ts';

/** Fills an empty data folder with the defaults and the demo's month. */
export const seedFolder = async (dir: string, server: DemoServer): Promise<void> => {
  // The core writes the defaults, so the demo has the same built-in schedules as everybody.
  const core = await createCore({ dataDir: dir, host: 'headless', version: '0.0.0', log: silentLog, withSchedule: false });
  await core.stop();
  const store = await openStore({ dir, log: silentLog });
  const parser = createFeedParser({ log: silentLog });
  try {
    await seedHistory(store, server, parser);
    await seedRules(store, server.bornAt);
    await seedSearches(store, server.bornAt);
    await seedDigests(store, server.bornAt);
  } finally {
    await parser.close();
    await store.close();
  }
};

/** `npm run demo`: an invented world on loopback, a temporary data folder, and the window on it. Answers the exit code. */
export const runDemo = async (io: Io, args: readonly string[]): Promise<number> => {
  const dir = await mkdtemp(join(tmpdir(), 'tidings-demo-'));
  const server = await startDemoServer(io.now());
  try {
    io.tell('Making a month of history on a temporary folder.');
    await seedFolder(dir, server);
    return await runCli(['serve', '--data', dir, ...args], io);
  } finally {
    await server.close();
    await rm(dir, { recursive: true, force: true });
  }
};
