import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { toAppError } from '../../../preload/contract/errors.ts';
import type { Core } from '../../core.ts';
import { readArgs } from '../args.ts';
import { findAppBrowser, hasDesktop } from '../browser.ts';
import { readDoor } from '../door-file.ts';
import { counted, size } from '../format.ts';
import { type Command, type Io, printJson } from '../io.ts';
import { ask, placeOf, withCore } from '../with-core.ts';

/** One thing that was looked at. `ok: false` is something to mend. */
type Check = { ok: boolean; text: string };

const checkNode = (): Check => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 22 || (major === 22 && minor >= 19);
  return { ok, text: `Node ${process.versions.node}${ok ? '' : ': 22.19 or newer is needed'}` };
};

const checkFolder = async (dir: string): Promise<Check> => {
  try {
    await access(dir, constants.R_OK | constants.W_OK);
    const { mode } = await stat(dir);
    const isPrivate = process.platform === 'win32' || (mode & 0o077) === 0;
    return { ok: isPrivate, text: isPrivate ? `Data folder ${dir}` : `Data folder ${dir} can be read by others: chmod 700` };
  } catch {
    return { ok: false, text: `Data folder ${dir} cannot be read and written` };
  }
};

const checkStore = async (core: Core): Promise<Check[]> => {
  await core.loaded;
  const [status, storage, settings] = await Promise.all([
    ask(core, 'app.status', {}),
    ask(core, 'stats.storage', {}),
    ask(core, 'settings.get', {}),
  ]);
  const { posts, sources, runs } = storage.counts;
  return [
    {
      ok: true,
      text: `${counted(posts, 'post')}, ${counted(sources, 'source')}, ${counted(runs, 'run')} in ${size(storage.bytes)}`,
    },
    ...status.notices.map(({ text }) => ({ ok: false, text })),
    ...(status.storeProblem ? [{ ok: false, text: status.storeProblem }] : []),
    { ok: settings.schedulerEnabled, text: `The scheduler is switched ${settings.schedulerEnabled ? 'on' : 'off'}` },
    {
      ok: status.failingSources === 0,
      text:
        status.failingSources === 0
          ? 'No source keeps failing'
          : `${counted(status.failingSources, 'source')} failed three times or more`,
    },
    { ok: true, text: `Hacker News API ${settings.hackerNewsApi}` },
    ...(status.update ? [{ ok: true, text: `Version ${status.update.version} is there: ${status.update.page}` }] : []),
  ];
};

/** What decides whether digests arrive; nothing is asked of anybody where no mail server is set up. */
const checkMail = async (core: Core): Promise<Check[]> => {
  const { mail } = await ask(core, 'settings.get', {});
  if (!mail) return [{ ok: true, text: 'No mail server is set up; digests are not mailed' }];
  const found = await ask(core, 'mail.check', {});
  return found.map(({ state, text, hint }) => {
    const sentence = `Mail: ${text}${hint && state !== 'ok' ? ` ${hint}` : ''}`;
    return { ok: state === 'ok' || state === 'skipped', text: sentence.replace(/\.$/, '') };
  });
};

const openAndCheck = async (io: Io, data: string | undefined): Promise<Check[]> => {
  try {
    return await withCore(io, data, 'read', async (core) => [...(await checkStore(core)), ...(await checkMail(core))]);
  } catch (error) {
    return [{ ok: false, text: toAppError(error).message }];
  }
};

/** `tidings doctor`: looks at what can be wrong, changes nothing. Exit code 1 when something is. */
export const doctorCommand: Command = async (args, io) => {
  const { values } = readArgs(args, {});
  const dir = placeOf(io, values.data);
  const inside = await openAndCheck(io, values.data);
  const door = await readDoor(dir);
  const checks: Check[] = [
    checkNode(),
    await checkFolder(dir),
    ...inside,
    {
      ok: true,
      text: door ? `The headless host serves on port ${door.port} (process ${door.pid})` : 'No headless host is serving',
    },
    { ok: true, text: hasDesktop(io.env) ? 'There is a desktop' : 'There is no desktop here' },
    { ok: true, text: `Browser for a window of its own: ${findAppBrowser(io.env) ?? 'none'}` },
  ];
  const isWell = checks.every(({ ok }) => ok);
  if (values.json) await printJson(io, { ok: isWell, checks });
  else await io.out(checks.map(({ ok, text }) => `${ok ? 'ok   ' : 'mend '} ${text}\n`).join(''));
  return isWell ? 0 : 1;
};
