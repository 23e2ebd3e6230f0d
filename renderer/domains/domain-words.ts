import type { Domain, DomainRow, DomainStatus } from '../../preload/contract/domain.ts';
import { duration } from '../ui/format.ts';
import type { GlyphName } from '../ui/status-glyph.tsx';
import { words, wordsTag } from '../words/words.ts';

const { domains: say } = words;

/** The four states in the order they are passed through, each with its picture and its word. */
export const DOMAIN_STATUSES: readonly { status: DomainStatus; label: string; glyph: GlyphName }[] = [
  { status: 'pending', label: say.statuses.pending, glyph: 'queued' },
  { status: 'processing', label: say.statuses.processing, glyph: 'running' },
  { status: 'completed', label: say.statuses.completed, glyph: 'completed' },
  { status: 'error', label: say.statuses.error, glyph: 'failed' },
];
/** One of the four by its name, or nothing. */
export const statusOf = (name: string | undefined): DomainStatus | undefined =>
  DOMAIN_STATUSES.find(({ status }) => status === name)?.status;

const STEPS: Record<Extract<Domain, { status: 'processing' }>['step'], string> = say.steps;
/** What is being done and for how long: *Fetching, 12 s*. */
export const stepWords = (domain: Extract<Domain, { status: 'processing' }>, now: number): string => {
  const seconds = Math.floor(Math.max(0, now - Date.parse(domain.startedAt)) / 1000) * 1000;
  return seconds < 1000 ? STEPS[domain.step] : say.stepFor(STEPS[domain.step], duration(seconds));
};

/** Rows with what was announced since they were read, by the name of the domain. */
export const withMoves = (rows: readonly DomainRow[], moved: ReadonlyMap<string, Domain>): DomainRow[] =>
  rows.map((row) => {
    const domain = moved.get(row.domain.id);
    return domain ? { ...row, domain } : row;
  });

/** The name of a language: *Portuguese (Brazil)*; the tag itself where it has none. */
export const languageWords = (tag: string): string => {
  try {
    return new Intl.DisplayNames([wordsTag], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
};
