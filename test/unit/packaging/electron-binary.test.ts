import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasElectronBinary } from '../../helpers/electron-binary.ts';

test('real Electron is there when its installer named a program and the program is there, and not before', () => {
  const root = mkdtempSync(join(tmpdir(), 'tidings-electron-'));
  const electron = join(root, 'node_modules', 'electron');
  try {
    expect(hasElectronBinary(root, {})).toBe(false);
    mkdirSync(join(electron, 'dist'), { recursive: true });
    expect(hasElectronBinary(root, {})).toBe(false);
    writeFileSync(join(electron, 'path.txt'), 'electron');
    expect(hasElectronBinary(root, {})).toBe(false);
    writeFileSync(join(electron, 'dist', 'electron'), '');
    expect(hasElectronBinary(root, {})).toBe(true);
    expect(hasElectronBinary(root, { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'elsewhere') })).toBe(false);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
