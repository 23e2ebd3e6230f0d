/* Given to node with `--import`: at the end says on stderr which modules were loaded, one a line. */
import { writeSync } from 'node:fs';
import { registerHooks } from 'node:module';

const loaded: string[] = [];
registerHooks({
  load: (url, context, next) => {
    loaded.push(url);
    return next(url, context);
  },
});
process.on('exit', () => writeSync(2, loaded.map((url) => `loaded ${url}\n`).join('')));
