import type { EditionContent } from '../../../preload/contract/digest.ts';
import { shorten, toPlain } from './plain.ts';
import { words } from './words.ts';

/** Longest subject, characters: one header line, folded at most a few times. */
const LONGEST = 160;
const LONGEST_NAME = 60;
/** Stands inside what would be read as an encoded word (RFC 2047), so that it stays the text it was. Invisible. */
const JOINER = '\u2060';

/** `Morning desk: the first title`; one line, bounded, no control characters. A test says so first. */
export const subjectOf = (content: EditionContent): string => {
  const first = content.items.toSorted((a, b) => a.section - b.section)[0];
  const what = (first && toPlain(first.title)) || words.nothingSubject;
  const subject = words.subject(shorten(toPlain(content.name), LONGEST_NAME), what);
  const marked = content.isTest ? `${words.testMark} ${subject}` : subject;
  return shorten(marked, LONGEST).replaceAll('=?', `=${JOINER}?`);
};
