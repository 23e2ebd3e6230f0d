import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseFeed } from '../../main/feeds/parse.ts';

const CORPUS = '../shared/corpus/feeds';
type Case = { file: string; http: { url: string; contentType?: string; contentLocation?: string } };

/** Each file that may fail, and why we read it differently. */
const DIFFERENT = new Map([
  ['feeds/fastfeedparser/osm-pl.xml', 'ends inside its last item, which is dropped (hostile case 67)'],
  ['feeds/feedsmith/atom-03.xml', 'an enclosure is resolved against xml:base, the claim ignores it'],
  ['feeds/feedsmith/rss-ns.xml', 'has both author and dc:creator; we show author'],
  ['feeds/netnewswire/cloudblog.rss', 'the claim runs the name and the title of an author together'],
  ['feeds/node-feedparser/saxerror.xml', 'the claim loses a bare & and its name from a link'],
  ['feeds/real-2025/a4911b-davidbau.com.xml', 'byte 0x97 is a dash in windows-1252, the claim drops it'],
  ['feeds/rss-parser/itunes-missing-image.rss', 'the author is a bare address; we show the name beside it'],
]);

describe.skipIf(!existsSync(`${CORPUS}/expectations.json`))(`the feeds of ${CORPUS} (skipped where they are absent)`, () => {
  test('at least 255 of 266 files are read as their publishers meant them, and no other than the known ones differ', async () => {
    const out = mkdtempSync(join(tmpdir(), 'tidings-corpus-'));
    try {
      const cases: Case[] = JSON.parse(readFileSync(`${CORPUS}/expectations.json`, 'utf8'));
      for (const { file, http } of cases) {
        const answer = await parseFeed({ bytes: readFileSync(join(CORPUS, file)), ...http }).catch((error: unknown) => ({
          error: String(error),
        }));
        mkdirSync(dirname(join(out, file)), { recursive: true });
        writeFileSync(join(out, `${file}.json`), JSON.stringify(answer));
      }
      const fails = join(out, 'fails.json');
      const score = spawnSync(process.execPath, [`${CORPUS}/score.mjs`, out, '--json', '--fails', fails], {
        encoding: 'utf8',
        timeout: 60_000,
      });
      const [right, all] = (JSON.parse(score.stdout) as { total: [number, number] }).total;
      expect(all).toBe(266);
      expect(right).toBeGreaterThanOrEqual(255);
      const failed = (JSON.parse(readFileSync(fails, 'utf8')) as { file: string }[]).map((fail) => fail.file);
      expect(failed.filter((file) => !DIFFERENT.has(file))).toEqual([]);
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });
});
