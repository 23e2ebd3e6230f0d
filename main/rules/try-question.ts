import type { Post } from '../../preload/contract/post.ts';
import type { RuleTest } from '../../preload/contract/rule.ts';
import type { Question } from './compile.ts';
import { findMarks } from './find-marks.ts';
import { type Subject, toSubject } from './subject.ts';

/** Posts shown of a test, and what is shown of a text around the words, in characters. */
const SHOWN = 50;
const BEFORE = 50;
const LINE = 180;
/** How long full texts are read for one test, milliseconds. */
const READING_MS = 20_000;

export type TrialParts = {
  /** Newest first. */
  slices: AsyncIterable<readonly Post[]>;
  total: number;
  bodyOf: (post: Post) => Promise<string | undefined>;
  folderOf: (sourceId: string) => readonly string[];
  titleOf: (sourceId: string) => string;
  /** Gives the thread back when it was held long enough. */
  pause: () => Promise<void> | undefined;
  signal: AbortSignal;
  /** Milliseconds that only grow. */
  monotonic: () => number;
};
type Shown = RuleTest['posts'][number];

/** A line of a text around a place, whole words where there are any. */
const cutAround = (whole: string, at: number): string => {
  const near = Math.max(0, at - BEFORE);
  const start = near === 0 ? 0 : Math.min(at, whole.indexOf(' ', near) + 1 || near);
  const last = start + LINE >= whole.length ? whole.length : Math.max(at, whole.lastIndexOf(' ', start + LINE));
  const end = last > at ? last : start + LINE;
  return `${start > 0 ? '… ' : ''}${whole.slice(start, end)}${end < whole.length ? '\u00a0…' : ''}`;
};

/** The first text beside the title in which the words stand, cut to a line around them. */
const lineOf = (question: Question, subject: Subject): Shown['line'] => {
  for (const field of ['summary', 'body', 'author', 'domain'] as const) {
    const whole = subject.text(field);
    const [first] = findMarks(question.asks, field, whole);
    if (!first) continue;
    const text = cutAround(whole, first[0]);
    return { text, found: findMarks(question.asks, field, text) };
  }
  return undefined;
};

const toShown = (question: Question, subject: Subject, sourceTitle: string): Shown => {
  const { id, title, url, collectedAt, isRead, isStarred } = subject.post;
  const line = lineOf(question, subject);
  return {
    id,
    title: title || url,
    sourceTitle,
    collectedAt,
    isRead,
    isStarred,
    inTitle: findMarks(question.asks, 'title', title),
    ...(line ? { line } : {}),
  };
};

/** Asks the question of all posts, without holding anybody up. Rejects with the signal's reason when that is aborted. */
export const tryQuestion = async (question: Question, parts: TrialParts): Promise<RuleTest> => {
  const { folderOf, signal, pause, monotonic } = parts;
  const test: RuleTest = { looked: 0, total: parts.total, matched: 0, posts: [] };
  const until = monotonic() + READING_MS;
  const ask = async (post: Post): Promise<Subject | undefined> => {
    const quick = toSubject(post, undefined, folderOf(post.sourceId));
    const early = question.early(quick);
    if (early === false) return undefined;
    // What is shown is shown with the place of its words.
    const isEnough = early === true && (test.matched >= SHOWN || !question.readsBody);
    if (isEnough) return quick;
    const whole = post.hasBody ? toSubject(post, await parts.bodyOf(post), quick.folder) : quick;
    return question.fits(whole) ? whole : undefined;
  };
  for await (const slice of parts.slices) {
    for (const post of slice) {
      signal.throwIfAborted();
      if (question.readsBody && monotonic() > until) return test;
      const subject = await ask(post);
      test.looked++;
      if (subject && test.matched++ < SHOWN) test.posts.push(toShown(question, subject, parts.titleOf(post.sourceId)));
      await pause();
    }
  }
  return test;
};
