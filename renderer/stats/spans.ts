import type { ViewState } from '../client/view-state.ts';
import { words } from '../words/words.ts';

const { stats: say } = words;

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
