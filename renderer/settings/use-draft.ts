import { useEffect, useRef, useState } from 'react';

/**
 * What is being written over a value: it stays while the field has the focus, whatever comes from elsewhere, and gives way to the
 * value when it was taken or dropped.
 */
export const useDraft = (value: string) => {
  const field = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<string | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another value takes the place of a draft nobody is writing
  useEffect(() => {
    if (document.activeElement !== field.current) setDraft(undefined);
  }, [value]);
  return { field, text: draft ?? value, write: setDraft, drop: () => setDraft(undefined) };
};
