import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { desktopEntry, quoteForExec } from '../../../main/electron/autostart.ts';

const hasValidator = spawnSync('desktop-file-validate', ['--help']).error === undefined;

describe('the autostart file', () => {
  test('quotes an absolute path so that spaces and dollar signs stay part of it', () => {
    expect(quoteForExec('/opt/My Apps/tidings')).toBe('"/opt/My Apps/tidings"');
    expect(quoteForExec('/opt/$HOME/`x`/"y"')).toBe('"/opt/\\\\$HOME/\\\\`x\\\\`/\\\\"y\\\\""');
    expect(quoteForExec('/opt/a\\b')).toBe('"/opt/a\\\\\\\\b"');
  });

  test('doubles percent signs, which are field codes', () => {
    expect(quoteForExec('/opt/100%u/tidings')).toBe('"/opt/100%%u/tidings"');
  });

  test('starts hidden and holds one Exec line', () => {
    const lines = desktopEntry(['/opt/tidings', '--hidden']).split('\n');
    expect(lines.filter((line) => line.startsWith('Exec='))).toEqual(['Exec="/opt/tidings" "--hidden"']);
  });

  test.skipIf(!hasValidator)('is accepted by desktop-file-validate', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tidings-autostart-')), 'tidings.desktop');
    writeFileSync(file, desktopEntry(['/opt/My Apps/$x/tidings', '--hidden']));
    const { status, stdout } = spawnSync('desktop-file-validate', [file], { encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});
