/*
 * Adds posts to a store until it is killed, and prints what was acknowledged: one line a save, after its promise resolved.
 * Arguments: folder, number of this life.
 */
import { writeSync } from 'node:fs';
import { silentLog } from '../../main/lib/log.ts';
import { openStore } from '../../main/store/store.ts';

const [dir = '', life = '0'] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);

const store = await openStore({ dir, log: silentLog, compactBytes: 20_000 });
say('open');

const lane = async (name: string): Promise<void> => {
  for (let round = 0; ; round++) {
    const keys = [0, 1, 2].map((number) => `${life}-${name}-${round}-${number}`);
    const drafts = keys.map((key) => ({
      fingerprint: key,
      title: `Post ${key}`,
      url: `https://example.org/${key}`,
      domain: 'example.org',
      summary: key.repeat(5),
      content: `<p>${key}</p>`,
    }));
    const { added } = await store.posts.save(`source-${name}`, drafts, { now: new Date().toISOString() });
    say(added.map((post) => `${post.id}=${post.fingerprint}`).join(' '));
    await store.notes.put(`round-${name}`, `${life}-${round}`);
  }
};
await Promise.all(['a', 'b'].map(lane));
