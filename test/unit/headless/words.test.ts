import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { instant, keyValues, wholeNumber } from '../../../main/headless/args.ts';
import { findAppBrowser, hasDesktop } from '../../../main/headless/browser.ts';
import { ago, clean, columns, cut, duration, size } from '../../../main/headless/format.ts';
import { makeFolder } from '../../helpers/core-kit.ts';

describe('what a person types and reads', () => {
  test('a title cannot steer the terminal', () => {
    expect(clean('a\u001b[31mred\u0007\nnext\u202e')).toBe('a [31mred  next');
    expect(cut('abcdef', 4)).toBe('abc\u2026');
  });

  test('times and sizes are said in words', () => {
    const now = Date.parse('2026-11-21T10:00:00Z');
    expect(ago('2026-11-21T09:59:30.000Z', now)).toBe('Just now');
    expect(ago('2026-11-21T09:42:00.000Z', now)).toBe('18 min ago');
    expect(ago('2026-11-21T07:00:00.000Z', now)).toBe('3 h ago');
    expect(ago('2026-11-01T07:00:00.000Z', now)).toMatch(/^2026-1[01]-\d\d \d\d:\d\d$/);
    expect(ago('2026-11-22T07:00:00.000Z', now)).toMatch(/^2026-11-22/);
    expect([duration(3400), duration(598_000), duration(7_800_000)]).toEqual(['3.4 s', '9 min 58 s', '2 h 10 min']);
    expect([size(376_700), size(12_300_000)]).toEqual(['376.7 kB', '12.3 MB']);
    expect(
      columns([
        ['a', 'long'],
        ['bbb', 'x'],
      ]),
    ).toBe('a    long\nbbb  x\n');
    expect(columns([])).toBe('');
  });

  test('values of options are JSON where they are, else text', () => {
    expect(keyValues(['limit=500', 'list=top', 'force=true', 'name=a=b', 'ids=["x"]'])).toEqual({
      limit: 500,
      list: 'top',
      force: true,
      name: 'a=b',
      ids: ['x'],
    });
    expect(() => keyValues(['=x'])).toThrow('key=value');
    expect(wholeNumber(undefined, 'n', { min: 0, max: 1 })).toBeUndefined();
    expect(() => wholeNumber('1.5', 'n', { min: 0, max: 9 })).toThrow('--n must be a whole number from 0 to 9.');
    expect(instant('2026-11-21T11:00:00+01:00', 'since')).toBe('2026-11-21T10:00:00.000Z');
    expect(instant('2026-11-21', 'since')).toBe('2026-11-21T00:00:00.000Z');
    expect(() => instant('2026-11-21T11:00:00', 'since')).toThrow('--since');
  });

  test('a window of its own needs a desktop and a browser of the Chromium family', async () => {
    expect(hasDesktop({}, 'linux')).toBe(false);
    expect(hasDesktop({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
    expect(hasDesktop({}, 'darwin')).toBe(true);
    const folder = await makeFolder();
    await mkdir(join(folder.dir, 'bin'));
    expect(findAppBrowser({ PATH: join(folder.dir, 'bin') }, 'linux')).toBeUndefined();
    await writeFile(join(folder.dir, 'bin', 'google-chrome'), '');
    expect(findAppBrowser({ PATH: join(folder.dir, 'bin') }, 'linux')).toBeUndefined();
    await chmod(join(folder.dir, 'bin', 'google-chrome'), 0o755);
    expect(findAppBrowser({ PATH: join(folder.dir, 'bin') }, 'linux')).toBe(join(folder.dir, 'bin', 'google-chrome'));
    await folder.remove();
  });
});
