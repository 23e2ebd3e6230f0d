/* The same with lowdb's own file adapter: the whole file at each change. Prints one JSON line. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { JSONFilePreset } from 'lowdb/node';

const input = JSON.parse(process.argv[2] ?? '{}') as { dir: string; posts: number };
const row = (index: number): object => ({
  id: `p${index}`,
  sourceId: `s${index % 500}`,
  title: `A post about water, paper and engines, number ${index}`,
  url: `https://site${index % 500}.example/posts/${index}`,
  summary: `${'quiet ledger signal garden winter branch copper lantern mirror column '.repeat(5)}${index}`.slice(0, 400),
  publishedAt: '2026-01-01T00:00:00.000Z',
  isRead: false,
});
const file = join(input.dir, 'lowdb.json');
const isNew = !existsSync(file);
const began = performance.now();
const db = await JSONFilePreset<{ posts: object[] }>(file, { posts: [] });
const loadMs = performance.now() - began;
if (isNew) {
  db.data.posts = Array.from({ length: input.posts }, (_, index) => row(index));
  await db.write();
}
const times: number[] = [];
for (let round = 0; round < 3; round++) {
  const at = performance.now();
  db.data.posts.push(...Array.from({ length: 500 }, (_, index) => row(1_000_000 + index)));
  await db.write();
  times.push(performance.now() - at);
}
process.stdout.write(`${JSON.stringify({ loadMs, appendMs: times.toSorted((a, b) => a - b)[1] })}\n`);
process.exit(0);
