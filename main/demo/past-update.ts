import type { PostDraft, Store } from '../store/repositories.ts';
import { instant, MINUTE } from './past-times.ts';

const SOURCE = 'demo-saltmarsh';

/** How its author first told it: a figure that was wrong, and a sentence that was thought of later. */
const asFirstTold = ({ title, content = '', ...rest }: PostDraft): PostDraft => ({
  ...rest,
  title: title.replace('dependency', 'problem'),
  content: content
    .replace('forty queries', 'fourteen queries')
    .replace(/<blockquote>.*?<\/blockquote>/s, '')
    .replace('They go wrong at the edges', 'They are wrong at the edges'),
});

/** One post was read before its author corrected it: it stays read, and tells what changed. */
export const seedUpdate = async (
  store: Store,
  sources: readonly { source: { id: string }; posts: readonly { draft: PostDraft }[] }[],
  now: number,
): Promise<void> => {
  const draft = sources.find(({ source }) => source.id === SOURCE)?.posts[0]?.draft;
  if (!draft) return;
  await store.posts.save(SOURCE, [asFirstTold(draft)], { now: instant(now - 50 * MINUTE) });
  const { updated } = await store.posts.save(SOURCE, [draft], { now: instant(now - 20 * MINUTE) });
  await store.posts.mark(
    updated.map(({ id }) => id),
    { isRead: true },
  );
};
