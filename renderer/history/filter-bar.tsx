import type { ScheduleRow } from '../../preload/contract/schedule.ts';
import { Chip } from '../ui/choices.tsx';
import { Select } from '../ui/field.tsx';
import { RUN_CAUSE_WORDS, RUN_STATUS_WORDS, RUN_STATUSES } from '../ui/run-words.ts';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { number } from '../words/counting.ts';
import { type HistoryFilters, RANGE_WORDS } from './filters.ts';

const STATUSES = [
  { value: '', label: 'Any status' },
  ...RUN_STATUSES.map((status) => ({ value: status, label: RUN_STATUS_WORDS[status] })),
];
const CAUSES = [
  { value: '', label: 'Any trigger' },
  ...Object.entries(RUN_CAUSE_WORDS).map(([value, label]) => ({ value, label })),
];
const RANGES = Object.entries(RANGE_WORDS).map(([value, label]) => ({ value, label }));

/** What the list is narrowed to; `onChange` gets the whole of it as address params. */
export const FilterBar = ({
  filters,
  schedules,
  problems,
  onChange,
}: {
  filters: HistoryFilters;
  schedules: readonly ScheduleRow[];
  problems: number | undefined;
  onChange: (change: { status?: string; schedule?: string; cause?: string; range?: string; problems?: string }) => void;
}) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset would want a legend; the toolbar has a name
  <div className="history-filters" role="group" aria-label="Narrow the list">
    <Chip isOn={filters.problemsOnly} onToggle={() => onChange({ problems: filters.problemsOnly ? '' : '1' })}>
      <StatusGlyph status="failed" />
      Problems only {problems ? <span className="dim">{number(problems)}</span> : null}
    </Chip>
    <Select aria-label="Status" value={filters.status ?? ''} options={STATUSES} onChange={(status) => onChange({ status })} />
    <Select
      aria-label="Schedule"
      value={filters.scheduleId ?? ''}
      options={[
        { value: '', label: 'All schedules' },
        ...schedules.map(({ schedule }) => ({ value: schedule.id, label: schedule.name })),
      ]}
      onChange={(schedule) => onChange({ schedule })}
    />
    <Select aria-label="Started by" value={filters.cause ?? ''} options={CAUSES} onChange={(cause) => onChange({ cause })} />
    <Select aria-label="Span" value={filters.range} options={RANGES} onChange={(range) => onChange({ range })} />
  </div>
);
