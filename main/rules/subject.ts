import type { Post } from '../../preload/contract/post.ts';
import type { TextField } from '../../preload/contract/rule.ts';
import { fold } from '../lib/fold.ts';
import { plainText } from './plain-text.ts';
import { wordsOf } from './words.ts';

/** What a rule looks at. Texts are made when they are first asked for, and once for all rules. */
export type Subject = {
  post: Post;
  /** Where its source stands, outermost first. */
  folder: readonly string[];
  /** Folded; labels that rules before gave are among them. */
  labels: Set<string>;
  text: (field: TextField) => string;
  folded: (field: TextField) => string;
  /** The words of a field; undefined where they cannot be told apart by letters alone. */
  words: (field: TextField) => ReadonlySet<string> | undefined;
};

const once = <Key, Value>(make: (key: Key) => Value): ((key: Key) => Value) => {
  const made = new Map<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
};

/** A post as rules see it. Without its HTML the body is empty. */
export const toSubject = (post: Post, html: string | undefined, folder: readonly string[]): Subject => {
  const text: Subject['text'] = once((field) => {
    if (field === 'body') return html ? plainText(html) : '';
    if (field === 'text') return `${post.title}\n${post.summary}\n${text('body')}`;
    return post[field] ?? '';
  });
  const folded: Subject['folded'] = once((field) => {
    if (field === 'text') return `${folded('title')}\n${folded('summary')}\n${folded('body')}`;
    return fold(text(field)).replace(/\s+/g, ' ').trim();
  });
  const words = once((field: TextField) => ({ set: wordsOf(folded(field)) }));
  return { post, folder, words: (field) => words(field).set, labels: new Set((post.labels ?? []).map(fold)), text, folded };
};
