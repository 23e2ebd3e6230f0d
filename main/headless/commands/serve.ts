import { existsSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../../preload/contract/errors.ts';
import { dispatch } from '../../api/dispatch.ts';
import type { Core } from '../../core.ts';
import { systemClock } from '../../lib/clock.ts';
import { createLog } from '../../lib/log.ts';
import { readArgs, wholeNumber } from '../args.ts';
import { openInBrowser } from '../browser.ts';
import { linkRoute, removeDoor, writeDoor } from '../door-file.ts';
import type { Command, Io } from '../io.ts';
import { serverSenses } from '../power-supply.ts';
import { type LoopbackHost, type ServeDeps, serve } from '../serve.ts';
import { readStaticFiles } from '../static-files.ts';
import { openCore, placeOf } from '../with-core.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const PORT_NOTE = 'headless.port';
const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '::1']);

/** The built page: beside the built host, or in `dist` when run from source. */
const rendererDir = (): string => {
  const places = [join(HERE, '..', 'renderer'), join(HERE, '..', '..', '..', 'dist', 'renderer')];
  const found = places.find((place) => existsSync(join(place, 'index.html')));
  if (found) return found;
  throw new AppError('INTERNAL', 'The window is not built. Run: npm run build');
};

/** An address beyond loopback is served only when its owner says in full that this is meant. */
const readExposure = (host: string | undefined, isMeant: boolean): ServeDeps['exposed'] => {
  if (host === undefined || LOOPBACK_NAMES.has(host)) return undefined;
  if (!isMeant)
    throw new AppError(
      'USAGE',
      'Tidings listens on this computer only. To serve other computers without encryption, add --i-know-this-exposes-tidings.',
    );
  const addresses = Object.values(networkInterfaces())
    .flat()
    .flatMap((each) => (each ? [each.family === 'IPv6' ? `[${each.address}]` : each.address] : []));
  return { address: host, names: [hostname(), ...addresses] };
};

const portOfLastTime = (core: Core): number => {
  const noted = core.notes.get(PORT_NOTE);
  return typeof noted === 'number' && Number.isInteger(noted) && noted > 0 && noted < 65_536 ? noted : 0;
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Says where the window is, and opens it where that was asked for and can be done. */
const announce = async (io: Io, host: LoopbackHost, names: readonly string[], isToOpen: boolean): Promise<void> => {
  const isOpened = isToOpen && (await openInBrowser(host.newLink(), io.env));
  if (isOpened) io.tell('The window is open. Ctrl+C stops Tidings.');
  else if (isToOpen) io.tell('There is no desktop here: open this address in a browser on this computer, within a minute.');
  await io.out(`${host.newLink()}\n`);
  for (const name of names) io.tell(`From other computers, without encryption: ${host.newLink(name)}`);
  io.tell('Another link at any time: tidings open');
};

/** Serves until the process is told to stop. */
const serveCore = async (
  io: Io,
  core: Core,
  own: Pick<ServeDeps, 'port' | 'exposed'>,
  dir: string,
  isToOpen: boolean,
): Promise<void> => {
  const log = createLog(io.log, io.now);
  const onUnexpected = (method: string, error: unknown): void => log.error('Method failed', { method, error });
  let secret = '';
  let host: LoopbackHost | undefined;
  host = await serve({
    ...own,
    ask: (method, params) => dispatch(core.handlers, method, params, onUnexpected),
    onEvent: core.onEvent,
    files: readStaticFiles(rendererDir()),
    log,
    clock: systemClock,
    posts: {
      '/link': (body) =>
        linkRoute(
          () => secret,
          () => host?.newLink() ?? '',
        )(body),
    },
  });
  try {
    await core.notes.put(PORT_NOTE, host.port);
    ({ secret } = await writeDoor(dir, host.port));
    log.info('Serving the window', { port: host.port });
    await core.start();
    await announce(io, host, own.exposed?.names.slice(0, 1) ?? [], isToOpen);
    await aborted(io.signal);
    log.info('Stopping');
  } finally {
    await removeDoor(dir);
    await host.close();
  }
};

/** `tidings serve`: the scheduler and the window, until SIGINT, SIGTERM or SIGHUP. */
export const serveCommand: Command = async (args, io) => {
  const { values } = readArgs(args, {
    port: { type: 'string' },
    open: { type: 'boolean' },
    'no-schedule': { type: 'boolean' },
    host: { type: 'string' },
    'i-know-this-exposes-tidings': { type: 'boolean' },
  });
  const port = wholeNumber(values.port, 'port', { min: 0, max: 65_535 });
  const exposed = readExposure(values.host, values['i-know-this-exposes-tidings'] === true);
  const log = createLog(io.log, io.now);
  const core = await openCore(io, values.data, {
    log,
    withSchedule: !values['no-schedule'],
    senses: serverSenses(systemClock.monotonic),
  });
  try {
    const own = { port: port ?? portOfLastTime(core), ...(exposed ? { exposed } : {}) };
    await serveCore(io, core, own, placeOf(io, values.data), values.open === true);
  } finally {
    await core.stop();
  }
  return 0;
};
