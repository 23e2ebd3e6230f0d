import { useEffect, useRef } from 'react';
import { useToast } from './toast.tsx';

/** What an editor says of a draft that was left, and how one comes back to the place it was left at. */
type Leaving = { notSaved: (name: string) => string; goBack: string; go: (place: string) => void };

/** Keeps what was typed into an editor and left unsaved until it is taken up again, one draft for each place. */
export const leftDrafts = <Draft extends { name: string }>({ notSaved, goBack, go }: Leaving) => {
  const left = new Map<string, Draft>();

  /** What was left unsaved at this place and asked back; forgets it. */
  const takeLeftDraft = (place: string): Draft | undefined => {
    const draft = left.get(place);
    left.delete(place);
    return draft;
  };

  /**
   * Guards what is typed: whoever leaves without saving is told so and can have it back; closing the window asks first.
   * `unsaved` is absent when there is nothing to lose. `place` is the id of what is edited, or `new`.
   */
  const useLeftDraft = (place: string, unsaved: Draft | undefined): { forget: () => void } => {
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
        const undo = () => {
          left.set(place, draft);
          go(place);
        };
        toast({ text: notSaved(draft.name), undo, actionLabel: goBack });
      };
    }, [place, toast]);
    return {
      forget: () => {
        isSaved.current = true;
      },
    };
  };
  return { takeLeftDraft, useLeftDraft };
};
