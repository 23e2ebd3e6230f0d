import { type ChildProcess, execFile, fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildScripts } from './build.ts';
import type { OriginCounts, OriginOptions } from './origin.ts';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

export type Origin = {
  urls: string[];
  /** Which feeds a polite collector must have in the end. */
  well: boolean[];
  hackerNews: string;
  counts: () => Promise<OriginCounts>;
  stop: () => void;
};

const nextMessage = <Value>(child: ChildProcess, key: string): Promise<Value> =>
  new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`The origin ended with ${code}`));
    child.once('exit', onExit);
    child.once('message', (message: Record<string, Value>) => {
      child.off('exit', onExit);
      resolve(message[key] as Value);
    });
  });

/** Starts the origin as a process of its own, so that its work is not counted as ours. */
export const startOrigin = async (options: OriginOptions): Promise<Origin> => {
  const child = fork(here('./origin.ts'), [JSON.stringify(options)]);
  const ready = await nextMessage<Pick<Origin, 'urls' | 'well' | 'hackerNews'>>(child, 'ready');
  return {
    ...ready,
    counts: () => {
      child.send('counts');
      return nextMessage<OriginCounts>(child, 'counts');
    },
    stop: () => child.kill(),
  };
};

/** Runs a script of this folder, built, as a whole process and reads the one JSON line it prints. */
export const runScript = async <Value>(
  name: string,
  input: unknown,
  nodeArgs: string[] = [],
): Promise<Value & { processMs: number }> => {
  const file = join(await buildScripts(), `${name}.js`);
  return new Promise((resolve, reject) => {
    const began = performance.now();
    execFile(
      process.execPath,
      [...nodeArgs, file, JSON.stringify(input)],
      { maxBuffer: 64 * 1024 * 1024, timeout: 600_000 },
      (error, stdout, stderr) => {
        if (error) return reject(new Error(`${name}: ${error.message.slice(0, 200)}\n${stderr.slice(-2000)}`));
        const last = stdout.trim().split('\n').at(-1) ?? '';
        resolve({ ...(JSON.parse(last) as Value), processMs: performance.now() - began });
      },
    );
  });
};
