import { z } from 'zod';
import type { NotesRepository, Store } from '../store/repositories.ts';

/** How long read posts are kept, in days: in general, and of sources with a limit of their own. null: for ever. */
export const limitsSchema = z.object({
  all: z.number().nullable(),
  sources: z.record(z.string(), z.number().nullable()),
});
export type Limits = z.infer<typeof limitsSchema>;

/* The limits whose plan the owner was shown, and those carried out since: a scheduled clean-up goes by the latter. */
const SHOWN = 'clean-up.shown';
const AGREED = 'clean-up.agreed';

/** The limits as they are set; `keepPostsDays` overrides the general one. */
export const presentLimits = ({ settings, sources }: Pick<Store, 'settings' | 'sources'>, keepPostsDays?: number): Limits => ({
  all: keepPostsDays ?? settings.get().keepPostsDays,
  sources: Object.fromEntries(
    sources.all().flatMap(({ id, keepDays }) => (keepDays === undefined ? [] : [[id, keepDays === 0 ? null : keepDays]])),
  ),
});

/** Days the posts of a source are kept; null: for ever. */
export const daysFor = ({ all, sources }: Limits, sourceId: string): number | null => {
  const own = sources[sourceId];
  return own === undefined ? all : own;
};

const read = (notes: NotesRepository, key: string): Limits | undefined => limitsSchema.safeParse(notes.get(key)).data;

/** Whether what `limits` remove of a source is no more than what the owner was shown. */
export const covers = (known: Limits | undefined, limits: Limits, sourceId: string): boolean => {
  const days = daysFor(limits, sourceId);
  const knownDays = known && daysFor(known, sourceId);
  return days === null || (knownDays !== undefined && knownDays !== null && days >= knownDays);
};

/** What the owner was shown, and agreed to by having it carried out. */
export const limitNotes = (notes: NotesRepository) => ({
  shown: (): Limits | undefined => read(notes, SHOWN),
  agreed: (): Limits | undefined => read(notes, AGREED),
  setShown: (limits: Limits): Promise<void> => notes.put(SHOWN, limits),
  setAgreed: (limits: Limits): Promise<void> => notes.put(AGREED, limits),
});
