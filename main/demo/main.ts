import { runAsProcess } from '../headless/as-process.ts';
import { runDemo } from './demo.ts';

/* The entry of `npm run demo`. */
await runAsProcess((io) => runDemo(io, process.argv.slice(2)));
