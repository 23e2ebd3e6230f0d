import { AppError } from '../../preload/contract/errors.ts';
import type { Condition, TextField } from '../../preload/contract/rule.ts';
import { fold } from '../lib/fold.ts';
import { type Pattern, readPattern } from './pattern.ts';
import type { Subject } from './subject.ts';
import { findWords, type Wanted, wantedOf } from './words.ts';

/** One condition, ready to be asked. */
export type Ask = {
  /** It needs the post's full text. */
  readsBody: boolean;
  fits: (subject: Subject) => boolean;
  /** What to mark where it fits, for those that look for words. */
  marks?: { field: TextField; wanted?: Wanted; pattern?: Pattern };
};

type TextCondition = Extract<Condition, { field: TextField }>;
const isText = (condition: Condition): condition is TextCondition =>
  ['title', 'summary', 'body', 'text', 'author', 'domain'].includes(condition.field);

const textAsk = async ({ field, operator, value }: TextCondition, place: string): Promise<Ask> => {
  const readsBody = field === 'body' || field === 'text';
  if (operator === 'matches') {
    const pattern = await readPattern(value, place);
    return { readsBody, fits: (subject) => pattern.test(subject.text(field)), marks: { field, pattern } };
  }
  const wanted = wantedOf(value);
  // Accents alone fold to nothing, and nothing is everywhere.
  if (wanted.text === '') throw new AppError('IPC_INVALID', 'There are no letters to look for.', { field: place });
  const has = (subject: Subject): boolean => {
    if (wanted.first !== '' && subject.words(field)?.has(wanted.first) === false) return false;
    return findWords(subject.folded(field), wanted) >= 0;
  };
  // Whole texts are compared as they were typed, a star included.
  const whole: Wanted = { text: fold(value).replace(/\s+/g, ' ').trim(), isOpen: true, first: '' };
  const asks: Record<Exclude<typeof operator, 'matches'>, Ask> = {
    contains: { readsBody, fits: has, marks: { field, wanted } },
    lacks: { readsBody, fits: (subject) => !has(subject) },
    is: { readsBody, fits: (subject) => subject.folded(field) === whole.text, marks: { field, wanted: whole } },
    'is-not': { readsBody, fits: (subject) => subject.folded(field) !== whole.text },
    'starts-with': {
      readsBody,
      fits: (subject) => subject.folded(field).startsWith(whole.text),
      marks: { field, wanted: whole },
    },
  };
  return asks[operator];
};

const plain = (fits: Ask['fits']): Ask => ({ readsBody: false, fits });
const numberOf = ({ post }: Subject, field: 'score' | 'comments'): number | undefined =>
  field === 'score' ? post.hn?.score : post.hn?.commentCount;

/** Whether something is so, or is not, as the condition wants it. */
const either = (condition: { operator: 'is' | 'is-not' }, isSo: Ask['fits']): Ask => {
  const wanted = condition.operator === 'is';
  return plain((subject) => isSo(subject) === wanted);
};

/** Makes a condition ready. Throws IPC_INVALID with `place` for a pattern that cannot be read. */
export const toAsk = async (condition: Condition, place: string): Promise<Ask> => {
  if (isText(condition)) return textAsk(condition, place);
  switch (condition.field) {
    case 'source':
      return either(condition, ({ post }) => post.sourceId === condition.value);
    case 'folder':
      return either(condition, ({ folder }) => condition.value.every((name, depth) => folder[depth] === name));
    case 'label': {
      const label = fold(condition.value);
      return either(condition, ({ labels }) => labels.has(label));
    }
    case 'type':
      return either(condition, ({ post }) => (post.hn?.type ?? 'post') === condition.value);
    case 'enclosure':
      return either(condition, ({ post }) => (post.enclosures?.length ?? 0) > 0);
    default: {
      const { field, operator, value } = condition;
      return plain((subject) => {
        const number = numberOf(subject, field);
        return number !== undefined && (operator === 'at-least' ? number >= value : number <= value);
      });
    }
  }
};
