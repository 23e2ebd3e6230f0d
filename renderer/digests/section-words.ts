import type { EditionContent } from '../../preload/contract/digest.ts';
import { words } from '../words/words.ts';
import type { SectionDraft } from './digest-draft.ts';

const { sections: say } = words.digests;
type Titles = ReadonlyMap<string, string>;

/** What a section is called: by its title, else by where its posts come from. */
export const sectionName = ({ title, kind, folder, ids }: SectionDraft, titles: Titles): string => {
  if (title.trim()) return title.trim();
  if (kind === 'folder' && folder.length > 0) return folder.join(' / ');
  if (kind === 'sources' && ids.length > 0) {
    const [only] = ids;
    return ids.length === 1 && only ? (titles.get(only) ?? say.chosen(1)) : say.chosen(ids.length);
  }
  return say.unnamed[kind];
};

/** What a section takes, in words: *100 points or more, 8 at most*. */
export const sectionSummary = ({ kind, minScore, maxItems }: SectionDraft): string => {
  const points = minScore.trim() === '' ? undefined : Number(minScore);
  const first = kind === 'starred' ? say.starredSince : points ? say.pointsOrMore(points) : say.everyNew;
  const cap = Number(maxItems);
  return [first, maxItems.trim() !== '' && cap > 0 ? say.capOf(cap) : ''].filter(Boolean).join(', ');
};

/** How many posts a section has in a preview: *8 of 21*. */
export const sectionCount = (content: EditionContent, place: number): string => {
  const section = content.sections[place];
  if (!section) return '';
  const items = content.items.filter((item) => item.section === place).length;
  return section.more > 0 ? say.inOf(items, items + section.more) : say.inIt(items);
};

/** The sections with one of them a place further up (-1) or down (1). */
export const moved = (sections: readonly SectionDraft[], key: number, by: 1 | -1): SectionDraft[] => {
  const at = sections.findIndex((section) => section.key === key);
  const to = at + by;
  const one = sections[at];
  if (!one || to < 0 || to >= sections.length) return [...sections];
  return sections.toSpliced(at, 1).toSpliced(to, 0, one);
};
