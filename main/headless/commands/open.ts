import { AppError } from '../../../preload/contract/errors.ts';
import { dataDir } from '../../lib/data-dir.ts';
import { readArgs } from '../args.ts';
import { openInBrowser } from '../browser.ts';
import { askForLink, readDoor } from '../door-file.ts';
import { type Command, printJson } from '../io.ts';

/** `tidings open`: a fresh link to the running headless host, opened on a desktop. */
export const openCommand: Command = async (args, io) => {
  const { values } = readArgs(args, {});
  const door = await readDoor(dataDir(values.data, { env: io.env, cwd: io.cwd }));
  const link = door && (await askForLink(door));
  if (!link) throw new AppError('CONN_REFUSED', 'Tidings is not being served from this data folder. Start it: tidings serve');
  if (values.json) await printJson(io, { link });
  else if (!(await openInBrowser(link, io.env))) await io.out(`${link}\n`);
  return 0;
};
