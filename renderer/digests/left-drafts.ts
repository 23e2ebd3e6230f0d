import { go } from '../client/use-view.ts';
import { leftDrafts } from '../ui/left-drafts.ts';
import { words } from '../words/words.ts';
import type { DigestDraft } from './digest-draft.ts';

/** Drafts of digests that were left unsaved. */
export const { takeLeftDraft, useLeftDraft } = leftDrafts<DigestDraft>({
  ...words.digests.leaving,
  go: (place) => go(['digests', place]),
});
