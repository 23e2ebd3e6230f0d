import type { ViewState } from '../client/view-state.ts';
import { words } from '../words/words.ts';

const { stats: say } = words;

/** Numbers that look through all posts or fetch jobs are reckoned again at most this often, milliseconds. */
export const HEAVY_GAP_MS = 5000;
/** The report on sources follows what is done in it sooner. */
export const REPORT_GAP_MS = 1500;

/** The spans that can be looked at, in days. */
export const SPANS = [
  { value: '7', label: say.days(7) },
  { value: '30', label: say.days(30) },
  { value: '90', label: say.days(90) },
  { value: '365', label: say.year },
] as const;
export type Span = (typeof SPANS)[number]['value'];

/** The span the address names; 30 days where it names none. */
export const spanOf = (view: ViewState): Span => SPANS.find(({ value }) => value === view.params.days)?.value ?? '30';
