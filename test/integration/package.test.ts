import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPackage, extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Marks the place of the fuses in the binary (https://github.com/electron/fuses). */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = Object.values(FuseV1Options).filter((value) => typeof value === 'number').length;

/** As much of an Electron distribution as packaging touches: a binary with every fuse the wrong way round, and an empty application. */
const makeStandIn = async (dir: string): Promise<void> => {
  mkdirSync(join(dir, 'resources'), { recursive: true });
  mkdirSync(join(dir, 'empty'));
  writeFileSync(join(dir, 'empty', 'index.js'), '');
  await createPackage(join(dir, 'empty'), join(dir, 'resources', 'default_app.asar'));
  rmSync(join(dir, 'empty'), { recursive: true });
  const wire = Buffer.concat([Buffer.from([1, FUSES]), Buffer.from('10110011'.padEnd(FUSES, '1').slice(0, FUSES))]);
  writeFileSync(join(dir, 'electron'), Buffer.concat([Buffer.alloc(64), Buffer.from(SENTINEL), wire, Buffer.alloc(64)]), {
    mode: 0o755,
  });
};
/** How the wire says that a fuse is on (https://github.com/electron/fuses, `FuseState.ENABLE`). */
const ON = '1'.charCodeAt(0);
const pngSize = (file: string): string => {
  const bytes = readFileSync(file);
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
};

describe('the package for the desktop', () => {
  let dir = '';
  let packed = '';
  let files: string[] = [];
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'tidings-package-'));
    await makeStandIn(join(dir, 'electron'));
    execFileSync(
      process.execPath,
      [
        join('node_modules', 'electron-builder', 'cli.js'),
        '--linux',
        'dir',
        '--publish=never',
        `-c.electronDist=${join(dir, 'electron')}`,
        `-c.directories.output=${join(dir, 'out')}`,
      ],
      { stdio: 'pipe' },
    );
    packed = join(dir, 'out', 'linux-unpacked');
    files = listPackage(join(packed, 'resources', 'app.asar'), { isPack: false });
  }, 120_000);
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test('holds the built application, its tray images and licence, and nothing else', () => {
    const top = new Set(files.map((file) => file.split('/')[1]));
    expect([...top].sort()).toEqual(['LICENSE', 'dist', 'package.json', 'resources']);
    for (const file of [
      '/dist/main/electron.js',
      '/dist/main/tidings.js',
      '/dist/preload/preload.cjs',
      '/dist/renderer/index.html',
    ])
      expect(files).toContain(file);
    expect(files.filter((file) => /\.map$|\.tsx?$|\.test\.|\.spec\.|node_modules|\.env|\.pem$|\.key$/.test(file))).toEqual([]);
    expect(
      files.filter((file) => file.startsWith('/resources/')).filter((file) => !/^\/resources\/tray(\/|$)/.test(file)),
    ).toEqual([]);
  });

  test('starts from the main bundle that is in it, and carries no scripts', () => {
    const asar = join(packed, 'resources', 'app.asar');
    const about = JSON.parse(extractFile(asar, 'package.json').toString('utf8')) as Record<string, unknown>;
    expect(files).toContain(`/${about.main}`);
    expect(about.version).toBe((JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version);
    expect(about.devDependencies).toBeUndefined();
    expect(about.scripts).toBeUndefined();
  });

  test('keeps the workers beside the archive, for they are started from real files', () => {
    expect(existsSync(join(packed, 'resources', 'app.asar.unpacked', 'dist', 'worker', 'parse-worker.js'))).toBe(true);
  });

  test('has every fuse as it was decided, read back from its binary', async () => {
    const wire = await getCurrentFuseWire(join(packed, 'tidings'));
    const isOn = (fuse: FuseV1Options): boolean => wire[fuse] === ON;
    expect({
      runAsNode: isOn(FuseV1Options.RunAsNode),
      cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
      nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
      asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
      v8Snapshot: isOn(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
      fileProtocol: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: false,
      cookieEncryption: true,
      nodeOptions: false,
      inspect: false,
      asarIntegrity: true,
      onlyAsar: true,
      v8Snapshot: false,
      fileProtocol: false,
    });
  });

  test('has an icon of every size, and each is as large as it is called', () => {
    const icons = readdirSync('resources/icons').filter((name) => name.endsWith('.png'));
    expect(icons.map((name) => pngSize(join('resources/icons', name)))).toEqual(icons.map((name) => name.slice(0, -4)));
    for (const size of [16, 32, 48, 64, 128, 256, 512, 1024]) expect(icons).toContain(`${size}x${size}.png`);
  });
});

describe('the package for npm', () => {
  test('answers `tidings` with nothing installed beside it', () => {
    const dir = mkdtempSync(join(tmpdir(), 'tidings-npm-'));
    try {
      const [packed] = JSON.parse(
        execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', dir], {
          encoding: 'utf8',
          stdio: 'pipe',
        }),
      ) as [{ filename: string; files: { path: string }[] }];
      const unwanted = packed.files.filter(({ path }) => !/^(dist|resources)\/|^(LICENSE|README\.md|package\.json)$/.test(path));
      expect(unwanted).toEqual([]);
      execFileSync('tar', ['-xzf', join(dir, packed.filename), '-C', dir]);
      const bin = (JSON.parse(readFileSync(join(dir, 'package', 'package.json'), 'utf8')) as { bin: { tidings: string } }).bin;
      const said = execFileSync(
        process.execPath,
        [join(dir, 'package', bin.tidings), 'stats', '--json', '--data', join(dir, 'data')],
        {
          encoding: 'utf8',
          stdio: 'pipe',
        },
      );
      expect(JSON.parse(said)).toMatchObject({ posts: expect.any(Number) });
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }, 60_000);
});
