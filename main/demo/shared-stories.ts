import type { PostDraft, Store } from '../store/repositories.ts';
import { HOUR, instant } from './past-times.ts';
import type { DemoServer } from './server.ts';
import { DEMO_STORIES } from './world.ts';

/** The story of Hacker News that two of the demo's feeds point at as well. */
const STORY = DEMO_STORIES.find(({ title }) => title === 'The unreasonable calm of append-only files');
const AGE = 3 * HOUR;

const link = (title: string, url: string, summary: string, at: number): PostDraft => ({
  ...{ fingerprint: url, title, url, domain: 'calmfiles.example', summary },
  publishedAt: instant(at - HOUR),
});
const note = (key: string, title: string, at: number): PostDraft => {
  const url = `https://${key}.example/notes/two-clocks`;
  return {
    fingerprint: url,
    title,
    url,
    domain: `${key}.example`,
    summary: 'A letter to both papers.',
    publishedAt: instant(at),
  };
};

/** Stories that several sources tell: one by its address, written three ways, and one by its title. */
export const seedSharedStories = async (store: Store, server: DemoServer): Promise<void> => {
  const at = server.bornAt - AGE;
  const save = (sourceId: string, draft: PostDraft, minutes: number) =>
    store.posts.save(sourceId, [draft], { now: instant(at + minutes * 60_000) });
  const list = store.sources.all().find((source) => source.kind === 'hacker-news');
  if (!STORY?.url || !list) return;
  const { id, title, url, by, score, descendants, type } = STORY;
  const hn = { id, score, commentCount: descendants, type, isDead: false };
  await save(list.id, { fingerprint: `hn:${id}`, title, url, domain: 'calmfiles.example', author: by, summary: '', hn }, 0);
  await save('demo-slow-databases', link(`Worth reading: ${title}`, `${url}?utm_source=feed`, 'On files that only grow.', at), 4);
  await save('demo-quiet-compiler', link('Files that only grow', url.replace('//', '//www.'), 'A calm way to write.', at), 9);
  const letter = 'A town with two clocks asks which of them is late';
  await save('demo-meridian', note('meridian', letter, at), 20);
  await save('demo-riverbend', note('riverbend', letter, at), 31);
};
