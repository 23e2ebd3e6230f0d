import { parentPort } from 'node:worker_threads';
import { toErrorData } from '../../preload/contract/errors.ts';
import { toFeedPosts } from './feed-posts.ts';
import { readHomePage } from './home-page.ts';
import { readPageHead } from './page-head.ts';
import { parseFeed } from './parse.ts';
import { READY, type WorkerAnswer, type WorkerQuestion } from './worker-messages.ts';

const answer = async ({ postsFor, isPage, isHead, article, markdown, ...input }: WorkerQuestion): Promise<WorkerAnswer> => {
  // Loaded when asked for: most workers only ever read feeds.
  if (article) return { ok: true, article: (await import('./extract.ts')).extractArticle(input) };
  if (markdown) {
    const html = new TextDecoder().decode(input.bytes);
    return { ok: true, markdown: (await import('./markdown.ts')).toMarkdown(html, markdown) };
  }
  if (isHead) return { ok: true, head: readPageHead(input) };
  if (isPage) return { ok: true, page: readHomePage(input) };
  const feed = await parseFeed(input);
  return postsFor ? { ok: true, posts: toFeedPosts(feed, postsFor) } : { ok: true, feed };
};

/** The worker's side: one document in, one answer out. Time and memory are watched from outside. */
parentPort?.on('message', async (question: WorkerQuestion) => {
  parentPort?.postMessage(await answer(question).catch((error) => ({ ok: false, error: toErrorData(error) })));
});
parentPort?.postMessage(READY);
