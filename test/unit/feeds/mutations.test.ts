import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ParsedFeed, ParsedItem } from '../../../main/feeds/parsed-feed.ts';
import { toPosts } from '../../../main/feeds/to-post.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import { FEED_URL, read, textsIn } from './feed-kit.ts';

const FOLDER = 'test/fixtures/feeds';
const bases = readdirSync(FOLDER)
  .filter((name) => name !== 'expected.json')
  .map((name) => ({ name, bytes: readFileSync(`${FOLDER}/${name}`) }));

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

const entryProblems = (entry: ParsedItem): string[] => {
  const dates = [entry.published, entry.updated].filter((date) => date !== undefined);
  const links = [entry.link, entry.commentsUrl, ...entry.enclosures.map((enclosure) => enclosure.url)].filter(
    (link) => link !== undefined,
  );
  return [
    ...dates.filter((date) => !INSTANT.test(date)).map((date) => `date ${date}`),
    ...links.filter((link) => !/^https?:\/\//.test(link)).map((link) => `link ${link}`),
    ...((entry.title?.length ?? 0) > 500 ? ['long title'] : []),
  ];
};

/** What holds of every feed that comes out, whatever went in. */
const problemsOf = (feed: ParsedFeed): string[] => [
  ...feed.entries.flatMap(entryProblems),
  ...textsIn(feed).filter((text) => CONTROL.test(text) || !text.isWellFormed()),
  ...(feed.itemsCount < feed.entries.length ? ['count'] : []),
];

/** `undefined` when all is well; a feed or an AppError is well, anything else is not. */
const tryOut = async (bytes: Uint8Array): Promise<string | undefined> => {
  try {
    const feed = await read(bytes);
    toPosts(feed, { id: 's', feedUrl: FEED_URL }, Date.UTC(2026, 10, 21));
    return problemsOf(feed)[0];
  } catch (error) {
    return error instanceof AppError && error.code !== 'INTERNAL' ? undefined : `thrown: ${String(error)}`;
  }
};

/** Numbers that look random and are the same at each run (mulberry32). */
const createChance = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

describe('a mutated feed never breaks the reader', () => {
  test.each(bases)('$name cut at every offset', async ({ bytes }) => {
    for (let end = 0; end < bytes.length; end++) expect(await tryOut(bytes.subarray(0, end)), `cut at ${end}`).toBeUndefined();
  });

  test('5,000 feeds with bytes flipped', async () => {
    const chance = createChance(20_261_121);
    for (let n = 0; n < 5000; n++) {
      const { name, bytes } = bases[n % bases.length] as (typeof bases)[0];
      const mutant = Uint8Array.from(bytes);
      for (let flips = 1 + chance(4); flips > 0; flips--) mutant[chance(mutant.length)] = chance(256);
      expect(await tryOut(mutant), `${name}, mutant ${n}`).toBeUndefined();
    }
  });

  test('1,000 feeds spliced from two', async () => {
    const chance = createChance(7);
    for (let n = 0; n < 1000; n++) {
      const a = bases[chance(bases.length)] as (typeof bases)[0];
      const b = bases[chance(bases.length)] as (typeof bases)[0];
      const mutant = Buffer.concat([a.bytes.subarray(0, chance(a.bytes.length)), b.bytes.subarray(chance(b.bytes.length))]);
      expect(await tryOut(mutant), `${a.name} and ${b.name}, mutant ${n}`).toBeUndefined();
    }
  });
});
