import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newestAfter, readReleases } from '../../../main/api/releases.ts';
import { compareVersions, readVersion, type Version } from '../../../main/lib/version.ts';

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const version = (text: string): Version => {
  const read = readVersion(text);
  if (!read) throw new Error(`${text} is no version`);
  return read;
};

describe('versions', () => {
  test('stand in the order of Semantic Versioning 2.0.0, section 11', () => {
    const order = [
      '0.9.9',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.1',
      '1.2.0',
      '1.10.0',
      '2.0.0',
    ];
    const shuffled = [...order].reverse().sort((a, b) => compareVersions(version(a), version(b)));
    expect(shuffled).toEqual(order);
  });

  test('compare the same both ways round, whatever they are', () => {
    const word = fc.constantFrom('alpha', 'beta', '1', '2', '11', 'rc');
    const any = fc
      .tuple(fc.nat(12), fc.nat(12), fc.nat(12), fc.array(word, { maxLength: 3 }))
      .map(([a, b, c, before]) => version(`${a}.${b}.${c}${before.length > 0 ? `-${before.join('.')}` : ''}`));
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
      }),
    );
  });

  test('what is no version is none', () => {
    for (const text of [
      '',
      '1',
      '1.2',
      '1.2.3.4',
      'latest',
      '1.2.x',
      '1.2.3-',
      `1.2.3-${'a'.repeat(80)}`,
      '99999999999.0.0',
      ' 1.2.3',
    ])
      expect(readVersion(text), text).toBeUndefined();
  });
});

describe('the list of versions', () => {
  test('gives what is a version, and leaves out the rest', () => {
    const releases = [
      { version: '0.2.0', at: '2026-12-01', page: 'https://elsewhere.test' },
      { version: 'v0.3.0', at: 'soon' },
      { version: 7 },
      null,
      'text',
      { version: '<script>' },
    ];
    expect(readReleases(bytes({ releases }))).toEqual([{ version: '0.2.0', at: '2026-12-01' }, { version: '0.3.0' }]);
  });

  test('that is none is refused in a sentence', () => {
    for (const wrong of ['', 'null', '[]', '{}', '{"releases":1}', '<html>', '{"releases":'])
      expect(() => readReleases(bytes(wrong)), wrong).toThrow(expect.objectContaining({ code: 'DOC_MALFORMED' }));
    expect(() => readReleases(bytes(' '.repeat(300_000)))).toThrow(expect.objectContaining({ code: 'DOC_TOO_BIG' }));
  });

  test('is bounded: no more than five hundred entries are looked at', () => {
    const releases = Array.from({ length: 5000 }, (_, number) => ({ version: `1.0.${number}` }));
    expect(readReleases(bytes({ releases }))).toHaveLength(500);
  });
});

describe('the newest version after this one', () => {
  const newest = (current: string, ...versions: string[]) =>
    newestAfter(
      current,
      versions.map((one) => ({ version: one })),
    )?.version;

  test('is the highest of those that are higher', () => {
    expect(newest('0.1.0', '0.2.0', '0.10.0', '0.9.0')).toBe('0.10.0');
    expect(newest('0.2.0', '0.1.0', '0.2.0')).toBeUndefined();
    expect(newest('0.2.0')).toBeUndefined();
  });

  test('is a version before a release only for who runs one', () => {
    expect(newest('0.1.0', '0.2.0-beta.1')).toBeUndefined();
    expect(newest('0.2.0-beta.1', '0.2.0-beta.2', '0.1.9')).toBe('0.2.0-beta.2');
    expect(newest('0.2.0-beta.1', '0.2.0')).toBe('0.2.0');
  });
});
