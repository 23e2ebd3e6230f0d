import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';

const STYLES = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.css') && !/styles\/(tokens|fonts)\.css$/.test(name))
  .map((name) => join('renderer', name));
const tokens = readFileSync('renderer/styles/tokens.css', 'utf8');
const withoutRemarks = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, (remark) => remark.replaceAll(/[^\n]/g, ' '));

type Rule = { what: string; of: RegExp; bad: RegExp; fine?: RegExp };
const COLOUR_WORD = /(^|[\s,(])(white|black|red|green|blue|gr[ae]y|orange|yellow|silver)($|[\s,)])/;
const RULES: Rule[] = [
  { what: 'colour', of: /./, bad: /#[\da-f]{3,8}\b|\b(rgba?|hsla?|oklch|lab|lch)\(/i },
  { what: 'colour', of: /^(color|background.*|border.*|fill|stroke|outline.*|box-shadow)$/, bad: COLOUR_WORD },
  // Parts of the reading text follow its size, so they may be said in em.
  { what: 'size of type', of: /^font-size$/, bad: /\d/, fine: /^var\(|^[\d.]+em$|^100%$/ },
  { what: 'size of type', of: /^font$/, bad: /\d(px|rem)?\s*\/|\d(px|rem) var/, fine: /var\(--text-|[\d.]em \// },
  { what: 'radius', of: /radius$/, bad: /[1-9]\d*px|\drem/ },
  { what: 'duration', of: /^(transition|animation)/, bad: /[1-9][\d.]*m?s\b|(?<![\d.])0?\.\d+s\b/ },
  { what: 'layer', of: /^z-index$/, bad: /\d/, fine: /^var\(/ },
];

/** Values of one style sheet that should be tokens, each with its line. */
const strayIn = (path: string): string[] =>
  withoutRemarks(readFileSync(path, 'utf8'))
    .split('\n')
    .flatMap((line, place) => {
      const [, property, value] = /^\s*([\w-]+)\s*:\s*([^;]+);/.exec(line) ?? [];
      if (!property || !value || property.startsWith('--')) return [];
      return RULES.filter(({ of, bad, fine }) => of.test(property) && bad.test(value) && !fine?.test(value)).map(
        ({ what }) => `${path}:${place + 1} ${what}: ${line.trim()}`,
      );
    });

test('colours, sizes of type, radii, durations and layers are tokens everywhere', () => {
  expect(STYLES.length).toBeGreaterThan(20);
  expect(STYLES.flatMap(strayIn)).toEqual([]);
});

test('every token that is used is there', () => {
  const made = [...STYLES.map((path) => readFileSync(path, 'utf8')), tokens].join('\n');
  const there = new Set([...made.matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name));
  const used = [...made.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name);
  const scripts = readdirSync('renderer', { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
  // Some are set from a script, for the one element they are about.
  const set = scripts.flatMap((name) => [...readFileSync(join('renderer', name), 'utf8').matchAll(/['"`](--[\w-]+)/g)]);
  const given = new Set(set.map(([, name]) => name));
  expect([...new Set(used)].filter((name) => !there.has(name) && !given.has(name))).toEqual([]);
});

describe('the tokens themselves', () => {
  const tokenOf = (name: string): string => new RegExp(`${name}:\\s*([^;]+);`).exec(tokens)?.[1] ?? '';
  it('hover and press take 90 ms, what opens 180 ms, and with reduced motion nothing moves', () => {
    expect(tokenOf('--fast')).toBe('90ms');
    expect(tokenOf('--calm')).toBe('180ms');
    const reduced = /prefers-reduced-motion: reduce\)\s*\{([\s\S]*?)\n\}/.exec(tokens)?.[1] ?? '';
    expect(reduced).toContain('--fast: 0ms');
    expect(reduced).toContain('--calm: 0ms');
  });
  it('no type is smaller than 11 px', () => {
    const sizes = [...tokens.matchAll(/--text-[\w-]+: ([\d.]+)rem/g)].map(([, rem]) => Number(rem) * 16);
    expect(sizes.length).toBeGreaterThan(8);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
  });
  it('compact rows are 24 px high, comfortable ones 28', () => {
    expect(tokenOf('--row')).toBe('28px');
    expect(/data-density="compact"\]\s*\{[^}]*--row: 24px/.test(tokens)).toBe(true);
  });
  it('fonts come from this package, never from a network', () => {
    const all = readdirSync('renderer', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'));
    for (const name of all) expect(readFileSync(join('renderer', name), 'utf8'), name).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  });
});
