import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { OpmlImport, Source } from '../../preload/contract/source.ts';
import { cli, jsonOf } from '../helpers/cli-kit.ts';
import { makeFolder } from '../helpers/core-kit.ts';

const LISTS = fileURLToPath(new URL('../../../shared/corpus/opml/', import.meta.url));
type Expected = { file: string; feeds: number; uniqueFeedUrls: number; folders: number; nonHttpUrls: number };
/** Where an address is counted otherwise than by its letters: `feed:` is http. */
const COUNTED_OTHERWISE: Record<string, number> = {
  'synthetic-deep-1080.opml': 1,
  'synthetic-deep-1080-utf16.opml': 1,
};
const hasLists = existsSync(join(LISTS, 'expected.json'));
const expected = hasLists ? (JSON.parse(readFileSync(join(LISTS, 'expected.json'), 'utf8')) as Expected[]) : [];

/** What makes two lists of sources the same. */
const essence = (sources: readonly Source[]) =>
  sources
    .filter((source) => source.kind === 'feed')
    .map(({ title, folder, feedUrl }) => JSON.stringify({ title, folder, feedUrl }))
    .sort();

describe.skipIf(!hasLists)('the lists of feeds beside the repository (skipped: ../shared is absent)', () => {
  test('there are 29 of them', () => expect(expected).toHaveLength(29));

  test.each(expected)(
    '$file is imported with its counts, exported, and comes back the same',
    async ({ file, feeds, uniqueFeedUrls, folders, nonHttpUrls }) => {
      const [first, second, lists] = [await makeFolder(), await makeFolder(), await makeFolder()];
      const run = (dir: string, ...args: string[]) => cli([...args, '--data', dir, '--json']);
      const imported = jsonOf<OpmlImport>(await run(first.dir, 'source', 'import', join(LISTS, file)));
      expect(imported).toMatchObject({ found: feeds, folders });
      expect(imported.added).toBe(uniqueFeedUrls - nonHttpUrls + (COUNTED_OTHERWISE[file] ?? 0));
      expect(imported.added + imported.known + imported.refused.length).toBe(feeds);
      const sources = jsonOf<Source[]>(await run(first.dir, 'source', 'list'));
      expect(essence(sources)).toHaveLength(imported.added);
      for (const { feedUrl } of sources.filter((source) => source.kind === 'feed')) expect(feedUrl).toMatch(/^https?:\/\//);
      if (nonHttpUrls === 0) expect(imported.refused).toEqual([]);

      const again = jsonOf<OpmlImport>(await run(first.dir, 'source', 'import', join(LISTS, file)));
      expect(again).toMatchObject({ added: 0, known: imported.added + imported.known });

      const { text } = jsonOf<{ text: string }>(await run(first.dir, 'source', 'export'));
      await writeFile(join(lists.dir, 'copy.opml'), text);
      await run(second.dir, 'source', 'import', join(lists.dir, 'copy.opml'));
      const copied = jsonOf<Source[]>(await run(second.dir, 'source', 'list'));
      expect(essence(copied)).toEqual(essence(sources));
      await first.remove();
      await second.remove();
      await lists.remove();
    },
  );
});
