import type { Message, MessageParts } from '../../preload/contract/message.ts';

/** The most that one message holds. */
const MOST_SOURCES = 100;
const MOST_LINES = 50;
const MOST_POSTS = 5;

/** A message about nothing. */
export const NO_PARTS: MessageParts = { sources: [], more: 0, rules: [], problems: [], digests: [] };

/** Whether there is nothing to tell. */
export const isEmpty = ({ sources, rules, problems, digests }: MessageParts): boolean =>
  sources.length + rules.length + problems.length + digests.length === 0;

const merge = <Row>(rows: readonly Row[], idOf: (row: Row) => string, join: (before: Row, after: Row) => Row): Row[] => {
  const found = new Map<string, Row>();
  for (const row of rows) {
    const before = found.get(idOf(row));
    found.set(idOf(row), before ? join(before, row) : row);
  }
  return [...found.values()];
};

/** Several messages as one: what is about the same source or rule is added up, problems are named once. */
export const joinParts = (all: readonly MessageParts[]): MessageParts => {
  const sources = merge(
    all.flatMap((parts) => parts.sources),
    ({ id }) => id,
    (before, after) => ({
      ...after,
      total: before.total + after.total,
      posts: [...after.posts, ...before.posts].slice(0, MOST_POSTS),
    }),
  ).toSorted((left, right) => right.total - left.total);
  const rules = merge(
    all.flatMap((parts) => parts.rules),
    ({ id }) => id,
    (before, after) => ({ ...after, total: before.total + after.total }),
  );
  const problems = merge(
    all.flatMap((parts) => parts.problems),
    ({ id }) => id,
    (_before, after) => after,
  );
  const cutOff = sources.slice(MOST_SOURCES).reduce((sum, { total }) => sum + total, 0);
  return {
    sources: sources.slice(0, MOST_SOURCES),
    more: all.reduce((sum, { more }) => sum + more, cutOff),
    rules: rules.slice(0, MOST_LINES),
    problems: problems.slice(-MOST_LINES),
    digests: all.flatMap((parts) => parts.digests).slice(-MOST_LINES),
  };
};

/** Messages that were held back as the one that is told when the quiet hours are over. */
export const joinHeld = (held: readonly Message[], at: string): Pick<Message, 'id' | 'at' | 'parts'> => ({
  // The same messages give the same id: a stop in between does not tell them twice.
  id: held.length === 1 && held[0] ? held[0].id : `held-${held.length}-${held.at(-1)?.id ?? ''}`.slice(0, 120),
  at,
  parts: joinParts(held.map(({ parts }) => parts)),
});
