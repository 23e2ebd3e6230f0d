import type { Entry, Layout, Part } from './layout.ts';
import { words } from './words.ts';

/** Columns of a line (RFC 5322 wants 78 at most). Addresses and long words stand whole. */
export const COLUMNS = 78;

/** Takes two columns of a line, and may be parted from its neighbour without a space. */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60\u3000-\u303f]/u;

const widthOf = (text: string): number => [...text].reduce((sum, letter) => sum + (WIDE.test(letter) ? 2 : 1), 0);

/** Parts a word in wide letters where the line is full. */
const pieces = (word: string): string[] => {
  if (widthOf(word) <= COLUMNS || !WIDE.test(word)) return [word];
  const found: string[] = [''];
  for (const letter of word) {
    const last = found.length - 1;
    if (widthOf(`${found[last]}${letter}`) > COLUMNS) found.push(letter);
    else found[last] += letter;
  }
  return found;
};

/** Fills lines with words. */
export const wrap = (text: string): string => {
  const lines: string[] = [''];
  for (const word of text.split(' ').flatMap(pieces)) {
    const last = lines.length - 1;
    const line = lines[last] ?? '';
    if (line === '') lines[last] = word;
    else if (widthOf(line) + 1 + widthOf(word) <= COLUMNS) lines[last] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
};

const underlined = (title: string, mark: string): string =>
  `${wrap(title)}\n${mark.repeat(Math.min(COLUMNS, Math.max(1, widthOf(title))))}`;

const entryText = (entry: Entry): string =>
  [
    wrap(entry.title),
    entry.summary && wrap(entry.summary),
    wrap([entry.place, entry.author, entry.points, entry.comments].filter(Boolean).join(', ')),
    entry.why && wrap(`${words.why} ${entry.why}`),
    entry.url,
    entry.commentsUrl && entry.commentsUrl !== entry.url && `${words.comments} ${entry.commentsUrl}`,
  ]
    .filter(Boolean)
    .join('\n');

const partText = (part: Part): string =>
  [part.title && underlined(part.title, '-'), ...part.entries.map(entryText), part.more && wrap(part.more)]
    .filter(Boolean)
    .join('\n\n');

/** An edition as plain text, in the same order as its HTML. `foot` are the sentences under it. */
export const toText = (layout: Layout, foot: readonly string[]): string => {
  const blocks = [
    layout.isTest && wrap(words.testNote),
    `${underlined(layout.name, '=')}\n${layout.numbered}`,
    ...layout.parts.map(partText),
    layout.parts.length === 0 && words.nothingNew,
    layout.more && wrap(layout.more),
    // Two dashes and a space part what follows from the text (RFC 3676).
    `-- \n${foot.map(wrap).join('\n')}`,
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
};
