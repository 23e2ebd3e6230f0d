import { Switch } from '../ui/choices.tsx';
import { Field, type FieldIds, Select, TextInput } from '../ui/field.tsx';
import { words } from '../words/words.ts';
import type { OptionField, OptionValues } from './options-form.ts';
import { SourcesOption } from './sources-option.tsx';

const { optionFields: say } = words.schedules;

/** A form made from a job's own description of its options. */
export const OptionFields = ({
  fields,
  values,
  wrong,
  onChange,
}: {
  fields: readonly OptionField[];
  values: OptionValues;
  wrong: { field: string; message: string } | undefined;
  onChange: (values: OptionValues) => void;
}) => (
  <>
    {fields.map((field) => (
      <Field
        key={field.name}
        label={field.label}
        help={helpOf(field)}
        error={
          wrong?.field === `options.${field.name}` || wrong?.field.startsWith(`options.${field.name}.`)
            ? wrong.message
            : undefined
        }
      >
        {(ids) => (
          <Control
            ids={ids}
            field={field}
            value={values[field.name] ?? ''}
            onChange={(value) => onChange({ ...values, [field.name]: value })}
          />
        )}
      </Field>
    ))}
  </>
);

const helpOf = (field: OptionField): string | undefined => {
  const span = field.min !== undefined && field.max !== undefined ? say.fromTo(field.min, field.max) : '';
  const lines = field.kind === 'list' && field.name !== 'sourceIds' ? say.oneALine : '';
  return [field.help, span, lines].filter(Boolean).join(' ') || undefined;
};

type ControlProps = { ids: FieldIds; field: OptionField; value: string; onChange: (value: string) => void };

const Control = ({
  ids,
  field,
  value,
  onChange,
}: Omit<ControlProps, 'value' | 'onChange'> & { value: string | boolean; onChange: (value: string | boolean) => void }) => {
  if (field.kind === 'boolean') {
    return <Switch label={field.label} isOn={value === true} onChange={onChange} describedBy={ids['aria-describedby']} />;
  }
  const props: ControlProps = { ids, field, value: String(value), onChange };
  if (field.kind === 'choice') return <ChoiceControl {...props} />;
  if (field.kind === 'list' && field.name === 'sourceIds')
    return <SourcesOption ids={ids} value={String(value)} onChange={onChange} />;
  return field.kind === 'list' || field.kind === 'json' ? <LinesControl {...props} /> : <LineControl {...props} />;
};

/** Empty means that the job decides, where it has no default to show. */
const isLeftOpen = (field: OptionField): boolean => field.optional && field.fallback === undefined;
const JOB_DECIDES = say.asTheJobDecides;

const ChoiceControl = ({ ids, field, value, onChange }: ControlProps) => {
  const choices = (field.choices ?? []).map((choice) => ({ value: choice, label: choice }));
  const options = isLeftOpen(field) ? [{ value: '', label: JOB_DECIDES }, ...choices] : choices;
  return <Select {...ids} value={value} options={options} onChange={onChange} />;
};

const LinesControl = ({ ids, value, onChange }: ControlProps) => (
  <textarea
    {...ids}
    className="input"
    rows={3}
    spellCheck={false}
    value={value}
    onChange={(event) => onChange(event.target.value)}
  />
);

const INPUT_MODES: Partial<Record<OptionField['kind'], 'numeric' | 'decimal'>> = { integer: 'numeric', number: 'decimal' };
const LineControl = ({ ids, field, value, onChange }: ControlProps) => (
  <TextInput
    {...ids}
    inputMode={INPUT_MODES[field.kind] ?? 'text'}
    value={value}
    placeholder={isLeftOpen(field) ? JOB_DECIDES : undefined}
    onChange={(event) => onChange(event.target.value)}
  />
);
