/* The built entry of the desktop's program with `--headless`, in plain Node where `electron` cannot be imported at all. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** Runs the entry as an unpackaged application; whatever imports Electron fails. */
const NO_ELECTRON = `data:text/javascript,${encodeURIComponent(`
import { registerHooks } from 'node:module';
Object.assign(process, { defaultApp: true });
registerHooks({ resolve(name, context, next) { if (name === 'electron') throw new Error('Electron was asked for'); return next(name, context); } });
`)}`;
const DESKTOP = ['--import', NO_ELECTRON, 'dist/main/electron.js', '--headless'];
const NPM = ['dist/main/tidings.js'];
const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'tidings-headless-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const run = (program: readonly string[], words: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...words], { encoding: 'utf8', env });
  return { status, stdout, stderr };
};

test('the program of the desktop answers the commands of the npm package, without a display and without Electron', () => {
  const data = ['--data', join(dir, 'data')];
  const lines = [
    ['--version'],
    ['help'],
    ['source', 'list', '--json', ...data],
    ['schedule', 'list', '--json', ...data],
    ['posts', '--limit', '3', '--json', ...data],
    ['next', '{"type":"daily","time":"09:00"}', '--zone', 'Europe/Berlin', '--from', '2026-11-21T10:00:00Z', '--count', '3'],
    ['no-such-command'],
    ['posts', '--limit', 'many', ...data],
  ];
  for (const words of lines) expect(run(DESKTOP, words)).toEqual(run(NPM, words));
  expect(run(DESKTOP, ['no-such-command']).status).toBe(2);
});

test('without --headless the same entry is the application, which asks for Electron', () => {
  const { status, stderr } = run(DESKTOP.slice(0, -1), ['--data', join(dir, 'data')]);
  expect(status).not.toBe(0);
  expect(stderr).toContain('Electron was asked for');
});

test('it serves the window on loopback and stops when it is told to', async () => {
  const child: ChildProcess = spawn(process.execPath, [...DESKTOP, 'serve', '--no-schedule', '--data', join(dir, 'served')], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = once(child, 'exit');
  try {
    if (!child.stdout) throw new Error('It has no output');
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    expect(line).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#k=\S+$/);
    const page = await fetch(new URL('/', line));
    expect(await page.text()).toContain('<div id="root">');
  } finally {
    child.kill('SIGTERM');
  }
  expect(await exited).toEqual([0, null]);
});
