import { createLog } from '../lib/log.ts';
import { type Io, processIo } from './io.ts';

/** Does the work of a whole process and ends it with the exit code. A second signal ends it the hard way. */
export const runAsProcess = async (work: (io: Io) => Promise<number>): Promise<never> => {
  const stopping = new AbortController();
  const onSignal = (): void => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);

  // What nobody waited for must not end a host that runs for months; it is written down.
  const log = createLog((line) => process.stderr.write(line), Date.now);
  process.on('unhandledRejection', (error) => log.error('Unhandled rejection', { error }));

  // Timers of the core do not keep the process alive; the command that waits for them does.
  const alive = setInterval(() => {}, 2 ** 30);
  const code = await work(processIo(stopping.signal));
  clearInterval(alive);
  process.exit(code);
};
