import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { runCli } from '../../main/headless/cli.ts';
import type { Io } from '../../main/headless/io.ts';

/** The command's entry, run from source. */
export const TIDINGS = fileURLToPath(new URL('../../main/headless/main.ts', import.meta.url));

export type CliResult = { code: number; out: string; err: string };
export type CliOptions = { env?: Record<string, string>; cwd?: string; signal?: AbortSignal; input?: string };

/** Runs one command line in this process, with a stdout and a stderr of its own. */
export const cli = async (
  args: readonly string[],
  { env = {}, cwd = tmpdir(), signal, input }: CliOptions = {},
): Promise<CliResult> => {
  let out = '';
  let err = '';
  const io: Io = {
    out: async (text) => {
      out += text;
    },
    tell: (line) => {
      err += `${line}\n`;
    },
    log: (line) => {
      err += line;
    },
    ...(input === undefined ? {} : { readSecret: async () => input }),
    env,
    cwd,
    signal: signal ?? AbortSignal.timeout(60_000),
    now: Date.now,
  };
  const code = await runCli(args, io);
  return { code, out, err };
};

/** The one JSON document a command printed. Throws with what it said when it did not end well. */
export const jsonOf = <Value>(result: CliResult): Value => {
  if (result.code !== 0) throw new Error(`Exit code ${result.code}: ${result.err}`);
  return JSON.parse(result.out) as Value;
};

/** Starts the command as a process of its own. */
export const startCli = (
  args: readonly string[],
  env: Record<string, string> = {},
  nodeArgs: readonly string[] = [],
): ChildProcess =>
  spawn(process.execPath, [...nodeArgs, TIDINGS, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** What a process printed until it ended. */
export const resultOf = async (child: ChildProcess): Promise<CliResult> => {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const [code] = await once(child, 'close');
  return { code: code as number, out, err };
};

/** The link `serve` prints when it is ready. */
export const linkOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let out = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const link = /http:\/\/\S+#k=\S+/.exec(out)?.[0];
      if (link) resolve(link);
    });
    child.once('exit', (code) => reject(new Error(`The host ended with ${code} before it was ready`)));
  });
