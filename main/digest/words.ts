import type { SectionFrom } from '../../preload/contract/digest.ts';
import type { Source } from '../../preload/contract/source.ts';

const NAMED_SOURCES = 3;
const MAX_TITLE = 200;
const MAX_WHY = 200;

const points = (score: number): string => `${score.toLocaleString('en')} ${score === 1 ? 'point' : 'points'}`;
const comments = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'comment' : 'comments'}`;

const named = (ids: readonly string[], sources: ReadonlyMap<string, Source>): string => {
  const titles = ids.flatMap((id) => sources.get(id)?.title.trim() || []);
  if (titles.length === 0) return 'Chosen sources';
  return titles.length <= NAMED_SOURCES ? titles.join(', ') : `${titles.length} sources`;
};

/** What a section is called when the owner gave it no title. */
export const sectionName = (from: SectionFrom, sources: ReadonlyMap<string, Source>): string => {
  switch (from.kind) {
    case 'all':
      return 'The best of all sources';
    case 'hacker-news':
      return 'Hacker News';
    case 'folder':
      return (from.folder.join(' / ') || 'No folder').slice(0, MAX_TITLE);
    case 'sources':
      return named(from.ids, sources).slice(0, MAX_TITLE);
    case 'starred':
      return 'Starred';
  }
};

/** What speaks for a story. */
export type Reasons = {
  score?: number;
  commentCount?: number;
  /** Sources that have it. */
  sources: number;
  isStarred: boolean;
  /** It had too few points when the last edition was made. */
  isLate: boolean;
  sourceTitle: string;
};

/** Why a post is in an edition: *412 points, 88 comments, in 3 sources*. */
export const whyIn = ({ score, commentCount, sources, isStarred, isLate, sourceTitle }: Reasons): string => {
  const reasons = [
    ...(score === undefined ? [] : [points(score)]),
    ...(score !== undefined && commentCount ? [comments(commentCount)] : []),
    ...(sources > 1 ? [`in ${sources} sources`] : []),
    ...(isStarred ? ['starred'] : []),
    ...(isLate ? ['not there yet in the last edition'] : []),
  ];
  const text = reasons.join(', ') || (sourceTitle ? `among the newest of ${sourceTitle}` : 'among the newest');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`.slice(0, MAX_WHY);
};
