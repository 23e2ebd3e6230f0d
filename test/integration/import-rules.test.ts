import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const SIDES = ['main', 'preload', 'renderer'];
let copy = '';

/** The tree without its past, so that a violation can be planted in it. */
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'tidings-imports-'));
  for (const name of [...SIDES, '.dependency-cruiser.cjs', 'tsconfig.base.json', 'package.json']) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

type Report = { summary: { totalCruised: number; violations: { from: string; rule: { name: string } }[] } };
const cruise = (): Report => {
  const cli = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const { stdout } = spawnSync(
    process.execPath,
    [cli, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...SIDES],
    { cwd: copy, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  return JSON.parse(stdout) as Report;
};

describe('the import rules', () => {
  test('hold over the whole tree, and really look at it (A-14)', () => {
    const { summary } = cruise();
    expect(summary.violations).toEqual([]);
    // A cruiser that cannot read TypeScript reports no violations in no modules.
    expect(summary.totalCruised).toBeGreaterThan(50);
  });

  test('catch what is planted against them (A-14)', () => {
    appendFileSync(join(copy, 'main', 'lib', 'ids.ts'), "\nimport { app } from 'electron';\nexport const planted = app;\n");
    appendFileSync(
      join(copy, 'main', 'net', 'url.ts'),
      "\nimport { openStore } from '../store/store.ts';\nexport const planted = openStore;\n",
    );
    appendFileSync(join(copy, 'main', 'api', 'dispatch.ts'), "\nimport { Low } from 'lowdb';\nexport const planted = Low;\n");
    appendFileSync(
      join(copy, 'renderer', 'posts', 'posts-screen.tsx'),
      "\nimport { StatsScreen } from '../stats/stats-screen.tsx';\nexport const planted = StatsScreen;\n",
    );
    const caught = new Set(cruise().summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`));
    expect(caught).toContain('main/lib/ids.ts: only-main-electron-preload-index-ts-imports-electron');
    expect(caught).toContain('main/net/url.ts: net-room');
    expect(caught).toContain('main/api/dispatch.ts: only-main-store-imports-lowdb');
    expect(caught).toContain('renderer/posts/posts-screen.tsx: screens-do-not-meet');
  });
});
