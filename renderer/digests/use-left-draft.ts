import { useEffect, useRef } from 'react';
import { go } from '../client/use-view.ts';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import type { DigestDraft } from './digest-draft.ts';

const { leaving: say } = words.digests;

/* What was typed and left unsaved, until it is taken up again. One for each place. */
const left = new Map<string, DigestDraft>();

/** What was left unsaved at this place and asked back; forgets it. */
export const takeLeftDraft = (place: string): DigestDraft | undefined => {
  const draft = left.get(place);
  left.delete(place);
  return draft;
};

/**
 * Guards what is typed: whoever leaves without saving is told so and can have it back; closing the window asks first.
 * `unsaved` is absent when there is nothing to lose. `place` is the id of the digest, or `new`.
 */
export const useLeftDraft = (place: string, unsaved: DigestDraft | undefined): { forget: () => void } => {
  const toast = useToast();
  const latest = useRef(unsaved);
  latest.current = unsaved;
  const isSaved = useRef(false);
  useEffect(() => {
    const stay = (event: BeforeUnloadEvent) => {
      if (latest.current && !isSaved.current) event.preventDefault();
    };
    addEventListener('beforeunload', stay);
    return () => {
      removeEventListener('beforeunload', stay);
      const draft = latest.current;
      if (!draft || isSaved.current) return;
      const goBack = () => {
        left.set(place, draft);
        go(['digests', place]);
      };
      toast({ text: say.notSaved(draft.name), undo: goBack, actionLabel: say.goBack });
    };
  }, [place, toast]);
  return {
    forget: () => {
      isSaved.current = true;
    },
  };
};
