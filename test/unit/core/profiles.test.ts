import { describe, expect, test } from 'vitest';
import { runCli } from '../../../main/headless/cli.ts';
import { withProfile } from '../../../main/lib/data-dir.ts';

const place = { platform: 'linux', env: {}, home: '/home/ines', cwd: '/' } as const;

describe('a profile', () => {
  test('is a data folder of its own beside the usual one', () => {
    const folder = (env: Record<string, string>, platform: NodeJS.Platform = 'linux') =>
      withProfile(['--hidden', '--profile', 'work'], { ...place, env, platform });
    expect(folder({})).toEqual({ argv: ['--hidden', '--data', '/home/ines/.local/share/tidings-work'] });
    expect(folder({ XDG_DATA_HOME: '/data' })).toEqual({ argv: ['--hidden', '--data', '/data/tidings-work'] });
    expect(folder({ TIDINGS_DATA: '/srv/news' })).toEqual({ argv: ['--hidden', '--data', '/srv/news-work'] });
    expect(folder({}, 'darwin')).toEqual({
      argv: ['--hidden', '--data', '/home/ines/Library/Application Support/Tidings/data-work'],
    });
  });

  test('may be written with an equals sign, and a command line without one is left as it is', () => {
    expect(withProfile(['posts', '--profile=home-2', '--json'], place)).toEqual({
      argv: ['posts', '--json', '--data', '/home/ines/.local/share/tidings-home-2'],
    });
    expect(withProfile(['posts', '--data', '/x'], place)).toEqual({ argv: ['posts', '--data', '/x'] });
  });

  test.each([['..'], ['a/b'], [''], ['-x'], ['a'.repeat(33)], ['a b'], ['work\n']])('is never called %j', (name) => {
    expect(withProfile([`--profile=${name}`], place)).toHaveProperty('problem');
    expect(withProfile(['--profile', name], place)).toHaveProperty('problem');
  });

  test('is refused beside a folder, as bad usage', async () => {
    const told: string[] = [];
    const io = { tell: (line: string) => told.push(line), env: {}, cwd: '/' } as unknown as Parameters<typeof runCli>[1];
    expect(await runCli(['stats', '--profile', 'work', '--data', '/x'], io)).toBe(2);
    expect(told).toEqual(['tidings: Give either --profile or --data, not both. See: tidings help']);
  });
});
