import { go } from '../client/use-view.ts';
import { leftDrafts } from '../ui/left-drafts.ts';
import { words } from '../words/words.ts';
import type { Draft } from './editor-draft.ts';

/** Drafts of schedules that were left unsaved. */
export const { takeLeftDraft, useLeftDraft } = leftDrafts<Draft>({
  ...words.schedules.leaving,
  go: (place) => go(['schedules', place]),
});
