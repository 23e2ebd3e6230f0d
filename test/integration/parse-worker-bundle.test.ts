import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { createFeedParser } from '../../main/feeds/parser.ts';
import { silentLog } from '../../main/lib/log.ts';

const BUNDLE = 'dist/worker/parse-worker.js';

test.skipIf(!existsSync(BUNDLE))(
  `the built parse worker works alone, away from node_modules (skipped where ${BUNDLE} is not built)`,
  async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tidings-worker-'));
    cpSync(dirname(BUNDLE), dir, { recursive: true });
    writeFileSync(join(dir, 'package.json'), '{"type":"module"}');
    const parser = createFeedParser({ log: silentLog, workerUrl: pathToFileURL(join(dir, 'parse-worker.js')) });
    try {
      const text =
        '<rss version="2.0"><channel><title>T</title><item><title>Fish & chips</title><link>https://example.org/1</link></item></channel></rss>';
      const input = { bytes: new TextEncoder().encode(text), url: 'https://example.org/feed' };
      const feed = await parser.parse(input);
      expect(feed.entries[0]).toMatchObject({ title: 'Fish & chips', link: 'https://example.org/1' });
      const made = await parser.parsePosts(input, { source: { id: 's', feedUrl: input.url }, now: 0 });
      expect(made.drafts.map((draft) => draft.title)).toEqual(['Fish & chips']);
      const page = readFileSync(new URL('../fixtures/pages/article-with-nav.html', import.meta.url));
      const article = await parser.extract({ bytes: page, url: 'https://example.org/' });
      expect(article.title).toBe('The harbour that kept its own tide tables');
      expect(await parser.toMarkdown(article.html, { title: 'T' })).toContain('## A gap with a reason');
    } finally {
      await parser.close();
      rmSync(dir, { recursive: true, force: true });
    }
  },
);
