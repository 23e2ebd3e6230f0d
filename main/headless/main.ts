import { runAsProcess } from './as-process.ts';
import { runCli } from './cli.ts';

/* The entry of the command `tidings`. */
await runAsProcess((io) => runCli(process.argv.slice(2), io));
