import { parentPort } from 'node:worker_threads';
import { toErrorData } from '../../preload/contract/errors.ts';
import { parseFeed } from './parse.ts';
import type { FeedInput } from './parsed-feed.ts';
import type { WorkerAnswer } from './parser.ts';

/** The worker's side: one document in, one answer out. Time and memory are watched from outside. */
parentPort?.on('message', async (input: FeedInput) => {
  const answer: WorkerAnswer = await parseFeed(input).then(
    (feed) => ({ ok: true as const, feed }),
    (error) => ({ ok: false as const, error: toErrorData(error) }),
  );
  parentPort?.postMessage(answer);
});
