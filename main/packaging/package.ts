/*
 * `npm run package`: makes what this computer can, and says in a line each what is made and what is left out, and why. With `--all`, on a
 * release machine, leaving something out is an error. `--out DIR` instead of `release`; `--electron DIR` takes the program from there.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { create } from 'tar';
import { makeDeb, type Product } from './deb.ts';
import { type Artifact, type Means, planSteps, type Step } from './plan.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const BUILDER = join(ROOT, 'node_modules', 'electron-builder', 'cli.js');
const ELECTRON = join(ROOT, 'node_modules', 'electron');
/** How long Electron's own installer, and the tools of AppImage, may take to come. */
const FETCH_MS = 10 * 60_000;
const tell = (line: string): void => void process.stdout.write(`${line}\n`);

type Place = { out: string; electron: string; product: Product };
type Make = (place: Place) => string | undefined;

const readProduct = (): Product => {
  const { version, description, homepage } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Product;
  const maintainer = /^ {2}maintainer: (.+)$/m.exec(readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8'))?.[1] ?? '';
  return { version, description, homepage, maintainer };
};

/** Electron's program for this computer: the folder given, what is installed, else what its own installer fetches. */
const findElectron = (given: string | undefined): Means['electron'] => {
  // On Windows and macOS electron-builder fetches it, with the tools it needs besides.
  if (process.platform !== 'linux') return { dir: given ?? '' };
  if (given) return existsSync(given) ? { dir: resolve(given) } : { problem: `there is no folder ${given}` };
  const dir = join(ELECTRON, 'dist');
  if (!existsSync(join(ELECTRON, 'path.txt')))
    spawnSync(process.execPath, [join(ELECTRON, 'install.js')], { stdio: 'ignore', timeout: FETCH_MS });
  return existsSync(join(ELECTRON, 'path.txt')) ? { dir } : { problem: "Electron's program could not be fetched" };
};

const hasProgram = (name: string): boolean => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0;

const unpackedIn = (out: string): string =>
  join(out, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);

const build = (place: Place, args: readonly string[]): void => {
  const own = [...(place.electron ? [`-c.electronDist=${place.electron}`] : []), `-c.directories.output=${place.out}`];
  execFileSync(process.execPath, [BUILDER, '--publish=never', ...args, ...own], { cwd: ROOT, stdio: 'pipe', timeout: FETCH_MS });
};

const nameOf = ({ product }: Place, ending: string): string => `tidings-${product.version}-linux-${process.arch}.${ending}`;

const makers: Readonly<Record<Artifact, Make>> = {
  npm: ({ out }) => {
    const [packed] = JSON.parse(
      execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', out], {
        cwd: ROOT,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        shell: process.platform === 'win32',
      }),
    ) as [{ filename: string }];
    return packed.filename;
  },
  dir: (place) => {
    build(place, ['--linux', 'dir']);
    const dir = unpackedIn(place.out);
    // What Electron brings for itself alone; electron-builder takes it away only where it unpacks Electron.
    for (const name of ['resources/default_app.asar', 'version']) rmSync(join(dir, name), { force: true });
    return dir;
  },
  'tar.gz': (place) => {
    const name = nameOf(place, 'tar.gz');
    const prefix = name.slice(0, -'.tar.gz'.length);
    create({ file: join(place.out, name), cwd: unpackedIn(place.out), gzip: { level: 9 }, portable: true, sync: true, prefix }, [
      '.',
    ]);
    return name;
  },
  deb: (place) => {
    const name = nameOf(place, 'deb');
    const file = join(place.out, name);
    makeDeb({ unpacked: unpackedIn(place.out), root: ROOT, file, arch: process.arch, product: place.product });
    return name;
  },
  AppImage: (place) => {
    const name = nameOf(place, 'AppImage');
    build(place, ['--linux', 'AppImage', `--prepackaged=${unpackedIn(place.out)}`, `-c.artifactName=${name}`]);
    rmSync(join(place.out, 'builder-debug.yml'), { force: true });
    return name;
  },
  nsis: (place) => {
    build(place, ['--win', 'nsis']);
    return 'the installer';
  },
  'dmg and zip': (place) => {
    build(place, ['--mac', 'dmg', 'zip']);
    return 'both';
  },
};

/** The line that matters of what a tool printed before it failed. */
const reasonOf = (error: unknown): string => {
  const { stdout = '', stderr = '', message = '' } = error as { stdout?: Buffer; stderr?: Buffer; message?: string };
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => /⨯|error|cannot|not found/i.test(line));
  return (lines[0] ?? message)
    .replace(/^\s*⨯\s*/, '')
    .trim()
    .slice(0, 200);
};

/** Makes one thing. What a tool cannot fetch is left out for AppImage alone: everything else here needs no more than is installed. */
const carryOut = (step: Step, place: Place): Step => {
  if (step.left !== undefined) return step;
  try {
    tell(`made: ${step.artifact}: ${makers[step.artifact](place)}`);
    return step;
  } catch (error) {
    if (step.artifact !== 'AppImage') throw new Error(`${step.artifact}: ${reasonOf(error)}`);
    return { ...step, left: `its tools could not be used: ${reasonOf(error)}` };
  }
};

const main = (): number => {
  const { values } = parseArgs({
    options: { all: { type: 'boolean' }, out: { type: 'string' }, electron: { type: 'string' } },
  });
  const electron = findElectron(values.electron);
  const place: Place = {
    out: resolve(values.out ?? join(ROOT, 'release')),
    electron: 'dir' in electron ? electron.dir : '',
    product: readProduct(),
  };
  rmSync(place.out, { recursive: true, force: true });
  mkdirSync(place.out, { recursive: true });
  const { steps, elsewhere } = planSteps({ platform: process.platform, electron, hasDpkgDeb: hasProgram('dpkg-deb') });
  const left = steps.map((step) => carryOut(step, place)).filter((step) => step.left !== undefined);
  for (const { artifact, left: reason } of left) tell(`left out: ${artifact}: ${reason}`);
  for (const line of elsewhere) tell(`not here: ${line}`);
  if (!values.all || left.length === 0) return 0;
  tell('A release leaves nothing out (--all).');
  return 1;
};

process.exitCode = main();
