import { runCli } from './cli.ts';
import { processIo } from './io.ts';

/* The entry of the command `tidings`. A second signal ends the process the hard way. */
const stopping = new AbortController();
const onSignal = (): void => {
  if (stopping.signal.aborted) process.exit(130);
  stopping.abort();
};
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);

// Timers of the core do not keep the process alive; the command that waits for them does.
const alive = setInterval(() => {}, 2 ** 30);
const code = await runCli(process.argv.slice(2), processIo(stopping.signal));
clearInterval(alive);
process.exit(code);
