import type { SourceRow } from '../../preload/contract/source.ts';

/** How the first fetch goes: sources done of all that are asked, posts so far, and who failed with what sentence. */
export type ArrivalState = {
  all: number;
  done: number;
  posts: number;
  failed: { id: string; title: string; message: string }[];
  /** Something is being asked, or was: there is something to tell. */
  hasBegun: boolean;
  /** Nobody is being asked any more. */
  isOver: boolean;
};

/** Reads the first fetch off the sources; paused ones are not asked and not counted. */
export const arrivalOf = (rows: readonly SourceRow[]): ArrivalState => {
  const asked = rows.filter(({ source }) => !source.paused);
  const failed: ArrivalState['failed'] = [];
  let done = 0;
  let running = 0;
  for (const { source, recent } of asked) {
    const last = recent.at(-1);
    if (last?.status === 'queued' || last?.status === 'ongoing') running += 1;
    if (last?.status !== 'completed' && last?.status !== 'failed') continue;
    done += 1;
    if (last.status === 'failed') failed.push({ id: source.id, title: source.title, message: last.errorMessage });
  }
  const posts = rows.reduce((sum, row) => sum + row.posts, 0);
  return { all: asked.length, done, posts, failed, hasBegun: done + running > 0, isOver: running === 0 && done === asked.length };
};
