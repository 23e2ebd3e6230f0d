import { z } from 'zod';
import { idSchema, instantSchema } from './values.ts';

/** What can be asked after `is:`. */
export const IS_VALUES = ['unread', 'read', 'starred', 'highlighted', 'muted', 'dead', 'found-later', 'extracted'] as const;
/** What can be asked after `has:`. */
export const HAS_VALUES = ['audio', 'image', 'enclosure', 'comments', 'body', 'label'] as const;
export type IsValue = (typeof IS_VALUES)[number];
export type HasValue = (typeof HAS_VALUES)[number];

/** Longer searches are cut. */
export const MAX_SEARCH = 500;

/** A search that was given a name; it stands in the sidebar as a list of its own. */
export const savedSearchSchema = z.strictObject({
  id: idSchema,
  name: z.string().trim().min(1).max(80),
  /** As it stands in the search field. */
  search: z.string().trim().min(1).max(MAX_SEARCH),
  /** Its place among the others, from 0. */
  place: z.int().nonnegative(),
  addedAt: instantSchema,
});
export type SavedSearch = z.infer<typeof savedSearchSchema>;

/** What is told to save one: without `id` it is new; without `place` it stays where it is, or comes last. */
export const savedSearchDraftSchema = savedSearchSchema
  .pick({ name: true, search: true })
  .extend({ id: idSchema.optional(), place: z.int().nonnegative().optional() });
export type SavedSearchDraft = z.input<typeof savedSearchDraftSchema>;

/** Why a piece of a search is passed over: half typed, or not what the operator takes. */
export type SearchProblem = 'unfinished' | 'date' | 'value';
/** What a piece of a search asks for. */
export type SearchField =
  | ('words' | 'phrase' | 'title' | 'body' | 'author' | 'domain' | 'source' | 'folder' | 'label')
  | ('is' | 'has' | 'after' | 'before' | 'score' | 'comments');

/** One piece of a search as it was understood. */
export type SearchPart = {
  field: SearchField;
  value: string;
  isNot?: true;
  /** It may be this or the piece before it. */
  isOr?: true;
  op?: '>' | '>=' | '<' | '<=' | '=';
  /** The instant a date stands for. */
  at?: string;
  problem?: SearchProblem;
  /** Where it stands in the text, in UTF-16 units. */
  from: number;
  to: number;
};

/** What could be typed at the caret: put `insert` in the place of the text from `from` to `to`. */
export type SearchSuggestion = {
  /** An operator, or a value of one. */
  kind: 'operator' | 'value';
  insert: string;
  from: number;
  to: number;
  /** How many posts it would find, where that is known. */
  posts?: number;
};

/** A search in words of its parts, and what could be typed next. */
export type SearchMeaning = {
  parts: SearchPart[];
  suggestions: SearchSuggestion[];
  /** So many full texts are not in the index yet. */
  waiting?: number;
};
