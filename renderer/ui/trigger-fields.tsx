import { useMemo } from 'react';
import type { Trigger } from '../../preload/contract/schedule.ts';
import { Segments } from './choices.tsx';
import { Field, Select, TextInput } from './field.tsx';
import { localZone } from './format.ts';
import './editor.css';
import { words } from '../words/words.ts';
import { DayBoxes } from './day-boxes.tsx';
import type { TriggerForm } from './trigger-form.ts';
import { zoneChoices } from './zones.ts';

const { triggerFields: say } = words.schedules;

const KINDS: { value: Trigger['type']; label: string }[] = [
  { value: 'interval', label: say.every },
  { value: 'daily', label: say.daily },
  { value: 'weekly', label: say.weekly },
  { value: 'monthly', label: say.monthly },
  { value: 'cron', label: say.cron },
];
const UNITS = [
  { value: 'minutes', label: say.minutes },
  { value: 'hours', label: say.hours },
  { value: 'days', label: say.days },
] as const;

/** What a form holds for *when*. */
export type TriggerDraft = { trigger: TriggerForm; timeZone: string };
type Props = {
  draft: TriggerDraft;
  /** Fields are named `timeZone` and `trigger.X`. */
  wrong: { field: string; message: string } | undefined;
  onChange: (part: Partial<TriggerDraft>) => void;
};

/** When a schedule is due: one of five kinds, each with its own fields, and the zone they are meant in. */
export const TriggerFields = ({ draft, wrong, onChange }: Props) => {
  const form = draft.trigger;
  const set = (part: Partial<TriggerForm>) => onChange({ trigger: { ...form, ...part } });
  const errorOf = (field: keyof TriggerForm | 'timeZone') =>
    wrong && (wrong.field === `trigger.${field}` || wrong.field === field) ? wrong.message : undefined;
  const zones = useMemo(
    () => zoneChoices(localZone(), draft.timeZone).map((zone) => ({ value: zone, label: zone })),
    [draft.timeZone],
  );
  const parts = { form, set, errorOf };
  return (
    <>
      <div className="field">
        <span className="field-label">{say.repeat}</span>
        <Segments label={say.repeat} value={form.type} options={KINDS} onChange={(type) => set({ type })} />
      </div>
      {form.type === 'interval' && <IntervalFields {...parts} />}
      {form.type === 'weekly' && <DayFields {...parts} />}
      {form.type === 'monthly' && (
        <Field label={say.onDay} help={say.onDayHelp} error={errorOf('day')}>
          {(ids) => (
            <TextInput {...ids} inputMode="numeric" value={form.day} onChange={(event) => set({ day: event.target.value })} />
          )}
        </Field>
      )}
      {(form.type === 'daily' || form.type === 'weekly' || form.type === 'monthly') && (
        <Field label={say.at} error={errorOf('time')}>
          {(ids) => <TextInput {...ids} type="time" value={form.time} onChange={(event) => set({ time: event.target.value })} />}
        </Field>
      )}
      {form.type === 'cron' && (
        <Field label={say.cronLine} help={say.cronHelp} error={errorOf('expression')}>
          {(ids) => (
            <TextInput
              {...ids}
              spellCheck={false}
              value={form.expression}
              onChange={(event) => set({ expression: event.target.value })}
            />
          )}
        </Field>
      )}
      <Field label={say.zone} error={errorOf('timeZone')}>
        {(ids) => <Select {...ids} value={draft.timeZone} options={zones} onChange={(timeZone) => onChange({ timeZone })} />}
      </Field>
    </>
  );
};

type Parts = {
  form: TriggerForm;
  set: (part: Partial<TriggerForm>) => void;
  errorOf: (field: keyof TriggerForm) => string | undefined;
};

const IntervalFields = ({ form, set, errorOf }: Parts) => (
  <Field label={say.every} error={errorOf('every')}>
    {(ids) => (
      <span className="editor-pair">
        <TextInput {...ids} inputMode="numeric" value={form.every} onChange={(event) => set({ every: event.target.value })} />
        <Select aria-label={say.unit} value={form.unit} options={UNITS} onChange={(unit) => set({ unit })} />
      </span>
    )}
  </Field>
);

const DayFields = ({ form, set, errorOf }: Parts) => (
  <DayBoxes label={say.on} days={form.days} error={errorOf('days')} onChange={(days) => set({ days })} />
);
