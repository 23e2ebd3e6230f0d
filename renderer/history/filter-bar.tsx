import X from 'lucide-react/icons/x';
import { useEffect, useId, useRef, useState } from 'react';
import type { JobInfo } from '../../preload/contract/job.ts';
import type { RunSummary } from '../../preload/contract/run.ts';
import type { ScheduleRow } from '../../preload/contract/schedule.ts';
import { Button } from '../ui/button.tsx';
import { Chip, Segments } from '../ui/choices.tsx';
import { Select, TextInput } from '../ui/field.tsx';
import { RUN_CAUSE_WORDS, RUN_STATUS_WORDS, RUN_STATUSES } from '../ui/run-words.ts';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { type HistoryFilters, isNarrowed, RANGES } from './filters.ts';
import type { FilterChange } from './use-filters.ts';

const say = words.history.filters;
const CAUSES = [
  { value: '', label: say.anyCause },
  ...Object.entries(RUN_CAUSE_WORDS).map(([value, label]) => ({ value, label })),
];
const SPANS = RANGES.map((value) => ({ value, label: say.ranges[value] }));
const TYPING_MS = 250;

const statusOptions = (summary: RunSummary | undefined) => [
  { value: '', label: say.anyStatus },
  ...RUN_STATUSES.map((status) => {
    const amount = summary?.byStatus[status];
    return { value: status, label: `${RUN_STATUS_WORDS[status]}${amount ? say.counted(number(amount)) : ''}` };
  }),
];

/** Whether there is anything to clear. */
export const hasFilters = (filters: HistoryFilters): boolean =>
  isNarrowed(filters) || Boolean(filters.from || filters.to) || filters.range !== 'week';

const Chosen = ({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string | undefined;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}) => (
  <span className={value ? 'history-filter-on' : undefined}>
    <Select aria-label={label} value={value ?? ''} options={options} onChange={onChange} />
  </span>
);

const TextFilter = ({ text, onChange }: { text: string; onChange: (text: string) => void }) => {
  const [typed, setTyped] = useState(text);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const written = useRef(text);
  useEffect(() => {
    // What was typed here comes back without its last space, and perhaps when more is typed already.
    if (text === written.current) return;
    written.current = text;
    clearTimeout(timer.current);
    setTyped(text);
  }, [text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (value: string) => {
    setTyped(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      written.current = value.trim();
      onChange(written.current);
    }, TYPING_MS);
  };
  return (
    <TextInput
      type="search"
      aria-label={say.text}
      placeholder={say.text}
      maxLength={100}
      value={typed}
      onChange={(event) => type(event.target.value)}
    />
  );
};

const DayField = ({ label, value, onChange }: { label: string; value: string | undefined; onChange: (day: string) => void }) => {
  const id = useId();
  return (
    <span className="history-day-field">
      <label htmlFor={id}>{label}</label>
      <TextInput id={id} type="date" value={value ?? ''} onChange={(event) => onChange(event.target.value)} />
    </span>
  );
};

/** What the list is narrowed to; `onChange` gets what is to be different, as address params. */
export const FilterBar = ({
  filters,
  schedules,
  jobs,
  summary,
  onChange,
  onClear,
}: {
  filters: HistoryFilters;
  schedules: readonly ScheduleRow[];
  jobs: readonly JobInfo[];
  /** Of the span alone, whatever else is narrowed. */
  summary: RunSummary | undefined;
  onChange: (change: FilterChange) => void;
  onClear: () => void;
}) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset would want a legend; the toolbar has a name
  <div className="history-filters" role="group" aria-label={say.group}>
    <Chip isOn={filters.problemsOnly} onToggle={() => onChange({ problems: filters.problemsOnly ? '' : '1' })}>
      <StatusGlyph status="failed" />
      {say.problemsOnly} {summary?.problems ? <span className="dim">{number(summary.problems)}</span> : null}
    </Chip>
    <Chosen
      label={say.status}
      value={filters.status}
      options={statusOptions(summary)}
      onChange={(status) => onChange({ status })}
    />
    <Chosen
      label={say.schedule}
      value={filters.scheduleId}
      options={[
        { value: '', label: say.allSchedules },
        ...schedules.map(({ schedule }) => ({ value: schedule.id, label: schedule.name })),
      ]}
      onChange={(schedule) => onChange({ schedule })}
    />
    <Chosen
      label={say.job}
      value={filters.jobKind}
      options={[{ value: '', label: say.anyJob }, ...jobs.map(({ kind, title }) => ({ value: kind, label: title }))]}
      onChange={(job) => onChange({ job })}
    />
    <Chosen label={say.cause} value={filters.cause} options={CAUSES} onChange={(cause) => onChange({ cause })} />
    <TextFilter text={filters.text ?? ''} onChange={(q) => onChange({ q })} />
    <span className="history-span">
      <Segments
        label={say.range}
        value={filters.from || filters.to ? ('' as never) : filters.range}
        options={SPANS}
        onChange={(range) => onChange({ range, from: '', to: '' })}
      />
      <DayField label={say.from} value={filters.from} onChange={(from) => onChange({ from })} />
      <DayField label={say.to} value={filters.to} onChange={(to) => onChange({ to })} />
      {hasFilters(filters) && (
        <Button look="quiet" icon={<X aria-hidden="true" strokeWidth={1.5} />} aria-keyshortcuts="x" onClick={onClear}>
          {say.clear}
        </Button>
      )}
    </span>
  </div>
);
