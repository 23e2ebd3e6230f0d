import { AppError } from '../../preload/contract/errors.ts';
import type { Post } from '../../preload/contract/post.ts';
import type { RuleQuestion, RuleTest } from '../../preload/contract/rule.ts';
import { toQuestion } from '../rules/compile.ts';
import { tryQuestion } from '../rules/try-question.ts';
import { createSlicer } from '../store/slices.ts';
import type { Services } from './services.ts';
import { titleOf } from './views.ts';

/** Tests under way, by who asked: a newer one ends the one before. */
const underWay = new WeakMap<Services, Map<string, AbortController>>();

async function* living(slices: AsyncIterable<readonly Post[]>): AsyncGenerator<readonly Post[]> {
  for await (const slice of slices) yield slice.filter((post) => !post.hn?.isDead);
}

/** How the stored posts would fit. Rejects with CANCELLED when a newer test with the same ticket is asked, IPC_INVALID for a bad pattern. */
export const testRule = async (services: Services, wanted: RuleQuestion, ticket: string): Promise<RuleTest> => {
  const { store, clock } = services;
  const tests = underWay.get(services) ?? new Map<string, AbortController>();
  underWay.set(services, tests);
  tests.get(ticket)?.abort(new AppError('CANCELLED', 'Another test took its place.'));
  const control = new AbortController();
  tests.set(ticket, control);
  try {
    const question = await toQuestion(wanted);
    await store.loaded;
    return await tryQuestion(question, {
      slices: living(store.posts.slices(100)),
      total: store.posts.count(),
      bodyOf: store.bodies.get,
      folderOf: (sourceId) => store.sources.get(sourceId)?.folder ?? [],
      titleOf: (sourceId) => titleOf(store, sourceId),
      pause: createSlicer(),
      signal: control.signal,
      monotonic: clock.monotonic,
    });
  } finally {
    if (tests.get(ticket) === control) tests.delete(ticket);
  }
};
