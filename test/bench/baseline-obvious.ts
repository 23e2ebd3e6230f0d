/* What is built first: rss-parser fetching 25 at a time, lowdb writing its file once, at the end. Prints one JSON line. */
import { join } from 'node:path';
import { JSONFilePreset } from 'lowdb/node';
import Parser from 'rss-parser';
import { peakMb } from './peak.ts';

const input = JSON.parse(process.argv[2] ?? '{}') as { urls: string[]; dir: string };
const parser = new Parser();
const db = await JSONFilePreset<{ posts: unknown[] }>(join(input.dir, 'obvious.json'), { posts: [] });
let next = 0;
const began = performance.now();
const lane = async (): Promise<void> => {
  while (next < input.urls.length) {
    const feed = await parser.parseURL(input.urls[next++] as string);
    db.data.posts.push(...feed.items);
  }
};
await Promise.all(Array.from({ length: 25 }, lane));
await db.write();
process.stdout.write(`${JSON.stringify({ wallMs: performance.now() - began, posts: db.data.posts.length, rssMb: peakMb() })}\n`);
process.exit(0);
